"""What a column and a table are. One table of columns makes CSV, JSON, XLSX, their schema and the data dictionary.

A column's label and meaning are English here and in the site's languages in ``tandem/catalogs/columns.<language>.po``.
Values stand as they are: whole euros as numbers, days as days, lists as lists; a fact that is not known is None.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from tandem.address import Addresses
from tandem.formats import PartialDate
from tandem.language import Text, locale
from tandem.problem import CATALOGS

Kind = Literal["text", "whole", "number", "day", "moment", "address"]
Value = str | int | float | datetime.date | PartialDate | tuple[str, ...] | None
Row = tuple[Value, ...]

KINDS: Mapping[Kind, str] = {
    "text": "text",
    "whole": "whole number",
    "number": "number",
    "day": "day: YYYY-MM-DD",
    "moment": "year, month or day: YYYY, YYYY-MM or YYYY-MM-DD",
    "address": "web address",
}
MANY = "list: %(kind)s"

AMOUNT_IS = (
    ("exact", "exactly"),
    ("at_most", "at most"),
    ("at_least", "over"),
    ("about", "about"),
)
STATES = (
    ("upcoming", "upcoming"),
    ("running", "running"),
    ("ended", "ended"),
    ("unknown", "end not known"),
)
SEPARATOR = " | "  # between the items of a list, where a file has no lists
EUROS = "whole euros"
MOMENT = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


class Column(Struct, frozen=True):
    """One column. ``read``: its value in a record; a column with ``each`` stands once in every language of the site.

    ``many``: its values are lists. ``values``: all it may say, each with its English word.
    """

    name: str
    kind: Kind
    label: str
    meaning: str
    read: Callable[..., Value]
    each: bool = False
    many: bool = False
    unit: str = ""
    values: tuple[tuple[str, str], ...] = ()


class Field(Struct, frozen=True):
    """A column as files have it: ``name_fi``. ``language`` is empty where all languages share it."""

    column: Column
    language: str = ""

    @property
    def name(self) -> str:
        return f"{self.column.name}_{self.language}" if self.language else self.column.name

    def values(self, addresses: Addresses, records: Iterable[Any]) -> list[Value]:
        """Its value in each of the records."""
        read, code = self.column.read, self.language
        return [read(addresses, one, code) for one in records] if code else [read(addresses, one) for one in records]


class Table(Struct, frozen=True):
    """A table of the open data. ``key``: the column that tells its rows apart. ``records``: id → what a row tells.

    ``references``: columns whose values are keys of another table.
    """

    name: str
    title: str
    about: str
    key: str
    columns: tuple[Column, ...]
    records: Callable[[Addresses], Mapping[str, Any]]
    references: tuple[tuple[str, Table], ...] = ()

    def fields(self, languages: tuple[str, ...]) -> tuple[Field, ...]:
        return tuple(Field(column, code) for column in self.columns for code in (languages if column.each else ("",)))

    def rows(self, addresses: Addresses) -> dict[str, Row]:
        """Every row by its id, values in the order of ``fields``."""
        records = self.records(addresses)
        columns = [field.values(addresses, records.values()) for field in self.fields(addresses.site.languages)]
        return dict(zip(records, zip(*columns, strict=True), strict=True))


def joined(items: tuple[str, ...]) -> str:
    """A list as one text; an item's own bar becomes a broken one, so that it can be taken apart again."""
    text = SEPARATOR.join(items)
    if text.count("|") < max(1, len(items)):
        return text  # nearly all
    return SEPARATOR.join(item.replace("|", "¦") for item in items)


class Glossary:
    """Labels and meanings in one language; English where it has no words of its own."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._said = _catalog(language)

    def say(self, text: str) -> str:
        return self._said.get(text) or text

    def text(self, text: str) -> Text:
        """The same, marked as English where it is."""
        return Text(self.say(text), "" if text in self._said or not text or self.language == "en" else "en")

    def label(self, field: Field, bare: bool = False) -> str:
        """``Nimi (suomeksi)``; ``bare``: without the language, where everything is in it."""
        label = self.say(field.column.label)
        return f"{label} ({self.in_language(field.language)})" if field.language and not bare else label

    def in_language(self, code: str) -> str:
        english = {"fi": "in Finnish", "sv": "in Swedish"}.get(code, "")
        return self.say(english) if english else (locale(code).get_language_name(self.language) or code)

    def kind(self, column: Column) -> str:
        kind = self.say(KINDS[column.kind])
        return self.say(MANY) % {"kind": kind} if column.many else kind

    def word(self, column: Column, value: str) -> str:
        """What a value out of ``column.values`` means."""
        return next((self.say(english) for code, english in column.values if code == value), value)


@lru_cache
def _catalog(language: str) -> Mapping[str, str]:
    file = CATALOGS / f"columns.{language}.po"
    if not file.exists():
        return {}
    from babel.messages.pofile import read_po

    with file.open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream, locale=None) if message.id}


def sayings(tables: tuple[Table, ...]) -> Iterator[str]:
    """Every English text that a catalog must have."""
    yield from ("in Finnish", "in Swedish", MANY, *KINDS.values())
    for table in tables:
        yield from (table.title, table.about)
        for column in table.columns:
            yield from (column.label, column.meaning, *([column.unit] if column.unit else []))
            yield from (english for _, english in column.values)
