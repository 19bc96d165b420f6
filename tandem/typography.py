"""How figures, ranges and quotations are set in Finnish and in Finland's Swedish. Changes looks, never meaning.

No-break spaces inside amounts and before € and % (SFS 4175; Svenska skrivregler), an en dash without spaces in ranges,
” on both sides of a quotation in both languages, NFC. Code, addresses and tags stay as they are, and so does whatever
is not plain: a lone straight quote, a hyphen between figures that may be a number of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from tandem.verbatim import HOLE, Span, merged, verbatims

NBSP, EN_DASH, QUOTE = "\u00a0", "\u2013", "\u201d"
ESCAPED_QUOTE = "\ue000"  # stands for \" while a YAML text in double quotes is set
_QUOTED_WITH = frozenset({"fi", "sv"})  # languages that quote with ” on both sides
_SPACE = "[ \u00a0\u202f\u2009]"
_AMOUNT = re.compile(rf"(?<![\d.,/:+-])(?<!\d{_SPACE})[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!\d|{_SPACE}\d)")
_UNIT = re.compile(r"(?<=\d)[ \u202f\u2009]?(?=[€%])")
_NUMBER = rf"[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!\d)|[1-9]\d*|0(?=,)"
_DASH = r" ?[-\u2013] ?"
_RANGES = (
    re.compile(rf"(?<![\w./,:\u2013-])((?:19|20)\d\d){_DASH}((?:19|20)\d\d)(?![\w/-]|[.,]\d)"),
    re.compile(rf"(?<![\w./-])(\d{{1,2}}/\d{{4}}){_DASH}(\d{{1,2}}/\d{{4}})(?![\w/-])"),
    re.compile(
        rf"(?<![\w./-])(\d{{1,2}}\.(?:\d{{1,2}}\.(?:\d{{4}})?)?){_DASH}(\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}})?)(?!\w)"
    ),
)
_COUNTED = re.compile(  # 2-3 kuntaa, 10-20 %; a hyphen only, and only before a word or a unit
    rf"(?<![\w./,:+\u2013-])(?<!\d{_SPACE})((?:{_NUMBER})(?:,\d+)?)-((?:{_NUMBER})(?:,\d+)?)(?={_SPACE}?[€%]|{_SPACE}[a-zåäö])"
)
_OTHER_QUOTES = re.compile("[\u201c\u201e\u201f]")
_STRAIGHT = re.compile(f'["{ESCAPED_QUOTE}]')
_ROUNDS = 4  # one rule may make room for another; two have been enough for every text met
_INDENT = re.compile(r"^( *)[^\s]", re.MULTILINE)
_ITEM = re.compile(r" *(?:[-*+]|\d{1,3}[.)])[ \t]")
_PARAGRAPH = re.compile(r"(\n[ \t\r]*\n)")


def typeset(text: str, language: str, block: bool = False, spared: Iterable[Span] = ()) -> str:
    """``text`` (plain or Markdown) as it should be set in ``language``. Setting it again changes nothing.

    ``block``: whether the text is Markdown of many lines, where a deep indent is code. ``spared``: what else to leave.
    """
    kept = _kept(text, [*spared, *(_indented_code(text) if block else ())])
    bones = "".join(_bones(text, kept))
    for _ in range(_ROUNDS):
        before, bones = bones, _set(bones, language)
        if bones == before:
            break
    parts = (text[start:end] for start, end in kept)
    return "".join(piece for pair in zip_longest(bones.split(HOLE), parts, fillvalue="") for piece in pair)


def _kept(text: str, spared: list[Span]) -> tuple[Span, ...]:
    """``spared`` and all that is no prose, in order and apart."""
    return merged([*spared, *(part.span for part in verbatims(text))])


def _indented_code(text: str) -> Iterator[Span]:
    """Markdown's indented code: lines four deeper than the text, after a blank line, in no list."""
    base = _INDENT.search(text)
    depth = len(base[1]) if base else 0
    start, blank, listed = 0, True, False
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            blank = True
        elif indent < depth + 4 or listed:
            listed = bool(_ITEM.match(line)) or (listed and (indent > depth or not blank))
            blank = False
        elif blank:
            yield start, start + len(line.rstrip("\r\n"))
        start += len(line)


def _bones(text: str, kept: Iterable[Span]) -> Iterator[str]:
    """``text`` with one hole for each part that is kept as it is."""
    end = 0
    for start, last in kept:
        yield text[end:start]
        yield HOLE
        end = last
    yield text[end:]


def _set(text: str, language: str) -> str:
    text = unicodedata.normalize("NFC", text)
    text = _AMOUNT.sub(lambda match: re.sub(_SPACE, NBSP, match[0]), text)
    text = _UNIT.sub(NBSP, text)
    for pattern in _RANGES:
        text = pattern.sub(rf"\1{EN_DASH}\2", text)
    text = _COUNTED.sub(_counted, text)
    return "".join(_quoted(part) for part in _PARAGRAPH.split(text)) if language in _QUOTED_WITH else text


def _counted(match: re.Match[str]) -> str:
    """A range runs upwards: *2-3 kuntaa*; *9001-2* is a number of its own."""
    low, high = (float(re.sub(_SPACE, "", part).replace(",", ".")) for part in match.groups())
    return f"{match[1]}{EN_DASH}{match[2]}" if low < high else match[0]


def _quoted(paragraph: str) -> str:
    """The quotation marks of a paragraph; straight ones only where they come in pairs."""
    paragraph = _OTHER_QUOTES.sub(QUOTE, paragraph)
    return _STRAIGHT.sub(QUOTE, paragraph) if len(_STRAIGHT.findall(paragraph)) % 2 == 0 else paragraph
