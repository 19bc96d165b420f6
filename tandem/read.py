"""Files to plain trees of text: YAML, and Markdown with front matter. The only room that knows YAML.

Every scalar is text, exactly as written; what it means is for the model to say, so ``020`` stays ``020``, ``NO``
stays ``NO`` and ``12:30`` stays ``12:30``. Content is untrusted: no tags, anchors, aliases, merge keys or second
documents, no duplicate keys, bounded size and depth. A tree carries no positions; ``where`` parses the text
again for them, since only a file with a fault is ever asked.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from tandem.problem import Problem, Where
from tandem.slips import Complaint, Spot, slip

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
Tree = Any  # str | list[Tree] | dict[str, Tree]; mypy has no recursion worth its price here
Loc = tuple[str | int, ...]

# Control characters; what YAML or Babel would take for the end of a line where no editor shows one; what turns the
# direction of writing, so that a line is not what it looks like (CVE-2021-42574).
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SWALLOWED = re.compile(r"[ \t]+(#[^\s#!].*)")  # "Hanke #1": what a comment takes away; "# note" is meant as one
_Loader: type[Any] = getattr(yaml, "CLoader", yaml.Loader)  # libyaml where PyYAML was built with it


class Fault(Exception):
    """A file that cannot be read. Carries the Problem; never leaves this room."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file: NFC, line feeds only, no byte order mark. ``file`` is its name as shown to people."""

    file: str
    text: str


def read_source(path: Path, file: str) -> Source | Problem:
    """Reads ``path``; a link, a file over 1 MiB, one that is not UTF-8 or holds control characters is a Problem."""
    if path.is_symlink():
        return Problem("file.symlink", Where(file), hint="file.symlink")
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return Problem("file.unreadable", Where(file), {"reason": os.strerror(error.errno or 0)})
    return decoded(raw, file)


def decoded(raw: bytes, file: str) -> Source | Problem:
    """The same judgement on bytes that are read already."""
    if len(raw) > MAX_BYTES:
        return Problem("file.too_large", Where(file), {"limit": "1 MiB"}, "file.too_large")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        return Problem("file.encoding", _place(file, before, len(before)), hint="file.encoding")
    bad = _FORBIDDEN.search(text)
    if bad:
        code = f"U+{ord(bad[0]):04X}"
        return Problem("file.character", _place(file, text, bad.start()), {"character": code}, "file.character")
    return Source(file, unicodedata.normalize("NFC", text))


def _place(file: str, text: str, offset: int, length: int = 1) -> Where:
    start = text.rfind("\n", 0, offset) + 1
    return Where(file, text.count("\n", 0, offset) + 1, offset - start + 1, length)


@dataclass(frozen=True)
class Document:
    """A file's tree and, on demand, the place of anything in it. ``first_line`` is where its YAML begins."""

    file: str
    data: Tree
    text: str = ""
    first_line: int = 1
    body: str = ""
    body_line: int = 1
    _found: dict[Loc, tuple[Where, Where]] = field(default_factory=dict, compare=False, repr=False)

    def where(self, *loc: str | int, key: bool = False) -> Where:
        """The place of the value (or the ``key``) at ``loc``; of its nearest known ancestor when it is absent."""
        if not self._found and self.text:
            _Walk(self.file, self.text, self.first_line, self._found).run()
        for end in range(len(loc), -1, -1):
            if loc[:end] in self._found:
                key_place, value_place = self._found[loc[:end]]
                return key_place if key or end < len(loc) else value_place
        return Where(self.file, self.first_line)

    def where_in(self, loc: Loc, needle: str) -> Where:
        """The first place of ``needle`` inside the text at ``loc``; the text's own place if folding hides it."""
        place = self.where(*loc)
        lines = self.text.split("\n")
        for number in range(place.line - self.first_line, len(lines)):
            start = place.column - 1 if number == place.line - self.first_line else 0
            column = lines[number].find(needle, start)
            if column >= 0:
                return Where(self.file, number + self.first_line, column + 1, max(1, len(needle)))
        return place

    def where_in_body(self, needle: str) -> Where:
        """The first place of ``needle`` in the Markdown below the front matter."""
        offset = self.body.find(needle)
        if offset < 0:
            return Where(self.file, self.body_line)
        place = _place(self.file, self.body, offset, max(1, len(needle)))
        return Where(self.file, place.line + self.body_line - 1, place.column, place.length)


Reading = tuple[Document | None, list[Problem]]


def read_yaml(source: Source, first_line: int = 1) -> Reading:
    """YAML text as a tree of dicts, lists and strings, and what is wrong with it; no tree where it has no sense."""
    walk = _Walk(source.file, source.text, first_line)
    try:
        data = walk.run()
    except Fault as fault:
        return None, [*walk.problems, fault.problem]
    return Document(source.file, data, source.text, first_line), walk.problems


def read_page(source: Source) -> Reading:
    """Markdown with YAML front matter between two lines of ``---``."""
    lines = source.text.split("\n")
    if lines[0].rstrip() != "---":
        return None, [Problem("page.front_matter", Where(source.file), hint="page.front_matter")]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not end:
        return None, [Problem("page.front_matter_open", Where(source.file), hint="page.front_matter")]
    front, problems = read_yaml(Source(source.file, "\n".join(lines[1:end])), first_line=2)
    if front is None:
        return None, problems
    body = "\n".join(lines[end + 1 :])
    return Document(source.file, front.data, front.text, 2, body, end + 2), problems


@dataclass(frozen=True, slots=True)
class Scalar:
    """Where a text stands in its YAML, quotation marks included. ``style``: ``'``, ``"``, ``|``, ``>``, or empty."""

    start: int
    end: int
    style: str


def scalars(text: str) -> tuple[Tree, dict[Loc, Scalar]] | None:
    """The tree of YAML ``text`` and where each scalar of it stands; None where it has no sense, or a key twice."""
    walk = _Walk("", text, 1, scalars={})
    try:
        tree = walk.run()
    except Fault:
        return None
    twice = any(problem.code == "yaml.duplicate_key" for problem in walk.problems)
    return None if twice else (tree, walk.scalars or {})


class _Walk:
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
        self.hashes = bool(_SWALLOWED.search(text))

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
            if event.style == '"' and _FORBIDDEN.search(event.value):
                self.problems.append(Problem("yaml.escape", self.at(event), hint="yaml.escape"))
            if self.hashes and not event.style and (hash_ := _SWALLOWED.match(self.text, end)):
                where = _place(self.file, self.text, hash_.start(1), len(hash_[1]))
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
