"""Bytes to disk: a whole new site is staged beside the old one, then the two change places in one step.

Where one file is all that changes and no second tree stands ready, that file alone takes the old one's place.

Files whose bytes did not change keep their inode. Only what we wrote is ever removed; a file or an empty folder that
somebody else laid into the output folder stays, even where it was laid there while we built. A folder that is not ours
is refused before anything is touched.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import time
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from tandem.ledger import FOLDER, TICK, UNKNOWN, Ledger, Left, Stamp, inodes, stamp, stamps
from tandem.spare import INODE, Spare, Standing
from tandem.whose import Foreign, Others, ours, passing, refuse_sources

NOTHING = Left({})
_CHANGED = 3  # in a stamp: the time of the last change
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_UNABLE = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM, errno.EXDEV)  # to exchange, not to rename


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written and removed. ``size``: bytes of the whole site."""

    written: int
    removed: int
    size: int = field(default=0, compare=False)


class Stage:
    """A whole new site, laid down file by file: what is the same is kept, what is new is written.

    ``sources``: folders that must not be written into. Raises Foreign where ``out`` is one of them, above or below
    one, or holds files and no site of ours; OSError where the disk fails, the old site then being as it was. ``put``
    may be called in any process.

    The new site is built up in the *spare*: the site before last, kept in ``cache`` as a second tree of links to the
    same files, so that a small change costs little. A single file takes the old one's place without. Where ``cache`` is
    on another file system, the new site is made beside ``out``. ``standing``: how ``out`` stands, where somebody has
    just looked.
    """

    def __init__(
        self, out: Path, cache: Path, sources: tuple[Path, ...] = (), standing: Standing | None = None
    ) -> None:
        refuse_sources(out, sources)
        self.out, self.ledger, self.spare = out, Ledger.of(out, cache), Spare.of(out, cache)
        self.spare.restore()
        standing = standing or Standing.of(out, cache)
        self.there, self.standing = standing.there, standing
        self.ours = ours(out, standing)
        self.folder, self.latest = self.spare.folder, 0
        if self.spare.begin(standing.spared):
            self.there = stamps(out)
        self.others = Others(self.there.keys() - self.ours)

    def put(self, path: str, data: bytes) -> bool:
        """Lays down a file; True where these bytes do not stand there already."""
        if self.others.bar(path):
            raise Foreign(self.out)
        if path in self.there and _holds(self.out / path, data):
            return False
        _write(self.folder / path, data)
        return True

    def read(self, path: str) -> bytes:
        """What the new site has at ``path``, once it is laid down or kept."""
        new = self.folder / path
        return (new if new.exists() else self.out / path).read_bytes()

    def publish(self, laid: Mapping[str, bool], left: Left = NOTHING, again: bool = True) -> Written:
        """Puts the new site in the place of the old in one step. ``laid``: every path of it, and whether it is new.

        ``left``: what its pages are made from. ``again``: whether others had time to lay something there meanwhile.
        """
        new = {path for path, fresh in laid.items() if fresh}
        gone: Set[str] = self.ours - laid.keys()
        if self.standing.ours is None:  # of what we wrote only its marks tell
            gone = {path for path in gone if passing(self.out, path)}
            self.others = Others(self.others.paths | (self.ours - laid.keys() - gone))
            self.ours -= self.others.paths
        alone = len(new) == 1 and not gone and new <= self.there.keys() and not self.spare.mirrors
        whole = not alone and bool(new or gone or not self.out.is_dir())
        if whole:
            touched = self._look_again(laid.keys()) if again else frozenset[str]()
            self.spare.complete((laid.keys() - new) | (self.others.paths - laid.keys()), gone, touched)
            self._keep_modes()
        if whole or alone:
            self.ledger.write(Left(dict.fromkeys(self.ours | laid.keys(), UNKNOWN)))
        if whole:
            _swap(self.folder, self.out, self.spare.aside)
        for path in new if alone else ():
            (self.folder / path).replace(self.out / path)
        try:
            self._note(laid, new, gone, whole, left)
        except OSError:  # the site stands; the next build only finds less made ready for it
            self.spare.lose()
            self.standing = Standing({}, None, lambda: False)
        return Written(len(new), len(gone), sum(one[0] for path, one in self.there.items() if path in laid))

    def _look_again(self, laid: Set[str]) -> Set[str]:
        """What others have laid into the old site, changed or removed since we looked at it."""
        now, theirs = inodes(self.out), self.others.paths
        touched = now.keys() - self.there.keys()
        touched |= {path for path in theirs if now.get(path) != self.there[path][INODE]}
        self.others = Others((theirs | touched) & now.keys())
        if touched and any(map(self.others.bar, laid)):
            raise Foreign(self.out)
        for path in touched - laid:
            self.there.pop(path, None)
            if path in now:
                self.there[path] = FOLDER if path.endswith("/") else stamp((self.out / path).lstat())
        return touched - laid

    def _keep_modes(self) -> None:
        """The folders that others lay files into stay as open to them as they were."""
        for folder in ("", *self.others.folders):
            with suppress(OSError):
                shutil.copymode(self.out / folder, self.folder / folder)

    def _note(self, laid: Mapping[str, bool], new: Set[str], gone: Set[str], whole: bool, left: Left) -> None:
        """Makes spare and ledger ready for the next build. ``whole``: whether the two trees changed places."""
        touched = new
        if whole:
            if not self.spare.mirrors:  # a link more changes what the file system tells of a file
                touched = laid.keys()
            self.spare.follow(new, gone)
        self.there |= {path: stamp((self.out / path).lstat()) for path in touched}
        for path in gone:
            self.there.pop(path, None)
        left = replace(left, stamps={path: self.there[path] for path in laid} if self.others.paths else self.there)
        self.ledger.write(left)
        self.spare.end()
        self.standing = Standing.left_so(self.there, left, self.spare.mirrors)
        self.latest = _latest(self.there[path] for path in touched)

    def settle(self) -> None:
        """Waits until the file system's clock has moved on, so that whoever writes after us leaves a later time."""
        _settle(self.latest)


