"""When each text last changed in each language, from git's own history; which language is behind, and since when.

No language is the main one: a language is behind when another changed later. What counts:

- A change is a change of meaning: not of white space, composition (NFC), line folding, quoting or place in the file.
- A text that appears where it was lacking brings the languages into step; so does changing all in one commit. A
  merge is one commit of the main line: what one pull request brought changed together.
- What was changed and changed back is as it was.
- ``checked: {summary: 2021-03-05}`` settles every change committed on that day or before, by the committer's date.
- What is not committed yet changed now.

Where git's history is lacking or cut short, nothing is known and nothing is guessed: ``state`` says why.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tandem.changes import KNOWN, Change, History, Text
from tandem.git import Commit, NoHistory, Repository, Step
from tandem.kept import Kept, digest
from tandem.problem import Problem
from tandem.read import Document, Loc, decoded, read_page, read_yaml
from tandem.site import Key, Site
from tandem.texts import Leaf, by_record, kinship, meaning, twins

FORMAT = 1  # of what is kept: to be raised when a rule above changes
_KIN = 0.5  # of an uncommitted rename, as git's own for committed ones
_MOST_PAIRS = 10_000  # looked at for uncommitted renames
Records = Mapping[Key, Sequence[Leaf]]


def read_history(site: Site, content: Path, cache: Path) -> History:
    """The history of every text of the site. ``cache``: where what is once worked out is kept."""
    try:
        return _read(site, content, Kept(cache / "history.json", FORMAT))
    except NoHistory as reason:
        return History(reason.reason)


def _read(site: Site, content: Path, kept: Kept) -> History:
    repository = Repository.around(content)
    if repository.shallow:
        raise NoHistory("shallow")
    log = tuple(repository.log())
    documents = (origin.document for origin in site.origins.values())
    now = {d.file.removeprefix(f"{site.folder}/"): d for d in documents if d.file.endswith((".yaml", ".md"))}
    past = _Past(repository, site.languages)
    chains = _chains(log, _names(log, now, past))
    if not any(chains.values()):
        raise NoHistory("untracked")
    keys = {file: _digest(site, file, document, chains[file]) for file, document in now.items()}
    fresh = [file for file, key in keys.items() if key not in kept]
    past.fetch((blob, file) for file in fresh for _, blob in chains[file])
    for file in fresh:
        versions = [("", _meant(by_record(file, now[file], site.languages)))]
        versions += [(c.id, texts) for c, blob in chains[file] if (texts := past.records[blob, file]) is not None]
        kept[keys[file]] = changes_of(versions)
    kept.keep(keys.values())
    return History(KNOWN, _joined(log, [kept[key] for key in keys.values()]))


Chain = Sequence[tuple[Commit, str]]  # the versions of one file, newest first: commit and blob
Log = Sequence[tuple[Commit, tuple[Step, ...]]]


def _digest(site: Site, file: str, document: Document, chain: Chain) -> str:
    """Everything the changes of a file's texts follow from."""
    versions = (f"{commit.id} {blob}" for commit, blob in chain)
    return digest(file, *site.languages, document.text, document.body, *versions)


def _chains(log: Log, names: Mapping[str, str]) -> dict[str, Chain]:
    """The versions of each file. ``names``: file today → its path at HEAD. Renames are followed."""
    following = {path: file for file, path in names.items()}
    chains: dict[str, list[tuple[Commit, str]]] = {file: [] for file in names}
    for commit, steps in log:
        before: dict[str, str] = {}
        for step in steps:
            file = following.pop(step.path, "")
            if file and step.blob:
                chains[file].append((commit, step.blob))
                if not step.added:
                    before[step.old or step.path] = file
        following |= before
    return dict(chains)


def _names(log: Log, now: Mapping[str, Document], past: _Past) -> dict[str, str]:
    """Each file's path at HEAD, where one that is renamed and not committed still has its old name."""
    prefix = past.repository.prefix
    head: dict[str, str] = {}
    for _, steps in log:
        for step in steps:
            head.setdefault(step.path, step.blob)
    gone = {path.removeprefix(prefix): blob for path, blob in head.items() if blob and path.startswith(prefix)}
    gone = {file: blob for file, blob in gone.items() if file not in now and "/" in file}
    new = [file for file in now if not head.get(prefix + file) and "/" in file]
    names = {file: prefix + file for file in now}
    if not gone or not new or len(gone) * len(new) > _MOST_PAIRS:
        return names
    past.fetch((blob, file) for file, blob in gone.items())
    for file in new:
        ours = [leaf for record in _meant(by_record(file, now[file], past.languages)).values() for leaf in record]
        near = [(past.kinship(ours, blob, old), old) for old, blob in gone.items() if _alike(old, file)]
        kin, old = max(near, default=(0.0, ""))
        if kin >= _KIN:
            names[file] = prefix + old
            del gone[old]
    return names


