"""What stands around every page of a language."""

from __future__ import annotations

from tandem.address import FEED
from tandem.language import NO_TEXT, Text
from tandem.model import SECTIONS
from tandem.page import Frame, Link
from tandem.pages.parts import Maker

STYLESHEET = "css/site.css"
CARDS = ("img/card.{}.png", "img/card.png")  # shown where a page is shared: in its language; in all
FOOTER = ("tietoa", "saavutettavuus", "ohjeet")  # pages a footer links to, where the site has them


def frame(maker: Maker, code: str) -> Frame:
    """The frame of language ``code``."""
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
