"""What we wrote into an output folder and how we left it, so that only that is ever removed, and damage is seen.

Kept in .cache/, outside the site.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tandem.kept import digest

FORMAT = 2

Stamp = tuple[int, ...]
"""A file as the file system tells it: bytes, inode, and the nanoseconds of its last write and of its last change."""

UNKNOWN: Stamp = ()


def stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def stamps(folder: Path) -> dict[str, Stamp]:
    """Every file below ``folder`` by its path with forward slashes; a link is a file here."""
    found: dict[str, Stamp] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = os.scandir(folder / below)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                else:
                    found[below + entry.name] = stamp(entry.stat(follow_symlinks=False))
    return found


@dataclass(frozen=True)
class Ledger:
    """The ledger of one output folder."""

    file: Path

    @classmethod
    def of(cls, out: Path, cache: Path) -> Ledger:
        name = hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:16]
        return cls(cache / f"ledger-{name}.json")

    def read(self) -> dict[str, Stamp] | None:
        """The paths we wrote and their stamps, or None where that is not known."""
        try:
            head, _, body = self.file.read_text("utf-8").partition("\n")
            kept = json.loads(body) if head == digest(body) else {}
            return {path: tuple(one) for path, one in kept["paths"].items()} if kept["format"] == FORMAT else None
        except (OSError, ValueError, KeyError, RecursionError):
            return None

    def write(self, paths: Mapping[str, Stamp]) -> None:
        """Replaces the ledger in one step."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_suffix(".new")
        body = {"format": FORMAT, "paths": dict(sorted(paths.items()))}
        text = json.dumps(body, separators=(",", ":"))
        new.write_text(f"{digest(text)}\n{text}", "utf-8")
        new.replace(self.file)
