"""The one page GitHub Pages shows for an address that does not exist, in every language at once."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tandem.address import PAGES
from tandem.language import native_name
from tandem.model import SECTIONS
from tandem.page import Link, Page, Twin, Versions
from tandem.pages.parts import Maker


class NotFound(Struct, frozen=True):
    """For each language: its front page, and its sections. ``pages`` leads to the list of all other pages."""

    languages: tuple[tuple[Twin, tuple[Link, ...]], ...]
    pages: str


def pages(maker: Maker) -> Iterator[Page]:
    view = NotFound(
        tuple(
            (
                Twin(code, native_name(code), maker.addresses.href(maker.addresses.home(code))),
                tuple(maker.section(name, code) for name in SECTIONS),
            )
            for code in maker.site.languages
        ),
        maker.addresses.href(PAGES),
    )
    yield Page("notfound", "", "/404.html", lambda: view, lambda page: Versions(maker.addresses.url("/404.html")))
