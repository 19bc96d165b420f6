"""The content as it was in a commit, or is on the disk: every record of it, read leniently, for comparing."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tandem.git import Repository
from tandem.language import LANGUAGE_CODE
from tandem.problem import Problem
from tandem.read import Document, Loc, Tree, read_page, read_source, read_yaml
from tandem.sheet import Table, read_csv
from tandem.site import Key
from tandem.texts import HALVES, NOT_TEXTS, Leaf, by_record, leaves

LISTS = {"rounds.yaml": "round", "themes.yaml": "theme"}
TABLES = {"municipalities.csv": "municipality", "regions.csv": "region"}
_PROSE = frozenset({"description", "results", "body"})  # where line breaks matter
_END = sys.maxsize
Span = tuple[str, int, int]  # file, first line, last line


@dataclass(frozen=True)
class Version:
    """One record as it was. ``spans``: where it stands, in files named below the content folder; ``documents``: each
    with the way to the record in it.

    One that could not be read is ``broken``: only its bytes are known (``raw``), and, of a list, the kind of records
    it would have held (``covers``).
    """

    key: Key
    spans: tuple[Span, ...] = ()
    leaves: Sequence[Leaf] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    broken: bool = False
    raw: bytes = b""
    covers: str = ""
    documents: tuple[tuple[Document, Loc], ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(file for file, _, _ in self.spans))

    def holds(self, file: str, line: int) -> bool:
        return any(file == name and first <= line <= last for name, first, last in self.spans)

    def field_at(self, file: str, line: int) -> Loc:
        """The text that stands on a line of one of the record's files; empty where none does."""
        for document, prefix in self.documents:
            if document.file == file and document.body and line >= document.body_line:
                return ("body",)
            for leaf in self.leaves if document.file == file else ():
                for code, text in leaf.texts.items():
                    first = document.where(*prefix, *leaf.loc, key=True).line
                    start = document.where(*prefix, *leaf.loc, code).line
                    if line == first or start <= line <= start + text.count("\n"):
                        return leaf.loc
        return ()


def export(repository: Repository, commit: str, folder: Path) -> None:
    """Lays the content of ``commit`` into ``folder``. Names that would leave it are left out; links lead nowhere."""
    entries = {entry.path: entry for entry in repository.files(commit) if _inside(entry.path)}
    wanted = dict(repository.blobs(entry.blob for entry in entries.values()))
    folder.mkdir(parents=True)
    for path, entry in entries.items():
        place = folder / path
        with contextlib.suppress(OSError):  # a name this system cannot have
            place.parent.mkdir(parents=True, exist_ok=True)
            if entry.link:
                place.symlink_to(f"{path}.is-a-link")
            else:
                place.write_bytes(wanted[entry.blob])


def _inside(path: str) -> bool:
    return not any(part in ("", ".", "..") or "\\" in part or ":" in part for part in path.split("/"))


def languages_of(folder: Path) -> tuple[str, ...]:
    """The site's languages as far as its settings can be read; Finnish and Swedish where they cannot."""
    source = read_source(folder / "site.yaml", "site.yaml")
    document = None if isinstance(source, Problem) else read_yaml(source)[0]
    written = document.data.get("languages") if document and isinstance(document.data, dict) else None
    codes = [code for code in written if isinstance(code, str)] if isinstance(written, list) else []
    return tuple(dict.fromkeys(code for code in codes if LANGUAGE_CODE.fullmatch(code))) or ("fi", "sv")


def read_version(folder: Path, languages: Sequence[str]) -> dict[Key, Version]:
    """Every record below ``folder``: settings, projects, rounds, themes, pages, news, rows of the registers."""
    found: dict[Key, Version] = {}
    for file in _files(folder, languages):
        for version in _read(folder / file, file, languages):
            one = found.get(version.key)
            found[version.key] = _both(one, version) if one else version
    return found


def _files(folder: Path, languages: Sequence[str]) -> Iterator[str]:
    for name in ("site.yaml", *LISTS, *TABLES):
        if (folder / name).is_file():
            yield name
    for code, ending in (("projects", ".yaml"), *((code, ".md") for code in languages)):
        root = folder / code
        for path in sorted(root.rglob(f"*{ending}")) if not root.is_symlink() else ():
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(folder).as_posix()


