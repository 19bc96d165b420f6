#!/usr/bin/env python3
"""Kills builds at random moments, and asks what is left: the old site or the new, whole; and is the next build clean?

    python benchmarks/kills.py [MOMENTS] [SEED] [--search]

Half of the builds are first ones, half go over an old site. Three of four lose the whole process group at once, as when
a container is taken away; every fourth only the first process, as when memory runs out, so that its children are left
behind. A third of the moments lie in the last quarter of a build, where it publishes.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def sources(folder: Path, projects: int) -> tuple[Path, Path]:
    """Two states of one small register, the second with texts changed, projects added and projects removed."""
    made = []
    for name, first in (("one", 0), ("two", projects // 5)):
        content = folder / name
        shutil.copytree(ROOT / "tests" / "base" / "content", content)
        for language in ("fi", "sv"):
            shutil.copy(ROOT / "content" / language / "messages.po", content / language / "messages.po")
        for number in range(first, first + projects):
            words = f"{{fi: Hanke {number}, sv: Projekt {number}}}"
            text = f"name: {words}\nsummary: {{fi: Lyhyt {name}., sv: Kort {name}.}}\nlead: Porvoo\n"
            (content / "projects" / f"p-{number}.yaml").write_text(text, "utf-8")
        made.append(content)
    return made[0], made[1]


@dataclass
class Kills:
    """A folder in which builds are killed, and a count of what came of it."""

    folder: Path
    projects: int = 60
    search: bool = False
    tally: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.states = sources(self.folder / "states", self.projects)
        self.house = self.folder / "house"
        self.house.mkdir()
        self.sites: list[Tree] = []
        self.seconds = 0.0
        for state in self.states:
            self.lay(state)
            begun = time.monotonic()
            assert self.build().wait() == 0
            self.seconds = max(self.seconds, time.monotonic() - begun)
            self.sites.append(tree(self.house / "_site"))
            self.forget()

    def lay(self, state: Path) -> None:
        shutil.rmtree(self.house / "content", ignore_errors=True)
        shutil.copytree(state, self.house / "content")

    def forget(self) -> None:
        for name in ("_site", ".cache"):
            shutil.rmtree(self.house / name, ignore_errors=True)

    def build(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(ROOT / "build.py"), "build", "--content", "content", "--jobs", "2"]
        return subprocess.Popen(
            command if self.search else [*command, "--no-search"],
            cwd=self.house,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def run(self, moments: int, seed: int) -> None:
        """Kills ``moments`` builds, half of them over an old site; those that had ended before are not counted."""
        chance = random.Random(seed)
        old = 0
        for number in count():
            if self.tally["killed"] == moments:
                break
            first = number % 2 == 0
            if first:
                self.forget()
            elif not (self.house / "_site").exists():
                old = 1
            new = 1 - old
            self.lay(self.states[new])
            late = chance.random() < 1 / 3
            moment = self.seconds * chance.uniform(0.75 if late else 0, 1)
            alone = number % 8 in (2, 7)
            if self.kill(moment, alone):
                self.tally["of first builds" if first else "over an old site"] += 1
                self.tally["only the first process" if alone else "the whole group"] += 1
            self.judge({} if first else self.sites[old], self.sites[new], f"{number}: {moment:.2f} s")
            old = new
            if sys.stderr.isatty():
                print(f"\r{number + 1}", end="", file=sys.stderr, flush=True)

    def kill(self, moment: float, alone: bool) -> bool:
        """Whether there was still something to kill."""
        building = self.build()
        try:
            building.wait(moment)
        except subprocess.TimeoutExpired:
            (os.kill if alone else os.killpg)(building.pid, signal.SIGKILL)
        killed = building.wait() == -signal.SIGKILL
        self.tally["killed" if killed else "ended before"] += 1
        return killed

    def judge(self, old: Tree, new: Tree, what: str) -> None:
        left = tree(self.house / "_site")
        self.note("old" if left == old else "new" if left == new else "mixture", what, bad="mixture")
        beside = {path.name for path in self.house.iterdir()} - {"content", "_site", ".cache"}
        self.note("left beside the site by the kill" if beside else "", f"{what} {beside}")
        begun = time.monotonic()
        after = self.build()
        said = after.communicate()[1].decode()
        self.seconds += (time.monotonic() - begun - self.seconds) / 4  # as busy as the machine is now
        if "another build" in said:
            self.tally["next build waited for orphans"] += 1
        clean = after.returncode == 0 and tree(self.house / "_site") == new
        self.note("next build clean" if clean else "next build not clean", what + said, bad="next build not clean")
        beside = {path.name for path in self.house.iterdir()} - {"content", "_site", ".cache"}
        self.note("left beside it for good" if beside else "", f"{what} {beside}", bad="left beside it for good")
        strays = [path.name for path in (self.house / ".cache").glob("*.new")]
        self.note("left in the cache for good" if strays else "", f"{what} {strays}", bad="left in the cache for good")

    def note(self, key: str, what: str, bad: str = "?") -> None:
        if key:
            self.tally[key] += 1
        if key == bad:
            self.wrong.append(f"{key}: {what}")


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "--search"]
    moments, seed = (int(word) for word in [*words, *("200", "1")[len(words) :]][:2])
    with tempfile.TemporaryDirectory() as folder:
        kills = Kills(Path(folder), search="--search" in sys.argv)
        print(f"seed {seed}; a build takes {kills.seconds:.1f} s, {len(kills.sites[1])} files")
        kills.run(moments, seed)
    for key, number in kills.tally.items():
        print(f"{number:6} {key}")
    for line in kills.wrong:
        print(line, file=sys.stderr)
    return int(bool(kills.wrong))


if __name__ == "__main__":
    sys.exit(main())
