"""Coverage-guided fuzzing of everything that reads what strangers write: libFuzzer, by way of atheris.

    pip install --require-hashes -r locks/bench.txt
    python benchmarks/fuzz.py [--seconds 60] [TARGET …]        one after the other; a table at the end
    python benchmarks/fuzz.py --again FILE TARGET              one input once more, with its traceback

A finding is an exception that no reader may raise, an answer that breaks its promise, or over ten seconds.
It is mended and becomes a case in tests/hostile.py. What was learnt stays in ``.cache/fuzz/`` for the next run.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".cache" / "fuzz"
BASE = ROOT / "tests" / "base" / "content"
SLOW = 10  # seconds for one input
LONGEST = 8192  # bytes of one input
sys.path.insert(0, str(ROOT))

Target = Callable[[bytes], object]


class Runs(HTMLParser):
    """Says whether anything in HTML would run or reach out by itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "svg", "math", "object", "embed", "base", "form", "meta", "link"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(name)
            if name in ("href", "src") and re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE):
                self.found.append(value or "")


def yaml() -> Target:
    from tandem.problem import Problem
    from tandem.read import decoded, read_page, read_yaml, scalars

    def read(data: bytes) -> None:
        source = decoded(data, "a.yaml")
        if isinstance(source, Problem):
            return
        scalars(source.text)
        for document, problems in (read_yaml(source), read_page(source)):
            if document is not None:
                document.where("name", "fi")
                document.where_in(("summary",), "a")
            assert document is not None or problems
            lines = source.text.count("\n") + 1
            assert all(1 <= problem.where.line <= lines + 1 for problem in problems), problems

    return read


def project() -> Target:
    """A file of a project: read, shaped, and every value judged."""
    from tandem.fields import Knowledge
    from tandem.load import load
    from tandem.model import Project
    from tandem.problem import Problem, Speech
    from tandem.read import decoded, read_yaml
    from tandem.shape import shape
    from tandem.site import Origin

    site = load(BASE).site
    assert site
    known, speech = Knowledge(site.languages, site.places), Speech("sv")

    def read(data: bytes) -> None:
        source = decoded(data, "a.yaml")
        document = None if isinstance(source, Problem) else read_yaml(source)[0]
        if document is None:
            return
        record, problems = shape(Project, document.data, Origin(document), known)
        assert record is not None or problems
        for problem in problems:
            assert speech.message(problem)
            speech.hint(problem)

    return read


def pair() -> Target:
    """Two halves of one text, held against each other by every rule; whatever is told of them can be said."""
    from dataclasses import replace

    from tandem.address import Addresses
    from tandem.checks import OF_ONE, check
    from tandem.checks.facts import Facts
    from tandem.fields import Knowledge
    from tandem.index import Index
    from tandem.load import load
    from tandem.model import Project
    from tandem.problem import Speech
    from tandem.read import Source, read_yaml
    from tandem.scribe import scribe
    from tandem.shape import shape
    from tandem.site import Origin

    site = load(BASE).site
    assert site
    site = replace(site, projects={}, pages={}, articles={}, rounds={}, themes={})
    addresses = Addresses(site, Index(site), site.settings.base_url)
    known, speech = Knowledge(site.languages, site.places), Speech("fi")

    def read(data: bytes) -> None:
        left, right = map(_letters, data.partition(b"\x1f")[::2])
        if not left.strip() or not right.strip():
            return
        names = {"fi": "Hanke", "sv": "Projekt"}
        tree = {"name": names, "summary": names, "description": {"fi": left, "sv": right}}
        document, problems = read_yaml(Source("a.yaml", scribe(tree)))
        assert document is not None, problems
        record, _ = shape(Project, document.data, Origin(document), known)
        if record is None:
            return
        record = record.model_copy(update={"id": "a"})
        origins = {**site.origins, ("project", "a"): Origin(document)}
        seen = replace(site, projects={"a": record}, origins=origins)
        for problem in check(Facts(seen, addresses), OF_ONE):
            assert speech.message(problem)
            assert 1 <= problem.where.line <= document.text.count("\n") + 1, problem

    return read


