"""The themes and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from tandem.language import Text
from tandem.page import Link, Page
from tandem.pages.filters import Filter, filters
from tandem.pages.offers import feed, files, latest
from tandem.pages.parts import Maker, Row, Sum
from tandem.pages.region import GroupRow, Groups, linked_groups


@dataclass(frozen=True, slots=True)
class ThemeView:
    id: str
    name: Text
    rows: tuple[Row, ...]
    filters: tuple[Filter, ...]
    total: Sum
    beside: tuple[Link, ...]


def pages(maker: Maker) -> Iterator[Page]:
    site, index = maker.site, maker.index
    for code in site.languages:
        rows = [
            GroupRow(maker.theme_link(id, code), len(ids), Sum.of(index.total(ids)))
            for id in site.themes
            for ids in [index.by_theme.get(id, ())]
        ]
        groups = Groups.of(rows)
        listed = maker.family("section", "themes")
        yield maker.page(
            "themes",
            code,
            listed,
            partial(_same, groups),
            trail=maker.trail(code),
            section="themes",
            modified=latest(maker, index.newest),
            linked=partial(linked_groups, maker, groups.rows),
        )
        yield from (_theme(maker, id, code, groups) for id in site.themes)


def _same(groups: Groups) -> Groups:
    return groups


def _view(maker: Maker, id: str, code: str, groups: Groups) -> ThemeView:
    ids = maker.index.by_theme.get(id, ())
    others = tuple(row.link for row in groups.rows if row.projects and row.link != maker.theme_link(id, code))
    listing = maker.rows(ids, code)
    choices = filters(maker, listing, code, ("region", "round", "state", "amount"))
    return ThemeView(
        id, maker.site.themes[id].name.text(code), listing, choices, Sum.of(maker.index.total(ids)), others
    )


def _theme(maker: Maker, id: str, code: str, groups: Groups) -> Page:
    """A theme's page; with a feed of its projects and the news of them once there are any."""
    ids = maker.index.by_theme.get(id, ())
    news = tuple(dict.fromkeys(one for project in ids for one in maker.index.news_of_project.get(project, ())))
    family = maker.family("theme", id)
    return maker.page(
        "theme",
        code,
        family,
        partial(_view, maker, id, code, groups),
        trail=maker.trail(code, "themes"),
        section="themes",
        modified=latest(maker, ids, news),
        feed=feed(maker, f"theme/{id}", family[code], code, maker.site.themes[id].name.text(code), ids, news)
        if ids
        else None,
        rows=files(maker, "themes", id, ids),
        linked=lambda: [maker.linked.projects(ids, code)],
        id=id,
    )
