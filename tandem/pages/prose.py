"""Markdown as a page shows it."""

from __future__ import annotations

from msgspec import Struct

from tandem.address import Addresses
from tandem.language import Text
from tandem.markup import linked, mark, may_link, targets


class Prose(Struct, frozen=True):
    """Markdown and the language it is in (empty: the page's own). ``prefix``: what its headings' ids begin with.

    ``links``: where each address in it leads. Its HTML is made when it is asked for.
    """

    text: str = ""
    lang: str = ""
    prefix: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def html(self) -> str:
        """Safe HTML."""
        return linked(mark(self.text, self.prefix), dict(self.links).__getitem__)

    def __bool__(self) -> bool:
        return bool(self.text)


NO_PROSE = Prose()


def prose(addresses: Addresses, text: Text, language: str, folder: str, prefix: str) -> Prose:
    """``text`` of the content folder ``folder`` (``{language}`` stands for its own) for a page in ``language``."""
    if not text:
        return NO_PROSE
    spoken = text.lang or language

    def ready(link: str) -> str:
        if link.startswith("#"):
            return link
        address = addresses.resolve(link, folder.format(language=spoken), spoken)
        return addresses.href(address) if address else link

    links = targets(mark(text.text, prefix)) if may_link(text.text) else ()
    return Prose(text.text, text.lang, prefix, tuple((link, ready(link)) for link in links))
