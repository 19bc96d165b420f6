"""The language choice at ``/`` and the front page of each language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from tandem.language import NO_TEXT, Text, native_name
from tandem.page import Link, Page, Twin, Versions
from tandem.pages.charts import YearRow, years
from tandem.pages.maps import Map, country
from tandem.pages.offers import feed
from tandem.pages.parts import Maker, NewsRow, Row, Sum, by_name

NEWEST = 5


class Choice(Struct, frozen=True):
    """Each language's title and description of the site, in that language."""

    languages: tuple[tuple[Twin, Text, Text], ...]


class Home(Struct, frozen=True):
    """``places``: the map's municipalities by region, each with its number of projects."""

    projects: int
    municipalities: int
    total: Sum
    newest: tuple[Row, ...]
    news: tuple[NewsRow, ...]
    map: Map
    places: tuple[tuple[Link, tuple[tuple[Link, int], ...]], ...]
    years: tuple[YearRow, ...]
    ways: tuple[Link, ...]
    all_projects: Link
    all_news: Link


def pages(maker: Maker) -> Iterator[Page]:
    site, index, addresses = maker.site, maker.index, maker.addresses
    settings = site.settings
    home = maker.family("home")
    twins = [Twin(code, native_name(code), addresses.href(home[code])) for code in site.languages]
    choice = Choice(
        tuple(
            (twin, Text(settings.title.own(twin.language)), Text(settings.description.own(twin.language)))
            for twin in twins
        )
    )
    alternates = (*((code, addresses.url(home[code])) for code in home), ("x-default", addresses.url("/")))
    versions = Versions(addresses.url("/"), tuple(twins), alternates)
    yield Page("choice", "", "/", lambda: choice, lambda page: versions)
    for code in site.languages:
        yield maker.page(
            "home",
            code,
            home,
            partial(_view, maker, code),
            section="home",
            modified=settings.as_of,
            feed=feed(maker, "", home[code], code, NO_TEXT, index.newest, index.news),
            linked=partial(maker.linked.website, code),
        )


def _view(maker: Maker, code: str) -> Home:
    site, index = maker.site, maker.index
    return Home(
        projects=len(site.projects),
        municipalities=len(index.by_municipality),
        total=Sum.of(index.total(site.projects)),
        newest=maker.rows(index.newest[:NEWEST], code),
        news=maker.news(index.news[:NEWEST], code),
        map=country(maker, code),
        places=_places(maker, code),
        years=years(maker),
        ways=tuple(maker.section(name, code) for name in ("municipalities", "regions", "themes", "rounds")),
        all_projects=maker.section("projects", code),
        all_news=maker.section("news", code),
    )


def _places(maker: Maker, code: str) -> tuple[tuple[Link, tuple[tuple[Link, int], ...]], ...]:
    """Each region with its municipalities that take part in projects, by name; what the map shows, to be read."""
    municipalities = maker.site.places.municipalities
    grouped: dict[str, dict[Link, int]] = {}
    for number, ids in maker.index.by_municipality.items():
        grouped.setdefault(municipalities[number].region, {})[maker.municipality_link(number, code)] = len(ids)
    regions = {maker.region_link(number, code): counts for number, counts in grouped.items()}
    named = by_name(regions)
    return tuple((link, tuple((one, regions[link][one]) for one in by_name(regions[link]))) for link in named)
