"""The themes and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tandem.language import Text
from tandem.page import Link, Page
from tandem.pages.filters import Filter, filters
from tandem.pages.offers import feed, files, latest
from tandem.pages.parts import Maker, Row, Sum
from tandem.pages.region import GroupRow, Groups


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
            groups,
            trail=maker.trail(code),
            section="themes",
            modified=latest(maker, index.newest),
            linked=[maker.linked.items(maker.addresses.origin + row.link.href for row in groups.rows)],
        )
        for id, theme in site.themes.items():
            ids = index.by_theme.get(id, ())
            others = tuple(row.link for row in groups.rows if row.projects and row.link != maker.theme_link(id, code))
            listing = maker.rows(ids, code)
            choices = filters(maker, listing, code, ("region", "round", "state", "amount"))
            view = ThemeView(id, theme.name.text(code), listing, choices, Sum.of(index.total(ids)), others)
            yield _theme(maker, id, code, view)


def _theme(maker: Maker, id: str, code: str, view: ThemeView) -> Page:
    """A theme's page; with a feed of its projects and the news of them once there are any."""
    ids = maker.index.by_theme.get(id, ())
    news = tuple(dict.fromkeys(one for project in ids for one in maker.index.news_of_project.get(project, ())))
    family = maker.family("theme", id)
    return maker.page(
        "theme",
        code,
        family,
        view,
        trail=maker.trail(code, "themes"),
        section="themes",
        modified=latest(maker, ids, news),
        feed=feed(maker, f"theme/{id}", family[code], code, view.name, ids, news) if ids else None,
        rows=files(maker, "themes", id, ids),
        linked=[maker.linked.projects(ids, code)],
    )
