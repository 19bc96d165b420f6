"""Lighthouse on five pages of the real site: the median of three runs each, on its slow phone.

usage: .venv/bin/python -m benchmarks.lighthouse.run [--runs N]

Needs Chromium (CHROMIUM names another than Debian's) and, once, the network: npm fetches Lighthouse into ``.cache/``.
Exits with 1 where a score is below 100.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.browser.conftest import BASE, CHROMIUM, FLAGS, HOME, ROOT, Site, laid
from tests.browser.server import served
from tests.built import Built

HERE = Path(__file__).parent
TOOLS = ROOT / ".cache" / "lighthouse"
KINDS = (("home", "fi"), ("project", "sv"), ("municipality", "fi"), ("projects", "sv"), ("article", "fi"))
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def installed() -> Path:
    """Lighthouse's program."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, TOOLS / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=TOOLS, check=True, env={**os.environ, "PATH": PATH})
    return TOOLS / "node_modules" / ".bin" / "lighthouse"


def run(program: Path, url: str) -> dict[str, float]:
    """Each category's score of 100, and the metrics in milliseconds (layout shift has no unit)."""
    with tempfile.TemporaryDirectory() as profile:
        flags = " ".join([*FLAGS, f"'{HOME}'", f"--user-data-dir={profile}"])
        command = [str(program), url, "--quiet", "--output=json", f"--chrome-flags={flags}"]
        environment = {**os.environ, "PATH": PATH, "CHROME_PATH": CHROMIUM}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    report = json.loads(done.stdout)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    return scores | {name: report["audits"][name]["numericValue"] for name in METRICS}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    program = installed()
    worst = 100.0
    with tempfile.TemporaryDirectory() as folder:
        out = laid(ROOT / "content", Path(folder))
        with served(out, BASE) as origin:
            site = Site(Built(out, f"https://example.github.io{BASE}"), origin)
            print(f"{'page':<60} perf  a11y  best  seo   LCP ms  TBT ms  CLS")
            for kind, language in KINDS:
                address = site.sample(kind, language)
                found = [run(program, site.url(address)) for _ in range(runs)]
                middle = {name: median(one[name] for one in found) for name in (*CATEGORIES, *METRICS)}
                worst = min(worst, *(middle[name] for name in CATEGORIES))
                scores = "".join(f"{middle[name]:>4.0f}  " for name in CATEGORIES)
                lcp, tbt, cls = (middle[name] for name in METRICS)
                print(f"{address:<60}{scores}{lcp:>8.0f}{tbt:>8.0f}  {cls:.3f}", flush=True)
    return 0 if worst == 100 else 1


if __name__ == "__main__":
    sys.exit(main())
