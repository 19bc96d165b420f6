"""The whole site before the first byte is rendered: every page, and what each language has around its pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tandem.address import FEED, Addresses
from tandem.coverage import UNCOUNTED, Coverage
from tandem.index import Index
from tandem.language import NO_TEXT, Text
from tandem.model import SECTIONS
from tandem.page import Frame, Link, Page
from tandem.pages import KINDS, project
from tandem.pages.parts import Maker
from tandem.site import Site

STYLESHEET = "css/site.css"
CARDS = ("img/card.{}.png", "img/card.png")  # shown where a page is shared: in its language; in all
FOOTER = ("tietoa", "saavutettavuus", "ohjeet")  # pages a footer links to, where the site has them


@dataclass(frozen=True)
class Plan:
    """Pages in a fixed order, and a frame for each language."""

    pages: tuple[Page, ...]
    frames: Mapping[str, Frame]


def plan(site: Site, addresses: Addresses, index: Index, coverage: Coverage, search: bool = True) -> Plan:
    """All pages of a site without errors. Two pages on one address would be a bug here: a check looks before.

    ``search``: whether the site will have a search index.
    """
    maker = Maker(site, index, addresses, coverage, search)
    pages = tuple(page for kind in KINDS for page in kind(maker))
    assert len({page.address for page in pages}) == len(pages), "two pages on one address"
    return Plan(pages, {code: _frame(maker, code) for code in site.languages})


def plan_projects(site: Site, addresses: Addresses, index: Index, ids: Collection[str]) -> Plan:
    """The pages of these projects alone. They say nothing of how far the languages are one."""
    maker = Maker(site, index, addresses, UNCOUNTED, search=False)
    pages = tuple(project.page(maker, id, code) for code in site.languages for id in ids)
    return Plan(pages, {code: _frame(maker, code) for code in site.languages})


def _frame(maker: Maker, code: str) -> Frame:
    site, addresses = maker.site, maker.addresses
    settings = site.settings
    cards = [addresses.asset(name.format(code)) for name in CARDS]
    own, common = (addresses.url(card) if card else "" for card in cards)
    data = Link(NO_TEXT, addresses.href(addresses.standing("data", code)), "data")

    def page(id: str) -> Link:
        writing = site.pages[id]
        return Link(writing.title.text(code), addresses.href(addresses.page(writing, code)), id)

    return Frame(
        language=code,
        title=settings.title.text(code),
        description=settings.description.text(code),
        home=Link(NO_TEXT, addresses.href(addresses.home(code)), "home"),
        choice=addresses.href("/"),
        navigation=tuple(maker.section(name, code) if name in SECTIONS else page(name) for name in settings.navigation),
        footer=(
            *(page(id) for id in FOOTER if id in site.pages),
            data,
            Link(NO_TEXT, addresses.href(addresses.standing("parity", code)), "parity"),
        ),
        publisher=Link(settings.publisher.name.text(code), settings.publisher.url or ""),
        email=settings.publisher.email or "",
        repository=settings.repository or "",
        licence=Link(Text(settings.licence.name), settings.licence.url),
        as_of=settings.as_of,
        base=addresses.base,
        stylesheet=addresses.href(addresses.asset(STYLESHEET)),
        feed=addresses.href(addresses.home(code) + FEED),
        data=data,
        origin=addresses.origin,
        card=own or common,
        common_card=common,
        search=addresses.href(addresses.standing("search", code)) if maker.search else "",
    )
