"""Whose the files of an output folder are: ours by the ledger, or by our mark where the ledger is lost.

Only what is ours is ever replaced or removed; a folder that holds nothing of ours is refused before it is touched.
"""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path

from tandem.address import FEED, PAGES
from tandem.spare import Standing

MARK = b'<meta name="generator" content="Tandem">'
_OURS = ("sitemap.xml", "robots.txt", PAGES[1:])
_SHARED = (".nojekyll", "CNAME")  # people lay these by hand too; where the site has one, it is the site's
_BESIDE = (FEED, "rows.json", "site.webmanifest")
_FOLDERS = ("static/", "data/", "schema/", "pagefind/", "admin/")
# What in these bears a name that we give and that goes out of use. What else is there may be somebody else's.
_PASSING = re.compile(
    r"static/.*\.[0-9a-f]{10}(?:\.[^/.]*)?"
    r"|data/(?:projects|municipalities|regions|themes|rounds)/.*\.(?:csv|json)"
    r"|(?:pagefind|admin)/.*"
)


class Foreign(Exception):
    """The output folder is not ours to write to."""


class Others:
    """What somebody else laid into an output folder: ``paths`` of files and of empty folders."""

    def __init__(self, paths: Set[str]) -> None:
        self.paths = paths
        self.folders = frozenset(folder for path in paths for folder in _folders(path))

    def bar(self, path: str) -> bool:
        """Whether something of theirs is where ``path`` or a folder of it must be."""
        if not self.paths:
            return False
        theirs = path in self.paths and path not in _SHARED
        return theirs or path in self.folders or not self.paths.isdisjoint(_folders(path))


def ours(out: Path, standing: Standing) -> frozenset[str]:
    """Which of the files there we wrote. Raises Foreign.

    Where none stands as the ledger has it, the folder may be another by now: our mark must be in it.
    """
    if standing.ours is not None and standing.kept:
        return standing.ours
    marked = _marked_ours(out, standing.there.keys())
    return marked if standing.ours is None else standing.ours


def passing(out: Path, path: str) -> bool:
    """Whether a file taken for ours without a ledger surely is, so that it goes once the site has no use for it."""
    return _marked(out / path) or path.rpartition("/")[2] in (*_OURS, *_BESIDE) or bool(_PASSING.fullmatch(path))


def refuse_sources(out: Path, sources: tuple[Path, ...]) -> None:
    """Raises Foreign where ``out`` is no folder, or a source, above or below one."""
    place = out.resolve()
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Foreign(out)
    for source in sources:
        folder = source.resolve()
        if place == folder or place in folder.parents or folder in place.parents:
            raise Foreign(out)


def _marked_ours(out: Path, there: Set[str]) -> frozenset[str]:
    marked = {path for path in there if _marked(out / path)}
    if "index.html" not in marked and not all(path.endswith("/") for path in there):
        raise Foreign(out)
    more = {path for path in there if path in _OURS or path.startswith(_FOLDERS) or _beside(path, marked)}
    return frozenset(marked | more)


def _beside(path: str, marked: set[str]) -> bool:
    """Whether a file is what a page of ours offers beside itself."""
    folder, _, name = path.rpartition("/")
    return name in _BESIDE and f"{folder}/index.html" in marked


def _marked(file: Path) -> bool:
    if file.suffix != ".html" or file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as stream:
        return MARK in stream.read(4096)


def _folders(path: str) -> list[str]:
    """The folders a path is in."""
    return [path[:end] for end, letter in enumerate(path) if letter == "/"]
