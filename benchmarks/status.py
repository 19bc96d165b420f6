#!/usr/bin/env python3
"""How long ``status`` takes on a register with a history: seconds from a cold cache, and again.

    python benchmarks/status.py [--projects 300] [--commits 5] [--keep DIR]

Makes a repository in a temporary folder (or in DIR, left there) from the small site of the tests: every project has
its own commits, each of which changes one text in one language. Prints one line a run.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START = {"fi": "on osa kuntien työtä ja se", "sv": "är en del av kommunernas arbete och det"}
FIELDS = ("summary", "description", "results", "name")


def project(number: int, version: int) -> str:
    """A project file of about 3 kB; each version after the first changes one text in one language."""

    def text(field: str, language: str, words: int) -> str:
        changes = sum(
            FIELDS[step % len(FIELDS)] == field and ("fi", "sv")[step % 2] == language for step in range(1, version)
        )
        said = f"{field} {START[language]} {_word(number)} {_word(changes)}"
        return " ".join([said, *(_word(place + 30) for place in range(words))])

    lines = []
    for field, words in (("name", 2), ("summary", 20)):
        lines += [f"{field}:", *(f"  {code}: {text(field, code, words)}" for code in ("fi", "sv"))]
    lines += ["goals:"]
    for goal in range(4):
        lines += [f"  - fi: {text(f'tavoite {goal}', 'fi', 10)}", f"    sv: {text(f'mål {goal}', 'sv', 10)}"]
    for field in ("description", "results"):
        lines += [f"{field}:"]
        for code in ("fi", "sv"):
            lines += [f"  {code}: |", f"    {text(field, code, 60)}"]
    return "\n".join([*lines, "lead: Porvoo", "themes: [paatoksenteko]", ""])


def _word(number: int) -> str:
    """A word of letters for each number; digits would be facts for the languages to agree on."""
    return "ord" + "".join("bcdfghjklm"[int(digit)] for digit in str(number))


def stream(content: Path, projects: int, commits: int) -> Iterator[bytes]:
    """The history for git fast-import: the base content first, then one project a commit."""

    def commit(number: int, files: dict[str, bytes]) -> Iterator[bytes]:
        yield f"commit refs/heads/main\ncommitter A <a@example.org> {1600000000 + number * 3600} +0200\n".encode()
        yield b"data 1\nx\n"
        for name, data in files.items():
            yield f"M 100644 inline content/{name}\ndata {len(data)}\n".encode() + data + b"\n"

    base = {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}
    yield from commit(0, base)
    for version in range(1, commits + 1):
        for number in range(projects):
            text = project(number, version).encode()
            yield from commit(version * projects + number, {f"projects/hanke-{number}.yaml": text})


def repository(folder: Path, projects: int, commits: int) -> None:
    content = folder / "base"
    shutil.copytree(ROOT / "tests" / "base" / "content", content)
    for language in ("fi", "sv"):
        shutil.copy(ROOT / "content" / language / "messages.po", content / language / "messages.po")
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    data = b"".join(stream(content, projects, commits))
    subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet"], input=data, check=True)
    subprocess.run(["git", "-C", str(folder), "reset", "-q", "--hard", "main"], check=True)
    shutil.rmtree(content)


def timed(folder: Path) -> tuple[float, float]:
    """Seconds of the clock, and of the processor: git's are among them."""
    begun, used = time.perf_counter(), _used()
    command = [sys.executable, str(ROOT / "build.py"), "status", "--content", str(folder / "content"), "--lang", "en"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun, _used() - used


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, default=300)
    parser.add_argument("--commits", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "register"
        repository(folder, options.projects, options.commits)
        print(f"{options.projects} projects x {options.commits} commits")
        for run in ("cold", "kept", "kept"):
            clock, processor = timed(folder)
            print(f"{run}: {clock:.2f} s ({processor:.2f} s of the processor)")


if __name__ == "__main__":
    main()
