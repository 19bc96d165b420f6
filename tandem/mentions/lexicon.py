"""Names that mean the same in both languages: municipalities, regions, authorities; in every form they are written in.

One dictionary a language, looked up by a name's first word, so that a text is searched once whatever the register
holds. Finnish forms grow from the register's own genitive and locative columns; a form two names share is neither's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from tandem.language import Words
from tandem.mentions.figures import TELLING
from tandem.mentions.nouns import finnish_forms, swedish_forms
from tandem.mentions.numerals import SPOKEN
from tandem.places import Municipality, Places, Region
from tandem.tongue import COMMON, WORD

NAMED = ("fi", "sv")  # languages whose ways with names are known here
# Also a common word, a given name or a company: enough to answer the other language, never a finding of its own.
_DOUBTFUL = frozenset(
    {
        *("Aura", "Geta", "Ii", "Ingå", "Kaarina", "Kannusta", "Kotka", "Lemi", "Lovisa", "Luoto", "Multia", "Nokia"),
        *("Reso", "Salla", "Salo", "Simo", "Soini", "Sulkava", "Sund", "Vanda"),
    }
)
_DERIVED = {  # porvoolaiset; Borgånejden, österbottniska
    "fi": re.compile(r"(?<![^\W\d_])([^\W\d_]{2,}?)(?:lai|läi)(?:nen|s[^\W\d_]+)"),
    "sv": re.compile(
        r"(?<![^\W\d_])([^\W\d_]{2,}?)(?:(?:region|nejd|trakt|bygd|bo|bor|borna|bornas)(?:en|ens)?|i?sk[at]?)(?![^\W\d_])"
    ),
}
_LISTED = re.compile(r"(?:, | (?:ja|sekä|och|samt|&) )(?:i |på )?")
_TOWN = re.compile(r"[ \u00a0](?:kaupun[gk]i|kunta|kunnan|kunna[ls]|stad|kommun)")
_AFTER = re.compile(r"[ \u00a0]([A-ZÅÄÖ][^\W\d_]+)")
_BEFORE = re.compile(r"[^\s.:!?–*_#>-][\"”]?[ \u00a0]([A-ZÅÄÖ][^\W\d_]+)[ \u00a0]$")
Place = Municipality | Region


class Found(NamedTuple):
    """A name in a text. ``subject``: ``place:638``, ``region:01``, ``term:finansministeriet``; ``own``: whether the
    name is of the text's language; ``doubtful``: it may be part of a person's or a company's name."""

    subject: str
    start: int
    end: int
    own: bool
    doubtful: bool


