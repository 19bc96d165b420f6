#!/usr/bin/env python3
"""Where the time of a build goes: seconds of one processor, stage by stage, and the floor beneath them.

    python benchmarks/profile.py [5000]

Everything happens in one process here, so that the stages can be told apart; ``build`` spreads reading, judging and
rendering over the processors. The floor is a bare loop that writes the same bytes to the same files.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpus import ROOT, write

sys.path.insert(0, str(ROOT))
from tandem.address import Addresses
from tandem.assets import read_assets
from tandem.checks import RULES
from tandem.checks.facts import Facts
from tandem.exports import exports
from tandem.flow import Examined, House, survey
from tandem.index import Index
from tandem.language import compiled
from tandem.load import load
from tandem.plan import plan
from tandem.render import Renderer
from tandem.spoken import Templates
from tandem.tables import Tables
from tandem.workbook import workbook
from tandem.write import Stage

T = TypeVar("T")
SHOWN = 0.05  # seconds; what takes less is not worth a line of its own


def timed(name: str, work: Callable[[], T]) -> T:
    begun = time.process_time()
    result = work()
    print(f"{name:34} {time.process_time() - begun:7.2f} s", flush=True)
    return result


def judge(facts: Facts) -> None:
    for rule in RULES:
        begun = time.process_time()
        list(rule(facts))
        took = time.process_time() - begun
        if took > SHOWN:
            print(f"  {rule.__name__:32} {took:7.2f} s")


def profile(count: int, folder: Path) -> None:
    gc.disable()  # as build does
    content = write(count, folder)
    house = House(content, folder / "_site", cache=folder / ".cache")
    site = timed("read and load", lambda: load(content).site)
    assert site
    assets = read_assets(house.static)
    index = Index(site)
    addresses = Addresses(site, index, site.settings.base_url, assets.names)
    timed("check", lambda: judge(Facts(site, addresses)))
    coverage = timed("coverage", lambda: survey(house, Examined((), site, index, addresses, assets), history=False))
    planned = timed("plan", lambda: plan(site, addresses, index, coverage, search=False))
    templates = Templates(house.templates)
    timed("compile the templates", templates.packed)
    renderer = Renderer(templates, compiled(site.catalogs), planned.frames, assets.names)
    files: dict[str, bytes] = {}
    kinds: dict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0.0, 0])
    begun = time.process_time()
    for page in planned.pages:
        start = time.process_time()
        page.make()
        made = time.process_time()
        files[page.path] = renderer.render(page)
        page.forget()
        kind = kinds[page.kind]
        kind[0] += 1
        kind[1] += made - start
        kind[2] += time.process_time() - made - (made - start)
        kind[3] += len(files[page.path])
    print(f"{'render (views made twice)':34} {time.process_time() - begun:7.2f} s")
    for name, (number, views, render, size) in sorted(kinds.items(), key=lambda item: -item[1][2]):
        if views + render > SHOWN:
            line = f"  {name:14} {number:6.0f} pages, {size / 1e6:4.0f} MB"
            print(f"{line}   views {views:6.2f} s   templates {render:6.2f} s")
    tables = Tables(addresses)
    files |= {"data/projects.xlsx": timed("spreadsheet", lambda: workbook(tables))}
    files |= timed("open data and feeds", lambda: dict(exports(planned.pages, tables)))
    stage = Stage(house.out, house.cache)
    laid = timed("lay down", lambda: {path: stage.put(path, data) for path, data in files.items()})
    timed("publish", lambda: stage.publish(laid))
    begun = time.perf_counter()
    for path, data in files.items():
        file = folder / "floor" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    size = sum(map(len, files.values())) / 1e6
    print(f"floor: {len(files)} files, {size:.0f} MB in {time.perf_counter() - begun:.2f} s on the wall")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        profile(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, Path(temporary))
