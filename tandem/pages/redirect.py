"""A page at each former address that sends the reader to the present one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from tandem.page import Page, Versions
from tandem.pages.parts import Maker


class Redirect(Struct, frozen=True):
    href: str


def pages(maker: Maker) -> Iterator[Page]:
    site, addresses = maker.site, maker.addresses
    for id, project in site.projects.items():
        yield from _redirects(maker, project.aliases, maker.family("project", id))
    for id, article in site.articles.items():
        yield from _redirects(maker, article.aliases, maker.family("article", id))
    for page in site.pages.values():
        yield from _redirects(maker, page.aliases, {code: addresses.page(page, code) for code in site.languages})


def _redirects(maker: Maker, aliases: tuple[str, ...], family: dict[str, str]) -> Iterator[Page]:
    for alias in aliases:
        code = alias.split("/")[1]
        target = family[code]
        there = partial(_there, maker.addresses.url(target))
        yield Page("redirect", code, alias, partial(Redirect, maker.addresses.href(target)), there)


def _there(url: str, page: Page) -> Versions:
    return Versions(url)
