"""The forms a name may take in a Finnish or a Swedish text. Rather a form too many than one too few.

A form nobody uses is in no text, so it costs nothing; one that is missing would hide a name. Where the register gives a
name's genitive and locative, its weak stem comes from them (*Lahden*, *Lahdessa*); else it is guessed by the rules of
consonant gradation (Iso suomen kielioppi § 41).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WEAK = {"a": ("n", "ssa", "sta", "lla", "lta", "lle", "ksi"), "ä": ("n", "ssä", "stä", "llä", "ltä", "lle", "ksi")}
_STRONG = {"a": ("a", "ta", "tta", "na"), "ä": ("ä", "tä", "ttä", "nä")}
_LOCATIVE = re.compile(r"(?:ss[aä]|ll[aä])$")
_TWICE = re.compile(r"(.+?)(?:ss[aä]|ll[aä])(.{3,})(?:ss[aä]|ll[aä])$")  # Isossa|kyrössä
_INTO = {"Uude": ("Uuteen", "Uutta"), "Iso": ("Isoon", "Isoa")}
_GRADES = (("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"),
           ("t", "d"), ("p", "v"), ("k", ""))  # fmt: skip
_SWEDISH = ("s", "en", "ens", "et", "ets", "n", "ns", "t", "er", "ers", "erna", "ernas", "ar", "ars", "arna", "arnas",
            "or", "ors", "orna", "ornas", "na", "nas")  # fmt: skip


def finnish_forms(name: str, genitive: str = "", locative: str = "") -> Iterator[str]:
    """*Porvoo*, *Porvoon*, *Porvoossa*, *Porvooseen* …: every case in use, and *Porvookin*."""
    yield name
    if " " in name:
        yield from (genitive, locative)
        if not genitive or " " in genitive:
            return
        name = genitive[:-1]
        yield name
    yield name + "kin"
    twice = _TWICE.match(locative)
    if (twice and name[:3] != locative[:3]) or (twice and genitive[:-1] != _LOCATIVE.sub("", locative)):
        yield from _two_parts(name, twice[1], twice[2])
        return
    vowel = locative[-1:] if locative[-1:] in _WEAK else _vowel(name)
    for stem in _weak_stems(name, genitive, locative):
        yield from (stem + ending for ending in _WEAK[vowel])
        yield stem + "nkin"
        yield from _strong(stem, vowel)
    for stem in _strong_stems(name, genitive):
        yield from _strong(stem, vowel)


def _vowel(name: str) -> str:
    """The vowel of the endings, by the last part of a compound: ``a`` or ``ä``."""
    last = re.split(r"[-\s]", name)[-1].lower()
    return "a" if max(map(last.rfind, "aou")) > max(map(last.rfind, "äöy")) else "ä"


def _weak_stems(name: str, genitive: str, locative: str) -> set[str]:
    given = {genitive.removesuffix("n"), _LOCATIVE.sub("", locative)} - {""}
    return given or {weak for stem in _strong_stems(name) for weak in (stem, _weakened(stem))}


def _strong_stems(name: str, genitive: str = "") -> set[str]:
    """What partitive, essive and illative grow from: *Lahti* → *Lahte-*, *avustus* → *avustukse-*."""
    if name.endswith("nen"):
        return {f"{name[:-3]}se", f"{name[:-3]}s"}
    if name.endswith(("us", "ys", "os", "ös", "is", "as", "äs", "es")):
        return {name, *(f"{name[:-1]}{end}" for end in ("kse", "de", "te", "t"))}
    if name.endswith("vesi"):
        return {f"{name[:-2]}te", f"{name[:-2]}t"}
    if name.endswith("i"):
        return {name, f"{name[:-1]}e"}
    if genitive.endswith("ain"):  # Virtain: Virtoihin, Virtoja
        return {f"{genitive[:-3]}oi", f"{genitive[:-3]}oj"}
    return {name, f"{name}e"} if name.endswith("e") else {name}


def _strong(stem: str, vowel: str) -> Iterator[str]:
    end = stem[-1:]
    yield from (stem + ending for ending in _STRONG[vowel])
    yield from (stem + ending for ending in ((end + "n", "seen", "hin", f"h{end}n") if end in "aeiouyäö" else ("iin",)))


def _weakened(stem: str) -> str:
    """The stem with its last consonants in the weak grade: *Kuntaliitto* → *Kuntaliito*."""
    match = re.search(r"[^aeiouyäö]+(?=[aeiouyäö]+$)", stem)
    for strong, weak in _GRADES if match else ():
        if match and match[0].endswith(strong):
            return stem[: match.end() - len(strong)] + weak + stem[match.end() :]
    return stem


def _two_parts(name: str, first: str, second: str) -> Iterator[str]:
    """Both parts inflect: *Uudenkaupungin*, *Isossakyrössä*."""
    vowels = _vowel(first), _vowel(second)
    for one, two in zip(_WEAK[vowels[0]], _WEAK[vowels[1]], strict=True):
        yield first + one + second + two
    strong = next((name[cut:] for cut in range(2, len(name)) if name[cut:][:3] == second[:3]), second)
    into, partitive = _INTO.get(first, ("", ""))
    yield from (into + strong + ending for ending in (strong[-1] + "n", "seen", f"h{strong[-1]}n") if into)
    yield from (partitive + strong + ending for ending in _STRONG[vowels[1]][:2] if partitive)


def swedish_forms(name: str) -> Iterator[str]:
    """*Borgå*, *Borgås*."""
    yield name
    if name[-1] not in "sxz":
        yield name + "s"


def swedish_noun(name: str) -> Iterator[str]:
    """A common noun with every article and plural: *bidraget*, *bidragens*."""
    yield name
    yield from (name + ending for ending in _SWEDISH)
    if name[-1] in "ae":
        yield from (name[:-1] + ending for ending in _SWEDISH if ending[0] in "oae")
