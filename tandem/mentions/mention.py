"""One fact as a text mentions it."""

from __future__ import annotations

from typing import NamedTuple

Value = tuple[str | int, ...]


class Mention(NamedTuple):
    """``kind``: number, date, place, term, contact or link. ``value`` is the same in every language.

    A number is ``("42000",)`` or ``("85", "%")``; a date ``(year, month, day)``, 0 for what the text leaves out; a
    place ``("place:638",)``. ``doubtful``: it answers the other language, but is no finding of its own. ``own``: a
    name is of the text's own language.
    """

    kind: str
    value: Value
    start: int
    end: int
    doubtful: bool = False
    own: bool = True


FAMILY = {"number": "figure", "date": "figure"}
"""Kinds that are one where a figure may be either: *2021*, *1 900*."""
