"""What the last build of an output folder was made from, so that the next does only what it must.

A file is taken for unchanged where the file system tells the same of it as before: its size, its inode, and when it
was last written and last changed. That is git's way, and like git we do not trust a file written in the very moment we
looked at it. Kept in .cache/: lost, damaged, of another program or request, it is as if nothing were known.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from tandem.house import House, shown
from tandem.kept import digest, surroundings
from tandem.ledger import TICK, UNKNOWN, Ledger, Stamp, stamp
from tandem.spare import Standing

FORMAT = 1
SECOND = 1_000_000_000  # nanoseconds: how late a coarse file system's clock may be
_PROJECTS = "content/projects/"
_CONTENT = "content"
_NAMES = (_CONTENT, "templates", "static", "program")
Inputs = Mapping[str, Stamp]


@dataclass(frozen=True)
class Request:
    """What is asked of a build, as far as it decides what is written."""

    base_url: str = ""
    strict: bool = False
    drafts: bool = False
    history: bool = False
    search: bool = True


@dataclass(frozen=True)
class Memory:
    """``request``: what was asked of the build; ``asked``: that, of whom and where, as a text. ``inputs``: every file
    it read. ``told``: what it reported.

    ``seen``: the inputs as they looked, even those written too short a time before to be known by it.
    ``known``: the name of what else the build left for the next (``outlines.py``).
    """

    file: Path
    request: Request
    asked: str
    inputs: Inputs
    told: Mapping[str, Any] = field(default_factory=dict)
    known: str = ""
    seen: Inputs = field(default_factory=dict)

    @classmethod
    def now(cls, house: House, request: Request = Request()) -> Memory:
        """The inputs as they are now; nothing known of a build."""
        file = Ledger.of(house.out, house.cache).file
        folders = [str(path.resolve()) for path in house.sources]
        said = json.dumps([FORMAT, asdict(request), folders, house.name or shown(house.content), surroundings()])
        begun = time.time_ns()
        seen = looked(house)
        known = {path: one if _settled(one, begun) else UNKNOWN for path, one in seen.items()}
        return cls(file.with_name(f"{file.stem.replace('ledger', 'memory')}.json"), request, said, known, seen=seen)

    def later(self, house: House, paths: AbstractSet[str]) -> Memory:
        """The inputs as they are now, where only these can have changed since; nothing known of a build."""
        begun = time.time_ns()
        now = looked_at(house, paths)
        gone = frozenset(paths) - now.keys()
        seen = {path: one for path, one in self.seen.items() if path not in gone} | now
        inputs = {path: one for path, one in self.inputs.items() if path not in gone}
        inputs |= {path: one if _settled(one, begun) else UNKNOWN for path, one in now.items()}
        return replace(self, inputs=inputs, seen=seen, told={}, known="")

    def last(self) -> Memory:
        """What is known of the last build with the same request; its ``inputs`` are empty where nothing is."""
        nothing = replace(self, inputs={})
        try:
            head, _, body = self.file.read_text("utf-8").partition("\n")
            kept = json.loads(body) if head == digest(body) else {}
            if kept.get("asked") != self.asked:
                return nothing
            inputs = {path: tuple(one) for path, one in kept["inputs"].items()}
            return replace(self, inputs=inputs, told=kept["told"], known=kept["known"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return nothing

    def changed(self, last: Memory, among: AbstractSet[str] = frozenset()) -> frozenset[str]:
        """The inputs that are not what they were at the last build: new, gone, or touched. ``among``: if only these."""
        paths = among or (self.inputs.keys() | last.inputs.keys())
        return frozenset(path for path in paths if not _same(self.inputs.get(path), last.inputs.get(path)))

    def moved(self, house: House, read: AbstractSet[str] = frozenset()) -> frozenset[str]:
        """The inputs that changed while they were read: a site made from them would be of two minds.

        ``read``: which were read, where that is not all.
        """
        if read:
            now = looked_at(house, read)
            return frozenset(path for path in read if self.seen.get(path) != now.get(path))
        after = looked(house)
        return frozenset(path for path in self.seen.keys() | after.keys() if self.seen.get(path) != after.get(path))

    def keep(self) -> None:
        """Remembers this build, made from ``inputs``.

        The site stands by now: where the disk fails, the next build only knows nothing of this one.
        """
        kept = {"asked": self.asked, "inputs": self.inputs, "told": self.told, "known": self.known}
        body = json.dumps(kept, separators=(",", ":"))
        new = self.file.with_suffix(".new")
        with suppress(OSError):
            new.write_text(f"{digest(body)}\n{body}", "utf-8")
            new.replace(self.file)

    def forget(self) -> None:
        self.file.unlink(missing_ok=True)


@dataclass(frozen=True)
class Past:
    """The last build seen from now: what has changed since, and how what it wrote stands (``look``, asked once).

    ``sound``: what tells sooner whether all of that is as it was left.
    """

    now: Memory
    last: Memory
    changed: frozenset[str]
    look: Callable[[], Standing]
    sound: Callable[[], bool] | None = None

    @classmethod
    def of(
        cls,
        house: House,
        request: Request = Request(),
        look: Callable[[], Standing] | None = None,
        sound: Callable[[], bool] | None = None,
    ) -> Past:
        """The last build with this request. ``look``, ``sound``: where somebody else looks already."""
        now = Memory.now(house, request)
        last = now.last()
        return cls(now, last, now.changed(last), look or (lambda: Standing.of(house.out, house.cache)), sound)

    @property
    def request(self) -> Request:
        return self.now.request

    def forgotten(self) -> Past:
        """The same without anything known of the last build."""
        self.last.forget()
        nothing = replace(self.last, inputs={}, told={}, known="")
        return replace(self, last=nothing, changed=frozenset(self.now.inputs))

    @cached_property
    def standing(self) -> Standing:
        return self.look()

    @property
    def intact(self) -> bool:
        """Whether all that the last build wrote still stands as it was left."""
        return bool(self.last.inputs) and (self.sound() if self.sound else self.standing.intact)

    @property
    def projects(self) -> frozenset[str]:
        """The projects whose files changed, by id, where nothing else did and none is new or gone; empty otherwise."""
        here = self.now.inputs.keys() & self.last.inputs.keys()
        if not all(path.startswith(_PROJECTS) and path in here for path in self.changed):
            return frozenset()
        return frozenset(path.removeprefix(_PROJECTS).removesuffix(".yaml") for path in self.changed)

    @property
    def stands(self) -> bool:
        """Whether a build would leave exactly what is there."""
        return not self.changed and self.intact


def _same(one: Stamp | None, other: Stamp | None) -> bool:
    return bool(one) and one == other


def looked(house: House) -> dict[str, Stamp]:
    """Every file below the sources. A symbolic link counts as never known, since what it leads to may change."""
    found: dict[str, Stamp] = {}
    for name, folder in zip(_NAMES, house.sources, strict=True):
        for path, one in _below(folder, name != _CONTENT).items():
            found[f"{name}/{path}"] = one
    return found


def _read(name: str, hidden: bool) -> bool:
    """Whether a file or folder of that name may be read: the content's hidden ones are not (editors' swap files)."""
    return name != "__pycache__" and (hidden or not name.startswith("."))


def _below(folder: Path, hidden: bool) -> dict[str, Stamp]:
    found: dict[str, Stamp] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            listed = os.scandir(f"{folder}/{below}")
        except FileNotFoundError:
            if below:
                continue  # it went while we looked
            raise
        with listed as entries:
            for entry in entries:
                if not _read(entry.name, hidden):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                    continue
                try:
                    found[below + entry.name] = UNKNOWN if entry.is_symlink() else stamp(entry.stat())
                except FileNotFoundError:
                    continue  # as above
    return found


def looked_at(house: House, paths: Iterable[str]) -> dict[str, Stamp]:
    """Those of these inputs that are there, as ``looked`` would find them."""
    folders = dict(zip(_NAMES, house.sources, strict=True))
    found: dict[str, Stamp] = {}
    for path in paths:
        name, _, below = path.partition("/")
        file = folders[name] / below
        with suppress(FileNotFoundError, NotADirectoryError):
            if file.is_symlink() or not file.is_dir():
                found[path] = UNKNOWN if file.is_symlink() else stamp(file.stat())
    return found


def named(house: House, files: Iterable[Path]) -> frozenset[str]:
    """What the inputs among these files are called; files are given by the real paths of their folders."""
    folders = [(name, folder.resolve()) for name, folder in zip(_NAMES, house.sources, strict=True)]
    found = ((name, file.relative_to(top)) for file in files for name, top in folders if file.is_relative_to(top))
    return frozenset(
        f"{name}/{below.as_posix()}"
        for name, below in found
        if below.parts and all(_read(part, name != _CONTENT) for part in below.parts)
    )


def _settled(one: Stamp, now: int) -> bool:
    """Whether a file was written long enough before ``now``: a second write just after could leave the same stamp."""
    latest = max(one[2:], default=now)
    return latest < now - (TICK if latest % SECOND else 2 * SECOND)
