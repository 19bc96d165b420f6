"""Whether a text says what another mentions, be it in another way: a date without its year, a number in words."""

from __future__ import annotations

import re
from functools import cached_property

from tandem.mentions.lexicon import Lexicon
from tandem.mentions.mention import FAMILY, Mention, Value
from tandem.mentions.numerals import COMPOUNDS, NUMBER_WORDS
from tandem.mentions.reader import Contents, localised

_PERCENT = re.compile("prosent|procent|%")


class Answers:
    """What one text says, made ready to be asked."""

    def __init__(self, contents: Contents, lexicon: Lexicon) -> None:
        self.contents, self.lexicon = contents, lexicon
        self.values = {(FAMILY.get(m.kind, m.kind), m.value) for m in contents.mentions}

    def have(self, mention: Mention) -> bool:
        """Whether the text answers ``mention``."""
        if (FAMILY.get(mention.kind, mention.kind), mention.value) in self.values:
            return True
        if mention.kind == "date":
            return self._date(*map(int, mention.value))
        if mention.kind == "number":
            return self._number(mention.value)
        if mention.kind == "place":
            return mention.value[0] in self._derived
        towns = self.lexicon.towns
        return mention.kind == "link" and any(localised(str(mention.value[0]), link, towns) for link in self._links)

    @cached_property
    def _dates(self) -> frozenset[Value]:
        return frozenset(m.value for m in self.contents.mentions if m.kind == "date")

    @cached_property
    def _years(self) -> frozenset[int | str]:
        return frozenset(date[0] for date in self._dates)

    @cached_property
    def _days(self) -> frozenset[Value]:
        """Months and days, whatever their year."""
        return frozenset(date[1:] for date in self._dates)

    @cached_property
    def _links(self) -> list[str]:
        return [str(m.value[0]) for m in self.contents.mentions if m.kind == "link"]

    @cached_property
    def _derived(self) -> set[str]:
        return self.lexicon.derived(self.contents.prose, self.contents.language)

    def _date(self, year: int, month: int, day: int) -> bool:
        """A year by any date of that year; a day or a month by one that leaves out the year; 2.1. by the number 2.1."""
        if not month:
            return year in self._years or ("figure", (str(year),)) in self.values
        if year:
            return (0, month, day) in self._dates
        return (month, day) in self._days or ("figure", (f"{day}.{month}",)) in self.values

    def _number(self, value: Value) -> bool:
        """A number by its word, or by what looks like a year or a date there."""
        digits = str(value[0])
        if len(digits) > 5 or (len(value) > 1 and not _PERCENT.search(self.contents.prose)):
            return False
        if digits.isdecimal():
            number, language = int(digits), self.contents.language
            words = NUMBER_WORDS.get(language, {}).get(number, frozenset())
            compound = COMPOUNDS.get(language, {}).get(number)
            if words & self.contents.words or (compound and compound.search(self.contents.prose)):
                return True
            return len(value) == 1 and (number, 0, 0) in self._dates
        day, _, month = digits.partition(".")
        return day.isdecimal() and month.isdecimal() and (0, int(month), int(day)) in self._dates
