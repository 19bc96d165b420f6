"""Bytes to disk: a whole new site is staged beside the old one, then the two change places in one step.

Files whose bytes did not change keep their inode. Only what we wrote is ever removed; a file somebody else laid
into the output folder stays. A folder that is not ours is refused before anything is touched.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tandem.address import FEED, PAGES
from tandem.ledger import Ledger

MARK = b'<meta name="generator" content="Tandem">'
_OURS = ("sitemap.xml", "robots.txt", PAGES[1:])
_SHARED = (".nojekyll", "CNAME")  # people lay these by hand too; where the site has one, it is the site's
_BESIDE = (FEED, "rows.json", "site.webmanifest")
_FOLDERS = ("static/", "data/", "schema/", "pagefind/")
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Foreign(Exception):
    """The output folder is not ours to write to."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written and removed."""

    written: int
    removed: int


def publish(files: Mapping[str, bytes], out: Path, cache: Path, sources: tuple[Path, ...] = ()) -> Written:
    """Makes ``out`` hold exactly ``files`` (path below it → bytes) and what others laid there.

    ``sources``: folders that must not be written into. Raises Foreign where ``out`` is one of them, above or below
    one, or holds files and no site of ours; OSError where the disk fails, the old site then being as it was.
    """
    _refuse_sources(out, sources)
    ledger = Ledger.of(out, cache)
    there = _files(out)
    ours = _ours(out, there, ledger) | {path for path in _SHARED if path in there & files.keys()}
    foreign = there - ours
    if foreign & files.keys():
        raise Foreign(out)
    same = {path for path in files.keys() & there if _holds(out / path, files[path])}
    written, removed = len(files) - len(same), len(ours - files.keys())
    if written or removed or not out.is_dir():
        stage = out.parent / f".{out.name}.new"
        _clear(stage)
        for path in sorted(same | foreign):
            _keep(out / path, stage / path)
        for path in sorted(files.keys() - same):
            _write(stage / path, files[path])
        ledger.write(ours | files.keys())
        _swap(stage, out)
        _clear(stage)
    ledger.write(files)
    return Written(written, removed)


def _refuse_sources(out: Path, sources: tuple[Path, ...]) -> None:
    place = out.resolve()
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Foreign(out)
    for source in sources:
        folder = source.resolve()
        if place == folder or place in folder.parents or folder in place.parents:
            raise Foreign(out)


def _files(out: Path) -> set[str]:
    return {Path(folder, name).relative_to(out).as_posix() for folder, _, names in os.walk(out) for name in names}


def _ours(out: Path, there: set[str], ledger: Ledger) -> set[str]:
    """Which of the files there we wrote: by the ledger; where it is lost, by our mark in them."""
    known = ledger.read()
    if known is not None:
        return there & known
    ours = {path for path in there if _marked(out / path)}
    if there and "index.html" not in ours:
        raise Foreign(out)
    return ours | {path for path in there if path in _OURS or path.startswith(_FOLDERS) or _beside(path, ours)}


def _beside(path: str, ours: set[str]) -> bool:
    """Whether a file is what a page of ours offers beside itself."""
    folder, _, name = path.rpartition("/")
    return name in _BESIDE and f"{folder}/index.html" in ours


def _marked(file: Path) -> bool:
    if file.suffix != ".html" or file.is_symlink():
        return False
    with file.open("rb") as stream:
        return MARK in stream.read(4096)


def _holds(file: Path, data: bytes) -> bool:
    return not file.is_symlink() and file.stat().st_size == len(data) and file.read_bytes() == data


def _keep(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _clear(stage: Path) -> None:
    if stage.exists():
        shutil.rmtree(stage)


def _swap(stage: Path, out: Path) -> None:
    """Puts ``stage`` in the place of ``out``; the old site is then in ``stage``."""
    if not out.exists():
        out.parent.mkdir(parents=True, exist_ok=True)
        stage.rename(out)
    elif not _exchanged(stage, out):
        aside = out.parent / f".{out.name}.old"
        _clear(aside)
        out.rename(aside)
        stage.rename(out)
        aside.rename(stage)


def _exchanged(one: Path, other: Path) -> bool:
    """Linux's renameat2(RENAME_EXCHANGE): both names change places at once. False where there is no such call."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
