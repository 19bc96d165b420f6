"""What machines read: sitemap and robots.txt, feeds, open data and its description. Paths below the output → bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from tandem.address import FEED, ROWS, Addresses
from tandem.catalogue import Catalogue
from tandem.feeds import Feeds
from tandem.page import Page
from tandem.schema import schema
from tandem.tables import Tables

UNLISTED = frozenset({"choice", "notfound", "redirect"})


def exports(pages: Sequence[Page], tables: Tables) -> Iterator[tuple[str, bytes]]:
    """Every file that is no page and no asset, but for the spreadsheet."""
    addresses = tables.addresses
    yield "sitemap.xml", sitemap(pages)
    yield "robots.txt", robots(addresses)
    shape = schema("project", addresses.site.languages)
    yield "schema/project.json", (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode()
    yield from _beside(pages, tables, Feeds(addresses))
    yield from ((f"data/{name}", data) for name, data in tables.files().items())
    yield from ((f"data/projects/{id}.json", tables.project(id)) for id in addresses.site.projects)
    yield from ((f"data/{name}", data) for name, data in Catalogue(addresses).files().items())


def _beside(pages: Iterable[Page], tables: Tables, feeds: Feeds) -> Iterator[tuple[str, bytes]]:
    """What pages offer: their feed, and the rows of their table."""
    for page in pages:
        folder = page.address.removeprefix("/")
        if page.feed:
            yield folder + FEED, feeds.feed(page)
        if page.rows:
            made = tables.projects_csv(page.rows), tables.projects_json(page.rows)
            yield from ((folder + name, data) for name, data in zip(ROWS, made, strict=True))


def sitemap(pages: Iterable[Page]) -> bytes:
    """sitemap.xml: every complete page with its language versions (sitemaps.org 0.9, Google's xhtml:link)."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in pages:
        if page.kind in UNLISTED or page.untranslated:
            continue
        lines.append(f"<url><loc>{escape(page.canonical)}</loc>")
        if page.modified:
            lines.append(f"<lastmod>{page.modified.isoformat()}</lastmod>")
        for language, url in page.alternates:
            lines.append(f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(url)}/>')
        lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode("utf-8")


def robots(addresses: Addresses) -> bytes:
    """robots.txt: everything may be read; where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {addresses.url('/sitemap.xml')}\n".encode()
