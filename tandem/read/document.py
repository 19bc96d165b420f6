"""A content file as a plain tree, and on demand the place of anything in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tandem.problem import Problem, Where
from tandem.read.source import Source, located, read_source
from tandem.read.walk import Fault, Loc, Scalar, Tree, Walk, plain


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
            Walk(self.file, self.text, self.first_line, self._found).run()
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
        place = located(self.file, self.body, offset, max(1, len(needle)))
        return Where(self.file, place.line + self.body_line - 1, place.column, place.length)


class Unread(Document):
    """A document of a file that was judged before: read again when what it holds is asked for, if it is still there."""

    def __init__(self, file: str, path: Path) -> None:
        vars(self).update(file=file, path=path, first_line=1, body="", body_line=1, _found={})

    @cached_property
    def _again(self) -> Document:
        source = read_source(self.path, self.file)
        found = read_yaml(source)[0] if isinstance(source, Source) else None
        return found or Document(self.file, {})

    path: Path

    @property
    def data(self) -> Tree:
        return self._again.data

    @property
    def text(self) -> str:
        return self._again.text


Reading = tuple[Document | None, list[Problem]]


def read_yaml(source: Source, first_line: int = 1) -> Reading:
    """YAML text as a tree of dicts, lists and strings, and what is wrong with it; no tree where it has no sense."""
    walk = Walk(source.file, source.text, first_line)
    data = None if walk.hashes else plain(source.text)
    if data is not None:
        return Document(source.file, data, source.text, first_line), []
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


def scalars(text: str) -> tuple[Tree, dict[Loc, Scalar]] | None:
    """The tree of YAML ``text`` and where each scalar of it stands; None where it has no sense, or a key twice."""
    walk = Walk("", text, 1, scalars={})
    try:
        tree = walk.run()
    except Fault:
        return None
    twice = any(problem.code == "yaml.duplicate_key" for problem in walk.problems)
    return None if twice else (tree, walk.scalars or {})
