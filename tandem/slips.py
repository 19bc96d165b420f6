"""A YAML parser's complaint as the slip an editor most likely made: which one, and where it was made.

libyaml says where it stumbled, in words about tokens. What led there often stands earlier: a bracket left open, a
colon with no space after it. Knows its words, not its types; ``read`` calls it with plain lines and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

Spot = tuple[int, int]  # line and column, both from 0

_JOINED = re.compile(r"\s*(?:- +)*\w+:[^\s:/]")  # lead:Porvoo
_KEY = re.compile(r"[\s-]*\w+")
_BLOCK = re.compile(r"[:-] +[|>][+-]?\s*$")  # description: |


class Complaint(Struct, frozen=True):
    """``said``: libyaml's words; ``start``: where what it was reading began; ``mark``: where it could not go on."""

    said: str
    lines: list[str]
    start: Spot
    mark: Spot

    @property
    def before(self) -> str:
        """The line up to the mark."""
        return self.lines[self.mark[0]][: self.mark[1]].rstrip()

    @property
    def indent(self) -> int:
        written = self.lines[self.mark[0]]
        return len(written) - len(written.lstrip())


Slip = tuple[str, Spot]  # a problem's code, and where


def slip(complaint: Complaint) -> Slip:
    """What went wrong, and where."""
    line, _ = complaint.mark
    if "\t" in complaint.lines[line][: complaint.indent] or "tab character" in complaint.said:
        return "yaml.tab", (line, max(0, complaint.lines[line].find("\t")))
    for words, found in _SAID:
        if re.search(words, complaint.said):
            return found(complaint)
    return "yaml.syntax", complaint.mark


def _at_mark(code: str) -> Callable[[Complaint], Slip]:
    return lambda complaint: (code, complaint.mark)


def _at_start(code: str) -> Callable[[Complaint], Slip]:
    return lambda complaint: (code, complaint.start)


def _colon(complaint: Complaint) -> Slip:
    line, above = complaint.mark[0], complaint.mark[0] - 1
    if line and _JOINED.match(complaint.lines[above]):
        return "yaml.space", (above, complaint.lines[above].index(":"))
    if _KEY.fullmatch(complaint.before):
        return "yaml.indent", (line, complaint.indent)
    return "yaml.colon", complaint.mark


def _simple_key(complaint: Complaint) -> Slip:
    line, column = complaint.start
    if _JOINED.match(complaint.lines[line]):
        return "yaml.space", (line, complaint.lines[line].index(":", column))
    if line and _BLOCK.search(complaint.lines[line - 1]):
        return "yaml.block", complaint.start
    return "yaml.syntax", complaint.start


def _flow(complaint: Complaint) -> Slip:
    """Text after a closing quotation mark; else a bracket, shown where it opens unless the line itself is at fault."""
    if complaint.before.endswith(('"', "'")):
        return _quote(complaint)
    return "yaml.bracket", complaint.mark if complaint.mark[0] == complaint.start[0] else complaint.start


def _block(complaint: Complaint) -> Slip:
    if complaint.before.endswith(('"', "'")):
        return _quote(complaint)
    return "yaml.bracket" if complaint.before.endswith(("]", "}")) else "yaml.indent", complaint.mark


def _quote(complaint: Complaint) -> Slip:
    """The text that goes on after a closing mark; or the mark above, left open, that this one closed too late."""
    line, column = complaint.mark
    quote = complaint.before[-1]
    if complaint.lines[line][:column].count(quote) % 2:
        for above in range(line - 1, -1, -1):
            if complaint.lines[above].count(quote) % 2:
                return "yaml.quote", (above, complaint.lines[above].rindex(quote))
    return "yaml.quote", complaint.mark


_SAID: tuple[tuple[str, Callable[[Complaint], Slip]], ...] = (
    ("mapping values are not allowed", _colon),
    ("escape|hexdecimal", _at_mark("yaml.escape")),
    ("quoted scalar", _at_start("yaml.quote")),
    ("flow", _flow),
    ("simple key", _simple_key),
    ("block scalar", _at_mark("yaml.block")),
    ("block mapping|block collection|document start", _block),
    ("block sequence entries", _at_mark("yaml.dash")),
    ("cannot start any token|node content", _at_mark("yaml.character")),
    ("alias|anchor", _at_start("yaml.anchor")),
    ("a tag", _at_start("yaml.tag")),
)
