"""What in a text is no prose: code, links' targets, web addresses, e-mails, tags. Nobody translates these."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

# Every part is bounded or possessive, so that no text takes long: content is untrusted.
_INLINE = re.compile(
    r"(?P<code>(?<!`)(?P<tick>`++)[^`]*+(?:(?!(?P=tick)(?!`))`++[^`]*+)*+(?P=tick)(?!`))"
    r"|(?P<comment><!--.{0,1000}?-->)"
    r"|<(?P<auto>(?:https?://|mailto:)[^<>\s]*)>"
    r"|(?P<tag></?[A-Za-z][^<>\n]*>)"
    r"|\]\(\s{0,9}<?(?P<target>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s{0,9}\)"
    r"|(?P<definition>^[ \t]{0,3}\[[^\]\n]+\]:[ \t]*\S+[^\n]*)"
    r"|(?P<url>(?:https?://|www\.)[^\s<>\"”|`]*[^\s<>\"”|`.,;:!?)\]}'’*_])"
    r"|(?P<email>(?<![\w.%+-])[\w.%+-]{1,64}(?:@|[ \u00a0]?[(\[]at[)\]][ \u00a0]?)"
    r"(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24})"
    r"|(?P<host>(?<![\w.%+/-])(?:[\w-]{1,63}\.){1,4}(?:fi|ax|com|org|net|eu|se)(?!\w)(?:/[\w./%~-]*[\w/])?)",
    re.MULTILINE | re.DOTALL,
)
_HOST = re.compile(r"\.(?<=\w\.)(?:fi|ax|com|org|net|eu|se)(?!\w)")
_WALL = re.compile(r"[ \t]*(`{3,}|~{3,})([^\r\n]*)")
_LINKS = {"auto": "link", "target": "link", "url": "link", "email": "email", "host": "host"}
Span = tuple[int, int]
HOLE = "\x00"  # stands for a character of a part; no text may hold it


class Verbatim(NamedTuple):
    """One such part. ``value``: the address itself.

    ``kind``: ``link``, ``email``, ``host`` (a web address that begins so: *porvoo.fi*) or ``code``, all else.
    """

    kind: str
    value: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end


def verbatims(text: str) -> tuple[Verbatim, ...]:
    """Every part of ``text`` that is no prose, in order."""
    if "`" in text or "<" in text or "@" in text or "]" in text or "/" in text or "www." in text or _rare(text):
        fences = tuple(_fences(text)) if "```" in text or "~~~" in text else ()
        left = without(text, (fence.span for fence in fences))
        parts = (_part(match) for match in _INLINE.finditer(left) if not fences or HOLE not in match[0])
        return tuple(sorted((*fences, *parts), key=lambda part: part.start)) if fences else tuple(parts)
    return ()


def _rare(text: str) -> bool:
    return "(at)" in text or "~~~" in text or ("." in text and _HOST.search(text) is not None)


def _fences(text: str) -> Iterator[Verbatim]:
    """Blocks of code between two walls of ``` or ~~~; a wall that is never closed is none."""
    start, opened, wall = 0, 0, ""
    for line in text.splitlines(keepends=True):
        match = _WALL.match(line)
        end = start + len(line.rstrip("\r\n"))
        if match and not wall and "`" not in match[2]:
            opened, wall = start, match[1]
        elif match and match[1].startswith(wall) and not match[2].strip():
            yield Verbatim("code", "", opened, end)
            wall = ""
        start += len(line)


def _part(match: re.Match[str]) -> Verbatim:
    for name, kind in _LINKS.items():
        if match[name]:
            return Verbatim(kind, match[name], *match.span())
    return Verbatim("code", match[0], *match.span())


def without(text: str, spans: Iterable[Span]) -> str:
    """``text`` with holes for ``spans`` (in order, apart), everything else where it was."""
    out, end = [], 0
    for start, last in spans:
        out += [text[end:start], HOLE * (last - start)]
        end = last
    return "".join([*out, text[end:]]) if out else text


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """``spans`` in order and apart: those that overlap are one."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        else:
            kept.append((start, end))
    return tuple(kept)


def inside(spans: Sequence[Span], at: int) -> bool:
    """Whether ``at`` is in one of ``spans``, which are in order and apart."""
    number = bisect_right(spans, at, key=itemgetter(0)) - 1
    return number >= 0 and at < spans[number][1]
