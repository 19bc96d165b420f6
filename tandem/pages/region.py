"""The regions and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tandem.language import Text, sort_key
from tandem.page import Link, Page
from tandem.pages.parts import Maker, Row, Sum, by_name


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A region, theme or round in a list."""

    link: Link
    projects: int
    total: Sum


@dataclass(frozen=True, slots=True)
class Groups:
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class RegionView:
    """``active``: its municipalities that take part, by name, with their number of projects; ``idle``: the rest."""

    code: str
    name: Text
    locative: str
    rows: tuple[Row, ...]
    total: Sum
    active: tuple[tuple[Link, int], ...]
    idle: tuple[Link, ...]


def pages(maker: Maker) -> Iterator[Page]:
    site, index = maker.site, maker.index
    for code in site.languages:
        rows = [
            GroupRow(maker.region_link(number, code), len(ids), Sum.of(index.total(ids)))
            for number in site.places.regions
            for ids in [index.by_region.get(number, ())]
        ]
        rows.sort(key=lambda row: sort_key(row.link.text.text))
        yield maker.page(
            "regions",
            code,
            maker.family("section", "regions"),
            Groups(tuple(rows)),
            trail=maker.trail(code, "municipalities"),
            section="municipalities",
            modified=maker.newest(index.newest),
            linked=[maker.linked.items(maker.addresses.origin + row.link.href for row in rows)],
        )
        for number in site.places.regions:
            yield _region(maker, number, code)


def _region(maker: Maker, number: str, code: str) -> Page:
    site, index = maker.site, maker.index
    region = site.places.regions[number]
    ids = index.by_region.get(number, ())
    members = [m.code for m in site.places.in_force() if m.region == number]
    links = by_name(maker.municipality_link(member, code) for member in members)
    counts = {
        maker.municipality_link(member, code).text: len(index.by_municipality.get(member, ())) for member in members
    }
    view = RegionView(
        code=number,
        name=region.name.text(code),
        locative=region.locative.own(code),
        rows=maker.rows(ids, code),
        total=Sum.of(index.total(ids)),
        active=tuple((link, counts[link.text]) for link in links if counts[link.text]),
        idle=tuple(link for link in links if not counts[link.text]),
    )
    return maker.page(
        "region",
        code,
        maker.family("region", number),
        view,
        trail=maker.trail(code, "municipalities", "regions"),
        section="municipalities",
        modified=maker.newest(ids),
        rows=ids,
        linked=[maker.linked.projects(ids, code)],
    )