def _alike(one: str, other: str) -> bool:
    return one.partition("/")[0] == other.partition("/")[0] and one.rpartition(".")[2] == other.rpartition(".")[2]


@dataclass
class _Past:
    """Files as they were. ``records``: texts by (blob, file); None where that version could not be read."""

    repository: Repository
    languages: Sequence[str]
    records: dict[tuple[str, str], Records | None] = field(default_factory=dict)

    def fetch(self, wanted: Iterable[tuple[str, str]]) -> None:
        files: dict[str, set[str]] = {}
        for blob, file in wanted:
            if (blob, file) not in self.records:
                files.setdefault(blob, set()).add(file)
        for blob, raw in self.repository.blobs(files):
            for file in files[blob]:
                self.records[blob, file] = self._understood(raw, file)

    def _understood(self, raw: bytes, file: str) -> Records | None:
        source = decoded(raw, file)
        if isinstance(source, Problem):
            return None
        document, _ = read_page(source) if file.endswith(".md") else read_yaml(source)
        return _meant(by_record(file, document, self.languages)) if document else None

    def kinship(self, ours: Iterable[Leaf], blob: str, file: str) -> float:
        theirs = (self.records[blob, file] or {}).values()
        return kinship(ours, [leaf for record in theirs for leaf in record])


def _meant(records: Records) -> Records:
    """The records with the meaning of their texts only."""
    return {
        key: [
            Leaf(leaf.loc, {code: meant for code, text in leaf.texts.items() if (meant := meaning(text))}, leaf.anchor)
            for leaf in record
        ]
        for key, record in records.items()
    }


Row = list[Any]  # [key, loc, {language: [[commit, appeared], …]}], as it is kept in JSON


def changes_of(versions: Sequence[tuple[str, Records]]) -> list[Row]:
    """The changes of every text of a file. ``versions``: commit (empty: not committed) and texts, newest first."""
    rows = []
    for key in versions[0][1]:
        for loc, changes in _of_record([(commit, records.get(key, ())) for commit, records in versions]).items():
            rows.append([list(key), list(loc), changes])
    return rows


def _of_record(versions: Sequence[tuple[str, Sequence[Leaf]]]) -> dict[Loc, dict[str, list[tuple[str, bool]]]]:
    threads = [_Thread(leaf) for leaf in versions[0][1]]
    for (commit, newer), (_, older) in pairwise(versions):
        if newer != older:
            before = twins(newer, older)
            for thread in threads:
                if thread.then:
                    thread.back(commit, before.get(thread.then.loc))
    for thread in threads:
        thread.back(versions[-1][0], None)
    return {thread.today.loc: thread.found for thread in threads}


class _Thread:
    """One of today's texts, followed back. ``then``: what it was in the version at hand; None before its beginning."""

    def __init__(self, today: Leaf) -> None:
        self.today = today
        self.then: Leaf | None = today
        self.followed = set(today.texts)
        self.found: dict[str, list[tuple[str, bool]]] = {code: [] for code in today.texts}

    def back(self, commit: str, was: Leaf | None) -> None:
        """Notes what ``commit`` did: before it, the text was ``was``."""
        for code in sorted(self.followed):
            assert self.then is not None
            if was is None or code not in was.texts:
                self.found[code].append((commit, True))
                self.followed.discard(code)
            elif was.texts[code] != self.then.texts[code]:
                self.found[code].append((commit, False))
        self.then = was if self.followed else None
        if was is not None and was.texts == self.today.texts and len(self.followed) == len(was.texts):
            self.found = {code: [] for code in self.found}  # changed, and changed back


def _joined(log: Log, files: Iterable[Sequence[Row]]) -> dict[Text, dict[str, tuple[Change, ...]]]:
    """The changes of all files. Of a text that stands in two files (an article's sources), the first file's."""
    moments: dict[str, tuple[int, str, datetime.date | None]] = {
        commit.id: (age, commit.id, commit.day) for age, (commit, _) in enumerate(log, start=1)
    }
    moments[""] = (0, "", None)
    joined: dict[Text, dict[str, tuple[Change, ...]]] = {}
    for rows in files:
        for key, loc, languages in rows:
            text = joined.setdefault((tuple(key), tuple(loc)), {})
            for code, changes in languages.items():
                text.setdefault(code, tuple(Change(*moments[commit], appeared) for commit, appeared in changes))
    return joined
