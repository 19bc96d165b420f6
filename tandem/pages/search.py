"""The search page: a form, what it can be narrowed down by, and the lists that lead on without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from msgspec import Struct

from tandem.model import SECTIONS
from tandem.page import Link, Page
from tandem.pages.parts import Maker, by_name

FOUND_AS = ("municipality", "region", "theme", "round", "project", "article", "page")
STATES = ("running", "upcoming", "ended")


class Choice(Struct, frozen=True):
    """One thing the results can be narrowed down to. ``value`` is an id that no language changes."""

    value: str
    link: Link


class SearchView(Struct, frozen=True):
    """``ready``: whether this build has an index. ``engine``: the script that searches it."""

    ready: bool
    engine: str
    kinds: tuple[str, ...]
    municipalities: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    rounds: tuple[Choice, ...]
    states: tuple[str, ...]
    ways: tuple[Link, ...]


def pages(maker: Maker) -> Iterator[Page]:
    for code in maker.site.languages:
        view = partial(_view, maker, code)
        yield maker.page("search", code, maker.family("standing", "search"), view, trail=maker.trail(code))


def _view(maker: Maker, code: str) -> SearchView:
    index = maker.index
    states = {index.state(project) for project in maker.site.projects.values()}
    return SearchView(
        ready=maker.search,
        engine=maker.addresses.href("/pagefind/pagefind.js"),
        kinds=FOUND_AS,
        municipalities=_choices((n, maker.municipality_link(n, code)) for n in index.by_municipality),
        regions=_choices((n, maker.region_link(n, code)) for n in index.by_region),
        themes=_choices((id, maker.theme_link(id, code)) for id in index.by_theme),
        rounds=tuple(Choice(id, maker.round_link(id, code)) for id in (*maker.site.rounds,)[::-1]),
        states=tuple(state for state in STATES if state in states),
        ways=tuple(maker.section(name, code) for name in SECTIONS),
    )


def _choices(links: Iterable[tuple[str, Link]]) -> tuple[Choice, ...]:
    """In the alphabet of the page's language."""
    found = {link: value for value, link in links}
    return tuple(Choice(found[link], link) for link in by_name(found))
