"""Projects' files read by as many processes as there may be: the sound ones are laid by, the others brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tandem.fields import Knowledge
from tandem.jobs import spread
from tandem.model import Project, Settings, Term
from tandem.places import Places
from tandem.problem import Problem
from tandem.read import Document, Unread, decoded, read_bytes, read_yaml
from tandem.shape import shape
from tandem.shelf import Entry, Gist, Shelf, packed
from tandem.site import Origin
from tandem.texts import gist

Judge = Callable[[Project, Origin], bool]
"""Whether nothing is wrong with a project by the rules that need no more than itself."""

Judges = Callable[[Settings, Places, tuple[Term, ...]], Judge]


class Sifted(NamedTuple):
    """What became of a file: of a sound project its outline and its gist, else all that is to be judged further."""

    document: Document
    project: Project | None = None
    gist: Gist | None = None
    problems: Sequence[Problem] = ()


@dataclass(frozen=True)
class Sieve:
    """What files are held against. ``name``: how one is shown to people. ``outlined``: projects not to be read.

    Without ``judge`` no project is sound.
    """

    name: Callable[[Path], str]
    known: Knowledge
    outlined: Mapping[str, Project]
    shelf: Shelf
    judge: Judge | None

    def read(self, path: Path) -> Entry | Sifted:
        file = self.name(path)
        nothing = Document(file, {})
        raw = read_bytes(path, file)
        if isinstance(raw, Problem):
            return Sifted(nothing, problems=[raw])
        key = self.shelf.key(path.stem, raw)
        if self.judge and (entry := self.shelf.find(key)):
            return entry
        source = decoded(raw, file)
        if isinstance(source, Problem):
            return Sifted(nothing, problems=[source])
        document, problems = read_yaml(source)
        if document is None:
            return Sifted(nothing, problems=problems)
        shaped, found = shape(Project, document.data, Origin(document), self.known)
        project = shaped and shaped.model_copy(update={"id": path.stem})
        if self.judge and project and not problems and not found and self.judge(project, Origin(document)):
            return packed(key, project, gist(document.data, self.known.languages))
        return Sifted(document, project, None, [*problems, *found])


def sifted(paths: Sequence[Path], sieve: Sieve, jobs: int) -> Iterator[Sifted]:
    """What became of each file, in order."""
    read = spread(sieve.read, [path for path in paths if path.stem not in sieve.outlined], jobs)
    for path in paths:
        outline = sieve.outlined.get(path.stem)
        found = Sifted(Unread(sieve.name(path), path), outline) if outline else next(read)
        if isinstance(found, Entry):
            found = Sifted(Unread(sieve.name(path), path), *sieve.shelf.lay(path.stem, found))
        yield found
    sieve.shelf.keep()
