"""One build at a time into one folder: the second waits for the first.

The lock is the system's own on an open file in .cache/ (flock(2)), so it goes with the processes that hold it, however
they end: with the build, and with the children it was working with, who might still be laying down files after it was
killed. The file itself says nothing and stays.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tandem.ledger import Ledger

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int, wait: bool) -> None:
        while True:
            try:
                return msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:  # LK_LOCK gives up after ten seconds
                    raise

else:
    import fcntl

    def _lock(file: int, wait: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


@contextmanager
def held(out: Path, cache: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Alone with ``out``, once nobody else builds into it; ``waiting`` is called before a wait.

    Where there can be no lock, nobody waits: a cache that cannot be written to stops a build before anything changes.
    """
    file = Ledger.of(out, cache).file.with_suffix(".lock")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        yield
        return
    try:
        try:
            _lock(handle, wait=False)
        except (BlockingIOError, PermissionError):  # flock's word for "somebody else", and Windows'
            waiting()
            _lock(handle, wait=True)
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(handle)
