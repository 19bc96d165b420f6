"""The indexes of the last site, by the records they were made from.

Records and program decide every byte of an index. So where both are as they were, it need not be made again, and stands
in the site already. What is kept tells of each file what it must be: a file that somebody changed is none of ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tandem.kept import Kept, digest
from tandem.search.bundle import Bundle
from tandem.search.records import Record

FORMAT = 1


class Last:
    """What is known of the indexes that stand. ``program``: what made them."""

    def __init__(self, cache: Path, read: Callable[[str], bytes] | None, program: str) -> None:
        self.kept, self.read, self.program = Kept(cache / "search.json", FORMAT), read, program

    def bundle(self, records: Sequence[Record]) -> Bundle | None:
        """The index of these records as it stands in the site; None where it does not."""
        key = self._key(records)
        if not self.read or key not in self.kept:
            return None
        entry, known = self.kept[key]
        try:
            files = {path: self.read(path) for path in known}
        except OSError:
            return None
        return Bundle(entry, files) if all(_digest(files[path]) == one for path, one in known.items()) else None

    def keep(self, bundles: Mapping[Sequence[Record], Bundle]) -> None:
        """Remembers these indexes, by their records, and forgets all others."""
        for records, one in bundles.items():
            self.kept[self._key(records)] = one.entry, {path: _digest(data) for path, data in one.files.items()}
        self.kept.keep(map(self._key, bundles))

    def _key(self, records: Sequence[Record]) -> str:
        return digest(self.program, *map(repr, records))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
