"""How a record travels between processes and to disk: its values alone, and equal ones once in memory."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any, ClassVar

from tandem.formats import PartialDate

_equal: dict[Any, Any] = {}


class Packed:
    """A pydantic model whose instances are pickled in half the time and a third of the bytes."""

    model_fields: ClassVar[dict[str, Any]]
    alike: ClassVar[bool] = False  # whether many are equal: one in memory then does for all

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        model: Any = type(self)
        values = self.__dict__
        return _unpacked, (model, tuple([values[name] for name in _names(model)]))


def _unpacked(model: Any, values: tuple[Any, ...]) -> Any:
    """The record with these values, in the order of its fields; they were judged when it was first made."""
    if model.alike:
        found = _equal.get((model, values))
        if found is None:
            found = _equal[model, values] = _new(model, values)
        return found
    return _new(model, values)


def _new(model: Any, values: tuple[Any, ...]) -> Any:
    record = model.__new__(model)
    shared = map(_shared, values)
    object.__setattr__(record, "__dict__", dict(zip(_names(model), shared, strict=True)))
    object.__setattr__(record, "__pydantic_fields_set__", _given(model))
    object.__setattr__(record, "__pydantic_extra__", None)
    object.__setattr__(record, "__pydantic_private__", None)
    return record


@lru_cache
def _names(model: type[Any]) -> tuple[str, ...]:
    return tuple(model.model_fields)


@lru_cache
def _given(model: Any) -> set[str]:
    """One set for all records of a model: nobody changes it, and one each would be a third of their size."""
    return set(_names(model))


def _shared(value: Any) -> Any:
    """The same codes, ids and years stand in thousands of records: once in memory each."""
    if type(value) is str:
        return sys.intern(value)
    if type(value) is PartialDate:
        return _equal.setdefault(value, value)
    if type(value) is tuple and value and type(value[0]) is str:
        return tuple(map(sys.intern, value))
    return value
