"""What we wrote into an output folder and how we left it, so that only that is ever removed, and damage is seen.

Kept in .cache/, outside the site.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FORMAT = 4
_DIGEST = hashlib.sha256().digest_size

Stamp = tuple[int, ...]
"""A file as the file system tells it: bytes, inode, and the nanoseconds of its last write and of its last change."""

UNKNOWN: Stamp = ()
TICK = 20_000_000  # nanoseconds; no file system of today with a clock finer than a second is coarser
FOLDER: Stamp = (0, 0, 0, 0)  # an empty folder


def stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def stamps(folder: Path) -> dict[str, Stamp]:
    """Every file below ``folder`` by its path with forward slashes; a link is a file here, an empty folder ``FOLDER``
    by its path with a slash at the end.
    """
    return {path: stamp(entry.stat(follow_symlinks=False)) if entry else FOLDER for path, entry in _all(folder)}


def inodes(folder: Path) -> dict[str, int]:
    """The same, but for what each file is only asked which it is: half the work. An empty folder has none."""
    return {path: entry.inode() if entry else FOLDER[1] for path, entry in _all(folder)}


def files(folder: Path) -> dict[str, Stamp]:
    """What ``stamps`` finds but for empty folders."""
    return {path: one for path, one in stamps(folder).items() if one != FOLDER}


def _all(folder: Path) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    top = f"{folder}/"
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = os.scandir(top + below)
        except FileNotFoundError:
            continue
        empty = bool(below)
        with entries:
            for entry in entries:
                empty = False
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                else:
                    yield below + entry.name, entry
        if empty:
            yield below, None


@dataclass(frozen=True)
class Left:
    """What we wrote, and how: ``stamps`` by path. ``grounds``, ``imprints``: what pages were made from (``why.py``)."""

    stamps: Mapping[str, Stamp]
    grounds: Mapping[tuple[str, str], str] = field(default_factory=dict)
    imprints: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """The ledger of one output folder."""

    file: Path

    @classmethod
    def of(cls, out: Path, cache: Path) -> Ledger:
        name = hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:16]
        return cls(cache / f"ledger-{name}.marshal")

    def read(self) -> Left | None:
        """What we left, or None where that is not known."""
        try:
            kept = self.file.read_bytes()
            if kept[:_DIGEST] != hashlib.sha256(kept[_DIGEST:]).digest():
                return None
            format, *left = marshal.loads(kept[_DIGEST:])  # noqa: S302 - as we wrote it, to the bit
        except (OSError, ValueError, EOFError, TypeError):
            return None
        return Left(*left) if format == FORMAT else None

    def write(self, left: Left) -> None:
        """Replaces the ledger in one step."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_suffix(".new")
        data = marshal.dumps((FORMAT, dict(left.stamps), dict(left.grounds), dict(left.imprints)))
        new.write_bytes(hashlib.sha256(data).digest() + data)
        new.replace(self.file)
