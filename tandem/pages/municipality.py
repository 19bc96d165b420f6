"""The register of municipalities and a page for each that takes part in a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import groupby

from msgspec import Struct, structs

from tandem.language import Text, initial, sort_key
from tandem.page import Link, Page
from tandem.pages.charts import bars
from tandem.pages.listing import NOTHING_LISTED, Listing, parts
from tandem.pages.offers import feed, files, latest
from tandem.pages.parts import Maker, NewsRow, Row, Sum

FOREMOST = 10  # municipalities it works with most; the rest are named more closely set


class Entry(Struct, frozen=True):
    """A municipality in the index; without a link when it takes part in no project yet."""

    link: Link
    other_names: tuple[Text, ...]
    projects: int


class Municipalities(Struct, frozen=True):
    letters: tuple[tuple[str, tuple[Entry, ...]], ...]
    count: int
    participating: int
    regions: Link


class MunicipalityView(Struct, frozen=True):
    """``locative``: *Porvoossa*, *i Borgå*; empty in a language the register does not inflect.

    ``led`` and ``joined``: sums of the grants of projects it leads, and of those it takes part in.
    ``shared``: whether a grant here is a joint one. ``companions``: the municipalities it shares most projects with,
    how many, and a bar; ``others``: the rest.
    """

    code: str
    name: Text
    other_names: tuple[Text, ...]
    type: Text
    genitive: str
    locative: str
    region: Link
    population: int | None
    population_year: int | None
    former: tuple[Text, ...]
    listing: Listing
    shared: bool
    led: Sum
    led_count: int
    joined: Sum
    joined_count: int
    companions: tuple[tuple[Link, int, float], ...]
    others: tuple[tuple[Link, int], ...]
    news: tuple[NewsRow, ...]


def pages(maker: Maker) -> Iterator[Page]:
    for code in maker.site.languages:
        yield _index(maker, code)
        for number in sorted(maker.index.by_municipality):
            yield from _municipality(maker, number, code)


def _index(maker: Maker, code: str) -> Page:
    entries = []
    for municipality in maker.site.places.in_force():
        link = maker.municipality_link(municipality.code, code)
        others = tuple(Text(name, other) for other, name in municipality.name if name != link.text.text)
        entries.append(Entry(link, others, len(maker.index.by_municipality.get(municipality.code, ()))))
    entries.sort(key=lambda entry: sort_key(entry.link.text.text))
    pages = [maker.addresses.origin + entry.link.href for entry in entries if entry.link.href]
    letters = groupby(entries, key=lambda entry: initial(entry.link.text.text))
    view = Municipalities(
        tuple((letter, tuple(group)) for letter, group in letters),
        count=len(entries),
        participating=len(maker.index.by_municipality),
        regions=maker.section("regions", code),
    )
    return maker.page(
        "municipalities",
        code,
        maker.family("section", "municipalities"),
        lambda: view,
        trail=maker.trail(code),
        section="municipalities",
        modified=latest(maker, maker.index.newest),
        linked=lambda: [maker.linked.items(pages)],
    )


def _municipality(maker: Maker, number: str, code: str) -> Iterator[Page]:
    municipality = maker.site.places.municipalities[number]
    name = Text(municipality.called(code))
    family = maker.family("municipality", number)
    ids, news = maker.index.by_municipality[number], maker.index.news_of_municipality.get(number, ())
    led = maker.index.led_by.get(number, frozenset())

    def _played(ids: Iterable[str], rows: tuple[Row, ...]) -> tuple[Row, ...]:
        roles = ("lead" if id in led else "partner" for id in ids)
        return tuple(structs.replace(row, role=role) for row, role in zip(rows, roles, strict=True))

    offered = ("theme", "round", "state", "amount")
    whole = cache(partial(_whole, maker, number, code))
    modified, files_ = latest(maker, ids, news), files(maker, "municipalities", number, ids)
    followed = feed(maker, f"municipality/{number}", family[code], code, name, ids, news)
    for part in parts(maker, code, family, ids, f"municipality {number}", offered, played=_played):
        yield maker.page(
            "municipality",
            code,
            part.family,
            partial(part.view, whole),
            trail=maker.trail(code, "municipalities"),
            section="municipalities",
            modified=modified,
            feed=followed,
            rows=files_,
            linked=lambda: [maker.linked.municipality(municipality, code)],
            id=number,
            part=part.number,
        )


def _whole(maker: Maker, number: str, code: str) -> MunicipalityView:
    site, index = maker.site, maker.index
    municipality = site.places.municipalities[number]
    ids = index.by_municipality[number]
    led = index.led_by.get(number, frozenset())
    name = municipality.called(code)
    shared = _companions(maker, number, code)
    foremost = [count for _, count in shared[:FOREMOST]]
    return MunicipalityView(
        code=number,
        name=Text(name),
        other_names=tuple(Text(other, lang) for lang, other in municipality.name if other != name),
        type=municipality.type.text(code),
        genitive=municipality.genitive.own(code),
        locative=municipality.locative.own(code),
        region=maker.region_link(municipality.region, code),
        population=municipality.population,
        population_year=municipality.population_year,
        former=tuple(
            Text(m.called(code))
            for m in site.places.municipalities.values()
            if m.merged_into and site.places.current(m.code) == number
        ),
        listing=NOTHING_LISTED,
        shared=any(index.participants(site.projects[id]) > 1 for id in ids),
        led=Sum.of(index.total(id for id in ids if id in led)),
        led_count=len(led),
        joined=Sum.of(index.total(id for id in ids if id not in led)),
        joined_count=len(ids) - len(led),
        companions=tuple((*pair, bar) for pair, bar in zip(shared[:FOREMOST], bars(foremost), strict=True)),
        others=shared[FOREMOST:],
        news=maker.news(index.news_of_municipality.get(number, ()), code),
    )


def _companions(maker: Maker, number: str, code: str) -> tuple[tuple[Link, int], ...]:
    """The municipalities it shares projects with: the most frequent first, then by name in the page's language."""
    shared = ((maker.municipality_link(other, code), n) for other, n in maker.index.companions(number))
    return tuple(sorted(shared, key=lambda pair: (-pair[1], sort_key(pair[0].text.text))))
