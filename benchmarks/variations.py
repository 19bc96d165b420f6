"""Other ways of writing the same, in one language of a pair: a date in words, an amount in millions, another case.

None of them is a difference, so each that is told of is a false alarm. Always the same; knows nothing of how pairs are
compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from benchmarks.faults import MONTHS, OPAQUE
from tandem.checks.pairs import Half, Pair
from tandem.places import Places

_KUU = r"kuu(?:ssa|sta|hun|ta|n)?"
_WORDS = {
    "fi": "kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista",
    "sv": "två tre fyra fem sex sju åtta nio tio elva tolv",
}
_NUMBERS = {language: words.split(" ") for language, words in _WORDS.items()}
_THOUSANDS = {"fi": "tuhatta", "sv": "tusen"}
_MILLIONS = {"fi": "miljoonaa", "sv": "miljoner"}
_PERCENT = {"fi": "prosenttia", "sv": "procent"}
_COUNT = re.compile(
    rf"(?<![\w.,/:–-])(?<!\d[ \u00a0])\b([2-9]|1[0-2])(?= (?!{MONTHS['sv'].replace(' ', '|')})[a-zåäö]{{4}})"
)
Rewrite = Callable[[re.Match[str], str], str]


class Varied(NamedTuple):
    """A pair of which one text says the same in another way. ``told``: what was changed, to read."""

    kind: str
    pair: Pair
    told: str


def varied(pair: Pair, places: Places) -> Iterator[Varied]:
    """Every other way in which either text of this pair can be written."""
    for side in ("left", "right"):
        half: Half = getattr(pair, side)
        for kind, pattern, rewrite in (*_ways(half.language), *_cases(half.language, places)):
            changed, first = _rewritten(half, pattern, rewrite)
            if first:
                told = f"{half.language}: {first}"
                new = half._replace(text=changed)
                yield Varied(kind, pair._replace(left=new) if side == "left" else pair._replace(right=new), told)


def _rewritten(half: Half, pattern: re.Pattern[str], rewrite: Rewrite) -> tuple[str, str]:
    """The text with every match written in the other way, and the first of them; code and links' targets stay."""
    holes = [match.span() for match in OPAQUE.finditer(half.text)]
    first = ""

    def instead(match: re.Match[str]) -> str:
        nonlocal first
        new = rewrite(match, half.language)
        if new == match[0] or any(start < match.end() and match.start() < end for start, end in holes):
            return match[0]
        first = first or f"{match[0]} → {new}"
        return new

    return pattern.sub(instead, half.text), first


def _ways(language: str) -> Iterator[tuple[str, re.Pattern[str], Rewrite]]:
    amount = re.compile(r"(?<![\d,–])(?<!\d\u00a0)\d{1,3}(?:\u00a0\d{3})+(?![\d–])")
    for space in (" ", "\u202f", ""):
        yield "spaces", amount, lambda match, _, space=space: match[0].replace("\u00a0", space)  # type: ignore[misc]
    yield "thousands", amount, _in_thousands
    yield "millions", amount, _in_millions
    yield "euro sign", re.compile(r"(?<=\d)[ \u00a0]euroa?\b"), lambda match, _: "\u00a0€"
    yield "date in words", re.compile(r"(?<![\d.–])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!–)"), _date_in_words
    yield "date in figures", _written_date(language), _date_in_figures
    yield "date without year", _written_date(language), lambda match, _: match[0][: -len(match[3]) - 1]
    yield "month in words", re.compile(r"(?<![\d/–])(\d{1,2})/((?:19|20)\d\d)(?!\d)"), _month_in_words
    yield "month in figures", _written_month(language), _month_in_figures
    yield "number in words", _COUNT, _in_words
    yield "number in figures", re.compile(rf"\b(?:{'|'.join(_NUMBERS[language])})(?= [a-zåäö])"), _in_figures
    percent = re.compile(rf"(?<=\d)\u00a0%|(?<=\d) {_PERCENT[language]}")
    yield "percentage", percent, lambda match, code: f" {_PERCENT[code]}" if "%" in match[0] else "\u00a0%"
    yield "range", re.compile(r"(?<=\d{4})–(?=\d)"), lambda _, __: "-"
    yield "phone", re.compile(r"(?<![\d/.,-])\b0(?=\d{2,3} \d{3,4} \d{3})"), lambda _, __: "+358 "
    yield "e-mail", re.compile(r"(?<=\w)@(?=[\w.-]+(?!\S*\)))"), lambda _, __: "(at)"
    yield "web address", re.compile(r"(?<!\]\()https://(?=www\.)"), lambda _, __: ""


