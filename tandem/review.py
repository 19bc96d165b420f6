"""Two versions of the content side by side, as one page of HTML that needs nothing but itself.

For whoever judges a change (a pull request, from a fork too: only the objects of git are needed). Exactly the records
that changed are listed, each language beside the other, changed words marked, with what ``check`` finds in them.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct, structs

from tandem.compare import Changed, FactChange, Side, TextChange, compare
from tandem.diff import Piece
from tandem.examined import examine
from tandem.git import Repository
from tandem.house import House
from tandem.language import native_name
from tandem.load import shown
from tandem.problem import Problem, Speech, printable
from tandem.read import Loc
from tandem.render import standalone
from tandem.site import Key
from tandem.versions import Version, export, languages_of, read_version

TEMPLATE = "review.html"


class Range(Struct, frozen=True):
    """What is compared. ``head`` is empty for the files on the disk; ``forked``: from where the two lines parted."""

    base: str
    head: str
    forked: bool = False

    @classmethod
    def parse(cls, text: str) -> Range | None:
        """``BASE..HEAD``, ``BASE...HEAD`` (since HEAD left BASE's line) or ``BASE..``; None for anything else."""
        for dots in ("...", ".."):
            base, found, head = text.partition(dots)
            if found:
                return cls(base, head, dots == "...") if base and ".." not in head and (head or dots == "..") else None
        return None


class Finding(Struct, frozen=True):
    """A problem in words. ``loc``: the text it stands in, where it stands in one."""

    where: str
    level: str
    message: str
    hint: str
    code: str
    loc: Loc = ()


class Entry(Struct, frozen=True):
    """A changed record: its names by language, its files, what is wrong with it beside a text and as a whole."""

    anchor: str
    names: tuple[tuple[str, str], ...]
    change: Changed
    beside: Mapping[Loc, tuple[Finding, ...]]
    findings: tuple[Finding, ...]


class Review(Struct, frozen=True):
    """``elsewhere``: what the change broke in records it did not touch; ``others``: changed files without a record."""

    base: str
    head: str
    languages: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    elsewhere: tuple[Finding, ...]
    others: tuple[str, ...]


def review(house: House, asked: Range, speech: Speech) -> bytes:
    """The page, in the reader's language. Raises NoHistory where git does not know what was asked for."""
    repository = Repository.around(house.content)
    base = repository.commit(asked.base)
    head = repository.commit(asked.head) if asked.head else ""
    if asked.forked:
        base = repository.fork(base, head)
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "base"), Path(folder, "head") if head else house.content
        export(repository, base, before)
        if head:
            export(repository, head, after)
        view = structs.replace(_Comparison(house, before, after, speech).view(), base=base[:7], head=head[:7])

    def say(key: str, **values: str) -> str:
        return speech.say("review", key, values)

    return standalone(house.templates, TEMPLATE, {"view": view, "say": say, "language": speech.language})


class _Comparison:
    """The content of two folders, compared and judged. Problems name files as they stand on the reader's disk."""

    def __init__(self, house: House, before: Path, after: Path, speech: Speech) -> None:
        self.house, self.before, self.after, self.speech = house, before, after, speech
        self.name = shown(house.content)
        self.languages = languages_of(after if (after / "site.yaml").is_file() else before)
        self.old, self.new = (read_version(folder, self.languages) for folder in (before, after))

    def view(self) -> Review:
        changes = compare(self.old, self.new, self.languages)
        touched = {change.key for change in changes}
        known = {_mark(problem) for problem in self.problems(self.before)}
        found: dict[Key, list[Problem]] = {key: [] for key in touched}
        elsewhere = []
        for problem in self.problems(self.after):
            key = self.owner(problem)
            if key in touched:
                found[key].append(problem)
            elif _mark(problem) not in known:
                elsewhere.append(self.finding(problem))
        return Review(
            base="",
            head="",
            languages=tuple((code, native_name(code)) for code in self.languages),
            entries=tuple(self.entry(f"r{n}", one, found[one.key]) for n, one in enumerate(changes, start=1)),
            elsewhere=tuple(elsewhere),
            others=tuple(self.others(changes)),
        )

    def problems(self, folder: Path) -> Sequence[Problem]:
        return examine(replace(self.house, content=folder, name=self.name)).problems

    def owner(self, problem: Problem) -> Key:
        """The record a problem stands in; empty where it stands in none."""
        file = problem.where.file.removeprefix(f"{self.name}/")
        return next((key for key, one in self.new.items() if one.holds(file, problem.where.line)), ())

    def finding(self, problem: Problem, version: Version | None = None) -> Finding:
        speech, where = self.speech, problem.where
        return Finding(
            where=printable(f"{where.file}:{where.line}"),
            level=speech.say("review", f"level_{problem.level}", {}),
            message=speech.message(problem),
            hint=speech.hint(problem),
            code=problem.code,
            loc=version.field_at(where.file.removeprefix(f"{self.name}/"), where.line) if version else (),
        )

    def entry(self, anchor: str, change: Changed, problems: Sequence[Problem]) -> Entry:
        version = self.new.get(change.key)
        findings = [self.finding(problem, version) for problem in problems]
        shown_ = {text.loc for text in change.texts}
        beside = {loc: tuple(one for one in findings if one.loc == loc) for loc in shown_}
        whole = tuple(one for one in findings if one.loc not in shown_)
        return Entry(anchor, self.names(change), _visible(change), beside, whole)

    def names(self, change: Changed) -> tuple[tuple[str, str], ...]:
        """What the record is called in each language, where it has a name; those that are alike once."""
        version = self.new.get(change.key) or self.old.get(change.key)
        for leaf in version.leaves if version else ():
            if leaf.loc in (("name",), ("title",)):
                texts = {leaf.texts[code]: code for code in reversed(self.languages) if code in leaf.texts}
                return tuple((code, printable(" ".join(text.split()))) for text, code in reversed(texts.items()))
        return ()

    def others(self, changes: Sequence[Changed]) -> list[str]:
        """Files that differ and hold no changed record: their layout changed, or they hold something else."""
        told = {file for change in changes for side in (self.old, self.new) for file in _files(side.get(change.key))}
        told |= {file for change in changes if change.was for file in _files(self.old.get((change.key[0], change.was)))}
        before, after = _bytes(self.before), _bytes(self.after)
        return sorted(
            printable(f"{self.name}/{file}") for file in {*before, *after} - told if before.get(file) != after.get(file)
        )


def _files(version: Version | None) -> tuple[str, ...]:
    return version.files if version else ()


def _bytes(folder: Path) -> dict[str, str]:
    """A digest of every file below ``folder``; hidden files and what a link leads to stay out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            with path.open("rb") as stream:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def _mark(problem: Problem) -> tuple[object, ...]:
    """A problem without its place in the file, which moves when lines above it come and go."""
    return problem.code, problem.where.file, tuple(sorted(problem.values.items()))


def _visible(change: Changed) -> Changed:
    """With every invisible character written out, so that no text can pose as another."""
    texts = tuple(TextChange(text.loc, tuple(map(_visible_side, text.sides))) for text in change.texts)
    facts = tuple(FactChange(printable(f.field), printable(f.old), printable(f.new)) for f in change.facts)
    return structs.replace(change, texts=texts, facts=facts, file=printable(change.file))


def _visible_side(side: Side) -> Side:
    return Side(side.language, tuple(Piece(_lines(piece.text), piece.mark) for piece in side.pieces))


def _lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.replace("\t", " ").split("\n"))
