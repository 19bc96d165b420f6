"""Numbers, amounts, percentages and dates as Finnish and Finland's Swedish write them (SFS 4175, Språkinstitutet).

*890 000* with any space, *9,69 miljoonaa* and *9,69 miljoner*, *26.3.2018* and *den 26 mars 2018*, *3/2020–11/2021*,
*tammikuusta 2021* and *från januari 2021*, *runsas miljoona* and *en dryg miljon*. Number words are not read here: they
only ever answer a figure of the other language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from tandem.mentions.mention import Mention
from tandem.mentions.numerals import CARDINALS, FINNISH_MONTHS, MONTHS

_DIGIT = re.compile(r"[0-9]")
_DAY, _MONTH = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1[0-2]|0?[1-9])"
_FIGURE = re.compile(
    r"(?P<secret>\d{6}[-+A-FU-Y]\d{3}[0-9A-Y](?!\w))"  # a personal identity code is repeated nowhere
    r"|(?P<phone>\+\d(?:[\d \u00a0-]|\(\d{1,4}\)){6,18}\d|\(?(?<![\d.,/–-])0\d{1,3}\)?(?:[ \u00a0-]?\d){5,10}(?!\d))"
    r"|(?P<iso>(?P<y1>\d{4})-(?P<m1>0[1-9]|1[0-2])(?:-(?P<d1>\d\d))?(?![\d-]))"
    rf"|(?P<dmy>(?P<d2>{_DAY})\.[ \u00a0]?(?P<m2>{_MONTH})\.[ \u00a0]?(?P<y2>\d{{4}})(?!\d))"
    rf"|(?P<dm>(?<![\w-])(?P<d3>{_DAY})\.(?P<m3>{_MONTH})\.(?!\d))"
    rf"|(?P<d>(?P<d4>{_DAY})\.(?=\s?[–-]\s?\d{{1,2}}\.\s?(?P<m4>{_MONTH})\.))"
    r"|(?P<of>\d+/\d+)"
    r"|(?P<number>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+)(?P<decimals>[.,]\d+)?"
)
_DATES = {"iso": ("y1", "m1", "d1"), "dmy": ("y2", "m2", "d2"), "dm": ("", "m3", "d3"), "d": ("", "m4", "d4")}
_CLOCK = {"klo", "kl.", "kan", "llo"}  # the ends of klo, kl., klockan, kello
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d\d))?(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(19|20)\d\d[–-]$")  # 2021–22
_ITEM = re.compile(r"(?:^|\n)[ \t>]*$")  # before the number of a list's item
_ITEM_ENDS = (". ", ") ")
_RANGE = r"(?:\s?[–-]\s?\d[\d\u00a0 ]{0,12}(?:,\d+)?)?"  # 10–20 prosenttia: both are percentages
_PERCENT = rf"(?:{_RANGE}[ \u00a0\u202f-]?(?P<percent>%|(?:prosen|procent)[^\W\d_]*|pros\.)|[ \u00a0\u202f]?(?:"
_SCALES = {
    "fi": re.compile(
        rf"{_PERCENT}(?P<k>tuha[tn][^\W\d_]*|t€|k€|keu?r?\b)|(?P<m>milj\.|miljo[^\W\d_]*|M€|Meur\b|mn\b)|"
        r"(?P<g>miljardi[^\W\d_]*|mrd\b)|euro|€))"
    ),
    "sv": re.compile(
        rf"{_PERCENT}(?P<k>tusen|t€|k€|keu?r?\b)|(?P<m>milj\.|miljo[^\W\d_]*|M€|Meur\b|mn\b)|"
        r"(?P<g>miljard[^\W\d_]*|mrd\b|md\b)|euro|€))"
    ),
}
_ZEROS = {"k": 3, "m": 6, "g": 9}
# "Miljoona" with no figure before it: runsas miljoona, en dryg miljon, kaksi miljoonaa.
_ALONE = {
    "fi": {
        **dict.fromkeys([f"miljoona{e}" for e in ("", "n", "a", "lla", "lle", "sta", "ssa", "ksi", "an")], 6),
        **dict.fromkeys([f"miljardi{e}" for e in ("", "n", "a", "lla", "lle", "sta", "ssa", "ksi", "in")], 9),
    },
    "sv": {"miljon": 6, "miljoner": 6, "miljard": 9, "miljarder": 9},
}
_HALVES = {"puoli": 5, "puolen": 5, "puolta": 5, "halv": 5, "puolitoista": 15, "puolentoista": 15}  # tenths
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s$")
_ENDS_IN_FIGURE = re.compile(r"\d[\s\u202f]?$")
_DAYS_BEFORE = {
    "fi": re.compile(r"(?:(\d{1,2})\.?\s?(?:[–-]|ja\s)\s?)?(?<!\d)(\d{1,2})\.\s$"),
    "sv": re.compile(r"(?:(?<!\d)(\d{1,2})(?::e)?\s?(?:[–-]|och\s|till\s)\s?)?(?<!\d)(\d{1,2})(?::[ea])?\s$"),
}
_YEAR_AFTER = re.compile(r"\s(?:vuonna\s|vuoden\s|månad\s|år\s)*((?:19|20)\d\d)(?!\d)")
_YEAR_BEFORE = re.compile(r"(?:vuoden|vuonna)\s((?:19|20)\d\d)\s$")
_DAY_AFTER = re.compile(r"\s(\d{1,2})\.\s(?:päiv|pnä)[^\W\d_]*")
_PREFIX = re.compile(rf"(?<![^\W\d_])({'|'.join(FINNISH_MONTHS)})\s?[–-]\s?$")  # elo–syyskuussa


TELLING: Mapping[str, frozenset[str]] = {code: frozenset({*MONTHS[code], *_ALONE[code]}) for code in MONTHS}
"""Words that are figures, or parts of one."""


def figures(text: str, words: AbstractSet[str], language: str) -> list[Mention]:
    """Every number, date and phone number in ``text``. ``words``: the words in it that may be figures."""
    found: list[Mention] = []
    taken: set[int] = set()
    months, alone = MONTHS[language], _ALONE[language]
    for word in TELLING[language] & words:
        for start in _places(text, word):
            if word in months:
                found += _month(text, start, start + len(word), months[word], language, taken)
            elif not _ENDS_IN_FIGURE.search(text, max(0, start - 2), start):
                found.append(_scale_alone(text, start, start + len(word), alone[word], language))
    at = _DIGIT.search(text)
    while at:
        start = at.start()
        sign = start and text[start - 1] in "+("
        match = (sign and _FIGURE.match(text, start - 1)) or _FIGURE.match(text, start)
        assert match  # a digit is at least a number
        if start not in taken:
            mention = _figure(text, match, language)
            if mention:
                found.append(mention)
        at = _DIGIT.search(text, match.end())
    return found


def _places(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha():
            yield start
        start = text.find(word, end)


def _month(text: str, start: int, end: int, month: int, language: str, taken: set[int]) -> Iterator[Mention]:
    """The date a month's name belongs to. Notes in ``taken`` the places that are parts of it."""
    year, last = 0, end
    before = text[max(0, start - 24) : start]
    if language == "fi":
        if prefix := _PREFIX.search(before):
            at = start - len(before) + prefix.start(1)
            yield Mention("date", (0, FINNISH_MONTHS[prefix[1]], 0), at, at + len(prefix[1]))
        if day := _DAY_AFTER.match(text, end):
            if after := _YEAR_AFTER.match(text, day.end()):
                year, last = int(after[1]), after.end()
            taken.update(range(start, max(last, day.end())))
            yield Mention("date", (year, month, int(day[1])), start, max(last, day.end()))
            return
    if after := _YEAR_AFTER.match(text, end):
        year, last = int(after[1]), after.end()
    elif earlier := _YEAR_BEFORE.search(before):
        year, start = int(earlier[1]), start - len(before) + earlier.start(1)
    found = _DAYS_BEFORE[language].search(before)
    first = start
    for number in (1, 2) if found else ():
        if found and found[number] and 1 <= int(found[number]) <= 31:
            at = start - len(before) + found.start(number)
            first = min(first, at)
            yield Mention(
                "date", (year, month, int(found[number])), at, at + len(found[number]) if number == 1 else last
            )
    if first == start:
        yield Mention("date", (year, month, 0), start, last)
    taken.update(range(first, last))