def _in_thousands(match: re.Match[str], language: str) -> str:
    figure = match[0]
    return f"{figure[:-4]} {_THOUSANDS[language]}" if figure.endswith("\u00a0000") and len(figure) < 8 else figure


def _in_millions(match: re.Match[str], language: str) -> str:
    whole, *rest = match[0].split("\u00a0")
    if len(rest) != 2:
        return match[0]
    decimals = "".join(rest).rstrip("0")
    return f"{whole},{decimals} {_MILLIONS[language]}" if decimals else f"{whole} {_MILLIONS[language]}"


def _date_in_words(match: re.Match[str], language: str) -> str:
    month = MONTHS[language].split()[int(match[2]) - 1]
    finnish = language == "fi"
    return f"{match[1]}. {month}kuuta {match[3]}" if finnish else f"den {match[1]} {month} {match[3]}"


def _written_date(language: str) -> re.Pattern[str]:
    months = "|".join(MONTHS[language].split())
    before, after = (r"\b(\d{1,2})\. ", "kuuta") if language == "fi" else (r"\b(?:den )?(\d{1,2}) ", "")
    return re.compile(rf"{before}({months}){after} (\d{{4}})\b")


def _date_in_figures(match: re.Match[str], language: str) -> str:
    return f"{match[1]}.{MONTHS[language].split().index(match[2]) + 1}.{match[3]}"


def _month_in_words(match: re.Match[str], language: str) -> str:
    month = MONTHS[language].split()[int(match[1]) - 1]
    return f"{month}kuussa {match[2]}" if language == "fi" else f"{month} {match[2]}"


def _written_month(language: str) -> re.Pattern[str]:
    months = "|".join(MONTHS[language].split())
    return re.compile(rf"(?<!\d[. ] )(?<!\d )\b({months}){_KUU if language == 'fi' else ''} (\d{{4}})\b")


def _month_in_figures(match: re.Match[str], language: str) -> str:
    return f"{MONTHS[language].split().index(match[1]) + 1}/{match[2]}"


def _in_words(match: re.Match[str], language: str) -> str:
    return _NUMBERS[language][int(match[1]) - 2]


def _in_figures(match: re.Match[str], language: str) -> str:
    return str(_NUMBERS[language].index(match[0]) + 2)


def _cases(language: str, places: Places) -> Iterator[tuple[str, re.Pattern[str], Rewrite]]:
    """Municipalities in another form: *Porvoon* as *Porvoosta* or *Porvookin*; *Borgå* as *Borgås*."""
    changes: list[dict[str, str]] = [{}, {}, {}]
    for town in places.municipalities.values():
        name, genitive, locative = (getattr(town, field).own(language) for field in ("name", "genitive", "locative"))
        if " " in name or (name[-1] == "s" and language == "sv"):
            continue
        if language == "sv":
            changes[0][name] = genitive
            continue
        changes[0][genitive] = re.sub("(?<=s)s(?=[aä]$)|(?<=l)l(?=[aä]$)", "t", locative)  # Porvoosta, Vantaalta
        changes[1][locative] = re.sub("(?:ss|ll)[aä]$", "lle", locative)
        changes[2][name] = f"{name}kin"
    kind = "place in another case"
    for change in changes:
        if change:
            pattern = re.compile(rf"(?<![\w/.-])({'|'.join(map(re.escape, sorted(change)))})(?![\w-])")
            yield kind, pattern, _replacing(change)


def _replacing(change: Mapping[str, str]) -> Rewrite:
    return lambda match, _: change[match[1]]
