"""Projects laid by: one that was read and found sound is not read again, and its texts wait on disk for its page.

A project is sound where nothing is wrong with its file by rules of its own. It is laid by under the digest of its file
as its outline, its gist, and the texts that its own page alone shows. The shelf is one file in .cache/, of one program
and one set of settings, places and terms; lost, damaged or of others it is empty, and a damaged entry is none. Where
the disk takes nothing, entries stay in memory.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import pickle
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from tandem.house import House
from tandem.kept import digest, program, surroundings
from tandem.model import OWN, Project
from tandem.read import Loc

FORMAT = 1
_SUM = hashlib.sha256().digest_size
_HEAD = _SUM + 4  # bytes before the head of an entry: its digest, and the length of the head
_FOOT = 8 + _SUM  # bytes at the end of the file: where the list of entries begins, and the digest of the list

Standing = tuple[Loc, tuple[str, ...]]
"""One text of a record: where it stands, and in which languages."""


class Gist(NamedTuple):
    """What later stages ask of a project's file, once it is judged.

    ``told``: the digest of what it tells the rest of the site: its outline, and which texts it has at all.
    ``texts``: every text it has, in the order of the file.
    """

    told: str
    texts: tuple[Standing, ...]


class Entry(NamedTuple):
    """A project laid by. ``spot``: where it lies and its length, if it is on the shelf from before."""

    key: str
    data: bytes
    spot: tuple[int, int] = (0, 0)

    def unpacked(self) -> tuple[Project, Gist]:
        """The outline and the gist."""
        outline, told, texts = pickle.loads(memoryview(self.data)[_HEAD:])  # noqa: S301 - our own, whole, of this program
        return outline, Gist(told, texts)


def packed(key: str, project: Project, gist: Gist) -> Entry:
    head = pickle.dumps((project.outline(), *gist), pickle.HIGHEST_PROTOCOL)
    own = pickle.dumps({name: getattr(project, name) for name in OWN}, pickle.HIGHEST_PROTOCOL)
    body = len(head).to_bytes(_HEAD - _SUM, "big") + head + own
    return Entry(key, hashlib.sha256(body).digest() + body)


@dataclass
class Shelf:
    """``file``: where it is kept; None: nowhere but in memory. ``lent``: it is only read."""

    file: Path | None = None
    lent: bool = False
    _asked: bytes = b""
    _known: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    _old: BinaryIO | None = None
    _new: BinaryIO | None = None
    _spots: dict[str, tuple[BinaryIO, int, int]] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)
    _held: dict[str, bytes] = field(default_factory=dict)
    _shared: dict[tuple[Standing, ...], tuple[Standing, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, house: House, lent: bool = False) -> Shelf:
        """The shelf of a content folder."""
        name = hashlib.sha256(os.fsencode(house.content.resolve())).hexdigest()[:16]
        return cls(house.cache / f"shelf-{name}", lent)

    def forget(self) -> None:
        if self.file:
            self.file.unlink(missing_ok=True)

    def open(self, *circumstances: object) -> None:
        """Finds what lies there from before. ``circumstances``: what else than its file decides what a project is."""
        told = map(repr, circumstances)
        self._asked = f"tandem shelf {FORMAT} {digest(*surroundings(), program(), *told)}\n".encode()
        with suppress(OSError, ValueError):
            if self.file:
                self._old = self.file.open("rb")
                self._known = _listed(self._old, self._asked)

    def key(self, id: str, raw: bytes) -> str:
        return hashlib.sha256(id.encode() + b"\0" + raw).hexdigest()

    def find(self, key: str) -> Entry | None:
        """What was laid by under ``key``; None where that is nothing, or damaged."""
        spot = self._known.get(key)
        data = _read(self._old, *spot) if spot and self._old else b""
        return Entry(key, data, spot or (0, 0)) if _whole(data) else None

    def lay(self, id: str, entry: Entry) -> tuple[Project, Gist]:
        """Lays a project by, and gives what must not wait: its outline and its gist."""
        self._keys[id] = entry.key
        if self._old and entry.spot[1]:
            self._spots[id] = (self._old, *entry.spot)
        else:
            self._write(id, entry.data)
        outline, found = entry.unpacked()
        return outline, Gist(found.told, self._shared.setdefault(found.texts, found.texts))

    def own(self, id: str) -> Mapping[str, Any]:
        """What the project's own page alone shows of it. Raises OSError where the disk has lost it meanwhile."""
        data = self._held.get(id) or _read(*self._spots[id])
        if not _whole(data):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(self.file))
        start = _HEAD + int.from_bytes(data[_SUM:_HEAD], "big")
        found: Mapping[str, Any] = pickle.loads(memoryview(data)[start:])  # noqa: S301 - as above
        return found

    def keep(self) -> None:
        """Leaves on disk what was laid by and nothing else. A disk that takes nothing is no fault."""
        if (
            self.file
            and not self.lent
            and not self._held
            and (self._new or self._known.keys() != set(self._keys.values()))
        ):
            with suppress(OSError):
                self._close(self._new or self._begun(), self.file)
        self._keys, self._known = {}, {}

    def _close(self, new: BinaryIO, file: Path) -> None:
        listed = {}
        for id, (lies, offset, length) in self._spots.items():
            if lies is not new:
                offset = _written(new, _read(lies, offset, length))
            listed[self._keys[id]] = (offset, length)
        told = json.dumps(listed, separators=(",", ":")).encode()
        start = _written(new, told)
        _written(new, start.to_bytes(_FOOT - _SUM, "big") + hashlib.sha256(told).digest())
        file.with_suffix(".new").replace(file)

    def _write(self, id: str, data: bytes) -> None:
        try:
            self._new = self._new or self._begun()
            self._spots[id] = (self._new, _written(self._new, data), len(data))
        except OSError:
            self._held[id] = data

    def _begun(self) -> BinaryIO:
        if self.file is None or self.lent:
            raise OSError
        self.file.parent.mkdir(parents=True, exist_ok=True)
        path = self.file.with_suffix(".new")
        path.unlink(missing_ok=True)  # whoever reads what a build before left there, or another one writes, keeps it
        new = path.open("x+b", buffering=0)
        _written(new, self._asked)
        return new


def _written(file: BinaryIO, data: bytes) -> int:
    """Where ``data`` stands, now at the end of the file. Raises OSError where not all of it found room."""
    start = file.seek(0, os.SEEK_END)
    if file.write(data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return start


def _read(file: BinaryIO, offset: int, length: int) -> bytes:
    """Part of a file, wherever others who share it are reading."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, offset)
    file.seek(offset)
    return file.read(length)


def _whole(data: bytes) -> bool:
    return len(data) > _HEAD and hashlib.sha256(memoryview(data)[_SUM:]).digest() == data[:_SUM]


def _listed(file: BinaryIO, asked: bytes) -> dict[str, tuple[int, int]]:
    """Where each entry of an old shelf lies. Empty where it is of other circumstances or damaged."""
    end = file.seek(0, os.SEEK_END)
    foot = _read(file, max(0, end - _FOOT), _FOOT)
    start = int.from_bytes(foot[: _FOOT - _SUM], "big")
    if _read(file, 0, len(asked)) != asked or not len(asked) <= start < end:
        return {}
    told = _read(file, start, end - _FOOT - start)
    if hashlib.sha256(told).digest() != foot[_FOOT - _SUM :]:
        return {}
    return {key: (offset, length) for key, (offset, length) in json.loads(told).items()}