def _read(path: Path, file: str, languages: Sequence[str]) -> Iterator[Version]:
    """The records of one file."""
    source = read_source(path, file)
    if isinstance(source, Problem):
        yield _broken(path, file, languages)
    elif file in TABLES:
        table, problems = read_csv(source)
        understood = not problems and "code" in table.columns
        yield from _rows(table, TABLES[file], languages) if understood else [_broken(path, file, languages)]
    else:
        document, _ = read_page(source) if file.endswith(".md") else read_yaml(source)
        if document is None or (file in LISTS and not isinstance(document.data, list)):
            yield _broken(path, file, languages)
        else:
            yield from _records(document, file, languages)


def _broken(path: Path, file: str, languages: Sequence[str]) -> Version:
    covers = LISTS.get(file, TABLES.get(file, ""))
    key = (file,) if covers else next(iter(by_record(file, Document(file, {}), languages)))
    with contextlib.suppress(OSError):
        return Version(key, ((file, 1, _END),), broken=True, raw=path.read_bytes(), covers=covers)
    return Version(key, ((file, 1, _END),), broken=True, covers=covers)


def _records(document: Document, file: str, languages: Sequence[str]) -> Iterator[Version]:
    every = frozenset(languages)
    if file not in LISTS:
        ((key, texts),) = by_record(file, document, languages).items()
        front = document.data if isinstance(document.data, dict) else {}
        tree = {name: value for name, value in front.items() if name not in HALVES} if file.endswith(".md") else front
        yield Version(key, ((file, 1, _END),), texts, facts_of(tree, every) or {}, documents=((document, ()),))
        return
    starts = [document.where(number).line for number in range(len(document.data))]
    for number, item in enumerate(document.data):
        id = item.get("id") if isinstance(item, dict) else None
        end = starts[number + 1] - 1 if number + 1 < len(starts) else _END
        if isinstance(id, str):
            span, found = (file, starts[number], end), leaves(item, every)
            place = ((document, (number,)),)
            yield Version((LISTS[file], id), (span,), found, facts_of(item, every), documents=place)


def _rows(table: Table, kind: str, languages: Sequence[str]) -> Iterator[Version]:
    """Rows of a register: columns in several languages (``name_fi``, ``name_sv``) are texts, the others facts."""
    words = {
        column: (stem, code)
        for column in table.columns
        for stem, _, code in [column.rpartition("_")]
        if stem and code in languages
    }
    for number, row in enumerate(table.rows):
        texts: dict[str, dict[str, str]] = {}
        for column, (stem, code) in words.items():
            if row[column]:
                texts.setdefault(stem, {})[code] = row[column]
        facts = {column: cell for column, cell in row.items() if column not in words and cell}
        found = [Leaf((stem,), by_language) for stem, by_language in texts.items()]
        line = table.lines[number]
        yield Version((kind, row["code"]), ((table.file, line, line),), found, facts)


def _both(one: Version, other: Version) -> Version:
    """A page of two halves. A fact that both have stands once where they agree."""
    texts: dict[Loc, dict[str, str]] = {}
    for leaf in (*other.leaves, *one.leaves):
        texts.setdefault(leaf.loc, {}).update(leaf.texts)
    facts: dict[str, Any] = dict(one.facts)
    for name, value in other.facts.items():
        same = name not in facts or facts[name] == value
        facts[name] = value if same else {_half(one): facts[name], _half(other): value}
    return replace(
        one,
        spans=one.spans + other.spans,
        leaves=[Leaf(loc, by_language) for loc, by_language in texts.items()],
        facts=facts,
        broken=one.broken or other.broken,
        raw=one.raw + b"\0" + other.raw,
        documents=one.documents + other.documents,
    )


def _half(version: Version) -> str:
    return version.files[0].partition("/")[0]


def facts_of(tree: Tree, languages: frozenset[str], loc: Loc = ()) -> Any:
    """A tree without its texts: what is left are the facts. None where a text stood."""
    if isinstance(tree, dict):
        words = loc and tree and tree.keys() <= languages and not NOT_TEXTS & {*map(str, loc)}
        if words and all(isinstance(text, str) for text in tree.values()):
            return None
        kept = {key: facts_of(value, languages, (*loc, key)) for key, value in tree.items()}
        return {key: value for key, value in kept.items() if value is not None}
    if isinstance(tree, list):
        items = (facts_of(item, languages, (*loc, number)) for number, item in enumerate(tree))
        return [item for item in items if item is not None]
    return tree


def shown(text: str, loc: Loc) -> str:
    """A text as it is published: prose keeps its lines, anything else is one line. A no-break space is a letter."""
    if loc and loc[0] in _PROSE:
        return "\n".join(line.rstrip() for line in text.strip("\n").split("\n")).rstrip()
    return re.sub(r"[ \t\n]+", " ", text).strip()