def _scale_alone(text: str, start: int, end: int, zeros: int, language: str) -> Mention:
    before = _WORD_BEFORE.search(text, max(0, start - 20), start)
    word = before[1].lower() if before else ""
    times = _HALVES.get(word) or 10 * CARDINALS[language].get(word, 1)
    return Mention(
        "number", (_plain(str(times), zeros - 1),), before.start(1) if before and times != 10 else start, end
    )


def _figure(text: str, match: re.Match[str], language: str) -> Mention | None:
    kind = match.lastgroup
    start, end = match.span()
    if start and text[start - 1].isspace() and text[max(0, start - 4) : start].rstrip() in _CLOCK:
        time = _TIME.match(text, start)
        if time:
            return Mention("number", (f"{int(time[1])}:{time[2] or '00'}",), start, time.end())
    if kind == "number" or kind == "decimals":
        if text[end : end + 2] in _ITEM_ENDS and _ITEM.search(text, max(0, start - 12), start):
            # One line alone is hardly a list; it may be of *3. vaihe*.
            return None if "\n" in text.strip() else _number(text, match, language)._replace(doubtful=True)
        return _number(text, match, language)
    if kind == "phone":
        return Mention("contact", (phone(match[0]),), start, end)
    if kind in _DATES:
        return Mention("date", tuple(int((name and match[name]) or 0) for name in _DATES[kind]), start, end)
    return _of(match[0], start, end) if kind == "of" else None


