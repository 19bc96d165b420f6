"""What the rules judge: the site, its addresses, the words its templates use; and ways through all its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel

from tandem.address import Addresses
from tandem.language import Words
from tandem.mentions import Lexicon
from tandem.problem import Where
from tandem.read import Loc
from tandem.site import Key, Origin, Site

Word = tuple[str, str]  # (context, msgid); context is empty for most


@dataclass(frozen=True)
class Facts:
    """``used``: the words of the user interface that templates ask for, and where.

    ``share``: whether the site's projects are only some, judged apart from all else it has.
    ``lexicon``: the names texts may mention, where it is made already.
    """

    site: Site
    addresses: Addresses
    used: Mapping[Word, Where] = field(default_factory=dict)
    share: bool = False
    lexicon: Lexicon | None = None


def words_of(record: BaseModel) -> list[tuple[Loc, Words]]:
    """Every text of a record, with the way to it."""
    found: list[tuple[Loc, Words]] = []
    _gather(record, (), found)
    return found


def _gather(record: BaseModel, loc: Loc, found: list[tuple[Loc, Words]]) -> None:
    for name in _wordy(type(record)):
        value = getattr(record, name)
        if isinstance(value, Words):
            if value.pairs:
                found.append(((*loc, name), value))
        elif isinstance(value, BaseModel):
            _gather(value, (*loc, name), found)
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                if isinstance(item, Words):
                    found.append(((*loc, name, number), item))
                elif isinstance(item, BaseModel):
                    _gather(item, (*loc, name, number), found)


@lru_cache
def _wordy(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that can hold words, in order."""

    def holds(kind: Any) -> bool:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return bool(_wordy(kind))
        return kind is Words or any(holds(part) for part in get_args(kind))

    return tuple(name for name, field in model.model_fields.items() if holds(field.annotation))


def records(facts: Facts) -> Iterator[tuple[Key, BaseModel]]:
    """Every record that stands in a YAML file and is to be judged."""
    site = facts.site
    if not facts.share:
        yield ("site",), site.settings
    yield from ((("project", id), record) for id, record in site.projects.items())
    yield from ((("round", id), record) for id, record in site.rounds.items())
    yield from ((("theme", id), record) for id, record in site.themes.items())


def writings(site: Site) -> Iterator[tuple[str, str, str, str, Origin]]:
    """Every Markdown body: (kind, id, language, text, origin)."""
    for kind, group in (("page", site.pages), ("article", site.articles)):
        for id, writing in group.items():
            for language, text in writing.body:
                yield kind, id, language, text, site.writing_origin(kind, id, language)
