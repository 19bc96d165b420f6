"""The register of municipalities and regions, and how a place written by a person is understood.

``Porvoo``, ``Borgå``, ``638`` and ``"638"`` are one municipality. A municipality that merged into another keeps its
name and code; ``current`` follows the merger.
"""

from __future__ import annotations

import datetime
import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from tandem.language import NO_WORDS, Words


class Region(Struct, frozen=True):
    """A region (maakunta, landskap). ``locative``: *Uudellamaalla*, *i Nyland*."""

    code: str
    name: Words
    locative: Words = NO_WORDS


class Municipality(Struct, frozen=True):
    """A municipality by Statistics Finland's classification; ``code`` is three digits, always text.

    ``type``: *kaupunki/kunta*, *stad/kommun*. ``genitive``: *Porvoon*, *Borgås*. ``locative``: *Porvoossa*,
    *i Borgå*. ``languages``: majority first. ``lat``, ``lon``: degrees (WGS 84) of the administrative centre.
    """

    code: str
    name: Words
    region: str
    type: Words = NO_WORDS
    languages: tuple[str, ...] = ()
    genitive: Words = NO_WORDS
    locative: Words = NO_WORDS
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    population_year: int | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    merged_into: str = ""

    def called(self, language: str) -> str:
        """Its name in ``language``; where the register has none, the name in its own first language."""
        if name := self.name.own(language):
            return name
        for code in (*self.languages, *self.name.languages):
            if name := self.name.own(code):
                return name
        return self.code


@dataclass(frozen=True)
class Places:
    """All municipalities by code, and the ways of writing them."""

    municipalities: Mapping[str, Municipality] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)

    @cached_property
    def _written(self) -> dict[str, str]:
        names = {fold(name): code for code, m in self.municipalities.items() for _, name in m.name}
        return names | {code: code for code in self.municipalities}

    @cached_property
    def _inflected(self) -> dict[str, str]:
        """The name meant by each inflected form, in the language of the form."""
        forms = {}
        for m in self.municipalities.values():
            for language, form in (*m.genitive, *m.locative):
                forms[_bare(form)] = m.called(language)
        return forms

    def code(self, written: str) -> str:
        """The code of a place as a person wrote it, or an empty string."""
        return self._written.get(fold(written), "")

    def nearest(self, written: str) -> str:
        """The name a person probably meant, as the register spells it, or an empty string."""
        folded = fold(written)
        if folded.isdigit() and folded.zfill(3) in self.municipalities:
            return folded.zfill(3)
        if _bare(written) in self._inflected:
            return self._inflected[_bare(written)]
        close = difflib.get_close_matches(folded, self._written, n=1, cutoff=0.7)
        if not close:
            return ""
        found = self.municipalities[self._written[close[0]]]
        return next((name for _, name in found.name if fold(name) == close[0]), found.code)

    def current(self, code: str) -> str:
        """The municipality that ``code`` belongs to today, mergers followed."""
        seen = {code}
        while (into := self.municipalities[code].merged_into) and into in self.municipalities and into not in seen:
            seen.add(into)
            code = into
        return code

    def in_force(self) -> tuple[Municipality, ...]:
        """The municipalities that have not merged into another, by code."""
        return tuple(m for _, m in sorted(self.municipalities.items()) if not m.merged_into)


def _bare(form: str) -> str:
    return fold(form).removeprefix("i ").removeprefix("på ")


def fold(name: str) -> str:
    """A name without case and needless space, for comparing."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
