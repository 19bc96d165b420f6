"""The whole site before the first byte is rendered: every page, and what each language has around its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tandem.address import Addresses
from tandem.coverage import Coverage
from tandem.index import Index
from tandem.page import Frame, Page
from tandem.pages.frame import frame
from tandem.pages.kinds import KINDS
from tandem.pages.parts import Maker
from tandem.site import Site


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
    return Plan(pages, {code: frame(maker, code) for code in site.languages})
