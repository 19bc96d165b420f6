"""When texts changed, and which language another has left behind. ``history.py`` finds it out, from git."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from tandem.read import Loc
from tandem.site import Key
from tandem.texts import dotted

NOT_READ, KNOWN = "not_read", "known"
Text = tuple[Key, Loc]


class Change(Struct, frozen=True):
    """One change of one text in one language. ``age``: 0 now, not committed; 1 the newest commit, and so on.

    ``appeared``: the language had no text before. ``commit`` and ``day`` are empty for what is not committed.
    """

    age: int
    commit: str = ""
    day: datetime.date | None = None
    appeared: bool = False


class Behind(Struct, frozen=True):
    """A language another has left behind, and the first change it lacks."""

    language: str
    since: Change


@dataclass(frozen=True)
class History:
    """``changes``: the changes of every text by language, newest first. ``state``: ``known``, or why it is not."""

    state: str = NOT_READ
    changes: Mapping[Text, Mapping[str, tuple[Change, ...]]] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        return self.state == KNOWN

    def behind(self, key: Key, loc: Loc, checked: Mapping[str, datetime.date]) -> tuple[Behind, ...]:
        """The languages of a text that lack a later change of another. ``checked``: days by field, as written."""
        changes = self.changes.get((key, loc), {})
        name = dotted(loc)
        settled = max((day for by, day in checked.items() if f"{name}.".startswith(f"{by}.")), default=None)
        found = []
        for language, own in changes.items():
            later = [
                change
                for other, theirs in changes.items()
                for change in theirs
                if other != language and change.age < own[0].age and not change.appeared
                if settled is None or change.day is None or change.day > settled
            ]
            if later:
                found.append(Behind(language, max(later, key=lambda change: change.age)))
        return tuple(found)
