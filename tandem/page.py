"""A page to be rendered: its kind, its address, its twin, and a view that is all its template may say."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from tandem.language import NO_TEXT, Text


@dataclass(frozen=True, slots=True)
class Link:
    """A ready link. Without ``href`` it is plain text. ``kind`` names a section whose word the template knows."""

    text: Text = NO_TEXT
    href: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same page in another language: its ``language``, what that language calls itself, where it is."""

    language: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of one language has around it. Hrefs are rooted under the site's path.

    ``card``: URL of the picture shown where a page is shared; empty when there is none. ``search``: the search page;
    empty when this build has no search.
    """

    language: str
    title: Text
    description: Text
    home: Link
    choice: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    publisher: Text
    email: str
    repository: str
    licence: Link
    as_of: datetime.date
    base: str
    stylesheet: str
    card: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of HTML. ``language`` is empty for pages in all languages at once (``/``, ``/404.html``).

    ``alternates``: (hreflang, URL) of each complete language version, itself included; empty where this one is
    only announced (untranslated); ``original`` is then the version whose words are shown. ``source``: the content
    file behind "suggest a correction". ``modified``: when the facts were last touched, for the sitemap.
    """

    kind: str
    language: str
    address: str
    view: Any
    canonical: str
    twins: tuple[Twin, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    trail: tuple[Link, ...] = ()
    section: str = ""
    untranslated: bool = False
    original: Twin | None = None
    source: str = ""
    modified: datetime.date | None = None

    @property
    def path(self) -> str:
        """The file below the output folder, with forward slashes."""
        return self.address[1:] + ("index.html" if self.address.endswith("/") else "")
