"""The search index: a record for every page a reader may look for, and the words people use for it.

Pagefind (a program written in Rust) turns the records into an index a browser can search without a server. They are
handed to it one by one instead of letting it read the finished pages: so each page is found by its own subject and not
by the lists it shows, words that stand on no page (inflected names, names in the other language, codes) need no place
in the templates, and the order of the records is ours.

Each language has an index of its own. Where its records are those of the last site, it stands there already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tandem.jobs import WORTH, spread
from tandem.search.bundle import ENTRY, FOLDER, OWN, SearchFailed, bundle, joined, program
from tandem.search.last import Index, Last
from tandem.search.records import Record, Writer, enriched, listed

__all__ = ["FOLDER", "Record", "SearchFailed", "Writer", "lay_index", "listed"]


class _Made(NamedTuple):
    """``what`` was made. ``laid``: its own files, and whether each is new; ``shared``: those other indexes have too."""

    what: Index
    laid: dict[str, bool]
    shared: dict[str, bytes]


def lay_index(
    records: Mapping[str, Sequence[Record]],
    cache: Path,
    put: Callable[[str, bytes], bool],
    read: Callable[[str], bytes] | None = None,
    jobs: int = 1,
) -> dict[str, bool]:
    """Lays the index down: its files by their path below the output, and whether each is new.

    ``records``: those of each language, in their order. ``put`` lays down a file, in any process, and tells whether it
    is new. ``read``: gives a file of the last site by its path, or raises OSError; None where that site is not to be
    trusted. Raises SearchFailed where Pagefind is missing or does not do its work.
    """
    last = Last(cache, read, program())
    known = {language: last.index(some) for language, some in records.items()}
    indexes = {language: one for language, one in known.items() if one}
    laid = {path: False for one in indexes.values() for path in one.digests}
    lacking = [language for language in records if language not in indexes]

    def made(language: str) -> _Made:
        one = bundle(enriched(records[language], language))
        own = {path: put(path, data) for path, data in one.files.items() if path.startswith(OWN)}
        return _Made(Index.of(one), own, {path: data for path, data in one.files.items() if path not in own})

    new = spread(made, lacking, jobs, alone=len(lacking), weight=WORTH)
    for language, one in zip(lacking, new, strict=True):
        indexes[language] = one.what
        laid |= one.laid | {path: put(path, data) for path, data in one.shared.items() if path not in laid}
    last.keep({records[language]: one for language, one in indexes.items()})
    entry = joined(indexes[language].entry for language in records)
    return laid | {f"{FOLDER}/{ENTRY}": put(f"{FOLDER}/{ENTRY}", entry)}
