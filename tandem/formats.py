"""Money, numbers, dates and periods as Finland writes them, in every language of the site.

Babel (CLDR) does the work. Where CLDR gives Sweden's habit for ``sv_FI`` (2018-03-26), the pattern used in
Finland's Swedish stands here instead (26.3.2018, in both languages).
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from tandem.language import locale

NBSP = "\u00a0"
EN_DASH = "\u2013"
_NUMERIC = {"fi": "d.M.y", "sv": "d.M.y"}
_IN_TEXT = {"fi": "d.M.y", "sv": "'den' d MMMM y"}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day, as exact as the source has it. ``month`` and ``day`` are 0 when not known."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """From ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. Raises ValueError for anything else, and for 31 February."""
        match = _ISO.fullmatch(text)
        if not match:
            raise ValueError(text)
        year, month, day = (int(part or 0) for part in match.groups())
        datetime.date(year, month if match[2] else 1, day if match[3] else 1)
        return cls(year, month, day)

    @property
    def first(self) -> datetime.date:
        """The earliest day it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The latest day it can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __reduce__(self) -> tuple[type[PartialDate], tuple[int, int, int]]:
        return PartialDate, (self.year, self.month, self.day)

    def __str__(self) -> str:
        return "-".join(
            [
                f"{self.year:04}",
                *([f"{self.month:02}"] if self.month else []),
                *([f"{self.day:02}"] if self.day else []),
            ]
        )


def day_suggested(text: str) -> str:
    """``26.3.2018`` → ``2018-03-26``; empty when it is no day."""
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII)
    if match:
        try:
            return datetime.date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        except ValueError:
            return ""
    match = re.fullmatch(r"(\d{1,2})[./](\d{4})", text, re.ASCII)
    return f"{match[2]}-{int(match[1]):02}" if match and 1 <= int(match[1]) <= 12 else ""


@lru_cache(maxsize=65536)
def number(value: int | float, language: str) -> str:
    """``5635971`` → ``5 635 971`` with no-break spaces."""
    return format_decimal(value, locale=locale(language))


@lru_cache(maxsize=65536)
def money(euros: int, language: str) -> str:
    """Whole euros: ``42000`` → ``42 000 €`` with no-break spaces."""
    return format_currency(euros, "EUR", f"#,##0{NBSP}¤", locale=locale(language), currency_digits=False)


@lru_cache(maxsize=4096)
def percent(share: float, language: str) -> str:
    """``0.85`` → ``85 %``."""
    return format_percent(share, f"#,##0{NBSP}%", locale=locale(language))


@lru_cache(maxsize=4096)
def share(tenths: int, language: str) -> str:
    """Tenths of a percent: ``997`` → ``99,7 %``, ``1000`` → ``100 %``."""
    return format_percent(Decimal(tenths) / 1000, f"#,##0.#{NBSP}%", locale=locale(language))


@lru_cache(maxsize=65536)
def date(value: datetime.date, language: str) -> str:
    """A day as lists show it: ``26.3.2018`` in Finnish and Swedish."""
    return format_date(value, _NUMERIC.get(language, "d MMM y"), locale=locale(language))


@lru_cache(maxsize=65536)
def date_in_text(value: datetime.date, language: str) -> str:
    """A day as prose has it: ``26.3.2018``, ``den 26 mars 2018``."""
    return format_date(value, _IN_TEXT.get(language, "d MMMM y"), locale=locale(language))


def partial_date(value: PartialDate, language: str) -> str:
    """``2021``, ``1/2021`` or ``5.1.2021``."""
    if value.day:
        return date(value.first, language)
    return f"{value.month}/{value.year}" if value.month else str(value.year)


def period(start: PartialDate | None, end: PartialDate | None, language: str) -> str:
    """``3/2020–11/2021``; ``2021–2022``; ``2021`` where both ends are one; an open end stays open."""
    first, last = (partial_date(end_, language) if end_ else "" for end_ in (start, end))
    return first if first == last else f"{first}{EN_DASH}{last}"
