"""verify DIR|URL: a site in a folder or on the web, compared byte by byte with one built anew from the content."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from tandem import progress
from tandem.address import served_under
from tandem.checksums import UNKNOWN, commit, differing
from tandem.flow import build
from tandem.house import House
from tandem.ledger import files
from tandem.pinned import FOLDER
from tandem.problem import Speech, as_text, errors, printable
from tandem.served import FOR_THE_HOST, Served, Unanswered

AT_ONCE = 8  # files asked for
Difference = tuple[str, str]  # added, changed or missing; path


def add(command: argparse.ArgumentParser) -> None:
    command.description = "Builds the site anew and names every file of DIR or URL that is not the same, byte by byte."
    command.add_argument("site", metavar="DIR|URL")
    command.add_argument("--base-url", default="", metavar="URL", help="the address it was built for (a URL: itself)")
    command.add_argument("--history", action="store_true", help="it was built with --history")
    command.add_argument("--no-search", action="store_true", help="it was built with --no-search")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    """0: the same; 1: something differs, or the content has errors; 2: called wrongly, or no answer."""
    served = Served(options.site) if options.site.startswith(("http://", "https://")) else None
    folder = Path(options.site)
    if not served and not folder.is_dir():
        print(speech.say("word", "no_content", {"folder": options.site}), file=sys.stderr)
        return 2
    base_url = options.base_url or (served.url if served else "")
    if base_url and not served_under(base_url):
        print(speech.say("problem", "url.base", {"value": base_url}), file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        anew = replace(house, out=Path(place, "_site"), cache=Path(place, ".cache"))
        if (house.cache / FOLDER).is_dir():  # programs of others, which were fetched once
            shutil.copytree(house.cache / FOLDER, anew.cache / FOLDER)
        built = build(anew, base_url, history=options.history, search=not options.no_search)
        if not built.written:
            wrong = [problem for problem in built.problems if errors((problem,))]
            print("".join(f"{as_text(problem, speech)}\n" for problem in wrong), end="", file=sys.stderr)
            print(speech.count(wrong), file=sys.stderr)
            return 1
        try:
            found = list(_on_the_web(served, anew.out, base_url) if served else _in_a_folder(folder, anew.out))
        except Unanswered as failure:
            values = {"url": failure.url, "reason": failure.reason}
            print(speech.say("verify", "unanswered", values), file=sys.stderr)
            return 2
        _tell(found, len(files(anew.out)), commit(house.content), speech)
    return int(bool(found))


def _in_a_folder(folder: Path, anew: Path) -> Iterator[Difference]:
    added, missing, shared = differing(files(anew), files(folder))
    yield from (("added", path) for path in added)
    yield from (("missing", path) for path in missing)
    for path in shared:
        file = folder / path
        if file.is_symlink() or file.read_bytes() != (anew / path).read_bytes():
            yield "changed", path


def _on_the_web(served: Served, anew: Path, base_url: str) -> Iterator[Difference]:
    """A server does not say what else it has: only pages its sitemap names beside ours are seen to be added."""
    paths = sorted(files(anew))

    def judge(path: str) -> str:
        data = (anew / path).read_bytes()
        there = served.read(path, len(data))
        if there is None:
            return "" if path in FOR_THE_HOST else "missing"
        return "" if there == data else "changed"

    if paths:
        judge(paths[0])  # a server that does not answer at all is asked once, not by all
    with ThreadPoolExecutor(AT_ONCE) as threads:
        verdicts: Iterable[str] = progress.shown(threads.map(judge, paths), len(paths))
        yield from ((verdict, path) for path, verdict in zip(paths, verdicts, strict=True) if verdict)
    yield from (("added", path) for path in sorted(set(served.pages(base_url)).difference(paths)))


def _tell(found: list[Difference], files: int, built_from: str, speech: Speech) -> None:
    """A line for each file that differs, by its path; then the sum, and of which commit the comparison was."""
    for how, path in sorted(found, key=lambda one: (one[1], one[0])):
        print(speech.say("verify", how, {"path": printable(path)}))
    counts = {how: str(sum(one == how for one, _ in found)) for how in ("added", "changed", "missing")}
    known = speech.say("verify", "unknown", {}) if built_from == UNKNOWN else built_from
    values = {"files": str(files), "commit": known, **counts}
    print(speech.say("verify", "differs" if found else "same", values))
