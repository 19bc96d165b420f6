"""What in a text is no prose: code, links' targets, web addresses, e-mails, tags. Nobody translates these."""

from __future__ import annotations

import re
from typing import NamedTuple

_PARTS = re.compile(
    r"(?P<fence>^[ \t]*(?P<wall>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]*(?P=wall)[ \t]*$)"
    r"|(?P<code>(?P<tick>`+)(?!`)[^`]*(?:(?!(?P=tick)(?!`))`+[^`]*)*?(?P=tick)(?!`))"
    r"|(?P<comment><!--.*?-->)"
    r"|<(?P<auto>(?:https?://|mailto:)[^<>\s]*)>"
    r"|(?P<tag></?[A-Za-z][^<>\n]*>)"
    r"|\]\(\s*<?(?P<target>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
    r"|(?P<definition>^[ \t]{0,3}\[[^\]\n]+\]:[ \t]*\S+[^\n]*)"
    r"|(?P<url>(?:https?://|www\.)[^\s<>\"”|`]*[^\s<>\"”|`.,;:!?)\]}'’*_])"
    r"|(?P<email>[\w.%+-]+(?:@|[ \u00a0]?[(\[]at[)\]][ \u00a0]?)(?:[\w-]+\.)+[A-Za-z]{2,24})",
    re.MULTILINE | re.DOTALL,
)
_SIGNS = ("`", "<", "](", "]:", "://", "www.", "@", "(at)", "[at]", "~~~")
_LINKS = {"auto": "link", "target": "link", "url": "link", "email": "email"}
HOLE = "\x00"  # stands for a character of a part; no text may hold it


class Verbatim(NamedTuple):
    """One such part. ``kind``: ``link``, ``email`` or ``code`` (all else); ``value``: the address itself."""

    kind: str
    value: str
    start: int
    end: int


def verbatims(text: str) -> tuple[Verbatim, ...]:
    """Every part of ``text`` that is no prose, in order."""
    if not any(sign in text for sign in _SIGNS):
        return ()
    return tuple(_part(match) for match in _PARTS.finditer(text))


def _part(match: re.Match[str]) -> Verbatim:
    for name, kind in _LINKS.items():
        if match[name]:
            return Verbatim(kind, match[name], *match.span())
    return Verbatim("code", match[0], *match.span())


def without(text: str, parts: tuple[Verbatim, ...]) -> str:
    """``text`` with each of ``parts`` as holes, everything else where it was."""
    out, end = [], 0
    for part in parts:
        out += [text[end : part.start], HOLE * (part.end - part.start)]
        end = part.end
    return "".join([*out, text[end:]]) if parts else text
