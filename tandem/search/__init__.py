"""The search index: a record for every page a reader may look for, and the words people use for it.

Pagefind (a program written in Rust) turns the records into an index a browser can search without a server. They are
handed to it one by one instead of letting it read the finished pages: so each page is found by its own subject and not
by the lists it shows, words that stand on no page (inflected names, names in the other language, codes) need no place
in the templates, and the order of the records is ours.

Each language has an index of its own. Where its records are those of the last site, its files are taken from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tandem.jobs import WORTH, spread
from tandem.search.bundle import FOLDER, Bundle, SearchFailed, bundle, joined, program
from tandem.search.last import Last
from tandem.search.records import Record, Writer, enriched, listed

__all__ = ["FOLDER", "Record", "SearchFailed", "Writer", "listed", "search_files"]


def search_files(
    records: Mapping[str, Sequence[Record]], cache: Path, read: Callable[[str], bytes] | None = None, jobs: int = 1
) -> dict[str, bytes]:
    """The index as files by their path below the output. ``records``: those of each language, in their order.

    ``read``: gives a file of the last site by its path, or raises OSError; None where that site is not to be trusted.
    Raises SearchFailed where Pagefind is missing or does not do its work.
    """
    last = Last(cache, read, program())
    found = {language: last.bundle(some) for language, some in records.items()}
    lacking = [language for language, one in found.items() if not one]

    def made(language: str) -> Bundle:
        return bundle(enriched(records[language], language))

    found |= zip(lacking, spread(made, lacking, jobs, alone=len(lacking), weight=WORTH), strict=True)
    bundles = {language: one for language, one in found.items() if one}
    last.keep({records[language]: one for language, one in bundles.items()})
    return joined(bundles.values())
