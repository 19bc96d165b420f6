"""What machines read: sitemap, robots.txt, web manifests, feeds, open data and its description, as path → bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from urllib.parse import urlsplit

from tandem.address import FEED, PAGES, Addresses
from tandem.catalogue import Catalogue
from tandem.feeds import Feeds
from tandem.language import Text
from tandem.page import Frame, Page
from tandem.schema import schema
from tandem.tables import Tables

ICONS = (("img/icon.svg", "any", "image/svg+xml"), ("img/icon-180.png", "180x180", "image/png"))
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}")
UNLISTED = frozenset({"choice", "notfound", "redirect", "rows"})


def exports(pages: Sequence[Page], tables: Tables) -> Iterator[tuple[str, bytes]]:
    """Every file that is no page and no asset, but for the spreadsheet."""
    addresses = tables.addresses
    yield "sitemap.xml", sitemap(pages)
    yield "robots.txt", robots(addresses)
    yield from hosting(addresses)
    yield PAGES[1:], nearest(addresses)
    shape = schema("project", addresses.site.languages)
    yield "schema/project.json", (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode()
    yield from _offered(pages, tables)
    yield from ((f"data/{name}", data) for name, data in tables.files().items())
    yield from ((f"data/projects/{id}.json", tables.project(id)) for id in addresses.site.projects)
    yield from ((f"data/{name}", data) for name, data in Catalogue(addresses).files().items())


def _offered(pages: Iterable[Page], tables: Tables) -> Iterator[tuple[str, bytes]]:
    """What pages offer: their feed; the rows of their table, once for all languages and all pages of the list."""
    feeds = Feeds(tables.addresses)
    for page in pages:
        if page.part > 1:
            continue
        if page.feed:
            yield page.address[1:] + FEED, feeds.feed(page)
        if page.rows and page.language == tables.languages[0]:
            yield f"{page.rows.address[1:]}.csv", tables.projects_csv(page.rows.ids)
            yield f"{page.rows.address[1:]}.json", tables.projects_json(page.rows.ids)


def sitemap(pages: Iterable[Page]) -> bytes:
    """sitemap.xml: every complete page with its language versions (sitemaps.org 0.9, Google's xhtml:link)."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in pages:
        if page.kind in UNLISTED or page.untranslated:
            continue
        versions = page.among(page)  # not kept: there are many
        lines.append(f"<url><loc>{escape(versions.canonical)}</loc>")
        if page.modified:
            lines.append(f"<lastmod>{page.modified.isoformat()}</lastmod>")
        for language, url in versions.alternates:
            lines.append(f'<xhtml:link rel="alternate" hreflang="{escape(language)}" href="{escape(url)}"/>')
        lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode("utf-8")


def robots(addresses: Addresses) -> bytes:
    """robots.txt: everything may be read; where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {addresses.url('/sitemap.xml')}\n".encode()


def hosting(addresses: Addresses) -> Iterator[tuple[str, bytes]]:
    """What GitHub Pages reads of a branch: not to run Jekyll over it; the domain, where the site has one of its own.

    A site at the root of a host that is a domain name, and not GitHub's, is taken to be on a domain of its own.
    """
    yield ".nojekyll", b""
    parts = urlsplit(addresses.url("/"))
    host = parts.hostname or ""
    if parts.path == "/" and not parts.port and _DOMAIN.fullmatch(host) and not host.endswith(".github.io"):
        yield "CNAME", f"{host}\n".encode()


def manifest(frame: Frame, assets: Mapping[str, str]) -> bytes:
    """site.webmanifest of one language: the site's name and mark where a phone keeps it among its programs (W3C)."""
    icons = [
        {"src": f"{frame.base}static/{assets[name]}", "sizes": sizes, "type": kind}
        for name, sizes, kind in ICONS
        if name in assets
    ]
    told = {
        "name": frame.title.text,
        "lang": frame.language,
        "start_url": frame.home.href,
        "scope": frame.base,
        "display": "browser",
        "icons": icons,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def nearest(addresses: Addresses) -> bytes:
    """pages.json: for each language [address, title] of every record's page; the same place holds the same page.

    A title in another language is followed by that language. Sections are not here: the page for a missing address
    (static/js/notfound.js) has them already.
    """
    listed = {code: [_entry(*record) for record in _records(addresses, code)] for code in addresses.site.languages}
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()


def _entry(address: str, title: Text) -> list[str]:
    return [address, title.text, *([title.lang] if title.lang else [])]


def _records(addresses: Addresses, code: str) -> Iterator[tuple[str, Text]]:
    site = addresses.site
    yield from ((addresses.project(id, code), project.name.text(code)) for id, project in site.projects.items())
    for number in sorted(addresses.index.by_municipality):
        yield addresses.municipality(number, code), Text(site.places.municipalities[number].called(code))
    yield from ((addresses.region(number, code), it.name.text(code)) for number, it in site.places.regions.items())
    yield from ((addresses.theme(id, code), theme.name.text(code)) for id, theme in site.themes.items())
    yield from ((addresses.round(id, code), round.name.text(code)) for id, round in site.rounds.items())
    yield from ((addresses.article(id, code), article.title.text(code)) for id, article in site.articles.items())
    yield from ((addresses.page(page, code), page.title.text(code)) for page in site.pages.values())
