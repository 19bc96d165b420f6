"""Every text that stands in two languages, as pairs; and the way from a finding in a pair to its place in a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from tandem.checks.facts import Facts, records, words_of
from tandem.language import Words
from tandem.mentions import NAMED
from tandem.model import Article, Writing
from tandem.problem import Where
from tandem.read import Loc
from tandem.site import Key, Origin, Site

_NO_TEXT = frozenset({"slug", "sections"})  # words in addresses
_PROSE = frozenset({"description", "results", "body"})


class Half(NamedTuple):
    """One language's text of a pair."""

    language: str
    text: str


class Pair(NamedTuple):
    """A text in two languages. ``key`` and ``loc`` lead to it; a page's key has no language, since it has a file each.

    ``official``: the languages in which the text is a name somebody else gave. ``names``: official names that either
    text may quote in the other's language.
    """

    key: Key
    loc: Loc
    left: Half
    right: Half
    official: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def prose(self) -> bool:
        """Whether the text is Markdown."""
        return self.loc[0] in _PROSE

    @property
    def field(self) -> str:
        return str(self.loc[0])


def pairs(facts: Facts) -> Iterator[Pair]:
    """Every pair of texts of the site. A third language is held against the first language that has the text."""
    site = facts.site
    for key, record in records(facts):
        names = tuple(text for _, text in site.projects[key[1]].name) if key[0] == "project" else ()
        for loc, words in words_of(record):
            if loc[-1] not in _NO_TEXT and loc[0] not in _NO_TEXT:
                official = _official(site, key, loc)
                yield from (Pair(key, loc, *two, official, _quoted(names, two)) for two in _halves(words))
    for kind, group in (("page", site.pages), ("article", site.articles)):
        for id, writing in group.items():
            yield from _of_writing(facts.addresses.site, (kind, id), writing)


def _of_writing(site: Site, key: Key, writing: Writing) -> Iterator[Pair]:
    names: tuple[str, ...] = ()
    if isinstance(writing, Article):
        named = (site.projects[id].name for id in writing.projects if id in site.projects)
        names = tuple(text for words in named for _, text in words)
        for number, source in enumerate(writing.sources):
            yield from (Pair(key, ("sources", number, "title"), *two) for two in _halves(source.title))
    for field in ("title", "summary", "body"):
        for two in _halves(getattr(writing, field)):
            yield Pair(key, (field,), *two, (), _quoted(names, two))


def _halves(words: Words) -> Iterator[tuple[Half, Half]]:
    if len(words.pairs) < 2:
        return
    halves = [Half(*pair) for pair in words.pairs]
    known = [half for half in halves if half.language in NAMED]
    yield from combinations(known, 2)
    if len(known) == len(halves):
        return
    for half in halves:
        if half.language not in NAMED and half is not halves[0]:
            yield halves[0], half
        elif half.language not in NAMED and known:
            yield half, known[0]


def _official(site: Site, key: Key, loc: Loc) -> tuple[str, ...]:
    """The languages in which a text is an official name: a project's, an organisation's."""
    if key[0] == "project" and loc == ("name",):
        return tuple(code for code in site.languages if code not in site.projects[key[1]].name_unofficial)
    return site.languages if loc[0] == "organisations" or loc[-1] == "organisation" else ()


def _quoted(names: tuple[str, ...], halves: tuple[Half, Half]) -> tuple[str, ...]:
    """The names of two words or more that either text has; one word alone may be anything."""
    return tuple(name for name in names if " " in name and (name in halves[0].text or name in halves[1].text))


def origin(site: Site, pair: Pair, language: str) -> Origin:
    """Where the text of ``pair`` in ``language`` is written."""
    kind, id = pair.key[0], pair.key[-1]
    if kind not in ("page", "article"):
        return site.origin(*pair.key)
    return site.origin_of(kind, id, "sources") if pair.loc[0] == "sources" else site.writing_origin(kind, id, language)


def place(site: Site, pair: Pair, half: Half, start: int = 0, end: int = 0) -> Where:
    """The place in its file of ``half.text[start:end]``; of the whole text where ``end`` is 0 or folding hides it."""
    written = origin(site, pair, half.language)
    document = written.document
    needle = half.text[start:end].partition("\n")[0]
    before = half.text[:start].count(needle) if needle else 0
    if pair.loc == ("body",):
        return _nth(
            document.file, document.body, document.body_line, Where(document.file, document.body_line), needle, before
        )
    loc = pair.loc if pair.key[0] in ("page", "article") and pair.loc[0] != "sources" else (*pair.loc, half.language)
    whole = written.where(*loc)
    lines = document.text.split("\n")
    first = whole.line - document.first_line
    text = "\n".join([lines[first][whole.column - 1 :], *lines[first + 1 :]])
    found = _nth(document.file, text, whole.line, whole, needle, before)
    return found if found.line > whole.line or found is whole else _moved(found, whole.column - 1)


def _nth(file: str, text: str, line: int, whole: Where, needle: str, before: int) -> Where:
    """The place of ``needle`` in ``text`` (which begins on ``line``) after ``before`` others like it."""
    offset = text.find(needle) if needle else -1
    while before and offset >= 0:
        offset = text.find(needle, offset + len(needle))
        before -= 1
    if offset < 0:
        return whole
    start = text.rfind("\n", 0, offset) + 1
    return Where(file, line + text.count("\n", 0, offset), offset - start + 1, len(needle))


def _moved(where: Where, columns: int) -> Where:
    return Where(where.file, where.line, where.column + columns, where.length)
