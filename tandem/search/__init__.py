"""The search index: a record for every page a reader may look for, and the words people use for it.

Pagefind (a program written in Rust) turns the records into an index a browser can search without a server. They are
handed to it one by one instead of letting it read the finished pages: so each page is found by its own subject and not
by the lists it shows, words that stand on no page (inflected names, names in the other language, codes) need no place
in the templates, and the order of the records is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tandem.index import Index
from tandem.page import Page
from tandem.search.bundle import FOLDER, SearchFailed, bundle
from tandem.search.records import records
from tandem.site import Site

__all__ = ["FOLDER", "SearchFailed", "search_files"]


def search_files(site: Site, index: Index, pages: Iterable[Page], read: Callable[[str], bytes]) -> dict[str, bytes]:
    """The index as files by their path below the output. ``read``: gives a rendered page by its path.

    Raises SearchFailed where Pagefind is missing or does not do its work.
    """
    return bundle(records(site, index, pages, read))
