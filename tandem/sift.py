"""Projects' files read by as many processes as there may be: the sound ones are laid by, the others brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
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
    """What files are held against. ``name``: how one is shown to people. Without ``judge`` no project is sound."""

    name: Callable[[Path], str]
    known: Knowledge
    shelf: Shelf = field(default_factory=Shelf)
    judge: Judge | None = None

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


def sieve_of(
    name: Callable[[Path], str],
    known: Knowledge,
    shelf: Shelf,
    judges: Judges | None,
    settings: Settings | None,
    terms: tuple[Term, ...],
) -> Sieve:
    """The sieve for a site; without settings, or nobody to judge, no project is sound."""
    if settings is None or judges is None:
        return Sieve(name, known)
    shelf.open(settings, known, terms)
    return Sieve(name, known, shelf, judges(settings, known.places, terms))


def sifted(paths: Sequence[Path], sieve: Sieve, jobs: int = 1) -> Iterator[Sifted]:
    """What became of each file, in order."""
    for path, found in zip(paths, spread(sieve.read, paths, jobs), strict=True):
        if isinstance(found, Entry):
            yield Sifted(Unread(sieve.name(path), path), *sieve.shelf.lay(path.stem, found))
        else:
            yield found
    sieve.shelf.keep()
