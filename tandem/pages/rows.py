"""The rows of a list longer than one page, as a file the reader's script filters and sorts over."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from msgspec import Struct

from tandem.formats import PartialDate
from tandem.index import State
from tandem.language import Text
from tandem.page import Link, Page, Versions
from tandem.pages.filters import STATES
from tandem.pages.parts import Amount, Maker, Row

FILE = "rows.json"  # beside the first page of the list

Said = str | tuple[str, str]
"""A text; with its language where that is not the page's."""


class Period(NamedTuple):
    """When a project runs, with at least one end."""

    start: PartialDate | None
    end: PartialDate | None


class Rows(Struct, frozen=True):
    """What ``static/js/list.js`` makes rows from. Tables first, so that no row repeats what another said.

    ``places``: code, name, href; ``themes``, ``rounds``: id, name, href. A row: name, href, lead (code, or the
    name of a body that is no municipality), facets (municipality, region, theme, round), state, place in ``periods``
    (None where neither end is known) and the period in ISO 8601, whole euros and place in ``amounts`` (None where no
    sum is published), number of sharers.
    """

    places: tuple[tuple[Said, ...], ...]
    themes: tuple[tuple[Said, ...], ...]
    rounds: tuple[tuple[Said, ...], ...]
    states: tuple[State, ...]
    periods: tuple[Period, ...]
    amounts: tuple[Amount, ...]
    sharers: tuple[int, ...]
    rows: tuple[tuple[object, ...], ...]


def address(maker: Maker, code: str) -> str:
    return maker.addresses.section("projects", code) + FILE


def page(maker: Maker, code: str) -> Page:
    """The file for the whole list of projects, newest first."""
    where = address(maker, code)
    return Page("rows", code, where, partial(_view, maker, code), lambda page: Versions(maker.addresses.url(where)))


def _view(maker: Maker, code: str) -> Rows:
    site = maker.site
    ids = maker.index.newest
    rows = maker.rows(ids, code)
    amounts = tuple(dict.fromkeys(row.amount for row in rows if row.amount))
    periods = tuple(dict.fromkeys(Period(row.start, row.end) for row in rows if row.start or row.end))
    places: dict[object, int] = {one: place for once in (periods, amounts) for place, one in enumerate(once)}
    projects = [site.projects[id] for id in ids]
    named = {number for one in projects for number in (*one.municipalities, *maker.index.today(one))}
    return Rows(
        places=tuple((number, *_link(maker.municipality_link(number, code))) for number in sorted(named)),
        themes=tuple((id, *_link(maker.theme_link(id, code))) for id in site.themes),
        rounds=tuple((id, *_link(maker.round_link(id, code))) for id in site.rounds),
        states=STATES,
        periods=periods,
        amounts=amounts,
        sharers=tuple(sorted({row.sharers for row in rows if row.sharers > 1})),
        rows=tuple(_row(row, one.lead or "", places) for one, row in zip(projects, rows, strict=True)),
    )


def _row(row: Row, lead: str, places: dict[object, int]) -> tuple[object, ...]:
    facets = row.facets
    return (
        _said(row.name),
        row.href,
        lead or (_said(row.lead.text) if row.lead else ""),
        (facets.municipality, facets.region, facets.theme, facets.round),
        row.state,
        places.get(Period(row.start, row.end)),
        row.interval,
        row.amount.euros if row.amount else None,
        places[row.amount] if row.amount else None,
        row.sharers,
    )


def _link(link: Link) -> tuple[Said, str]:
    return _said(link.text), link.href


def _said(text: Text) -> Said:
    return (text.text, text.lang) if text.lang else text.text
