"""Markdown pages and news: the halves of one text, a file a language, paired into one record."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from tandem.fields import MAX_PROSE, Knowledge
from tandem.language import Words
from tandem.model import Article, ArticleFront, PageFront, Writing
from tandem.problem import Problem, Where
from tandem.read import Document
from tandem.shape import shape
from tandem.site import Key, Origin

NEWS = "news/"
FACTS = ("date", "projects", "municipalities", "sources")


class Half(Struct, frozen=True):
    """One language's file. ``document`` is None when the file could not be read (its problem is noted already)."""

    id: str
    language: str
    document: Document | None
    file: str

    @property
    def news(self) -> bool:
        return self.id.startswith(NEWS)


@dataclass(frozen=True)
class _Pair:
    """The halves that could be understood. ``whole``: whether those are all that were written."""

    id: str
    fronts: Mapping[str, PageFront]
    origins: Mapping[str, Origin]
    whole: bool

    @property
    def untranslated(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for front in self.fronts.values() for code in front.untranslated))

    @property
    def checked(self) -> dict[str, datetime.date]:
        """The days its texts were compared, from either file; the later one where both have it."""
        days = [pair for front in self.fronts.values() for pair in front.checked.items()]
        return dict(sorted(days, key=lambda pair: pair[1]))

    def words(self, name: str, languages: Iterable[str]) -> Words:
        texts = {code: getattr(front, name) for code, front in self.fronts.items()}
        return Words.of({code: text for code, text in texts.items() if text}, languages)

    def writing(self, languages: tuple[str, ...]) -> dict[str, Any]:
        bodies = {code: origin.document.body.strip("\n") + "\n" for code, origin in self.origins.items()}
        slug = self.id.rpartition("/")[2]
        return {
            "id": self.id,
            "title": self.words("title", languages),
            "slug": Words.of({c: f.slug or slug for c, f in self.fronts.items()}, languages),
            "body": Words.of({c: body for c, body in bodies.items() if body.strip()}, languages),
            "summary": self.words("summary", languages),
            "aliases": tuple(alias for front in self.fronts.values() for alias in front.aliases),
            "untranslated": self.untranslated,
            "allow": tuple(dict.fromkeys(value for front in self.fronts.values() for value in front.allow)),
            "checked": self.checked,
            "draft": any(front.draft for front in self.fronts.values()),
        }


def pair_pages(
    halves: Iterable[Half], known: Knowledge, origins: MutableMapping[Key, Origin]
) -> tuple[dict[str, Writing], list[Problem]]:
    """Pages by id. Notes where each half stands in ``origins``."""
    pairs, problems = _pairs(halves, PageFront, known, "page", origins)
    return {pair.id: Writing(**pair.writing(known.languages)) for pair in pairs}, problems


def pair_articles(
    halves: Iterable[Half], known: Knowledge, origins: MutableMapping[Key, Origin]
) -> tuple[dict[str, Article], list[Problem]]:
    """Articles by id (without ``news/``), their facts joined from the two files."""
    pairs, problems = _pairs(halves, ArticleFront, known, "article", origins)
    articles = {}
    for pair in pairs:
        facts, differing = _facts(pair)
        problems += differing
        writing = pair.writing(known.languages) | {"id": pair.id.removeprefix(NEWS)}
        if "date" not in facts and pair.whole and not any("date" in o.document.data for o in pair.origins.values()):
            first = next(iter(pair.origins.values()))
            problems.append(Problem("key.missing", first.where(), {"key": "date"}, "key.missing"))
        articles[writing["id"]] = Article(**writing, **facts)
    return articles, problems


def _pairs(
    halves: Iterable[Half], model: type[PageFront], known: Knowledge, kind: str, origins: MutableMapping[Key, Origin]
) -> tuple[list[_Pair], list[Problem]]:
    problems: list[Problem] = []
    written: dict[str, dict[str, Half]] = defaultdict(dict)
    for half in halves:
        written[half.id][half.language] = half
    pairs = []
    for id, by_language in sorted(written.items()):
        fronts, places = {}, {}
        for code, half in by_language.items():
            key = (kind, id.removeprefix(NEWS), code)
            if half.document is None:
                origins[key] = Origin(Document(half.file, {}))
                continue
            places[code] = origins[key] = Origin(half.document)
            front, found = shape(model, half.document.data, places[code], known)
            problems += found
            fault = _of_body(half.document)
            problems += [fault] if fault else []
            if front is not None and (fault is None or fault.code == "page.empty"):
                fronts[code] = front
        pair = _Pair(id, fronts, {code: places[code] for code in fronts}, len(fronts) == len(by_language))
        for code in known.languages:
            if code not in by_language and code not in pair.untranslated and fronts:
                other = next(iter(by_language.values()))
                twin = other.file.replace(f"/{other.language}/{id}", f"/{code}/{id}")
                values = {"language": code, "twin": twin}
                problems.append(
                    Problem(
                        "page.twin",
                        places.get(other.language, Origin(Document(other.file, {}))).where(),
                        values,
                        "page.twin",
                    )
                )
        if fronts:
            pairs.append(pair)
    return pairs, problems


def _of_body(document: Document) -> Problem | None:
    """What is wrong with a text by its length alone."""
    length = len(document.body)
    if not document.body.strip():
        return Problem("page.empty", document.where(), hint="page.empty")
    if length > MAX_PROSE:
        values = {"length": str(length), "limit": str(MAX_PROSE)}
        return Problem("text.too_long", Where(document.file, document.body_line), values, "text.split")
    return None


def _facts(pair: _Pair) -> tuple[dict[str, Any], list[Problem]]:
    """The facts of an article, each from whichever file has it; a Problem where both have it and they differ."""
    facts: dict[str, Any] = {}
    problems = []
    for name in FACTS:
        given = {code: getattr(front, name) for code, front in pair.fronts.items() if getattr(front, name) is not None}
        if not given:
            continue
        facts[name] = next(iter(given.values()))
        for code, value in given.items():
            if value != facts[name]:
                first = next(iter(given))
                values = {"key": name, "other": pair.origins[first].document.file}
                problems.append(Problem("fact.differs", pair.origins[code].where(name), values, "fact.differs"))
    return facts, problems