def make_ready(out: Path, cache: Path) -> None:
    """Makes the spare of a site that stands as we left it, where there is time, so that the next build need not.

    A link more changes what the file system tells of a file, and nothing else of it may have changed meanwhile.
    """
    standing, ledger, spare = Standing.of(out, cache), Ledger.of(out, cache), Spare.of(out, cache)
    if standing.spared or not standing.intact or not standing.left or not spare.lasting:
        return
    spare.begin(whole=False)
    spare.complete(standing.there.keys())
    there = {path: (one, standing.there.get(path)) for path, one in stamps(out).items()}
    same = {path: now for path, (now, old) in there.items() if old and now[:_CHANGED] == old[:_CHANGED]}
    ledger.write(replace(standing.left, stamps={path: same.get(path, UNKNOWN) for path in standing.left.stamps}))
    spare.mirrors = True
    spare.end()
    _settle(_latest(same.values()))


def publish(files: Mapping[str, bytes], out: Path, cache: Path, sources: tuple[Path, ...] = ()) -> Written:
    """Makes ``out`` hold exactly ``files`` (path below it → bytes) and what others laid there."""
    stage = Stage(out, cache, sources)
    written = stage.publish({path: stage.put(path, data) for path, data in files.items()})
    stage.settle()
    return written


def _latest(written: Iterable[Stamp]) -> int:
    """When the last of these files was written or changed, in nanoseconds."""
    return max((max(one[2:]) for one in written), default=0)


def _settle(latest: int) -> None:
    rest = latest + TICK - time.time_ns()
    if 0 < rest <= TICK:
        time.sleep(rest / 1e9)


def _holds(file: Path, data: bytes) -> bool:
    return not file.is_symlink() and file.stat().st_size == len(data) and file.read_bytes() == data


def _write(file: Path, data: bytes) -> None:
    """Writes a file that no other name leads to: what stood there may be linked to from the old site."""
    try:
        with file.open("xb") as stream:
            stream.write(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except FileExistsError:
        file.unlink()
        file.write_bytes(data)


def _swap(stage: Path, out: Path, aside: Path) -> None:
    """Puts ``stage`` in the place of ``out``; the old site is then in ``stage``.

    Where two folders cannot change places at once, ``out`` goes ``aside`` first: for a moment there is no site.
    """
    if not out.exists():
        out.parent.mkdir(parents=True, exist_ok=True)
        stage.rename(out)
    elif not _exchanged(stage, out):
        out.rename(aside)
        try:
            stage.rename(out)
        except OSError:
            aside.rename(out)
            raise
        with suppress(OSError):
            aside.rename(stage)


def _exchanged(one: Path, other: Path) -> bool:
    """Linux's renameat2(RENAME_EXCHANGE): both names change places at once. False where that cannot be done."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    failure = ctypes.get_errno()
    if failure in _UNABLE:
        return False
    raise OSError(failure, os.strerror(failure), str(other))