def _of(written: str, start: int, end: int) -> Mention:
    """*3/2020* is a month; *893/2019* the number of a law."""
    one, two = written.split("/")
    if len(two) == 4 and len(one) < 3 and 1 <= int(one) <= 12:
        return Mention("date", (int(two), int(one), 0), start, end)
    return Mention("number", (written,), start, end)


def _number(text: str, match: re.Match[str], language: str) -> Mention:
    start, end = match.span()
    written, decimals = match["number"], (match["decimals"] or "")[1:]
    digits = written if written.isdecimal() else re.sub(r"\D", "", written)
    unit = _SCALES[language].match(text, end)
    if unit is None:
        if len(written) == 2 and (century := _SHORT_YEAR.search(text, max(0, start - 6), start)):
            return Mention("date", (int(century[1] + written), 0, 0), start, end)
        if len(written) == 4 and not decimals and "1900" <= digits < "2100":
            return Mention("date", (int(digits), 0, 0), start, end)
        return Mention("number", (_plain(digits + decimals, -len(decimals)),), start, end)
    if unit["percent"]:
        last = unit.end() if unit.end() - end <= len(unit["percent"]) + 1 else end
        return Mention("number", (_plain(digits + decimals, -len(decimals)), "%"), start, last)
    if len(decimals) == 3 and match["decimals"][0] == "." and digits[0] != "0":  # 890.000 euro
        digits, decimals = digits + decimals, ""
    zeros = next((_ZEROS[name] for name in _ZEROS if unit[name]), 0)
    last = unit.end() if zeros else end
    return Mention("number", (_plain(digits + decimals, zeros - len(decimals)),), start, last)


def _plain(digits: str, zeros: int) -> str:
    """``digits`` times ten to the power of ``zeros``, with neither needless zeros nor a needless point."""
    if not zeros and digits[0] != "0":
        return digits
    if zeros >= 0:
        return (digits + "0" * zeros).lstrip("0") or "0"
    digits = digits.rjust(1 - zeros, "0")
    whole, part = digits[:zeros].lstrip("0") or "0", digits[zeros:].rstrip("0")
    return f"{whole}.{part}" if part else whole


def phone(written: str) -> str:
    """A phone number in one way of writing: *+358 44 780 1420* and *044 780 1420* are one."""
    digits = re.sub(r"[^\d+]", "", written)
    return digits.replace("+358", "0", 1) if not digits.startswith("+3580") else digits.replace("+358", "", 1)
