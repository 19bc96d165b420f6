"""Number words and the names of months, in every form a text may have them in: Finnish cases, Swedish genders.

Finnish forms follow Iso suomen kielioppi (§ 771–784, numerals in every case). Both languages count to twenty; beyond
that stand the round ones, which only ever answer a figure.
"""

from __future__ import annotations

import re
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
_FIRST = ("ensimmäinen", "ensimmäise", "ensimmäistä", "ensimmäisenä", "ensimmäiseen")
_BOTH = ("molemmat", "molempien", "molempia", "molemmissa", "molemmilla", "molemmille", "molempiin", "kumpikin",
         "kummankin", "kummassakin", "kaksin", "kahdesti")  # fmt: skip
_SWEDISH = {
    0: "noll", 1: "en ett ena första förste", 2: "två båda bägge andra andre", 3: "tre tredje", 4: "fyra fjärde",
    5: "fem femte", 6: "sex sjätte", 7: "sju sjunde", 8: "åtta åttonde", 9: "nio nionde", 10: "tio tionde",
    11: "elva elfte", 12: "tolv tolfte", 13: "tretton trettonde", 14: "fjorton fjortonde", 15: "femton femtonde",
    16: "sexton sextonde", 17: "sjutton sjuttonde", 18: "arton artonde", 19: "nitton nittonde", 20: "tjugo tjugonde",
}  # fmt: skip
_ROUND = {30: "trettio", 40: "fyrtio", 50: "femtio", 60: "sextio", 70: "sjuttio", 80: "åttio", 90: "nittio",
          100: "hundra", 1000: "tusen"}  # fmt: skip
_LARGE = {
    100: ("sata", "sada", "sataa", "satana", "sataan"),
    1000: ("tuhat", "tuhanne", "tuhatta", "tuhantena", "tuhanteen"),
}
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
    ordinals = {1: _inflected(*_FIRST)} | {n: _inflected(*forms) for n, forms in _ORDINALS.items()}
    tens = {
        10 * n: [*(f"{a}{b}" for a, b in zip(words[n], words[10], strict=True)), f"{words[n][0]}kymmentä"]
        for n in range(2, 10)
    }
    large = {n: _inflected(*forms) for n, forms in _LARGE.items()}
    cardinals = words | teens | tens | large | {0: ["nolla", "nollan", "nollaa"]}
    found = {n: [*forms, *ordinals.get(n, ())] for n, forms in cardinals.items()}
    found[2] += _BOTH
    found[11] += ["yhdestoista", "yhdennentoista"]
    found[12] += ["kahdestoista", "kahdennentoista", "tusina"]
    return found


def _both_cases(words: Iterable[str]) -> list[str]:
    return [form for word in words for form in (word, word.capitalize())]


NUMBER_WORDS: Mapping[str, Mapping[int, frozenset[str]]] = {
    "fi": {n: frozenset(_both_cases(forms)) for n, forms in _finnish().items()},
    "sv": {n: frozenset(_both_cases(forms.split())) for n, forms in (_SWEDISH | _ROUND).items()},
}
"""Every word that may stand for a number, as it is written: *kahteentoista* for 12. Ordinals are among them."""

MONTHS: Mapping[str, Mapping[str, int]] = {
    "fi": {form: n for name, n in FINNISH_MONTHS.items() for e in _KUU for form in _both_cases([f"{name}kuu{e}"])},
    "sv": {form: n for n, name in enumerate(_MONTHS["sv"].split(), 1) for form in _both_cases([name])},
}
"""Every form of a month's name: *maaliskuussa*, *mars*."""


_HEADS = {
    "fi": "kaksi|kahden kolmi|kolmen neli|neljän viisi|viiden kuusi|kuuden seitsemän kahdeksan yhdeksän kymmenen",
    "sv": "två tre fyra fem sex sju åtta nio tio",
}
_TAILS = {
    "fi": "vuoti|vuoden|kieli|lais|osais|vaihei|päiväi|tunti|kertai|viikko|kuukau|jäseni|kuntai|askelm|sivui",
    "sv": "årig|års|språkig|delad|delt|stegs|dagars|timmars|falt|faldig|veckors|månader",
}
COMPOUNDS: Mapping[str, Mapping[int, re.Pattern[str]]] = {
    code: {
        n: re.compile(rf"(?<![^\W\d_])(?:{head})(?:{_TAILS[code]})", re.IGNORECASE)
        for n, head in enumerate(heads.split(" "), 2)
    }
    for code, heads in _HEADS.items()
}
"""Words that begin with a number: *kolmivuotinen*, *tvåspråkig*."""

Forms = Mapping[str, Mapping[str, int]]


def _by_form(finnish: Mapping[int, Iterable[str]], swedish: Mapping[int, Iterable[str]]) -> Forms:
    found = {"fi": finnish, "sv": swedish}
    return {
        code: {form: n for n, forms in table.items() for form in _both_cases(forms)} for code, table in found.items()
    }


def _cardinals() -> Forms:
    ones = {n: _inflected(*forms) for n, forms in _CARDINALS.items()}
    teens = {n + 10: [f"{form}toista" for form in forms] for n, forms in ones.items() if n < 10}
    finnish = {n: forms for n, forms in (ones | teens).items() if n > 1}
    return _by_form(finnish, {n: forms.split()[:1] for n, forms in _SWEDISH.items() if n > 1})


def _ordinals() -> Forms:
    finnish = {n: _inflected(*forms) for n, forms in _ORDINALS.items() if n > 2}
    return _by_form(finnish, {n: forms.split()[1:] for n, forms in _SWEDISH.items() if n > 2})


def _vague() -> Forms:
    ones = ["yksi", *_inflected(*_FIRST)]  # yhdessä is oftener together
    swedish = {1: ("första", "förste"), 2: ("andra", "andre", "båda", "bägge")}
    return _by_form({1: ones, 2: [*_inflected(*_ORDINALS[2]), *_BOTH]}, swedish)


CARDINALS = _cardinals()
"""Number words that count things, from two up: *kahdella*, *två*."""

COUNTED: Forms = {code: {**CARDINALS[code], **ordinals} for code, ordinals in _ordinals().items()}
"""The words that are surely meant as numbers: those, and ordinals from the third up."""

VAGUE = _vague()
"""Words that may count or mean something else, by their number: *toinen* is the second and the other."""

SPOKEN: Mapping[str, frozenset[str]] = {
    code: frozenset().union(CARDINALS[code], *NUMBER_WORDS[code].values()) for code in NUMBER_WORDS
}
"""Every number word there is."""
