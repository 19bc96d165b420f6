"""What machines read: the sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from tandem.address import Addresses
from tandem.page import Page

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
