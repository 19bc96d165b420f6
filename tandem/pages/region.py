"""The regions and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from msgspec import Struct, structs

from tandem.language import Text, sort_key
from tandem.linked import Node
from tandem.page import Link, Page
from tandem.pages import maps
from tandem.pages.charts import bars
from tandem.pages.listing import NOTHING_LISTED, Listing, parts
from tandem.pages.maps import Map
from tandem.pages.offers import files, latest
from tandem.pages.parts import Maker, Sum, by_name


class GroupRow(Struct, frozen=True):
    """A region or theme in a list. The bars of its numbers: hundredths of the largest in the list."""

    link: Link
    projects: int
    total: Sum
    projects_bar: float = 0.0
    total_bar: float = 0.0


class Groups(Struct, frozen=True):
    rows: tuple[GroupRow, ...]

    @classmethod
    def of(cls, rows: Sequence[GroupRow]) -> Groups:
        """Rows in alphabetical order, with their bars."""
        ordered = sorted(rows, key=lambda row: sort_key(row.link.text.text))
        projects, euros = bars([row.projects for row in ordered]), bars([row.total.amount.euros for row in ordered])
        return cls(
            tuple(
                structs.replace(row, projects_bar=one, total_bar=other)
                for row, one, other in zip(ordered, projects, euros, strict=True)
            )
        )


class RegionView(Struct, frozen=True):
    """``active``: its municipalities that take part, by name, with their number of projects; ``idle``: the rest."""

    code: str
    name: Text
    locative: str
    listing: Listing
    total: Sum
    active: tuple[tuple[Link, int], ...]
    idle: tuple[Link, ...]
    map: Map | None


def pages(maker: Maker) -> Iterator[Page]:
    site, index = maker.site, maker.index
    for code in site.languages:
        rows = [
            GroupRow(maker.region_link(number, code), len(ids), Sum.of(index.total(ids)))
            for number in site.places.regions
            for ids in [index.by_region.get(number, ())]
        ]
        yield maker.page(
            "regions",
            code,
            maker.family("section", "regions"),
            partial(Groups.of, rows),
            trail=maker.trail(code, "municipalities"),
            section="municipalities",
            modified=latest(maker, index.newest),
            linked=partial(linked_groups, maker, rows),
        )
        for number in site.places.regions:
            yield from _region(maker, number, code)


def linked_groups(maker: Maker, rows: Sequence[GroupRow]) -> list[Node]:
    """A list of the groups' pages for machines."""
    return [maker.linked.items(maker.addresses.origin + row.link.href for row in rows)]


def _region(maker: Maker, number: str, code: str) -> Iterator[Page]:
    ids = maker.index.by_region.get(number, ())
    members = frozenset(m.code for m in maker.site.places.in_force() if m.region == number)
    offered = ("municipality", "theme", "round", "state", "amount")
    whole, modified = cache(partial(_whole, maker, number, code, members)), latest(maker, ids)
    rows = files(maker, "regions", number, ids)
    for part in parts(maker, code, maker.family("region", number), ids, f"region {number}", offered, members):
        yield maker.page(
            "region",
            code,
            part.family,
            partial(part.view, whole),
            trail=maker.trail(code, "municipalities", "regions"),
            section="municipalities",
            modified=modified,
            rows=rows,
            linked=partial(part.linked, maker, code),
            id=number,
            part=part.number,
        )


def _whole(maker: Maker, number: str, code: str, members: frozenset[str]) -> RegionView:
    index, region = maker.index, maker.site.places.regions[number]
    ids = index.by_region.get(number, ())
    links = by_name(maker.municipality_link(member, code) for member in members)
    counts = {
        maker.municipality_link(member, code).text: len(index.by_municipality.get(member, ())) for member in members
    }
    return RegionView(
        code=number,
        name=region.name.text(code),
        locative=region.locative.own(code),
        listing=NOTHING_LISTED,
        total=Sum.of(index.total(ids)),
        active=tuple((link, counts[link.text]) for link in links if counts[link.text]),
        idle=tuple(link for link in links if not counts[link.text]),
        map=maps.region(maker, number, code) if ids else None,
    )
