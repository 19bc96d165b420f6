#!/usr/bin/env python3
"""From a save to the page: how long ``build.py serve`` takes to write what an editor saved.

    python benchmarks/serve.py [PROJECTS [SAVES]]

Starts the real command on a corpus, lengthens a text of one project and looks at its page's file until it says so:
median, least and most of all saves, in seconds. Between the saves the preview may rest, as while somebody writes.
"""

from __future__ import annotations

import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpus import ROOT, write

sys.path.insert(0, str(ROOT))

from tandem.house import House
from tandem.serve import previewed

PAUSE = 3.0  # seconds between two saves
PATIENCE = 600.0  # seconds until a page must be there


def wait(page: Path, word: str) -> float:
    """Seconds until the page says the word."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < PATIENCE:
        try:
            if word in page.read_text("utf-8"):
                return time.perf_counter() - begun
        except FileNotFoundError:
            pass
        time.sleep(0.002)
    sys.exit(f"{page} never said {word}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def saves(count: int, times: int, folder: Path, content: Path) -> list[float]:
    project = content / "projects" / f"hanke-{count // 2:06}.yaml"
    site = previewed(House(content, folder, cache=folder / ".cache")).out
    page = site / "fi" / "hankkeet" / f"hanke-{count // 2 + 1}" / "index.html"
    text = project.read_text("utf-8")
    mark = "description:\n  fi: |\n    "
    at = text.index(mark) + len(mark)
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", str(free_port()), "--content", str(content)]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = []
    try:
        print(f"first build: {wait(page, '</html>'):.1f} s", flush=True)
        time.sleep(5 * PAUSE)
        for number in range(times):
            word = "Sana" + "abcdefghij"[number % 10] * (number // 10 + 1)
            project.write_text(f"{text[:at]}{word}. {text[at:]}", "utf-8")
            found.append(wait(page, word))
            print(f"  {found[-1]:.3f} s", flush=True)
            time.sleep(PAUSE)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
    return found


def main() -> None:
    count, times = (int(one) for one in (*sys.argv[1:], *("5000", "10")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        content = write(count, folder)
        found = saves(count, times, folder, content)
        print(f"{count} projects: from save to page {statistics.median(found):.3f} s", end=" ")
        print(f"({min(found):.3f}–{max(found):.3f}, {times} saves)")


if __name__ == "__main__":
    main()
