"""The themes and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from msgspec import Struct

from tandem.language import Text
from tandem.page import Link, Page
from tandem.pages.listing import NOTHING_LISTED, Listing, parts
from tandem.pages.offers import feed, files, latest
from tandem.pages.parts import Maker, Sum
from tandem.pages.region import GroupRow, Groups, linked_groups


class ThemeView(Struct, frozen=True):
    id: str
    name: Text
    listing: Listing
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
        for id in site.themes:
            yield from _theme(maker, id, code, groups)


def _same(groups: Groups) -> Groups:
    return groups


def _whole(maker: Maker, id: str, code: str, groups: Groups) -> ThemeView:
    ids = maker.index.by_theme.get(id, ())
    others = tuple(row.link for row in groups.rows if row.projects and row.link != maker.theme_link(id, code))
    name = maker.site.themes[id].name.text(code)
    return ThemeView(id, name, NOTHING_LISTED, Sum.of(maker.index.total(ids)), others)


def _theme(maker: Maker, id: str, code: str, groups: Groups) -> Iterator[Page]:
    """A theme's page, or pages; with a feed of its projects and the news of them once there are any."""
    ids = maker.index.by_theme.get(id, ())
    news = tuple(dict.fromkeys(one for project in ids for one in maker.index.news_of_project.get(project, ())))
    family = maker.family("theme", id)
    name = maker.site.themes[id].name.text(code)
    followed = feed(maker, f"theme/{id}", family[code], code, name, ids, news) if ids else None
    whole = cache(partial(_whole, maker, id, code, groups))
    modified, rows = latest(maker, ids, news), files(maker, "themes", id, ids)
    for part in parts(maker, code, family, ids, f"theme {id}", ("region", "round", "state", "amount")):
        yield maker.page(
            "theme",
            code,
            part.family,
            partial(part.view, whole),
            trail=maker.trail(code, "themes"),
            section="themes",
            modified=modified,
            feed=followed,
            rows=rows,
            linked=partial(part.linked, maker, code),
            id=id,
            part=part.number,
        )
