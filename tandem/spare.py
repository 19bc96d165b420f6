"""The spare: a second tree of the site, whose files are links to the very files of the first.

A build lays the new site down in the spare and lets the two change places; the old tree, brought up to date, is the
spare of the next build. So a build of one page touches one page, and yet the site changes in one step. The spare is
trusted only where it is known to be whole and every file in it is the very file of the site.
"""

from __future__ import annotations

import errno
import marshal
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from tandem.ledger import Ledger, Left, Stamp, inodes, stamps

INODE = 1  # in a stamp
_NEEDED = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT)  # why a folder stays: it holds something, or went before


class Spare:
    """The spare of the site ``out``. ``place``: where it lives; beside ``out`` where that is another file system."""

    @classmethod
    def of(cls, out: Path, cache: Path) -> Spare:
        return cls(out, Ledger.of(out, cache).file.with_suffix(""))

    def __init__(self, out: Path, place: Path) -> None:
        self.out, self.mark = out, place.with_suffix(".whole")
        self.lasting = _device(place) == _device(out)
        self.folder = place if self.lasting else out.parent / f".{out.name}.tandem"  # a name nobody else gives
        self.aside = self.folder.with_name(f"{self.folder.name}.old")
        self.mirrors = False

    def restore(self) -> None:
        """Puts back the site of a build that was killed while it had it aside; clears what such a build left."""
        if self.aside.exists() and not self.out.exists():
            self.aside.rename(self.out)
        clear(self.aside)

    def whole(self, site: Mapping[str, Stamp]) -> bool:
        """Whether it is a mirror of ``site``, all there is in ``out``."""
        marked = self.lasting and self.mark.is_file()
        return marked and inodes(self.folder) == {path: it[INODE] for path, it in site.items()}

    def begin(self, whole: bool) -> bool:
        """Makes ``folder`` ready to lay a new site down in: a mirror of the old where the spare is ``whole``, or empty.

        Returns whether links went with it, which changes what the file system tells of the site's files.
        """
        self.mirrors = whole and self.mark.is_file() and self.folder.is_dir()
        self.mark.unlink(missing_ok=True)
        if self.mirrors or not self.folder.exists():
            return False
        clear(self.folder)
        return True

    def complete(self, kept: Set[str], gone: Iterable[str] = (), touched: Set[str] = frozenset()) -> None:
        """What the old site has and the new one keeps comes along; what is gone goes.

        ``touched``: what others have laid there, changed or removed since the spare was a mirror.
        """
        if self.mirrors:
            _remove(self.folder, [*gone, *touched])
            kept &= touched
        for path in kept:
            _link(path, self.out, self.folder)

    def follow(self, new: Iterable[str], gone: Iterable[str]) -> None:
        """After the change of places: the old tree takes over what is new."""
        if not self.lasting or not self.folder.exists():
            return clear(self.folder)
        _remove(self.folder, [*gone, *new])
        for path in new:
            _link(path, self.out, self.folder)
        self.mirrors = True
        return None

    def end(self) -> None:
        """Says that the spare is whole, where there is one."""
        if self.mirrors:
            self.mark.touch()
        else:
            clear(self.folder)

    def lose(self) -> None:
        """Gives the spare up, as far as the disk lets go of it: it is not marked as whole."""
        self.mirrors = False
        for folder in (self.folder, self.aside):
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Standing:
    """An output folder as it stands. ``there``: every file in it. ``left``: what we wrote; None where nobody knows.

    ``whole``: tells whether its spare is, which is looked at only where somebody asks.
    """

    there: dict[str, Stamp]
    left: Left | None
    whole: Callable[[], bool]

    @classmethod
    def of(cls, out: Path, cache: Path) -> Standing:
        there = stamps(out)
        return cls(there, Ledger.of(out, cache).read(), partial(Spare.of(out, cache).whole, there))

    @classmethod
    def left_so(cls, there: dict[str, Stamp], left: Left, spared: bool) -> Standing:
        """Right after a build that left it so: nothing has to be compared."""
        standing = cls(there, left, lambda: spared)
        standing.__dict__["ours"] = standing.__dict__["kept"] = frozenset(left.stamps)
        return standing

    @cached_property
    def spared(self) -> bool:
        return self.whole()

    @cached_property
    def ours(self) -> frozenset[str] | None:
        """Which of the files there we wrote; None where nobody knows."""
        return frozenset(self.there.keys() & self.left.stamps.keys()) if self.left else None

    @cached_property
    def kept(self) -> frozenset[str]:
        """The files that stand as we left them."""
        left = self.left.stamps if self.left else {}
        return frozenset(path for path, one in left.items() if one and self.there.get(path) == one)

    @property
    def intact(self) -> bool:
        """Whether all files we wrote stand as we left them."""
        return 0 < len(self.kept) == len(self.left.stamps if self.left else ())

    def packed(self) -> bytes:
        """For another process of this very program."""
        left: Any = (self.left.stamps, self.left.grounds, self.left.imprints) if self.left else None
        return marshal.dumps((self.there, left, self.spared, self.intact))

    @classmethod
    def unpacked(cls, data: bytes) -> Standing:
        there, left, spared, intact = marshal.loads(data)  # noqa: S302 - of a child process of ours
        if left and intact:
            return cls.left_so(there, Left(*left), spared)
        return cls(there, Left(*left) if left else None, lambda: spared)


def _device(path: Path) -> int:
    """The file system a path is on, or would be."""
    while not path.exists():
        path = path.parent
    return path.stat().st_dev


def _link(path: str, there: Path, here: Path) -> None:
    """What stands at ``path`` below one folder, below another too: a second name for a file, a copy where the file
    system gives none; an empty folder where the path ends so.
    """
    old, new = there / path, here / path
    if path.endswith("/"):
        return new.mkdir(parents=True, exist_ok=True)
    for _ in range(2):
        try:
            return os.link(old, new, follow_symlinks=False)
        except FileNotFoundError:
            new.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            break
    new.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(old, new, follow_symlinks=False)
    return None


def _remove(folder: Path, paths: Iterable[str]) -> None:
    """Removes files, and folders that are left empty."""
    for path in paths:
        file = folder / path
        if not path.endswith("/"):
            file.unlink(missing_ok=True)
        elif file.is_dir() and not any(file.iterdir()):
            file.rmdir()
        for above in file.relative_to(folder).parents[:-1]:
            try:
                (folder / above).rmdir()
            except OSError as error:
                if error.errno in _NEEDED:
                    break
                raise


def clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