def csv() -> Target:
    from tandem.problem import Problem
    from tandem.read import decoded
    from tandem.register import load_places
    from tandem.sheet import read_csv

    regions = _table(BASE / "regions.csv")

    def read(data: bytes) -> None:
        source = decoded(data, "municipalities.csv")
        if isinstance(source, Problem):
            return
        table, _ = read_csv(source)
        places, _ = load_places(table, regions, ("fi", "sv"))
        for row in range(len(table.rows)):
            for column in table.columns:
                table.where(row, column)
        for place in places.municipalities.values():
            assert place.lat is None or -90 <= place.lat <= 90
            assert place.population is None or 0 <= place.population < 10**12

    return read


def markdown() -> Target:
    from tandem.markup import linked, mark

    def read(data: bytes) -> None:
        text = _letters(data)
        marked = mark.__wrapped__(text, "kuvaus-")
        assert not (found := Runs(marked.html).found), found
        assert not (found := Runs(linked(marked, lambda address: '"><script>' + address)).found), found

    return read


def form() -> Target:
    from tandem.forms import recognised
    from tandem.petition import every_form, replaced
    from tandem.read import Source, read_yaml

    text = (BASE / "projects" / "helmi.yaml").read_text("utf-8")
    known = every_form()

    def read(data: bytes) -> None:
        body = _letters(data)
        recognised(body, known)
        for loc in (("name", "fi"), ("goals", 0, "sv"), ("lead",), ("results", "fi"), ("funding", 0, "amount")):
            new = replaced(text, loc, body)
            if new is not None:
                now, was = read_yaml(Source("a", new))[0], read_yaml(Source("a", text))[0]
                assert now
                assert was
                assert {key for key in now.data if now.data[key] != was.data.get(key)} <= {loc[0]}

    return read


def cells() -> Target:
    """CSV; a zip file's bytes; or a workbook with one part replaced."""
    from tandem.cells import Unreadable, sheets_of

    with zipfile.ZipFile(io.BytesIO(_book())) as book:
        parts = {name: book.read(name) for name in sorted(book.namelist())}

    def read(data: bytes) -> None:
        kind, rest = data[:1], data[1:]
        if kind in b"cz":
            made = rest if kind == b"c" else b"PK" + rest
        else:
            replaced = sorted(parts)[ord(kind) % len(parts)]
            made = _zipped({**parts, replaced: rest})
        try:
            sheets = sheets_of(made)
        except Unreadable:
            return
        assert all(isinstance(cell, str) for sheet in sheets for row in sheet.rows for cell in row)

    return read


def site() -> Target:
    """A whole small site with one file replaced, read and judged: the first byte says which."""
    from tandem.address import Addresses
    from tandem.checks import check
    from tandem.checks.facts import Facts
    from tandem.index import Index
    from tandem.load import load
    from tandem.problem import Problem, Speech

    folder = Path(tempfile.mkdtemp()) / "content"
    shutil.copytree(BASE, folder)
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    speech = Speech("en")

    def found() -> Iterator[Problem]:
        loaded = load(folder)
        yield from loaded.problems
        if loaded.site:
            yield from check(Facts(loaded.site, Addresses(loaded.site, Index(loaded.site), "https://example.org/a/")))

    def read(data: bytes) -> None:
        path = list(files)[ord(data[:1] or b"a") % len(files)]
        path.write_bytes(data[1:])
        try:
            for problem in found():
                assert speech.message(problem)
        finally:
            path.write_bytes(files[path])

    return read


def git() -> Target:
    """What git tells of a commit and of a blob."""
    from tandem.git import NoHistory, _blob

    def read(data: bytes) -> None:
        try:
            _blob(io.BytesIO(data))
        except NoHistory:
            return

    return read


TARGETS: dict[str, Callable[[], Target]] = {
    "yaml": yaml, "project": project, "pair": pair, "markdown": markdown, "csv": csv, "form": form, "cells": cells,
    "site": site, "git": git,
}  # fmt: skip


