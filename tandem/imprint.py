"""What a page says, as a digest: two pages of one imprint are the same bytes, made by one program of one family.

A page's view is complete, so its imprint is its list of dependencies. It is of values alone: which of them are one and
the same object does not show. Whatever it does not know has no imprint, and such a page is made anew each time.
"""

from __future__ import annotations

import datetime
import hashlib
import marshal
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

from tandem.page import Page
from tandem.pages.parts import Row

SIZE = 16  # bytes
NONE = b""
_FORMAT = 2  # of marshal: the last that does not tell whether two values are one object
_ATOMS = frozenset({str, int, float, bool, bytes, type(None)})
_SAID = attrgetter(*(field.name for field in fields(Page) if field.name not in ("make", "tell")))

Flattened = Callable[[Any], Any]


class Imprints:
    """Takes imprints. A row of a list, which many pages share, is looked through once."""

    def __init__(self) -> None:
        self._ways: dict[type, Flattened] = {}
        self._rows: dict[int, tuple[Row, bytes]] = {}

    def of(self, page: Page) -> bytes:
        """The imprint of a page; ``NONE`` where it holds something of a kind we do not know."""
        try:
            return self.digest((_SAID(page), page.view), page.linked)
        except (TypeError, ValueError):
            return NONE

    def digest(self, value: object, plain: Any = None) -> bytes:
        """Of a tree of records; ``plain`` holds none. Raises TypeError, ValueError for what we do not know."""
        return hashlib.blake2b(marshal.dumps((self._flat(value), plain), _FORMAT), digest_size=SIZE).digest()

    def _flat(self, value: Any) -> Any:
        """The value as tuples of texts and numbers, with the names of its kinds."""
        kind = type(value)
        if kind in _ATOMS:
            return value
        if kind is tuple:
            return self._all(value)
        way = self._ways.get(kind)
        if way is None:
            way = self._ways[kind] = self._way(kind)
        return way(value)

    def _all(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple([one if type(one) in _ATOMS else self._flat(one) for one in values])

    def _way(self, kind: type) -> Flattened:
        name = f"{kind.__module__}.{kind.__qualname__}"
        if kind is datetime.date:
            return lambda day: (name, day.toordinal())
        if issubclass(kind, tuple):
            return lambda values: (name, self._all(tuple(values)))
        if kind in (list, dict):
            return lambda values: (name, self._all(tuple(values.items() if kind is dict else values)))
        if not is_dataclass(kind):
            raise TypeError(kind)
        names = [field.name for field in fields(kind)]
        values = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)

        def record(value: Any) -> Any:
            return name, self._all(values(value))

        return record if kind is not Row else lambda row: self._row(row, record)

    def _row(self, row: Row, way: Flattened) -> bytes:
        if row.role:  # made for one page
            return hashlib.blake2b(marshal.dumps(way(row), _FORMAT), digest_size=SIZE).digest()
        found = self._rows.get(id(row))
        if found is None:  # that the row is kept keeps its id its own
            data = marshal.dumps(way(row), _FORMAT)
            found = self._rows[id(row)] = row, hashlib.blake2b(data, digest_size=SIZE).digest()
        return found[1]
