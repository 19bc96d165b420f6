"""Faults as they slip into one language of a pair: a digit, a month, another town. Always the same, one at a time.

Knows nothing of how they are found: its own patterns say where a figure or a name stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tandem.checks.pairs import Half, Pair
from tandem.places import Places

OPAQUE = re.compile(r"```.*?```|`[^`\n]*`|\]\((?!https?:|mailto:)[^)\n]*\)", re.DOTALL)
_PATTERNS = {
    "digit": re.compile(r"(?<![\d.,/+-])(?<!\d[ \u00a0\u202f])\d{2,}(?![\d,/]|[ \u00a0\u202f]\d{3}|\.\d)"),
    "amount": re.compile(r"\b\d{1,3}(?:[ \u00a0\u202f]\d{3})+\b(?![ \u00a0\u202f]?\d)|\d+,\d+(?= milj)"),
    "percentage": re.compile(r"\d+(?=[ \u00a0]?(?:%|prosent|procent))"),
    "year": re.compile(r"(?<![\d/.])(?:19|20)\d\d(?![\d ]\d|\d)"),
    "month": re.compile(r"(?<=\d\.)\d{1,2}(?=\.\d{4})|\b\d{1,2}(?=/\d{4})"),
    "day": re.compile(r"\b\d{1,2}(?=\.\d{1,2}\.\d{4})|(?<=den )\d{1,2}(?= [a-z])"),
    "phone": re.compile(r"(?<![\d/.,-])\+?\b0?\d{2,3}(?: \d{3,4}){2,3}(?!\d)"),
    "e-mail": re.compile(r"(?<![\w.])[\w.-]+(?=@[\w-]+\.)"),
    "web address": re.compile(r"(?<=https://)[^\s)>]+"),
}
MONTHS = {
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}


class Planted(NamedTuple):
    """A pair with one fault. ``told``: what was changed, to read."""

    kind: str
    pair: Pair
    told: str


def planted(pair: Pair, places: Places) -> Iterator[Planted]:
    """Every fault that this pair can have."""
    for side in ("left", "right"):
        half: Half = getattr(pair, side)
        holes = [match.span() for match in OPAQUE.finditer(half.text)]
        for kind, start, end, new in (*_figures(half), *_months(half), *_towns(half, places)):
            old = half.text[start:end]
            if new != old and not any(first < end and start < last for first, last in holes):
                changed = half._replace(text=half.text[:start] + new + half.text[end:])
                told = f"{half.language}: {old} → {new}"
                yield Planted(
                    kind, pair._replace(left=changed) if side == "left" else pair._replace(right=changed), told
                )


Change = tuple[str, int, int, str]  # kind, start, end, what to write instead


def _figures(half: Half) -> Iterator[Change]:
    phones = [match.span() for match in _PATTERNS["phone"].finditer(half.text)]
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(half.text):
            item = match.start() == half.text.rfind("\n", 0, match.start()) + 1 and half.text[match.end() :][:2] == ". "
            inside = kind != "phone" and any(start <= match.start() < end for start, end in phones)
            if not item and not inside:
                yield kind, *match.span(), _changed(kind, match[0])


def _changed(kind: str, old: str) -> str:
    if kind == "amount":  # ten times too much
        return re.sub(r"^(\d+)([ \u00a0\u202f])", r"\g<1>0\2", old, count=1) if "," not in old else old.replace(",", "")
    if kind == "year":
        return str(int(old) + 1)
    if kind == "month":
        return str(int(old) % 12 + 1)
    if kind == "day":
        return str(int(old) % 28 + 1)
    if kind in ("e-mail", "web address"):
        at = len(old) // 2 if old[len(old) // 2].isalpha() else 0
        return old[:at] + ("x" if old[at] != "x" else "y") + old[at + 1 :]
    return old[:-1] + str((int(old[-1]) + 1) % 10)


def _months(half: Half) -> Iterator[Change]:
    names = MONTHS[half.language].split()
    for number, name in enumerate(names):
        ending = "kuu" if half.language == "fi" else r"\b"
        for match in re.finditer(rf"\b{name}(?={ending})", half.text):
            yield "month name", *match.span(), names[(number + 1) % 12]


def _towns(half: Half, places: Places) -> Iterator[Change]:
    """Each municipality by name, genitive or locative, changed for another in the same form."""
    towns = [m for m in places.municipalities.values() if " " not in m.called(half.language)]
    forms: dict[str, tuple[int, str]] = {}
    for number, town in enumerate(towns):
        for field in ("name", "genitive", "locative"):
            form = getattr(town, field).own(half.language)
            forms.setdefault(form.rpartition(" ")[2], (number, field))
    for match in re.finditer(r"(?<![\w-])[A-ZÅÄÖ][\w:]+(?![\w-])", half.text):
        if match[0] in forms:
            number, field = forms[match[0]]
            other = towns[(number + 97) % len(towns)]
            yield "municipality", *match.span(), getattr(other, field).own(half.language).rpartition(" ")[2]
