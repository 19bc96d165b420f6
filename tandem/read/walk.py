"""One pass over libyaml's events: the tree of a YAML text, what is wrong with it, where everything in it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import yaml
from msgspec import Struct

from tandem.problem import Problem, Where
from tandem.read.source import FORBIDDEN, located
from tandem.slips import Complaint, Spot, slip

MAX_DEPTH = 32
Tree = Any  # str | list[Tree] | dict[str, Tree]; mypy has no recursion worth its price here
Loc = tuple[str | int, ...]

_SWALLOWED = re.compile(r"[ \t]+(#[^\s#!].*)")  # "Hanke #1": what a comment takes away; "# note" is meant as one
_Loader: type[Any] = getattr(yaml, "CLoader", yaml.Loader)  # libyaml where PyYAML was built with it


class Fault(Exception):
    """A file that cannot be read. Carries the Problem; never leaves this room."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Unusual(Exception):
    """Something in a file that only the careful walk can judge."""


def plain(text: str) -> Tree | None:
    """The tree of a file with nothing unusual in it, at half the price of the careful walk; else None."""
    loader = _Loader(text)
    try:
        loader.get_event()  # the stream's start
        if type(loader.get_event()) is not yaml.DocumentStartEvent:
            return None
        tree = _branch(loader.get_event, loader.get_event(), 0)
        loader.get_event()  # the document's end
        return tree if type(loader.get_event()) is yaml.StreamEndEvent else None
    except (_Unusual, yaml.YAMLError):
        return None
    finally:
        loader.dispose()


def _branch(next_event: Callable[[], Any], event: Any, depth: int) -> Tree:
    kind = type(event)
    if event.anchor is not None or kind is yaml.AliasEvent or event.tag is not None or depth >= MAX_DEPTH:
        raise _Unusual
    if kind is yaml.ScalarEvent:
        if event.style == '"' and FORBIDDEN.search(event.value):
            raise _Unusual
        return event.value
    if kind is yaml.SequenceStartEvent:
        items: list[Tree] = []
        while type(event := next_event()) is not yaml.SequenceEndEvent:
            items.append(_branch(next_event, event, depth + 1))
        return items
    entries: dict[str, Tree] = {}
    while type(event := next_event()) is not yaml.MappingEndEvent:
        if type(event) is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
            raise _Unusual
        name = event.value
        if name in entries or name == "<<":
            raise _Unusual
        value = next_event()
        if type(value) is yaml.ScalarEvent and value.style != '"' and value.anchor is None and value.tag is None:
            entries[name] = value.value  # most values
        else:
            entries[name] = _branch(next_event, value, depth + 1)
    return entries


class Scalar(Struct, frozen=True):
    """Where a text stands in its YAML, quotation marks included. ``style``: ``'``, ``"``, ``|``, ``>``, or empty."""

    start: int
    end: int
    style: str


