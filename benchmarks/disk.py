#!/usr/bin/env python3
"""SQLite's method with whole builds: the Nth change of the disk fails, for every N. (tests/test_disk.py: publishing.)

    python benchmarks/disk.py [STEP]

A first build, a build over an old site, and one of a text that only its own page shows. For every STEP-th N, in turn:
the disk is full from there on, fails once, refuses from there on, or the build is killed there. Then: is it the old
site or the new? Is the next build a clean one? Was anything else touched?
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tandem.flow import build  # noqa: E402 - the program of the folder this file is in
from tandem.house import House  # noqa: E402
from tests.disk import KILL, disk  # noqa: E402

FAILURES = (("full", errno.ENOSPC, True), ("once", errno.EIO, False), ("refused", errno.EACCES, True), ("", KILL, True))
WAYS = ("first", "over an old site", "own page")
Tree = dict[str, bytes | None]


def all_of(folder: Path) -> Tree:
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


class Sweep:
    """One way to build, with a fault at each of its steps."""

    def __init__(self, folder: Path, way: str) -> None:
        self.folder, self.way = folder, way
        self.tally: Counter[str] = Counter()
        self.wrong: list[str] = []
        content = folder / "content"
        shutil.copytree(ROOT / "tests" / "base" / "content", content)
        for language in ("fi", "sv"):
            shutil.copy(ROOT / "content" / language / "messages.po", content / language / "messages.po")
        (folder / "static").mkdir()
        for name in ("css", "js", "img"):
            shutil.copytree(ROOT / "static" / name, folder / "static" / name)
        self.house = House(content, folder / "_site", static=folder / "static", cache=folder / ".cache")
        self.project = content / "projects" / "helmi.yaml"
        text = self.project.read_text("utf-8")
        if way == "own page":
            self.texts = (text + "results: {fi: A., sv: A.}\n", text + "results: {fi: B., sv: B.}\n")
        else:
            self.texts = (text, text.replace("fi: Helmi\n", "fi: Helmi ja helmi\n"))
        self.sites: list[Tree] = []
        for version in (0, 1):
            self.forget()
            self.lay(version)
            self.build()
            self.sites.append(all_of(self.house.out))

    def forget(self) -> None:
        for folder in (self.house.out, self.house.cache):
            shutil.rmtree(folder, ignore_errors=True)

    def lay(self, version: int) -> None:
        self.project.write_text(self.texts[version], "utf-8")

    def build(self) -> None:
        assert build(self.house, search=False, jobs=1).written

    def prepare(self) -> Tree:
        """Everything as it is before the build that is to fail; what the old site is."""
        if self.way == "first":
            self.forget()
            self.lay(1)
            return {}
        self.lay(0)
        self.build()
        self.build()
        self.lay(1)
        return self.sites[0]

    def run(self, step: int) -> None:
        self.prepare()
        with disk() as good:
            self.build()
        self.tally["steps of a build"] = len(good.done)
        for nth in range(1, len(good.done) + 1, step):
            self.strike(nth, *FAILURES[nth // step % len(FAILURES)])

    def strike(self, nth: int, name: str, failure: int, lasting: bool) -> None:
        old = self.prepare()
        around = {path.name for path in self.folder.iterdir()}
        child = os.fork()
        if child == 0:
            try:
                with disk(nth, failure, lasting):
                    self.build()
            except OSError:
                os._exit(7)
            except BaseException:
                os._exit(8)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        what = f"{self.way}: step {nth}, {name or 'killed'}"
        ended = "killed" if status == signal.SIGKILL else {0: "built", 7: "refused"}.get(status >> 8, "crashed")
        left = all_of(self.house.out)
        found = "old site" if left == old else "new site" if left == self.sites[1] else "mixture"
        self.tally[f"{ended}: {found}"] += 1
        if found == "mixture" or ended == "crashed" or (ended, found) == ("refused", "new site"):
            self.wrong.append(f"{what}: {ended}, {found}")
        self.build()
        clean = all_of(self.house.out) == self.sites[1]
        self.tally["next builds clean"] += clean
        if not clean:
            self.wrong.append(f"{what}: next build not clean")
        if {path.name for path in self.folder.iterdir()} - {"_site", ".cache"} != around - {"_site", ".cache"}:
            self.wrong.append(f"{what}: something beside the site")


def main() -> int:
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    wrong = []
    for way in WAYS:
        with tempfile.TemporaryDirectory() as folder:
            sweep = Sweep(Path(folder), way)
            sweep.run(step)
        print(f"{way}: {', '.join(f'{count} {key}' for key, count in sweep.tally.items())}", flush=True)
        wrong += sweep.wrong
    print("\n".join(wrong), file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
