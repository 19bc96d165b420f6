"""Pictures of numbers: bars beside the numbers of a table, and a project's time on a line of years.

A picture only repeats what the text beside it says. All lengths are hundredths of the picture's width, to a tenth.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from tandem.model import Period
from tandem.pages.parts import Maker, Sum

LABELS = 8  # so many years have room for their numbers on the narrowest screen


class YearRow(Struct, frozen=True):
    """The grants decided in a year (0: no source gives the day), each joint grant once; bars of both columns."""

    year: int
    grants: int
    total: Sum
    grants_bar: float
    total_bar: float


class Timeline(Struct, frozen=True):
    """A project's time on a line of whole years. ``today``: the day the site speaks of. ``open``: an end that is not
    known. ``ticks``: where each year begins; ``labels``: the years whose numbers are shown."""

    start: float
    length: float
    today: float
    open: Literal["", "start", "end"]
    ticks: tuple[float, ...]
    labels: tuple[int, ...]


def bars(values: Sequence[int]) -> tuple[float, ...]:
    """The lengths of bars, the largest value's being 100."""
    most = max(values, default=0) or 1
    return tuple(round(100 * value / most, 1) for value in values)


def years(maker: Maker) -> tuple[YearRow, ...]:
    """The grants by year of decision, the latest first."""
    found = maker.index.by_year
    totals = [Sum.of(total) for total in found.values()]
    counts = [total.known + total.unknown for total in totals]
    grant_bars, total_bars = bars(counts), bars([total.amount.euros for total in totals])
    return tuple(map(YearRow, found, counts, totals, grant_bars, total_bars))


def timeline(period: Period, as_of: datetime.date) -> Timeline | None:
    """The picture of a period, where at least one end is known."""
    if not (period.start or period.end):
        return None
    start = period.start.first if period.start else None
    end = period.end.last + datetime.timedelta(days=1) if period.end else None
    known = [day for day in (start, period.end.last if period.end else None, as_of) if day]
    first, last = min(known).year, max(known).year
    begins = _along(start, first, last) if start else 0.0
    ends = _along(end, first, last) if end else _along(as_of, first, last)
    if ends <= begins:  # it has not begun, and nobody says when it ends
        ends = 100.0
    every = range(first, last + 1)
    return Timeline(
        start=begins,
        length=round(ends - begins, 1),
        today=_along(as_of, first, last),
        open="" if start and end else "end" if start else "start",
        ticks=tuple(round(100 * number / len(every), 1) for number in range(len(every) + 1)),
        labels=tuple(every) if len(every) <= LABELS else (first, last),
    )


def _along(day: datetime.date, first: int, last: int) -> float:
    """How far along the line of years a day begins. Every year is as long as the next."""
    new_year = datetime.date(day.year, 1, 1)
    length = 366 if day.year % 4 == 0 and (day.year % 100 or day.year % 400 == 0) else 365
    years = day.year - first + (day - new_year).days / length
    return round(100 * years / (last + 1 - first), 1)
