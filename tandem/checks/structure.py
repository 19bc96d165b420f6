"""Paired Markdown has the same build: headings, lists, links and images, as many and in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tandem.checks.finding import Finding, Mark, Reading
from tandem.mentions import Contents
from tandem.verbatim import HOLE

_LINE = re.compile(r"\n(?:(#{1,6})|[-*+]|[0-9]\d{0,2}[.)])[ \t]")  # a heading, or an item of a list
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n(?=\S)")
_LINK = re.compile(rf"(?P<image>!)?\[[^\[\]{HOLE}]*{HOLE}")

# What is told where there are more of them in one language, and where the same number is unlike.
CODES = {
    "headings": ("parity.headings", "parity.headings.level"),
    "lists": ("parity.lists", "parity.lists.length"),
    "links": ("parity.links", ""),
    "images": ("parity.images", ""),
}


class Part(NamedTuple):
    """A heading with its level, a list with its length, a link or an image with 1; and where it begins."""

    size: int
    start: int
    end: int


def structure_agrees(reading: Reading) -> Iterator[Finding]:
    if not reading.pair.prose:
        return
    built = _built(reading.left), _built(reading.right)
    for name, (many, unlike) in CODES.items():
        left, right = built[0][name], built[1][name]
        if [part.size for part in left] == [part.size for part in right]:
            continue
        first = _first_apart(left, right)
        here, there = _mark(reading.left, left, first), _mark(reading.right, right, first)
        code, values = many, {"here": str(len(left)), "there": str(len(right))}
        if len(left) == len(right):
            code = unlike
            values = {"here": str(left[first].size), "there": str(right[first].size)}
        yield Finding(code, here, there, values, "parity.structure", (name,))


def _first_apart(left: list[Part], right: list[Part]) -> int:
    """The first place where the two differ."""
    same = (n for n, (one, two) in enumerate(zip(left, right, strict=False)) if one.size != two.size)
    return next(same, min(len(left), len(right)))


def _mark(contents: Contents, parts: list[Part], number: int) -> Mark:
    """The part; where the text has no such part left, its last one, or the whole text."""
    if not parts:
        return Mark(contents)
    part = parts[min(number, len(parts) - 1)]
    return Mark(contents, part.start, part.end)


def _built(contents: Contents) -> dict[str, list[Part]]:
    """The headings, lists, links and images of a text."""
    found: dict[str, list[Part]] = {"headings": [], "lists": [], "links": [], "images": []}
    text = "\n" + contents.prose  # so that a match begins where its line does in the text
    item = 0  # the end of the line of the item before
    for match in _LINE.finditer(text):
        start = match.start()
        end = text.find("\n", start + 1) - 1
        end = len(contents.prose) if end < 0 else end
        if match[1]:
            found["headings"].append(Part(len(match[1]), start, end))
            item = 0
            continue
        # A paragraph after a blank line ends a list; an indented one is part of an item.
        listed = item and not _PARAGRAPH.search(text, item, start + 1)
        before = found["lists"].pop() if listed else Part(0, start, end)
        found["lists"].append(before._replace(size=before.size + 1))
        item = end
    for match in _LINK.finditer(contents.prose) if "](" in contents.text else ():
        found["images" if match["image"] else "links"].append(Part(1, *match.span()))
    return found
