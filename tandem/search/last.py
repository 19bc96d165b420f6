"""The indexes of the last site, by the records they were made from.

Records and program decide every byte of an index. So where both are as they were, it need not be made again, and stands
in the site already. What is kept tells of each file what it must be: a file that somebody changed is none of ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tandem.kept import Kept, digest
from tandem.search.bundle import Bundle
from tandem.search.records import Record

FORMAT = 1


class Index(NamedTuple):
    """An index as it is known. ``entry``: what its entry file says; ``digests``: of its other files, by path."""

    entry: Mapping[str, Any]
    digests: Mapping[str, str]

    @classmethod
    def of(cls, bundle: Bundle) -> Index:
        return cls(bundle.entry, {path: _digest(data) for path, data in bundle.files.items()})


class Last:
    """What is known of the indexes that stand. ``program``: what made them."""

    def __init__(self, cache: Path, read: Callable[[str], bytes] | None, program: str) -> None:
        self.kept, self.read, self.program = Kept(cache / "search.json", FORMAT), read, program

    def index(self, records: Sequence[Record]) -> Index | None:
        """The index of these records where it stands in the site, every byte of it."""
        key = self._key(records)
        if not self.read or key not in self.kept:
            return None
        index = Index(*self.kept[key])
        try:
            return index if all(_digest(self.read(path)) == one for path, one in index.digests.items()) else None
        except OSError:
            return None

    def keep(self, indexes: Mapping[Sequence[Record], Index]) -> None:
        """Remembers these indexes, by their records, and forgets all others."""
        for records, index in indexes.items():
            self.kept[self._key(records)] = tuple(index)
        self.kept.keep(map(self._key, indexes))

    def _key(self, records: Sequence[Record]) -> str:
        return digest(self.program, *map(repr, records))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
