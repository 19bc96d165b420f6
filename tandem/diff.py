"""Two versions of a text, word by word: difflib's work, first by lines, then by words within lines that differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

_WORDS = re.compile(r"\w+(?:[-’'.,:]\w+)*|\s+|[^\w\s]")
_MOST_WORDS = 4000  # compared one by one; a longer passage is marked whole

Mark = Literal["", "ins", "del"]


class Piece(Struct, frozen=True):
    """Some words: as they were (no mark), inserted or deleted."""

    text: str
    mark: Mark = ""


def marked(old: str, new: str) -> tuple[Piece, ...]:
    """``new``, with what it has that ``old`` had not as ``ins``, and what ``old`` had as ``del``."""
    if old == new:
        return (Piece(new),) if new else ()
    pieces: list[Piece] = []
    for before, after in _differing(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        one, other = "".join(before), "".join(after)
        if one == other:
            pieces.append(Piece(one))
        else:
            pieces += _by_words(_WORDS.findall(one), _WORDS.findall(other))
    return tuple(_joined(pieces))


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Passages of both, in order: the same, or different."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > _MOST_WORDS**2)
    for _, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        yield old[from_old:to_old], new[from_new:to_new]


def _by_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if max(len(old), len(new)) > _MOST_WORDS:
        yield Piece("".join(old), "del")
        yield Piece("".join(new), "ins")
        return
    gone = come = ""
    for before, after in _differing(old, new):
        one, other = "".join(before), "".join(after)
        if one == other and (one.strip() or not (gone or come)):
            yield from _change(gone, come)
            yield Piece(one)
            gone = come = ""
        else:  # a space between two changed words is part of the change
            gone, come = gone + one, come + other
    yield from _change(gone, come)


def _change(gone: str, come: str) -> Iterator[Piece]:
    """A deletion and an insertion; the space that both end in stands outside them."""
    end = 0
    while end < min(len(gone), len(come)) and gone[-1 - end] == come[-1 - end] and gone[-1 - end].isspace():
        end += 1
    yield Piece(gone[: len(gone) - end], "del")
    yield Piece(come[: len(come) - end], "ins")
    yield Piece(come[len(come) - end :])


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Without empty pieces; neighbours of one kind are one."""
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last and last.mark == piece.mark:
            last = Piece(last.text + piece.text, piece.mark)
        else:
            if last:
                yield last
            last = piece
    if last:
        yield last
