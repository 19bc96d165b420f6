"""What machines read: the sitemap, robots.txt and each language's web manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from tandem.address import Addresses
from tandem.page import Frame, Page

ICONS = (("img/icon.svg", "any", "image/svg+xml"), ("img/icon-180.png", "180x180", "image/png"))
UNLISTED = frozenset({"choice", "notfound", "redirect"})


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
