"""A disk that fails on purpose: SQLite's method, where the Nth change of the disk fails, for every N in turn.

Python's audit hooks see whatever any Python code is about to do to the disk, however it is called, and may refuse it.
What they do not see is watched besides: bytes that go into an open file, fsync, and two folders that change places.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

KILL = -1  # the failure after which nothing is done any more
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset({
    "os.rename", "os.remove", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.truncate", "os.utime", "os.chmod",
})  # fmt: skip
_ENOUGH = frozenset({"os.remove", "os.rename", "os.rmdir", "os.utime", "os.chmod", "exchange"})  # need no room


@dataclass
class Disk:
    """Counts what is done to the disk and lets the ``nth`` change fail with ``failure``, an errno or KILL.

    ``lasting``: so do all later ones (a disk that is full stays full; what needs no room then still goes through).
    ``done``: what was done or tried, in order: what it was, to which path, and from where in the program.
    """

    nth: int = 0
    failure: int = errno.EIO
    lasting: bool = False
    done: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return 0 < self.nth <= len(self.done)

    def change(self, what: str, path: object) -> int:
        """Notes a change; the errno it is to fail with, or 0."""
        self.done.append((what, str(path), _caller()))
        number = len(self.done)
        if number < self.nth or not self.nth or (number > self.nth and not self.lasting):
            return 0
        if self.failure == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0 if self.failure == errno.ENOSPC and what in _ENOUGH and number > self.nth else self.failure

    def refuse(self, what: str, path: object) -> None:
        if failure := self.change(what, path):
            raise OSError(failure, os.strerror(failure), path if isinstance(path, (str, bytes, os.PathLike)) else None)


def _caller() -> str:
    """The line of the program that wants it: what a fault can strike in different ways."""
    frame = sys._getframe(1)
    while frame.f_back and "/tandem/" not in frame.f_code.co_filename:
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"


_present: Disk | None = None


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if _present is None:
        return
    if event in _CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING):
        _present.refuse(event, arguments[0])


sys.addaudithook(_heard)  # it can never be taken back: it sleeps while there is no disk to fail


class _File(io.FileIO):
    """A file into which half of what is written still goes when the disk fails."""

    def write(self, data: Any, /) -> int:
        assert _present
        if failure := _present.change("write", self.name):
            super().write(bytes(data)[: len(data) // 2])
            raise OSError(failure, os.strerror(failure), str(self.name))
        return super().write(data)


def _opened(
    file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None, errors: str | None = None,
    newline: str | None = None, closefd: bool = True, opener: Any = None,
) -> Any:  # fmt: skip
    if not set(mode) & set("wxa"):
        return _REAL(file, mode, buffering, encoding, errors, newline, closefd, opener)
    raw = io.BufferedWriter(_File(file, mode.replace("b", "").replace("t", ""), closefd, opener))
    return raw if "b" in mode else io.TextIOWrapper(raw, encoding, errors, newline)


_REAL = builtins.open


class _Libc:
    """The C library, whose renameat2 makes two folders change places. ``missing``: what it says where it cannot."""

    def __init__(self, missing: int) -> None:
        self.missing = missing
        self.libc = _LOAD(None, use_errno=True)

    def renameat2(self, *arguments: Any) -> int:
        assert _present
        if failure := self.missing or _present.change("exchange", arguments[1]):
            ctypes.set_errno(failure)
            return -1
        return int(self.libc.renameat2(*arguments))


_LOAD = ctypes.CDLL


@contextmanager
def disk(
    nth: int = 0, failure: int = errno.EIO, lasting: bool = False, exchange: bool = True
) -> Iterator[Disk]:  # fmt: skip
    """A disk that fails so while this lasts. ``exchange``: whether two folders can change places in one step."""
    global _present
    with pytest.MonkeyPatch.context() as patch:
        made = Disk(nth, failure, lasting)
        synced = os.fsync

        def sync(file: int) -> None:
            made.refuse("fsync", file)
            synced(file)

        patch.setattr(io, "open", _opened)
        patch.setattr(builtins, "open", _opened)
        patch.setattr(ctypes, "CDLL", lambda *_, **__: _Libc(0 if exchange else errno.EINVAL))
        patch.setattr(os, "fsync", sync)
        patch.setattr(sys, "dont_write_bytecode", True)
        _present = made
        try:
            yield made
        finally:
            _present = None


def in_a_child(work: Callable[[], object]) -> int:
    """Does ``work`` in a process of its own; its wait status: 0, or how it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]
