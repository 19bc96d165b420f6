"""How far the two languages are one: texts in every language, texts in step, by field, municipality and record.

The one place where these figures are worked out: the language page, ``/data/parity.json``, the badge and ``status``
show what stands here. A text is one field of one record (a goal, the title of a source). It is complete when it stands
in every language of the site, and in step when it is complete and no language is behind another (``changes.py``).
Municipalities' names and the words of the user interface are not counted: nothing is built while one is lacking.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from tandem.changes import Behind, History
from tandem.index import Index
from tandem.problem import Problem
from tandem.shelf import Standing
from tandem.site import Key, Site
from tandem.texts import dotted, family, standing

PARITY = "parity."  # beginning of the codes of problems in which the languages' facts differ
_KINDS = ("site", "project", "round", "theme", "page", "article")
_FIELDS = (
    "title", "name", "summary", "goals", "description", "results", "body", "funder", "publisher", "organisations",
    "contacts", "links", "sources",
)  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """Texts counted. The counters are by language; ``late`` counts texts that are complete and not in step."""

    texts: int = 0
    incomplete: int = 0
    late: int = 0
    missing: Mapping[str, int] = field(default_factory=dict)
    untranslated: Mapping[str, int] = field(default_factory=dict)
    behind: Mapping[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> int:
        return self.texts - self.incomplete

    @property
    def in_step(self) -> int:
        return self.complete - self.late

    def present(self, language: str) -> int:
        return self.texts - self.missing.get(language, 0) - self.untranslated.get(language, 0)


def tenths(part: int, whole: int) -> int:
    """A share in tenths of a percent, never rounded up: 1000 means all, and only all. Nothing is wholly there."""
    return part * 1000 // whole if whole else 1000


class Work(Struct, frozen=True):
    """A text that needs work: the languages in which it is missing, declared untranslated, or behind.

    ``file`` is below the content folder; ``field`` as a person counts it: ``goals.1`` is the first goal.
    """

    key: Key
    field: str
    file: str
    missing: tuple[str, ...] = ()
    untranslated: tuple[str, ...] = ()
    behind: tuple[Behind, ...] = ()

    @property
    def family(self) -> str:
        """The field without its place in a list."""
        return ".".join(step for step in self.field.split(".") if not step.isdigit())


class Place(Struct, frozen=True):
    """The texts of the projects a municipality of today takes part in."""

    code: str
    projects: int
    tally: Tally


@dataclass(frozen=True)
class Coverage:
    """``fields``: by kind of record and field. ``differing``: problems in which the languages' facts differ."""

    languages: tuple[str, ...]
    total: Tally
    fields: Mapping[tuple[str, str], Tally]
    places: tuple[Place, ...]
    work: tuple[Work, ...]
    differing: tuple[Problem, ...]
    history: str

    @property
    def known(self) -> bool:
        """Whether it is known which texts are in step."""
        return self.history == "known"

    @property
    def best(self) -> int:
        """How many texts are all that is known of them: in step, else complete."""
        return self.total.in_step if self.known else self.total.complete


class _Sum:
    """A Tally being counted."""

    def __init__(self) -> None:
        self.texts = self.incomplete = self.late = 0
        self.missing: Counter[str] = Counter()
        self.untranslated: Counter[str] = Counter()
        self.behind: Counter[str] = Counter()

    def note(self, work: Work) -> None:
        lacking = bool(work.missing or work.untranslated)
        self.incomplete += lacking
        self.late += bool(work.behind) and not lacking
        self.missing.update(work.missing)
        self.untranslated.update(work.untranslated)
        self.behind.update(one.language for one in work.behind)

    def add(self, other: _Sum) -> None:
        self.texts += other.texts
        self.incomplete += other.incomplete
        self.late += other.late
        for ours, theirs in zip(self._counters(), other._counters(), strict=True):
            ours.update(theirs)

    def _counters(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        return self.missing, self.untranslated, self.behind

    def tally(self) -> Tally:
        return Tally(self.texts, self.incomplete, self.late, *map(dict, self._counters()))


def cover(site: Site, index: Index, problems: Iterable[Problem], history: History) -> Coverage:
    """Counts every text of the site."""
    total = _Sum()
    records: dict[Key, _Sum] = {}
    fields: dict[tuple[str, str], _Sum] = {}
    work: list[Work] = []
    for key, texts in standing(site):
        record = records[key] = _Sum()
        record.texts = len(texts)
        says = _says(site, key)
        for text in texts:
            column = fields.setdefault((key[0], family(text[0])), _Sum())
            column.texts += 1
            if history.known or len(text[1]) < len(site.languages):
                found = _judged(site, key, text, says, history)
                if found:
                    work.append(found)
                    record.note(found)
                    column.note(found)
        total.add(record)
    return Coverage(
        languages=site.languages,
        total=total.tally(),
        fields={name: fields[name].tally() for name in sorted(fields, key=_order)},
        places=_places(index, records),
        work=tuple(sorted(work, key=lambda one: one.file)),
        differing=tuple(problem for problem in problems if problem.code.startswith(PARITY)),
        history=history.state,
    )


def _order(name: tuple[str, str]) -> tuple[int, int, str]:
    kind, family = name
    first = family.partition(".")[0]
    return _KINDS.index(kind), _FIELDS.index(first) if first in _FIELDS else len(_FIELDS), family


def _judged(site: Site, key: Key, text: Standing, says: _Says, history: History) -> Work | None:
    """What work a text needs; None where it needs none."""
    (loc, languages), (declared, checked) = text, says
    lacking = tuple(code for code in site.languages if code not in languages)
    behind = history.behind(key, loc, checked) if len(lacking) + 1 < len(site.languages) else ()
    if not lacking and not behind:
        return None
    return Work(
        key=key,
        field=dotted(loc),
        file=_file(site, key, (*(one.language for one in behind), *lacking)),
        missing=tuple(code for code in lacking if code not in declared),
        untranslated=tuple(code for code in lacking if code in declared),
        behind=behind,
    )


_Says = tuple[Sequence[str], Mapping[str, datetime.date]]


def _says(site: Site, key: Key) -> _Says:
    """The languages a record declares untranslated, and the days on which its texts were compared."""
    if key[0] == "site":
        return (), site.settings.checked
    kinds: Mapping[str, Mapping[str, object]] = {
        "project": site.projects, "round": site.rounds, "theme": site.themes,
        "page": site.pages, "article": site.articles,
    }  # fmt: skip
    record = kinds[key[0]][key[1]]
    return getattr(record, "untranslated", ()), getattr(record, "checked", {})


def _file(site: Site, key: Key, languages: Iterable[str]) -> str:
    """The file to be worked on, below the content folder: of a page, that of the language that needs work."""
    if key[0] in ("page", "article"):
        near = (code for code in languages if (*key, code) in site.origins)
        origin = site.writing_origin(key[0], key[1], next(near, ""))
    else:
        origin = site.origin(*key)
    return origin.document.file.removeprefix(f"{site.folder}/")


def _places(index: Index, records: Mapping[Key, _Sum]) -> tuple[Place, ...]:
    places = []
    for code, ids in sorted(index.by_municipality.items()):
        whole = _Sum()
        for id in ids:
            whole.add(records["project", id])
        places.append(Place(code, len(ids), whole.tally()))
    return tuple(places)
