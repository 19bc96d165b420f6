"""Git, read-only: the commits behind HEAD, and files as they were. The only room that runs git.

Plain git through its own commands (a handful of processes, however many files), so that worktrees, packs and hash
functions are git's business. Nothing of the user decides: no configuration of the system or the user, no pager, no
locale, no variable of a surrounding hook; nothing is fetched, written or run. File names may hold any byte.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from msgspec import Struct

from tandem.read import MAX_BYTES

_OPTIONS = (
    "--no-pager", "--no-replace-objects", "--literal-pathspecs",
    "-c", "protocol.allow=never",  # a partial clone is not completed over the network
    "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "log.showRoot=true",
)  # fmt: skip
_VARIABLES = {
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
# A quarter alike is enough, for small pages of which a link changed; a file wrongly taken for another's past shares no
# text with it, so that does no harm. In a commit with more than 1,000 files on a side only exact renames are found.
_RENAMES = ("-M25%", "-l1000")
_FILE, _LINK = "100", "120000"  # modes of a regular file (100644, 100755) and of a symbolic link


class NoHistory(Exception):
    """Why git cannot tell: ``no_git``, ``no_repository``, ``refused``, ``no_commits``, ``incomplete``, ``no_such``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Commit(Struct, frozen=True):
    """A commit of the main line. ``day``: the committer's date, in the committer's time zone."""

    id: str
    day: datetime.date


class Step(Struct, frozen=True):
    """What a commit did to one file. ``old``: its name before, where it was renamed; ``blob``: empty when removed."""

    path: str
    blob: str
    added: bool = False
    old: str = ""


class Entry(Struct, frozen=True):
    """A file of a commit; ``link``: a symbolic link."""

    path: str
    blob: str
    link: bool = False


class Repository(Struct, frozen=True):
    """The repository a folder stands in. ``prefix``: the folder's path inside it, ending in a slash unless empty."""

    git: str
    folder: Path
    prefix: str
    shallow: bool

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """Raises NoHistory where there is none, or git refuses it (another owner's, CVE-2022-24765)."""
        git = shutil.which("git")
        if not git:
            raise NoHistory("no_git")
        try:
            told = _run(git, folder, "rev-parse", "--is-shallow-repository", "--show-prefix")
        except subprocess.CalledProcessError as error:
            raise NoHistory("refused" if b"dubious ownership" in error.stderr else "no_repository") from None
        shallow, _, prefix = os.fsdecode(told).partition("\n")
        return cls(git, folder, prefix.removesuffix("\n"), shallow == "true")

    def log(self) -> Iterator[tuple[Commit, tuple[Step, ...]]]:
        """The main line from HEAD back to its root, with what each commit did to the files.

        A merge is one step of the main line: what it brought from the other side counts as its own change.
        """
        try:
            told = _run(
                self.git, self.folder, "log", "--first-parent", "--diff-merges=first-parent", "--raw", "-z",
                "--no-abbrev", "--no-relative", "--no-ext-diff", "--no-color", *_RENAMES, "--format=%H %cs", "HEAD",
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            raise NoHistory("no_commits" if b"HEAD" in error.stderr else "incomplete") from None
        tokens = iter(os.fsdecode(told).split("\0"))
        commit: Commit | None = None
        steps: list[Step] = []
        for token in tokens:
            token = token.removeprefix("\n")
            if token.startswith(":"):
                steps += _steps(token, tokens)
            elif token:
                if commit:
                    yield commit, tuple(steps)
                id, _, day = token.partition(" ")
                commit, steps = Commit(id, datetime.date.fromisoformat(day)), []
        if commit:
            yield commit, tuple(steps)

    def commit(self, revision: str) -> str:
        """The full id of a commit; NoHistory ``no_such`` where there is none of this name."""
        return self._told("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")

    def fork(self, one: str, other: str) -> str:
        """The last commit two lines have in common."""
        return self._told("merge-base", one, other)

    def changed(self, base: str) -> frozenset[str]:
        """Files below the folder, by their path below it, that HEAD has otherwise than ``base``, or no longer."""
        told = self._told("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", self.commit(base), "HEAD")
        names = told.split("\0")
        return frozenset(name[len(self.prefix) :] for name in names if name and name.startswith(self.prefix))

    def untouched(self) -> bool:
        """Whether every file of the repository is as HEAD has it, and none is new; files git is to ignore apart."""
        return not self._told("status", "--porcelain", "-z", "--untracked-files=normal")

    def _told(self, *arguments: str) -> str:
        try:
            return os.fsdecode(_run(self.git, self.folder, *arguments)).strip()
        except (subprocess.CalledProcessError, ValueError):  # ValueError: a NUL in an argument
            raise NoHistory("no_such") from None

    def files(self, commit: str) -> list[Entry]:
        """Regular files and links of ``commit`` below the folder, by their path below it."""
        tree = f"{commit}:{self.prefix}" if self.prefix else commit
        try:
            told = _run(self.git, self.folder, "ls-tree", "-r", "-z", "--full-tree", tree)
        except subprocess.CalledProcessError:
            return []
        found = []
        for line in os.fsdecode(told).split("\0")[:-1]:
            (mode, _, blob), path = line.partition("\t")[0].split(" "), line.partition("\t")[2]
            if mode.startswith(_FILE) or mode == _LINK:
                found.append(Entry(path, blob, mode == _LINK))
        return found

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Each id and its bytes (of one over the limit of content files, only so many that this shows)."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return
        with tempfile.TemporaryFile() as asked:
            asked.write("".join(f"{id}\n" for id in wanted).encode())
            asked.seek(0)
            command = [self.git, *_OPTIONS, "-C", str(self.folder), "cat-file", "--batch", "--buffer"]
            with subprocess.Popen(  # noqa: S603 - git itself, ids from git
                command, stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            ) as process:
                assert process.stdout
                for id in wanted:
                    yield id, _blob(process.stdout)


def _run(git: str, folder: Path, *arguments: str) -> bytes:
    command = [git, *_OPTIONS, "-C", str(folder), *arguments]
    done = subprocess.run(  # noqa: S603 - git itself; what the caller named stands behind --end-of-options
        command, check=True, capture_output=True, stdin=subprocess.DEVNULL, env=_environment()
    )
    return done.stdout


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, **_VARIABLES}


def _steps(token: str, tokens: Iterator[str]) -> list[Step]:
    """One line of git's raw format: ``:old-mode new-mode old-id new-id status``, then a path, or two of a rename."""
    _, mode, _, blob, status = token.removeprefix(":").split(" ")
    old = next(tokens) if status[0] in "RC" else ""
    path = next(tokens)
    if status[0] == "R":
        return [Step(old, ""), Step(path, blob if mode.startswith(_FILE) else "", old=old)]
    return [Step(path, blob if mode.startswith(_FILE) else "", added=status[0] in "AC")]


def _blob(stream: IO[bytes]) -> bytes:
    header = stream.readline().split()
    if len(header) != 3 or not re.fullmatch(rb"[0-9]{1,18}", header[2]):
        raise NoHistory("incomplete")
    size = int(header[2])
    data = stream.read(min(size, MAX_BYTES + 1))
    left = size - len(data) + 1  # git ends each object with a line feed
    while left > 0:
        left -= len(stream.read(min(left, MAX_BYTES))) or left
    return data