class Lexicon:
    """Every name in every form. ``terms``: names that are no places, by an id.

    ``telling``: all words of a language that say anything here; a text's other words need no second look. ``towns``:
    what places are called in web addresses (*porvoo*, *borga*).
    """

    def __init__(self, places: Places, terms: Iterable[tuple[str, Words]] = ()) -> None:
        named: list[tuple[str, Place]] = [
            *((f"place:{code}", place) for code, place in places.municipalities.items()),
            *((f"region:{code}", region) for code, region in places.regions.items()),
        ]
        others = [(f"term:{id}", words) for id, words in terms]
        self._called = {subject: place.name for subject, place in named} | dict(others)
        self.towns = {_plain(name): subject for subject, place in named for _, name in place.name}
        forms = {code: _unshared([*_place_forms(named, code), *_term_forms(others, code)]) for code in NAMED}
        self._first = {code: _by_first_word(found) for code, found in forms.items()}
        self._stems = {code: _stems(named, code) for code in NAMED}
        self._names = frozenset(word for first in self._first.values() for word in first)
        self.telling = {
            code: self._names | TELLING[code] | SPOKEN[code] | frozenset().union(*COMMON.values()) for code in NAMED
        }

    def called(self, subject: str, language: str) -> str:
        """What ``subject`` is called in ``language``."""
        return self._called[subject].own(language)

    def find(self, text: str, words: AbstractSet[str], language: str) -> list[Found]:
        """Every name in ``text``, by place; of two that overlap the first, and the longer. ``words``: what it tells."""
        if self._names.isdisjoint(words):
            return []
        found: list[Found] = []
        own, foreign = self._first[language], self._first["sv" if language == "fi" else "fi"]
        for word in words:
            if word in own:
                found += self._at(text, word, own[word], True)
            elif word in foreign:
                found += self._at(text, word, foreign[word], False)
        if len(found) < 2:
            return found
        found.sort(key=lambda hit: (hit.start, -hit.end, not hit.own))
        end = 0
        kept: list[Found] = []
        for hit in found:
            if hit.start >= end:
                if kept and _LISTED.fullmatch(text, end, hit.start) and self._towns(text, kept[-1], hit):
                    kept[-1], hit = kept[-1]._replace(doubtful=False), hit._replace(doubtful=False)
                kept.append(hit)
                end = hit.end
        return kept

    def _at(self, text: str, word: str, names: Iterable[tuple[str, str]], own: bool) -> Iterator[Found]:
        at = text.find(word)
        while at >= 0:
            if not text[at - 1 : at].isalpha():
                for form, subject in names:
                    if text.startswith(form, at) and not text[at + len(form) : at + len(form) + 1].isalpha():
                        yield Found(subject, at, at + len(form), own, self._doubtful(text, form, at))
                        break
            at = text.find(word, at + len(word))

    def _doubtful(self, text: str, form: str, at: int) -> bool:
        end = at + len(form)
        if _TOWN.match(text, end):
            return False
        return form in _DOUBTFUL or self._in_name(text, at, end)

    def _towns(self, text: str, one: Found, two: Found) -> bool:
        """Whether of two names in a list one is surely a place, and so the other: *Turku ja Kotka*."""
        doubted = one if one.doubtful else two
        places = not one.subject.startswith("term") and not two.subject.startswith("term")
        return places and one.doubtful != two.doubtful and not self._in_name(text, doubted.start, doubted.end)

    def _in_name(self, text: str, at: int, end: int) -> bool:
        """Whether what stands there may be part of a longer name: *Matti Lahti*, *Lahti-hanke*."""
        if text[at - 1 : at] == "-" or text[end : end + 1] == "-":
            return True
        after = _AFTER.match(text, end)
        if after and not self._known(after[1]):
            return True
        before = _BEFORE.search(text, max(0, at - 40), at)
        return bool(before and not self._known(before[1]))

    def _known(self, word: str) -> bool:
        return any(word in first for first in self._first.values())

    def derived(self, text: str, language: str) -> set[str]:
        """Places that words made of their names speak of: *porvoolaiset*, *Borgånejden*, *österbottniska*."""
        stems = self._stems[language]
        found = (stems.get(match[1].lower(), ()) for match in _DERIVED[language].finditer(text))
        return {subject for subjects in found for subject in subjects}


def _plain(name: str) -> str:
    """A name as web addresses have it: *borga*, *uusikaupunki*."""
    letters = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def _place_forms(named: Iterable[tuple[str, Place]], language: str) -> Iterator[tuple[str, str]]:
    for subject, place in named:
        name = place.name.own(language)
        locative = place.locative.own(language)
        genitive = place.genitive.own(language) if isinstance(place, Municipality) else ""
        if name and language == "fi":
            yield from ((form, subject) for form in finnish_forms(name, genitive, locative))
        elif name:
            yield from ((form, subject) for form in swedish_forms(name))
            yield from ((form, subject) for form in (genitive, locative.partition(" ")[2]) if form)


def _term_forms(terms: Iterable[tuple[str, Words]], language: str) -> Iterator[tuple[str, str]]:
    for subject, words in terms:
        term = words.own(language)
        for name in {term, term[:1].upper() + term[1:]} - {""}:
            first, space, last = name.rpartition(" ")  # only the last word of an authority's name is inflected
            forms = finnish_forms(last) if language == "fi" else swedish_forms(last)
            yield from ((first + space + form, subject) for form in forms)


def _unshared(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each form names; a form of two names is neither's."""
    owners: dict[str, str] = {}
    shared = {form for form, subject in pairs if owners.setdefault(form, subject) != subject}
    return {form: subject for form, subject in owners.items() if form not in shared}


def _by_first_word(forms: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Forms and what they name, by their first word, longest first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for form, subject in forms.items():
        word = WORD.search(form)
        if word:
            found[word[0]].append((form, subject))
    return {word: tuple(sorted(names, key=lambda name: -len(name[0]))) for word, names in found.items()}


def _stems(named: Iterable[tuple[str, Place]], language: str) -> dict[str, list[str]]:
    """What endings are added to, and what it names: *lahte*, *parais*; *borgå*, *nyländ*, *österbottn*."""
    found: dict[str, list[str]] = defaultdict(list)
    for subject, place in named:
        name = place.name.own(language).lower()
        stems = {name}
        if language == "fi":
            stems = {f"{name[:-3]}s"} if name.endswith("nen") else {name, re.sub("i$", "e", name)}
        elif subject.startswith("region"):
            last = name.split(" ")[-1]  # norra Österbotten and södra Österbotten are österbottniska
            stems |= {last.replace("land", "länd"), re.sub("botten$", "bottn", last), re.sub("karelen$", "karel", last)}
        for stem in stems:
            found[stem].append(subject)
    return found
