"""A page to be rendered: its kind, its address, its twin, and a view that is all its template may say."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from msgspec import Struct

from tandem.language import NO_TEXT, Text


class Link(Struct, frozen=True):
    """A ready link. Without ``href`` it is plain text. ``kind`` names a section whose word the template knows."""

    text: Text = NO_TEXT
    href: str = ""
    kind: str = ""


class Feed(Struct, frozen=True):
    """An Atom feed beside a page. ``id``: what it is about, by record ids, which never change (``theme/asiointi``).

    ``projects`` and ``articles``: ids of all that belongs in it; the newest of them are shown.
    """

    id: str
    title: str
    href: str
    projects: tuple[str, ...]
    articles: tuple[str, ...]


class Rows(Struct, frozen=True):
    """The projects in a page's table, as files: ids, and the files' address and href but for their ending."""

    ids: tuple[str, ...]
    address: str
    href: str


class Twin(Struct, frozen=True):
    """The same page in another language: its ``language``, what that language calls itself, where it is."""

    language: str
    name: str
    href: str


class Frame(Struct, frozen=True):
    """What every page of one language has around it. Hrefs are rooted under the site's path.

    ``card``: URL of the picture shown where a page is shared; ``common_card``: the one for pages in all languages at
    once; empty when there is none. ``feed``: the feed of everything new. ``data``: the page of open data.
    ``origin``: scheme and host, to be put before an href. ``search``: the search page; empty without search.
    """

    language: str
    title: Text
    description: Text
    home: Link
    choice: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    publisher: Link
    email: str
    repository: str
    licence: Link
    as_of: datetime.date
    base: str
    stylesheet: str
    feed: str
    data: Link
    origin: str
    card: str = ""
    common_card: str = ""
    search: str = ""


class Versions(Struct, frozen=True):
    """A page among its language versions.

    ``canonical``: the URL it goes by. ``alternates``: (hreflang, URL) of each complete version, itself included; empty
    where this one is only announced (untranslated); ``original`` is then the version whose words are shown.
    """

    canonical: str
    twins: tuple[Twin, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    original: Twin | None = None


def _nothing(page: Page) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Page:
    """One file of HTML. ``language`` is empty for pages in all languages at once (``/``, ``/404.html``).

    ``addresses``: of the page in every language; ``lacking``: the languages that lack some of its words. ``source``:
    the content file behind "suggest a correction". ``modified``: when the facts were last touched, for the sitemap.
    ``feed``: the page's own feed. ``rows``: the projects in its table, which files offer too. ``id``: of the record it
    is about. ``part``: which page of a long list.

    What it says is made when it is asked for, in whichever process renders it: ``make`` makes its view, all that its
    template may say; ``among`` its language versions; ``tell`` what it says to machines, as JSON-LD (schema.org), with
    what it is ``about``.
    """

    kind: str
    language: str
    address: str
    make: Callable[[], Any]
    among: Callable[[Page], Versions]
    addresses: Mapping[str, str] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    trail: tuple[Link, ...] = ()
    section: str = ""
    source: str = ""
    modified: datetime.date | None = None
    feed: Feed | None = None
    rows: Rows | None = None
    tell: Callable[[Page], Mapping[str, Any]] = _nothing
    about: Callable[[], Iterable[dict[str, Any]]] = tuple
    id: str = ""
    part: int = 1

    @cached_property
    def view(self) -> Any:
        return self.make()

    @cached_property
    def versions(self) -> Versions:
        return self.among(self)

    @cached_property
    def linked(self) -> Mapping[str, Any]:
        return self.tell(self)

    @property
    def canonical(self) -> str:
        return self.versions.canonical

    @property
    def twins(self) -> tuple[Twin, ...]:
        return self.versions.twins

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        return self.versions.alternates

    @property
    def original(self) -> Twin | None:
        return self.versions.original

    @property
    def untranslated(self) -> bool:
        """Whether this version lacks words of another, so that it is only announced."""
        return self.language in self.lacking

    def forget(self) -> None:
        """Lets go of what the page says, until it is asked for again."""
        for made in ("view", "versions", "linked"):
            self.__dict__.pop(made, None)

    @property
    def path(self) -> str:
        """The file below the output folder, with forward slashes."""
        return self.address[1:] + ("index.html" if self.address.endswith("/") else "")
