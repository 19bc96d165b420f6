"""Two built sites, page by page: which appear, change and disappear, for whoever judges a change before it is public.

Static files carry their bytes in their names, so a new style sheet touches the bytes of every page; a page that differs
in nothing else is counted apart. Nothing is parsed as HTML but the title, and only of the pages that are named.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from tandem.problem import Speech, printable

HOWS = ("added", "changed", "removed")
_FINGERPRINT = re.compile(rb"\.[0-9a-f]{10}(?=\.[a-z0-9]{1,6}[\"' )?#,])")
_TITLE = re.compile(rb"<title>([^<]{0,400})</title>")
_HEAD = 8192  # bytes of a page in which its title stands


class PageChange(Struct, frozen=True):
    """A page that is not what it was. ``how``: added, changed or removed; ``address``: rooted, ``/fi/hankkeet/``."""

    address: str
    how: str
    title: str


class SiteDiff(Struct, frozen=True):
    """What differs: pages by address; other files by path; pages that differ in names of static files alone."""

    pages: tuple[PageChange, ...]
    files: tuple[tuple[str, str], ...]
    restyled: int = 0

    def of(self, how: str) -> tuple[PageChange, ...]:
        return tuple(page for page in self.pages if page.how == how)


def sitediff(old: Path, new: Path) -> SiteDiff:
    """What has to happen to ``old`` for it to be ``new``. Raises OSError where a file cannot be read."""
    before, after = _files(old), _files(new)
    pages, files, restyled = [], [], 0
    for path in sorted(before | after):
        how = "removed" if path not in after else "added" if path not in before else "changed"
        data = (old if how == "removed" else new).joinpath(path).read_bytes()
        if not path.endswith(".html"):
            if how != "changed" or (old / path).read_bytes() != data:
                files.append((path, how))
            continue
        if how == "changed":
            was = (old / path).read_bytes()
            if was == data:
                continue
            if _FINGERPRINT.sub(b"", was) == _FINGERPRINT.sub(b"", data):
                restyled += 1
                continue
        pages.append(PageChange("/" + path.removesuffix("index.html"), how, _title(data)))
    return SiteDiff(tuple(pages), tuple(files), restyled)


def _files(site: Path) -> set[str]:
    return {
        Path(folder, name).relative_to(site).as_posix()
        for folder, _, names in os.walk(site)
        for name in names
        if not Path(folder, name).is_symlink()
    }


def _title(page: bytes) -> str:
    found = _TITLE.search(page[:_HEAD])
    return html.unescape(found[1].decode("utf-8", "replace")).strip() if found else ""


def as_text(diff: SiteDiff, speech: Speech) -> str:
    """One page a line under a heading for each kind of change; then how many other files differ."""
    out = []
    for how in HOWS:
        if pages := diff.of(how):
            out.append(speech.say("sitediff", how, {"n": str(len(pages))}))
            out += [
                f"  {printable(page.address)}" + (f"  {printable(page.title)}" * bool(page.title)) for page in pages
            ]
    out += tallies(diff, speech)
    return "".join(f"{line}\n" for line in out or [speech.say("sitediff", "none", {})])


def tallies(diff: SiteDiff, speech: Speech) -> list[str]:
    """Sentences on what has no line of its own."""
    out = [speech.say("sitediff", "restyled", {"n": str(diff.restyled)})] if diff.restyled else []
    if diff.files:
        counts = {how: str(_count(diff.files, how)) for how in HOWS}
        out.append(speech.say("sitediff", "files", counts))
    return out


def _count(files: Iterable[tuple[str, str]], how: str) -> int:
    return sum(one == how for _, one in files)


def as_json(diff: SiteDiff) -> str:
    """``{"pages": {"added": [{"address", "title"}], …}, "restyled": 0, "files": {"added": ["data/…"], …}}``."""
    pages = {how: [{"address": page.address, "title": page.title} for page in diff.of(how)] for how in HOWS}
    files = {how: [path for path, one in diff.files if one == how] for how in HOWS}
    return json.dumps({"pages": pages, "restyled": diff.restyled, "files": files}, ensure_ascii=False, indent=1)
