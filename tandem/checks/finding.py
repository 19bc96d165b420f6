"""What a judge of a pair finds, and how it becomes a problem that names both halves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tandem.checks.pairs import Half, Pair, place
from tandem.mentions import Contents, Lexicon
from tandem.problem import Problem, Where
from tandem.site import Site


class Reading(NamedTuple):
    """A pair, what its two texts mention, and what names mean."""

    pair: Pair
    left: Contents
    right: Contents
    lexicon: Lexicon

    def half(self, contents: Contents) -> Half:
        return Half(contents.language, contents.text)

    def other(self, contents: Contents) -> Contents:
        return self.right if contents is self.left else self.left


class Mark(NamedTuple):
    """Some words of a text; the whole text where ``end`` is 0."""

    contents: Contents
    start: int = 0
    end: int = 0

    @property
    def words(self) -> str:
        return self.contents.text[self.start : self.end]


class Finding(NamedTuple):
    """What is wrong with a pair. ``here`` is where it is told, ``there`` where the other half stands.

    ``allow``: what an editor may write in the record's ``allow`` to say that it is meant so; any one will do.
    """

    code: str
    here: Mark
    there: Mark
    values: Mapping[str, str]
    hint: str
    allow: tuple[str, ...]


def problem(site: Site, pair: Pair, found: Finding) -> Problem:
    """The finding as a problem. ``{other}`` is the file and line of the other half, ``{language}`` its language."""
    other = _place(site, pair, found.there)
    values = {
        "language": found.there.contents.language,
        "other": f"{other.file}:{other.line}",
        "allow": found.allow[0],
        **found.values,
    }
    return Problem(found.code, _place(site, pair, found.here), values, found.hint, "warning")


def _place(site: Site, pair: Pair, mark: Mark) -> Where:
    half = Half(mark.contents.language, mark.contents.text)
    return place(site, pair, half, mark.start, mark.end)
