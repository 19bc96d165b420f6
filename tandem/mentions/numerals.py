"""Number words and the names of months, in every form a text may have them in: Finnish cases, Swedish genders.

Finnish forms follow Iso suomen kielioppi (§ 771–784, numerals in every case); both languages reach twenty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_ENDINGS = ("n", "na", "ksi", "ssa", "sta", "lla", "lta", "lle")
# Nominative, the stem of most cases, partitive, essive, illative.
_CARDINALS = {
    1: ("yksi", "yhde", "yhtä", "yhtenä", "yhteen"),
    2: ("kaksi", "kahde", "kahta", "kahtena", "kahteen"),
    3: ("kolme", "kolme", "kolmea", "kolmena", "kolmeen"),
    4: ("neljä", "neljä", "neljää", "neljänä", "neljään"),
    5: ("viisi", "viide", "viittä", "viitenä", "viiteen"),
    6: ("kuusi", "kuude", "kuutta", "kuutena", "kuuteen"),
    7: ("seitsemän", "seitsemä", "seitsemää", "seitsemänä", "seitsemään"),
    8: ("kahdeksan", "kahdeksa", "kahdeksaa", "kahdeksana", "kahdeksaan"),
    9: ("yhdeksän", "yhdeksä", "yhdeksää", "yhdeksänä", "yhdeksään"),
    10: ("kymmenen", "kymmene", "kymmentä", "kymmenenä", "kymmeneen"),
}
_ORDINALS = {
    2: ("toinen", "toise", "toista", "toisena", "toiseen"),
    3: ("kolmas", "kolmanne", "kolmatta", "kolmantena", "kolmanteen"),
    4: ("neljäs", "neljänne", "neljättä", "neljäntenä", "neljänteen"),
    5: ("viides", "viidenne", "viidettä", "viidentenä", "viidenteen"),
    6: ("kuudes", "kuudenne", "kuudetta", "kuudentena", "kuudenteen"),
    7: ("seitsemäs", "seitsemänne", "seitsemättä", "seitsemäntenä", "seitsemänteen"),
    8: ("kahdeksas", "kahdeksanne", "kahdeksatta", "kahdeksantena", "kahdeksanteen"),
    9: ("yhdeksäs", "yhdeksänne", "yhdeksättä", "yhdeksäntenä", "yhdeksänteen"),
    10: ("kymmenes", "kymmenenne", "kymmenettä", "kymmenentenä", "kymmenenteen"),
}
_BOTH = ("molemmat", "molempien", "molempia", "molemmissa", "molemmilla", "molemmille", "molempiin", "kumpikin",
         "kummankin", "kummassakin", "kaksin", "kahdesti")  # fmt: skip
_SWEDISH = {
    0: "noll", 1: "en ett ena första förste", 2: "två båda bägge andra andre", 3: "tre tredje", 4: "fyra fjärde",
    5: "fem femte", 6: "sex sjätte", 7: "sju sjunde", 8: "åtta åttonde", 9: "nio nionde", 10: "tio tionde",
    11: "elva elfte", 12: "tolv tolfte", 13: "tretton trettonde", 14: "fjorton fjortonde", 15: "femton femtonde",
    16: "sexton sextonde", 17: "sjutton sjuttonde", 18: "arton artonde", 19: "nitton nittonde", 20: "tjugo tjugonde",
}  # fmt: skip
_MONTHS = {
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
_KUU = ("", "n", "ta", "na", "ssa", "sta", "hun", "lla", "lta", "lle", "ksi")
FINNISH_MONTHS: Mapping[str, int] = {name: n for n, name in enumerate(_MONTHS["fi"].split(), 1)}
"""*elo* in *elo–syyskuussa*."""


def _back(ending: str, stem: str) -> str:
    """The ending with the vowels the stem asks for: *neljässä*, *kolmessa*."""
    return ending if set(stem) & set("aou") else ending.replace("a", "ä")


def _inflected(nominative: str, stem: str, *others: str) -> list[str]:
    return [nominative, *others, *(stem + _back(ending, stem) for ending in _ENDINGS)]


def _finnish() -> Mapping[int, list[str]]:
    words = {n: _inflected(*forms) for n, forms in _CARDINALS.items()}
    teens = {n + 10: [f"{form}toista" for form in words[n]] for n in range(1, 10)}
    ones = ("ensimmäinen", "ensimmäise", "ensimmäistä", "ensimmäisenä", "ensimmäiseen")
    ordinals = {1: _inflected(*ones)} | {n: _inflected(*forms) for n, forms in _ORDINALS.items()}
    tens = [f"{a}{b}" for a, b in zip(words[2], words[10], strict=True)]
    cardinals = words | teens | {20: [*tens, "kaksikymmentä"], 0: ["nolla", "nollan", "nollaa"]}
    found = {n: [*forms, *ordinals.get(n, ())] for n, forms in cardinals.items()}
    found[2] += _BOTH
    found[11] += ["yhdestoista", "yhdennentoista"]
    found[12] += ["kahdestoista", "kahdennentoista", "tusina"]
    return found


def _both_cases(words: Iterable[str]) -> list[str]:
    return [form for word in words for form in (word, word.capitalize())]


NUMBER_WORDS: Mapping[str, Mapping[int, frozenset[str]]] = {
    "fi": {n: frozenset(_both_cases(forms)) for n, forms in _finnish().items()},
    "sv": {n: frozenset(_both_cases(forms.split())) for n, forms in _SWEDISH.items()},
}
"""Every word that may stand for a number, as it is written: *kahteentoista* for 12. Ordinals are among them."""

MONTHS: Mapping[str, Mapping[str, int]] = {
    "fi": {form: n for name, n in FINNISH_MONTHS.items() for e in _KUU for form in _both_cases([f"{name}kuu{e}"])},
    "sv": {form: n for n, name in enumerate(_MONTHS["sv"].split(), 1) for form in _both_cases([name])},
}
"""Every form of a month's name: *maaliskuussa*, *mars*."""


def _counted() -> Mapping[str, Mapping[str, int]]:
    ones = {n: _inflected(*forms) for n, forms in _CARDINALS.items()}
    teens = {n + 10: [f"{form}toista" for form in forms] for n, forms in ones.items() if n < 10}
    finnish = {n: forms for n, forms in (ones | teens).items() if n > 1}
    swedish = {n: [forms.split()[0]] for n, forms in _SWEDISH.items() if n > 1}
    found = {"fi": finnish, "sv": swedish}
    return {
        code: {form: n for n, forms in table.items() for form in _both_cases(forms)} for code, table in found.items()
    }


CARDINALS: Mapping[str, Mapping[str, int]] = _counted()
"""Number words that count things, from two up: *kahdella*, *två*."""
