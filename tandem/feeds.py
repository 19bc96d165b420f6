"""Atom feeds (RFC 4287): new and changed projects, and news, in one language each.

An entry's id is a tag URI (RFC 4151) of the record's id and the language: it outlives a change of name, of address
and of host. Times are the days of the content at midnight UTC, never the clock's.
"""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Iterable
from functools import cache
from html import escape
from urllib.parse import quote, urlsplit

from tandem.address import FEED, Addresses
from tandem.language import Text
from tandem.page import Page

MOST = 50  # entries in a feed, the newest
BORN = "2026"  # the year of a tag that content/site.yaml does not give

Key = tuple[str, str]  # ("project", "helmi"), ("article", "avustus")


class Feeds:
    """Writes the feeds of a site; each entry is made once and stands in every feed that wants it."""

    def __init__(self, addresses: Addresses) -> None:
        self.addresses, self.site = addresses, addresses.site
        settings = self.site.settings
        host = (urlsplit(settings.base_url).hostname or "").encode("idna").decode()
        self.tag = settings.tag or f"{host},{BORN}"
        index = addresses.index
        self.days: dict[Key, datetime.date] = {("article", article.id): article.date for article in index.news}
        self.days |= {("project", id): index.changed(self.site.projects[id]) for id in index.newest}
        # Python's sort is stable: of one day, news comes first, then projects as in lists, the latest decision first
        self.rank = {key: n for n, key in enumerate(sorted(self.days, key=self.days.__getitem__, reverse=True))}
        self.entry = cache(self._entry)
        self.category = cache(self._category)

    def feed(self, page: Page) -> bytes:
        """The feed beside ``page``."""
        about, code, settings = page.feed, page.language, self.site.settings
        assert about is not None
        wanted = [*(("project", id) for id in about.projects), *(("article", id) for id in about.articles)]
        keys = heapq.nsmallest(MOST, wanted, key=self.rank.__getitem__)
        updated = self.days[keys[0]] if keys else settings.as_of
        publisher = settings.publisher
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{code}">',
            f"<id>{self._id(f'feed/{about.id}' if about.id else 'feed', code)}</id>",
            f"<title>{escape(about.title)}</title>",
            _text("subtitle", settings.description.text(code)),
            f"<updated>{_time(updated)}</updated>",
            f"<author>{_text('name', publisher.name.text(code), lang=False)}"
            + (f"<email>{escape(publisher.email)}</email>" if publisher.email else "")
            + (f"<uri>{escape(publisher.url)}</uri>" if publisher.url else "")
            + "</author>",
            f"<rights>{escape(settings.licence.name)}</rights>",
            _link("license", settings.licence.url),
            _link("self", self.addresses.url(page.address + FEED), "application/atom+xml"),
            *(
                _link("alternate", url + FEED, "application/atom+xml", language)
                for language, url in page.alternates
                if language not in (code, "x-default")
            ),
            _link("alternate", self.addresses.url(page.address), "text/html", code),
            "<generator>Tandem</generator>",
            *(self.entry(key, code) for key in keys),
            "</feed>\n",
        ]
        return "\n".join(lines).encode("utf-8")

    def _id(self, specific: str, language: str) -> str:
        return f"tag:{self.tag}:{quote(specific)}/{language}"

    def _entry(self, key: Key, code: str) -> str:
        kind, id = key
        title, summary, categories, published = self._told(key, code)
        lines = [
            "<entry>",
            f"<id>{self._id(f'{kind}/{id}', code)}</id>",
            _text("title", title),
            f"<updated>{_time(self.days[key])}</updated>",
            *([f"<published>{_time(published)}</published>"] if published else []),
            *self._links(key, code),
            *categories,
            *([_text("summary", summary)] if summary else []),
            "</entry>",
        ]
        return "\n".join(lines)

    def _told(self, key: Key, code: str) -> tuple[Text, Text, Iterable[str], datetime.date | None]:
        kind, id = key
        if kind == "article":
            article = self.site.articles[id]
            return article.title.text(code), article.summary.text(code), (), article.date
        project = self.site.projects[id]
        categories = [self.category(theme, code) for theme in project.themes]
        return project.name.text(code), project.summary.text(code), categories, None

    def _category(self, theme: str, code: str) -> str:
        scheme = escape(self.addresses.url(self.addresses.section("themes", code)))
        label = escape(self.site.themes[theme].name.text(code).text)
        return f'<category term="{escape(theme)}" scheme="{scheme}" label="{label}"/>'

    def _links(self, key: Key, code: str) -> Iterable[str]:
        """The record's page, then the same in the other languages.

        The other pages' media type is spelled with its charset: feed readers take the first link to a page for the
        entry's own, feedparser the last of type text/html; so each finds the page in the feed's language.
        """
        kind, id = key
        address = self.addresses.project if kind == "project" else self.addresses.article
        yield _link("alternate", self.addresses.url(address(id, code)), "text/html", code)
        for other in self.site.languages:
            if other != code:
                url = self.addresses.url(address(id, other))
                yield _link("alternate", url, "text/html; charset=utf-8", other)


def _time(day: datetime.date) -> str:
    """RFC 3339."""
    return f"{day.isoformat()}T00:00:00Z"


def _text(tag: str, text: Text, lang: bool = True) -> str:
    """A text construct, marked with its language where that is not the feed's."""
    spoken = f' xml:lang="{text.lang}"' if text.lang and lang else ""
    return f"<{tag}{spoken}>{escape(text.text)}</{tag}>"


def _link(rel: str, href: str, type: str = "", hreflang: str = "") -> str:
    """A link element. Of its values only ``href`` can hold a character that XML minds."""
    kind = f' type="{type}"' if type else ""
    spoken = f' hreflang="{hreflang}"' if hreflang else ""
    return f'<link rel="{rel}"{kind}{spoken} href="{escape(href)}"/>'
