"""Tables of projects, the newest first. A long one comes in parts, each a page; a script filters and sorts all of it.

The rows of all parts then come from the file of the whole register, since every row there says what it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct, structs

from tandem.address import PER_PAGE, in_parts, of_part
from tandem.language import Text
from tandem.linked import Node
from tandem.page import Link
from tandem.pages import rows as register
from tandem.pages.filters import FILTERS, Filter, filters
from tandem.pages.parts import Maker, Row

View = TypeVar("View", bound=Any)


class Listing(Struct, frozen=True):
    """``rows``: those of this ``part``, of ``count`` in all ``parts``, which are links.

    ``file``: where the script finds the rows of the whole register; ``within``: which of them are of this list
    (``theme tekoaly``), empty where all are. Both empty where the list has one part.
    """

    rows: tuple[Row, ...]
    count: int
    filters: tuple[Filter, ...]
    file: str = ""
    within: str = ""
    part: int = 1
    parts: tuple[Link, ...] = ()


NOTHING_LISTED = Listing((), 0, ())


class Part(Struct, frozen=True):
    """A page of a list: its addresses, the projects on it, and its ``listing``, made when it is asked for."""

    number: int
    family: dict[str, str]
    ids: tuple[str, ...]
    count: int
    listing: Callable[[], Listing]

    def view(self, whole: Callable[[], View]) -> View:
        """The view of this page. ``whole``: of the list, which all its pages share but for what is listed."""
        return structs.replace(whole(), listing=self.listing())

    def linked(self, maker: Maker, code: str) -> list[Node]:
        """The list for machines: those on this page, and how many there are."""
        return [maker.linked.projects(self.ids, code) | {"numberOfItems": self.count}]


def parts(
    maker: Maker,
    code: str,
    family: Mapping[str, str],
    ids: tuple[str, ...],
    within: str = "",
    offered: Collection[str] = FILTERS,
    members: Collection[str] = (),
    played: Callable[[Iterable[str], tuple[Row, ...]], tuple[Row, ...]] = lambda ids, rows: rows,
) -> Iterator[Part]:
    """The pages of a list of projects whose first page is at ``family``.

    ``offered``, ``members``: what it can be filtered by, and the only municipalities to offer. ``played``: puts into
    the rows what only this list says of them.
    """
    count = in_parts(len(ids))
    hrefs = [maker.addresses.href(of_part(family[code], number)) for number in range(1, count + 1)]
    links = tuple(Link(Text(str(number)), href) for number, href in enumerate(hrefs, 1)) if count > 1 else ()
    file = maker.addresses.href(register.address(maker, code)) if count > 1 else ""
    choices = cache(lambda: filters(maker, maker.rows(ids, code), code, offered, members))

    def part(number: int) -> Part:
        here = ids[(number - 1) * PER_PAGE : number * PER_PAGE]

        def listing() -> Listing:
            rows = played(here, maker.rows(here, code))
            return Listing(rows, len(ids), choices(), file, within if file else "", number, links)

        addresses = {language: of_part(address, number) for language, address in family.items()}
        return Part(number, addresses, here, len(ids), listing)

    return map(part, range(1, count + 1))
