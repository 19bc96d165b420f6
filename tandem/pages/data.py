"""The page of open data: its files, how to use them, and what every column means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from msgspec import Struct

from tandem.address import FEED
from tandem.columns import FILES, TABLES
from tandem.columns.column import SEPARATOR, Column, Field, Glossary, Table
from tandem.language import Text
from tandem.linked import Node
from tandem.page import Link, Page
from tandem.pages.parts import Maker


class Meaning(Struct, frozen=True):
    """A column as the dictionary tells it, or the same in each language. ``values``: all it may say, and its words."""

    names: tuple[str, ...]
    label: Text
    kind: Text
    unit: Text
    meaning: Text
    values: tuple[tuple[str, Text], ...]


class Sheet(Struct, frozen=True):
    """A table: its whole files (their form as text) and its columns. ``count``: how many rows it has."""

    name: str
    title: Text
    about: Text
    count: int
    files: tuple[Link, ...]
    columns: tuple[Meaning, ...]


class DataView(Struct, frozen=True):
    """``sample``: one project's own file. ``url``: this page's, for citing; ``csv``: the projects', for programs."""

    sheets: tuple[Sheet, ...]
    separator: str
    sample: Link
    package: str
    metadata: str
    schema: str
    feeds: tuple[Link, ...]
    url: str
    csv: str


def pages(maker: Maker) -> Iterator[Page]:
    for code in maker.site.languages:
        yield maker.page(
            "data",
            code,
            maker.family("standing", "data"),
            partial(_view, maker, code),
            trail=maker.trail(code),
            section="data",
            modified=maker.site.settings.as_of,
            linked=partial(_linked, maker, code),
        )


def _linked(maker: Maker, code: str) -> list[Node]:
    return [maker.linked.dataset(code)]


def _view(maker: Maker, code: str) -> DataView:
    addresses = maker.addresses
    newest = next(iter(maker.index.newest), "")
    sample = f"/data/projects/{newest}.json"
    return DataView(
        sheets=tuple(_sheet(maker, table, code, len(table.records(addresses))) for table in TABLES),
        separator=SEPARATOR.strip(),
        sample=Link(Text(sample), addresses.href(sample)) if newest else Link(),
        package=addresses.href("/data/datapackage.json"),
        metadata=addresses.href("/data/dcat.jsonld"),
        schema=addresses.href("/schema/project.json"),
        feeds=(Link(maker.site.settings.title.text(code), addresses.href(addresses.home(code) + FEED)),),
        url=addresses.url(addresses.standing("data", code)),
        csv=addresses.url("/data/projects.csv"),
    )


def _sheet(maker: Maker, table: Table, code: str, count: int) -> Sheet:
    glossary = Glossary(code)
    href = maker.addresses.href
    fields = groupby(table.fields(maker.site.languages), key=lambda field: field.column)
    return Sheet(
        name=table.name,
        title=glossary.text(table.title),
        about=glossary.text(table.about),
        count=count,
        files=tuple(
            Link(Text(f"{table.name}.{form}"), href(f"/data/{table.name}.{form}"))
            for one, form in FILES
            if one is table
        ),
        columns=tuple(_meaning(column, tuple(same), glossary) for column, same in fields),
    )


def _meaning(column: Column, fields: tuple[Field, ...], glossary: Glossary) -> Meaning:
    mark = glossary.text(column.meaning).lang
    spoken = ", ".join(glossary.in_language(field.language) for field in fields if field.language)
    label = glossary.say(column.label)
    return Meaning(
        names=tuple(field.name for field in fields),
        label=Text(f"{label} ({spoken})" if spoken else label, mark),
        kind=Text(glossary.kind(column), mark),
        unit=glossary.text(column.unit),
        meaning=Text(glossary.say(column.meaning), mark),
        values=tuple((value, glossary.text(english)) for value, english in column.values),
    )
