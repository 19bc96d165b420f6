"""The language choice at ``/`` and the front page of each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tandem.language import NO_TEXT, Text, native_name
from tandem.page import Link, Page, Twin
from tandem.pages.parts import Maker, NewsRow, Row, Sum, by_name

NEWEST = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """Each language's title and description of the site, in that language."""

    languages: tuple[tuple[Twin, Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Home:
    projects: int
    municipalities: int
    total: Sum
    newest: tuple[Row, ...]
    news: tuple[NewsRow, ...]
    regions: tuple[tuple[Link, int], ...]
    themes: tuple[tuple[Link, int], ...]
    rounds: tuple[tuple[Link, int], ...]
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
    yield Page("choice", "", "/", choice, addresses.url("/"), tuple(twins), alternates)
    for code in site.languages:
        regions = by_name(maker.region_link(number, code) for number in index.by_region)
        counts = {maker.region_link(number, code).href: len(ids) for number, ids in index.by_region.items()}
        themes = by_name(maker.theme_link(id, code) for id in index.by_theme)
        themed = {maker.theme_link(id, code).href: len(ids) for id, ids in index.by_theme.items()}
        view = Home(
            projects=len(site.projects),
            municipalities=len(index.by_municipality),
            total=Sum.of(index.total(site.projects)),
            newest=maker.rows(index.newest[:NEWEST], code),
            news=maker.news(index.news[:NEWEST], code),
            regions=tuple((link, counts[link.href]) for link in regions),
            themes=tuple((link, themed[link.href]) for link in themes),
            rounds=tuple((maker.round_link(id, code), len(index.by_round.get(id, ()))) for id in site.rounds),
            ways=tuple(maker.section(name, code) for name in ("municipalities", "regions", "themes", "rounds")),
            all_projects=maker.section("projects", code),
            all_news=maker.section("news", code),
        )
        yield maker.page(
            "home",
            code,
            home,
            view,
            section="home",
            modified=settings.as_of,
            feed=maker.feed("", home[code], code, NO_TEXT, index.newest, index.news),
            linked=maker.linked.website(code),
        )
