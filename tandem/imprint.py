"""What a page says, as a digest: two pages of one imprint are the same bytes, made by one program of one family.

A page's view is complete, so its imprint is its list of dependencies. It is of values alone: which of them are one and
the same object does not show. Whatever it does not know has no imprint, and such a page is made anew each time.
"""

from __future__ import annotations

import datetime
import hashlib
import marshal
from collections import ChainMap
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec import Struct

from tandem.page import Page
from tandem.pages.parts import Row

SIZE = 16  # bytes
NONE = b""
_FORMAT = 2  # of marshal: the last that does not tell whether two values are one object
_PLAIN = {"str", "int", "float", "bool"}  # as annotations are written
_ATOMS = frozenset({str, int, float, bool, bytes, type(None)})
_MADE = ("make", "among", "addresses", "lacking", "tell", "about")  # of a page: what the rest comes from
_SAID = attrgetter("versions", "untranslated", *(field.name for field in fields(Page) if field.name not in _MADE))

Flattened = Callable[[Any], Any]


class Imprints:
    """Takes imprints. A row of a list, which many pages share, is looked through once."""

    def __init__(self) -> None:
        self._ways = _Ways()
        self._ways[Row] = partial(self._row, self._ways[Row])
        self._rows: dict[int, tuple[Row, bytes]] = {}

    def of(self, page: Page) -> bytes:
        """The imprint of a page; ``NONE`` where it holds something of a kind we do not know."""
        try:
            return self.digest((_SAID(page), page.view), page.linked)
        except (TypeError, ValueError):
            return NONE

    def digest(self, value: object, plain: Any = None) -> bytes:
        """Of a tree of records; ``plain`` holds none. Raises TypeError, ValueError for what we do not know."""
        return _digest((self._ways[type(value)](value), plain))

    def _row(self, way: Flattened, row: Row) -> bytes:
        if row.role:  # made for one page
            return _digest(way(row))
        found = self._rows.get(id(row))
        if found is None:  # that the row is kept keeps its id its own
            found = self._rows[id(row)] = row, _digest(way(row))
        return found[1]


class _Ways(dict[type, Flattened]):
    """How a value of each kind becomes lists and tuples of texts and numbers, with the names of its kinds."""

    def __missing__(self, kind: type) -> Flattened:
        way = self[kind] = self._way(kind)
        return way

    def _all(self, values: Iterable[Any]) -> list[Any]:
        return [one if type(one) in _ATOMS else self[type(one)](one) for one in values]

    def _way(self, kind: type) -> Flattened:
        name = f"{kind.__module__}.{kind.__qualname__}"
        if kind in _ATOMS:
            return lambda value: value
        if kind is datetime.date:
            return lambda day: (name, day.toordinal())
        if kind is tuple:
            return self._all
        if issubclass(kind, tuple) or kind is list:
            return lambda values: (name, self._all(values))
        if kind is dict:
            return lambda values: (name, self._all(values.items()))
        names = _fields(kind)
        values = _values(names)
        if set(_types(kind)) <= _PLAIN:  # else marshal refuses
            return lambda record: (name, values(record))
        return lambda record: (name, [one if type(one) in _ATOMS else self[type(one)](one) for one in values(record)])


def _fields(kind: Any) -> tuple[str, ...]:
    """The names of what a record holds."""
    return tuple(kind.__struct_fields__ if issubclass(kind, Struct) else (field.name for field in fields(kind)))


def _values(names: tuple[str, ...]) -> Flattened:
    """What gives these of a record; of a name alone, attrgetter would make no tuple."""
    return attrgetter(*names) if len(names) > 1 else lambda record: tuple(getattr(record, name) for name in names)


def _types(kind: type) -> list[Any]:
    """Of what types it is, as they are written."""
    written = ChainMap(*(vars(base).get("__annotations__", {}) for base in kind.__mro__))
    return [written[name] for name in _fields(kind)]


def _digest(value: Any) -> bytes:
    return hashlib.blake2b(marshal.dumps(value, _FORMAT), digest_size=SIZE).digest()