class Walk:
    """One pass over libyaml's events: builds the tree, or (given ``found``) notes where everything stands."""

    def __init__(
        self,
        file: str,
        text: str,
        first_line: int,
        found: dict[Loc, tuple[Where, Where]] | None = None,
        scalars: dict[Loc, Scalar] | None = None,
    ) -> None:
        self.file, self.text, self.first_line, self.found, self.scalars = file, text, first_line, found, scalars
        self.problems: list[Problem] = []
        self.hashes = (" #" in text or "\t#" in text) and bool(_SWALLOWED.search(text))

    def at(self, event: Any) -> Where:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Where(self.file, start.line + self.first_line, start.column + 1, max(1, length))

    def run(self) -> Tree:
        try:
            loader = _Loader(self.text)
            try:
                return self._document(loader)
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            raise Fault(self._explained(error)) from None
        except yaml.YAMLError:  # yaml.reader.ReaderError: a character YAML does not allow
            raise Fault(Problem("yaml.syntax", Where(self.file, self.first_line), hint="yaml.syntax")) from None

    def _document(self, loader: Any) -> Tree:
        loader.get_event()  # the stream's start
        event = loader.get_event()
        if isinstance(event, yaml.StreamEndEvent):
            return {}
        tree = self._node(loader, loader.get_event(), (), None, 0)
        loader.get_event()  # the document's end
        event = loader.get_event()
        if not isinstance(event, yaml.StreamEndEvent):
            raise Fault(Problem("yaml.documents", self.at(event), hint="yaml.documents"))
        return tree

    def _node(self, loader: Any, event: Any, loc: Loc, key: Any, depth: int) -> Tree:
        start: int = event.start_mark.index
        end: int = event.end_mark.index
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise Fault(Problem("yaml.anchor", self.at(event), hint="yaml.anchor"))
        if event.tag is not None and event.tag != "!":
            written = self.text[event.start_mark.index :].split(maxsplit=1)[0]
            raise Fault(Problem("yaml.tag", self.at(event), {"tag": written}, "yaml.tag"))
        if depth >= MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
            raise Fault(Problem("yaml.depth", self.at(event), {"limit": str(MAX_DEPTH)}, "yaml.depth"))
        if self.found is not None:
            place = self.at(event)
            self.found[loc] = (self.at(key) if key is not None else place, place)
        if isinstance(event, yaml.ScalarEvent):
            if self.scalars is not None:
                self.scalars[loc] = Scalar(start, end, event.style or "")
            if event.style == '"' and FORBIDDEN.search(event.value):
                self.problems.append(Problem("yaml.escape", self.at(event), hint="yaml.escape"))
            if self.hashes and not event.style and (hash_ := _SWALLOWED.match(self.text, end)):
                where = located(self.file, self.text, hash_.start(1), len(hash_[1]))
                where = replace(where, line=where.line + self.first_line - 1)
                self.problems.append(Problem("yaml.comment", where, hint="yaml.comment", level="warning"))
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(loader, loc, depth)
        return self._mapping(loader, loc, depth)

    def _sequence(self, loader: Any, loc: Loc, depth: int) -> list[Tree]:
        items: list[Tree] = []
        while not isinstance(event := loader.get_event(), yaml.SequenceEndEvent):
            items.append(self._node(loader, event, (*loc, len(items)), None, depth + 1))
        return items

    def _mapping(self, loader: Any, loc: Loc, depth: int) -> dict[str, Tree]:
        entries: dict[str, Tree] = {}
        places: dict[str, int] = {}
        while not isinstance(key := loader.get_event(), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise Fault(Problem("yaml.key", self.at(key), hint="yaml.key"))
            name = key.value
            if key.anchor is not None or key.tag not in (None, "!") or name == "<<":
                raise Fault(Problem("yaml.anchor", self.at(key), hint="yaml.anchor"))
            if name in entries:
                values = {"key": name, "line": str(places[name])}
                self.problems.append(Problem("yaml.duplicate_key", self.at(key), values, "yaml.duplicate_key"))
                self._node(loader, loader.get_event(), (*loc, name, "again"), key, depth + 1)
                continue
            places[name] = self.at(key).line
            entries[name] = self._node(loader, loader.get_event(), (*loc, name), key, depth + 1)
        return entries

    def _explained(self, error: yaml.MarkedYAMLError) -> Problem:
        """libyaml's complaint as one of ours, where the editor made the slip."""
        mark = error.problem_mark or error.context_mark
        start = error.context_mark or mark
        lines = self.text.split("\n")
        said = f"{error.context or ''} {error.problem or ''}"
        code, (line, column) = slip(Complaint(said, lines, _spot(start, lines), _spot(mark, lines)))
        values = {"tag": lines[line][column:].partition(" ")[0]} if code == "yaml.tag" else {}
        return Problem(code, Where(self.file, line + self.first_line, column + 1), values, code)


def _spot(mark: Any, lines: list[str]) -> Spot:
    """A mark as line and column from 0; the end of the text is where its last words are."""
    line, column = (mark.line, mark.column) if mark else (0, 0)
    while line > 0 and (line >= len(lines) or (column == 0 and not lines[line].strip())):
        line, column = line - 1, 0
    return line, min(column, len(lines[line]))
