"""Languages: words in each of them, the alphabet they are sorted by, and the catalogs of the user interface."""

from __future__ import annotations

import gettext
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from msgspec import Struct

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LANGUAGE_CODE = re.compile(r"[a-z]{2,3}")


class Text(Struct, frozen=True):
    """A text on its way to a page. ``lang`` is empty when the text is in the page's own language."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


NO_TEXT = Text("")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in each language: the value two languages share. Pairs stand in the site's order of languages."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, texts: Mapping[str, str], languages: Iterable[str] = ()) -> Words:
        pairs = tuple(texts.items())
        order = tuple(languages)
        if order[: len(pairs)] != tuple(texts):
            rest = (code for code in texts if code not in order)
            pairs = tuple((code, texts[code]) for code in (*order, *rest) if code in texts)
        return cls(pairs)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.pairs)

    def own(self, language: str) -> str:
        """The text in exactly this language, or an empty string."""
        for code, text in self.pairs:
            if code == language:
                return text
        return ""

    def text(self, language: str) -> Text:
        """The text in this language; else the first there is, marked with the language it is in."""
        pairs = self.pairs
        for code, text in pairs:
            if code == language and text:
                return Text(text)
        return Text(pairs[0][1], pairs[0][0]) if pairs else NO_TEXT

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def __reduce__(self) -> tuple[type[Words], tuple[tuple[tuple[str, str], ...]]]:
        return Words, (self.pairs,)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)


NO_WORDS = Words()

# Finnish (SFS 4600:2022) and Swedish (SAOL 13) alphabets agree: a–z å ä ö, w after v, ü as y, other accents by
# their base letter, space and hyphen before letters ("Koski" < "Koski Tl"; "Mänttä" < "Mänttä-Vilppula" < "Mänttälä").
_ALPHABET = {letter: rank for rank, letter in enumerate(" -:.'’0123456789abcdefghijklmnopqrstuvwxyzåäö", start=1)}
_AS = {"ü": "y", "æ": "ä", "ø": "ö", "õ": "ö", "œ": "ö", "ð": "d", "đ": "d", "þ": "th", "ß": "ss", "ł": "l"}
_LAST = len(_ALPHABET) + 1


@lru_cache(maxsize=65536)
def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """The alphabetical place of ``text`` in Finnish and Swedish; ties go to the unaccented, then lower case, form."""
    primary: list[int] = []
    secondary: list[int] = []
    for letter in unicodedata.normalize("NFC", text).lower():
        for plain in _AS.get(letter, letter):
            base = plain if plain in _ALPHABET else unicodedata.normalize("NFD", plain)[0]
            primary.append(_ALPHABET.get(base, _LAST + ord(base)))
            secondary.append(int(base != letter))
    return tuple(primary), tuple(secondary), text.swapcase()


def initial(name: str) -> str:
    """The heading under which ``name`` stands in an alphabetical index."""
    letter = unicodedata.normalize("NFC", name)[:1].upper()
    return letter if letter in "ÅÄÖ" else unicodedata.normalize("NFD", _AS.get(letter.lower(), letter))[:1].upper()


@lru_cache
def locale(language: str) -> Locale:
    """The Babel locale of a language as used in Finland (``sv`` → ``sv_FI``)."""
    try:
        return Locale.parse(f"{language}_FI")
    except UnknownLocaleError:
        return Locale.parse(language)


@lru_cache
def native_name(language: str) -> str:
    """What a language calls itself, with a capital: ``Suomi``, ``Svenska``."""
    name = Locale.parse(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]


@lru_cache
def language_name(language: str, reader: str) -> str:
    """What ``language`` is called in the reader's own: ``ruotsi``, ``svenska``."""
    return Locale.parse(language).get_language_name(reader) or language


def compiled(catalogs: Mapping[str, Catalog]) -> dict[str, bytes]:
    """Each catalog as gettext's machine object file (.mo)."""
    from babel.messages.mofile import write_mo

    found = {}
    for language, catalog in catalogs.items():
        buffer = io.BytesIO()
        write_mo(buffer, catalog)
        found[language] = buffer.getvalue()
    return found


def translations(catalog: bytes) -> Mapping[str, Callable[..., str]]:
    """The gettext, ngettext, pgettext and npgettext of a compiled catalog."""
    words = gettext.GNUTranslations(io.BytesIO(catalog))
    return {
        "gettext": words.gettext,
        "ngettext": words.ngettext,
        "pgettext": words.pgettext,
        "npgettext": words.npgettext,
    }


_SPELLED = str.maketrans({"æ": "a", "ø": "o", "œ": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def slugify(text: str) -> str:
    """``text`` as part of an address: ASCII lower case, digits and hyphens (å, ä → a; ö → o)."""
    plain = unicodedata.normalize("NFD", text.lower().translate(_SPELLED)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
