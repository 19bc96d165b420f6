"""What a page offers besides reading: its feed, its rows as files, and the day it last changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tandem.address import FEED
from tandem.language import Text
from tandem.model import Article
from tandem.page import Feed, Rows
from tandem.pages.parts import Maker


def feed(
    maker: Maker,
    id: str,
    address: str,
    language: str,
    name: Text,
    projects: tuple[str, ...],
    articles: Iterable[Article],
) -> Feed:
    """The feed beside the page at ``address``, about the record ``id``; the site's own where ``name`` is empty."""
    title = maker.site.settings.title.text(language).text
    title = f"{title} – {name.text}" if name else title
    return Feed(id, title, maker.addresses.href(address + FEED), projects, tuple(one.id for one in articles))


def files(maker: Maker, section: str, id: str, ids: tuple[str, ...]) -> Rows | None:
    """The table of these projects as files; none where there are no projects.

    Addressed by code or id, so that the address outlives any name; once, since a row has every language.
    """
    address = f"/data/{section}/{id}/projects"
    return Rows(ids, address, maker.addresses.href(address)) if ids else None


def latest(maker: Maker, ids: Iterable[str], articles: Iterable[Article] = ()) -> datetime.date | None:
    """The day the latest of these was touched."""
    days = [maker.site.projects[id].updated for id in ids]
    return max([day for day in days if day] + [article.date for article in articles], default=None)