def _table(path: Path) -> Any:
    from tandem.read import Source
    from tandem.sheet import read_csv

    return read_csv(Source(path.name, path.read_text("utf-8")))[0]


def _letters(data: bytes) -> str:
    """Text as content files may hold it."""
    from tandem.problem import Problem
    from tandem.read import decoded

    source = decoded(data.decode("utf-8", "ignore").encode(), "a")
    return "" if isinstance(source, Problem) else source.text


def _book() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["Hanke", 1, 2.5, True, None])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return buffer.getvalue()


def seeds(target: str) -> Iterator[bytes]:
    """What a run begins with: real content, and what was refused before."""
    from tests.hostile import REFUSED, TEXTS

    if target in ("yaml", "project"):
        yield from (path.read_bytes() for path in sorted(ROOT.glob("content/projects/*.yaml"))[:20])
        yield from (case.content[:LONGEST] for case in REFUSED)
    elif target in ("markdown", "form"):
        yield from (text.encode() for text in TEXTS)
        yield from (path.read_bytes()[:LONGEST] for path in sorted(ROOT.glob("content/*/*.md")))
    elif target == "pair":
        for path in sorted(ROOT.glob("content/fi/**/*.md")):
            twin = ROOT / "content" / "sv" / path.relative_to(ROOT / "content" / "fi")
            if twin.exists():
                yield path.read_bytes()[:1500] + b"\x1f" + twin.read_bytes()[:1500]
        yield from (text.encode() + b"\x1f" + text.encode() for text in TEXTS)
    elif target == "csv":
        yield (BASE / "municipalities.csv").read_bytes()
    elif target == "cells":
        yield b"ca;b\n1;2\n"
        yield b"z" + _book()[2:]
        with zipfile.ZipFile(io.BytesIO(_book())) as book:
            yield from (bytes([number]) + book.read(name) for number, name in enumerate(sorted(book.namelist())))
    elif target == "site":
        files = sorted(path for path in BASE.rglob("*") if path.is_file())
        yield from (bytes([number]) + path.read_bytes() for number, path in enumerate(files))
    else:
        yield b"0" * 40 + b" blob 3\nabc\n"


def inside(target: str, flags: list[str]) -> None:
    """One target in this process, until libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["tandem", "markdown", "babel.messages", "openpyxl"]):
        read = TARGETS[target]()
    atheris.Setup([sys.argv[0], *flags], read)
    atheris.Fuzz()


def run(target: str, seconds: int) -> str:
    """A row of the table: what happened."""
    corpus, found = KEPT / target, KEPT / "found" / target
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed)
    before = set(found.iterdir())
    flags = [f"-max_total_time={seconds}", f"-timeout={SLOW}", f"-max_len={LONGEST}", "-rss_limit_mb=3000"]
    flags += ["-print_final_stats=1", "-verbosity=1", f"-artifact_prefix={found}/", str(corpus)]
    done = subprocess.run(
        [sys.executable, __file__, "--inside", target, *flags],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
    )
    said = done.stderr + done.stdout
    (KEPT / f"{target}.log").write_text(said, "utf-8")
    count = (
        re.findall(r"number_of_executed_units:\s*(\d+)", said) or re.findall(r"^#(\d+)", said, re.MULTILINE) or ["0"]
    )
    covered = (re.findall(r"cov: (\d+)", said) or ["0"])[-1]
    new = [path.name for path in sorted(set(found.iterdir()) - before)]
    return f"| {target} | {seconds} | {int(count[-1]):,} | {covered} | {', '.join(new) or '–'} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--again", type=Path, metavar="FILE")
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2], sys.argv[3:])
        return
    options = parser.parse_args()
    if options.again:
        TARGETS[options.targets[0]]()(options.again.read_bytes())
        return
    print("| target | seconds | executions | edges | findings |\n|---|---|---|---|---|", flush=True)
    for target in options.targets or TARGETS:
        print(run(target, options.seconds), flush=True)


if __name__ == "__main__":
    main()
