"""Every limit of docs/limits.md from both sides: what just fits is taken, one more is refused or told otherwise."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tandem import address, cells, diff, feeds, fields, forms, github, linked, markup, overlay, problem, read, workbook
from tandem.address import Addresses
from tandem.changes import History
from tandem.commands import build as door
from tandem.coverage import cover
from tandem.flow import House
from tandem.history import _MOST_PAIRS, _names
from tandem.index import Index
from tandem.language import Words
from tandem.load import load
from tandem.mentions import compare
from tandem.mentions.mention import Mention
from tandem.model import Project
from tandem.pages import municipality, parity
from tandem.petition import reply
from tandem.plan import Plan, plan
from tandem.problem import Problem, Speech, Where
from tandem.site import Key, Origin
from tandem.sitediff import PageChange, SiteDiff
from tests.cases import BASE
from tests.test_forms import FORMS, NEW, filled
from tests.worlds import CODES, small

ROOT = Path(__file__).parent.parent
PAPER = (ROOT / "docs" / "limits.md").read_text("utf-8")
ROWS = re.findall(r"^\| (?!limit|---)(.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAPER, re.MULTILINE)
NAMED = re.compile(r"_?(MAX_\w+|MOST\w*|LISTED|PER_PAGE|FOREMOST|LINES|ROWS|PAGES|MANY|LARGEST|LONGEST)")
NOT_LIMITS = {  # an address, the size of a disc, words, how often a key stands
    "tandem/address.py::PAGES", "tandem/pages/maps.py::LARGEST", "tandem/mentions/lexicon.py::_LISTED",
    "tandem/columns/column.py::MANY", "tandem/linked.py::_LISTS",
}  # fmt: skip
SPEECH = Speech("fi")


def constants() -> set[str]:
    """Every constant of the program that is named as a limit and is a number."""
    found = set()
    for path in (ROOT / "build.py", *(ROOT / "tandem").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            for target in node.targets if isinstance(node, ast.Assign) else ():
                for name in target.elts if isinstance(target, ast.Tuple) else (target,):
                    if isinstance(name, ast.Name) and NAMED.fullmatch(name.id):
                        found.add(f"{path.relative_to(ROOT).as_posix()}::{name.id}")
    return found - NOT_LIMITS


def test_every_limit_stands_on_the_paper() -> None:
    listed = {place for _, _, where, _ in ROWS for place in re.findall(r"`([\w/]+\.py::\w+)`", where)}
    assert constants() <= listed


@pytest.mark.parametrize(("limit", "value", "where", "tests"), ROWS, ids=[row[0] for row in ROWS])
def test_the_paper_tells_the_program(limit: str, value: str, where: str, tests: str) -> None:
    place = re.search(r"`([\w/]+)\.py::(\w+)`", where)
    if place:
        found = getattr(importlib.import_module(place[1].replace("/", ".")), place[2])
        if isinstance(found, int):
            assert int(value) == (found * 8 // 10 if "eight tenths" in where else found)
        else:
            source = (ROOT / f"{place[1]}.py").read_text("utf-8")
            assert all(number in source for number in re.findall(r"\d+", value.replace("5–25", "4,24")))
    for name in re.findall(r"`tests/test_limits\.py::(\w+)`", tests):
        assert callable(globals()[name])


@pytest.mark.parametrize("size", [read.MAX_BYTES, read.MAX_BYTES + 1])
def test_a_file_of_a_mebibyte(size: int, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"#" * size)
    taken = read.read_source(tmp_path / "a.yaml", "a.yaml")
    assert isinstance(taken, read.Source) if size == read.MAX_BYTES else getattr(taken, "code", "") == "file.too_large"


@pytest.mark.parametrize(
    ("text", "kept"), [("x" * 32_767, 32_767), ("x" * 32_768, 32_767), ("x" + "𝛼" * 16_384, 16_384)]
)
def test_a_cell_of_the_spreadsheet(text: str, kept: int) -> None:
    assert workbook.plain(text) == text[:kept]


@pytest.mark.parametrize("levels", [read.MAX_DEPTH, read.MAX_DEPTH + 1])
@pytest.mark.parametrize("opens", ["[", "{a: "])
def test_levels_of_yaml(levels: int, opens: str) -> None:
    closes = {"[": "]", "{a: ": "}"}[opens]
    _, problems = read.read_yaml(read.Source("a.yaml", opens * levels + "x" + closes * levels))
    assert [fault.code for fault in problems] == ["yaml.depth"] * (levels - read.MAX_DEPTH)


def words(text: str) -> str:
    return f"{{fi: '{text}', sv: '{text}'}}"


def phone(figures: int) -> str:
    return f"contacts: [{{name: A, phone: '{'1' * figures}'}}]"


def email(letters: int) -> str:
    return f"contacts: [{{name: A, email: {'a' * letters}@porvoo.fi}}]"


def port(number: int) -> str:
    return f"links: [{{url: 'https://a.fi:{number}/', title: {{fi: A, sv: B}}}}]"


VALUES = {
    "summary": ("summary: " + words("a" * 300), "summary: " + words("a" * 301), "text.too_long"),
    "prose": ("description: " + words("a" * 49_999), "description: " + words("a" * 50_000), "text.too_long"),  # and \n
    "slug": ("slug: " + words("a" * 100), "slug: " + words("a" * 101), "id.invalid"),
    "euros": (f"municipality_count: {'9' * 12}", f"municipality_count: {'9' * 13}", "number.invalid"),
    "no figure": ("municipality_count: 0", "municipality_count: ''", "value.empty"),
    "a short number": (phone(5), phone(4), "phone.invalid"),
    "a long number": (phone(25), phone(26), "phone.invalid"),
    "an e-mail": (email(64), email(65), "email.invalid"),
    "a port": (port(65535), port(65536), "url.invalid"),
    "a year": ("period: {start: 9999}", "period: {start: 10000}", "date.partial_invalid"),
}


@pytest.mark.parametrize(("fits", "more", "code"), VALUES.values(), ids=VALUES.keys())
def test_values_of_a_project(fits: str, more: str, code: str, base: Path) -> None:
    assert (fields.MAX_SUMMARY, fields.MAX_PROSE) == (300, 50_000)
    for line, told in ((fits, set()), (more, {code})):
        text = f"name: {words('Nimi')}\n{line}\n" + ("" if "summary" in line else f"summary: {words('Lyhyt.')}\n")
        (base / "projects" / "raja.yaml").write_text(text, "utf-8")
        assert codes(base) & {"text.too_long", code} == told


def codes(content: Path) -> set[str]:
    return {fault.code for fault in load(content).problems if fault.level == "error"}


@pytest.mark.parametrize("length", [fields.MAX_PROSE, fields.MAX_PROSE + 1])
def test_the_text_of_a_page(length: int, base: Path) -> None:
    (base / "fi" / "raja.md").write_text("---\ntitle: Raja\nuntranslated: [sv]\n---\n" + "a" * length, "utf-8")
    assert codes(base) == ({"text.too_long"} if length > fields.MAX_PROSE else set())


@pytest.mark.parametrize("length", [100, 101])
def test_names_of_files(length: int, base: Path) -> None:
    shutil.copy(base / "projects" / "helmi.yaml", base / "projects" / f"{'a' * length}.yaml")
    assert ("file.name" in codes(base)) == (length > 100)


CELLS = {
    "degrees north": ("61.167", "90", "90.000001", "csv.value"),
    "degrees south": ("61.167", "-90", "-91", "csv.value"),
    "degrees east": ("23.865", "180.0", "180.1", "csv.value"),
    "people": ("16387", "9" * 9, "9" * 10, "csv.value"),
    "letters": ("Akaassa", "a" * 131_072, "a" * 131_073, "csv.syntax"),
}


@pytest.mark.parametrize(("old", "fits", "more", "code"), CELLS.values(), ids=CELLS.keys())
def test_cells_of_the_register(old: str, fits: str, more: str, code: str, base: Path) -> None:
    text = (BASE / "municipalities.csv").read_text("utf-8")
    for cell, told in ((fits, False), (more, True)):
        (base / "municipalities.csv").write_text(text.replace(old, cell, 1), "utf-8")
        assert (code in codes(base)) == told


@pytest.mark.parametrize("more", [0, 1])
def test_a_filled_form(more: int, base: Path) -> None:
    body = filled(FORMS["new", "fi"], NEW)
    body += " " * (forms.MOST + more - len(body))
    found = reply(House(base, base.parent / "_site", cache=base.parent / ".cache"), body)
    assert found
    assert bool(found.text) == (not more)
    assert any(str(forms.MOST) in sentence for fault in found.faults for sentence in fault) == bool(more)


@pytest.mark.parametrize("more", [0, 1])
def test_a_spreadsheet(more: int, tmp_path: Path) -> None:
    """Rows enough and cells small enough; so many bytes that it takes a single very long cell less than one."""
    file = tmp_path / "a.csv"
    line = b"a" * 1023 + b"\n"
    file.write_bytes(line * (cells.MAX_BYTES // len(line)) + b"a" * more)
    if more:
        with pytest.raises(cells.Unreadable, match="too_large"):
            cells.read_sheets(file)
    else:
        assert len(cells.read_sheets(file)[0].rows) == cells.MAX_BYTES // len(line)


@pytest.mark.parametrize("more", [0, 1])
def test_a_spreadsheet_unpacked(more: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import zipfile

    import openpyxl

    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["Hanke"])
    book.save(buffer)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as parts:
        room = cells.MAX_UNPACKED - sum(part.file_size for part in parts.infolist()) + more
        with parts.open("xl/media/zeros.bin", "w") as zeros:
            for _ in range(room >> 20):
                zeros.write(bytes(1 << 20))
            zeros.write(bytes(room & ((1 << 20) - 1)))
    assert len(buffer.getvalue()) < cells.MAX_BYTES
    if more:
        with pytest.raises(cells.Unreadable, match="too_large"):
            cells.sheets_of(buffer.getvalue())
    else:
        assert cells.sheets_of(buffer.getvalue())[0].rows == (("Hanke",),)


SHEETS = {
    "rows": ([("a",)] * cells.MAX_ROWS, [("a",)] * (cells.MAX_ROWS + 1)),
    "columns": ([("a",) * cells.MAX_COLUMNS], [("a",) * (cells.MAX_COLUMNS + 1)]),
    "empty columns": ([("",) * 16_384], [("",) * cells.MAX_COLUMNS + ("a",)]),
    "cells": ([("",) * 10_000] * 1000, [("",) * 10_000] * 1000 + [("",)]),
}


@pytest.mark.parametrize(("fits", "more"), SHEETS.values(), ids=SHEETS.keys())
def test_a_sheet(fits: list[tuple[str, ...]], more: list[tuple[str, ...]]) -> None:
    assert cells.MAX_CELLS == 10_000 * 1000
    assert len(cells._sheet("", fits).rows) in (0, len(fits))
    with pytest.raises(cells.Unreadable, match="too_large"):
        cells._sheet("", more)


def test_nesting_of_markdown() -> None:
    quotes = "> " * markup.MAX_NESTING
    assert markup.mark(f"{quotes}a").html.count("<blockquote>") == markup.MAX_NESTING
    assert markup.mark(f"{quotes}> a").html == "<p>a</p>\n"
    within = "[" * markup.MAX_NESTING
    assert markup.mark(f"{within} a").html == f"<p>{within} a</p>\n"
    assert markup.mark(f"{within}[ a").html == f"<p>{within}</p>\n<p>[ a</p>\n"


def whole(count: int, **changed: Any) -> Addresses:
    """A site with so many projects."""
    name = Words.of({"fi": "Hanke", "sv": "Projekt"})
    given: dict[str, Any] = {
        "name": name,
        "summary": name,
        "lead": CODES[0],
        "updated": small().settings.as_of,
        **changed,
    }
    made = {f"hanke-{n:03}": Project.model_construct(**given, id=f"hanke-{n:03}") for n in range(count)}
    tree = {"name": dict(given["name"]), "summary": dict(name)}
    files: dict[Key, Origin] = {("project", id): Origin(read.Document(f"projects/{id}.yaml", tree)) for id in made}
    site = replace(small(), projects=made, origins={**small().origins, **files})
    return Addresses(site, Index(site), site.settings.base_url)


def planned(count: int, **changed: Any) -> Plan:
    """Its pages."""
    made = whole(count, **changed)
    return plan(made.site, made, made.index, cover(made.site, made.index, (), History()))


@pytest.mark.parametrize("count", [address.PER_PAGE, address.PER_PAGE + 1])
def test_projects_on_a_page(count: int) -> None:
    lists = [page for page in planned(count).pages if page.kind == "projects" and page.language == "fi"]
    assert [len(page.view.listing.rows) for page in lists] == [address.PER_PAGE, 1][: 1 + (count > address.PER_PAGE)]


@pytest.mark.parametrize("count", [linked.LISTED, linked.LISTED + 1])
def test_items_of_a_list_in_linked_data(count: int) -> None:
    node = linked.Linked(Addresses(small(), Index(small()), "https://example.org/")).items(map(str, range(count)))
    assert node["numberOfItems"] == count
    assert len(node["itemListElement"]) == linked.LISTED


@pytest.mark.parametrize("count", [feeds.MOST, feeds.MOST + 1])
def test_entries_of_a_feed(count: int) -> None:
    addresses = whole(count)
    page = next(page for page in planned(count).pages if page.kind == "home")
    assert feeds.Feeds(addresses).feed(page).count(b"<entry") == feeds.MOST


@pytest.mark.parametrize("count", [parity.MOST, parity.MOST + 1])
def test_gaps_on_the_language_page(count: int) -> None:
    made = planned(count, untranslated=("sv",), name=Words.of({"fi": "Hanke"}))
    view = next(page for page in made.pages if page.kind == "parity" and page.language == "fi").view
    assert (len(view.gaps), view.more_gaps) == (parity.MOST, count - parity.MOST)


@pytest.mark.parametrize("count", [municipality.FOREMOST, municipality.FOREMOST + 1])
def test_companions_of_a_municipality(count: int) -> None:
    real = load(ROOT / "content").site
    assert real
    towns = [code for code, town in real.places.municipalities.items() if not town.merged_into]
    site = replace(whole(1, lead=towns[0], partners=tuple(towns[1 : count + 1])).site, places=real.places)
    index = Index(site)
    made = plan(site, Addresses(site, index, site.settings.base_url), index, cover(site, index, (), History()))
    view = next(page for page in made.pages if page.kind == "municipality" and page.id == towns[0]).view
    assert (len(view.companions), len(view.others)) == (municipality.FOREMOST, count - municipality.FOREMOST)


def faults(count: int, file: str = "a") -> list[Problem]:
    return [Problem("place.unknown", Where(file, n + 1), {"value": f"x{n}"}) for n in range(count)]


@pytest.mark.parametrize("count", [github.MOST, github.MOST + 1])
def test_annotations(count: int) -> None:
    found = [fault for n in range(count) for fault in faults(1, f"f{n:02}")]
    told = github.annotate(found, (), [SPEECH])
    assert len(told) == github.MOST
    assert ("file=f09" in told[-1]) == (count == github.MOST)
    assert all(f"f{n:02}" in "".join(told) for n in range(count))


@pytest.mark.parametrize("count", [github._LINES, github._LINES + 1])
def test_problems_in_an_annotation(count: int) -> None:
    told = "".join(github.annotate(faults(count), (), [SPEECH]))
    assert told.count("tuntematon kunta") == github._LINES
    assert (SPEECH.say("summary", "more", {"n": "1"}) in told) == (count > github._LINES)


@pytest.mark.parametrize("more", [0, 1])
def test_problems_in_a_summary(more: int) -> None:
    row = len(github._Section(github.Judged((), frozenset()), SPEECH).row(faults(1)[0]))
    found = [faults(1)[0]] * (github._ROWS // row)
    spare = github._ROWS - row * len(found)
    found[0] = replace(found[0], values={"value": "x0" + "y" * (spare + more)})
    told = github.summary(github.Judged(tuple(found), frozenset()), [SPEECH])
    left = SPEECH.say("summary", "more", {"n": "1"})
    assert (left in told) == bool(more)


@pytest.mark.parametrize("count", [github._PAGES, github._PAGES + 1])
def test_pages_in_a_summary(count: int) -> None:
    pages = tuple(PageChange(f"/fi/{n}/", "added", "Sivu") for n in range(count))
    told = github.summary(github.Judged((), frozenset(), diff=SiteDiff(pages, ())), [SPEECH])
    assert told.count("<code>/fi/") == github._PAGES
    assert (SPEECH.say("summary", "more", {"n": "1"}) in told) == (count > github._PAGES)


@pytest.mark.parametrize("count", [overlay.MOST, overlay.MOST + 1])
def test_problems_in_the_overlay(count: int) -> None:
    shown = overlay.Overlay(SPEECH)
    shown.problems = tuple(faults(count))
    assert shown.html().count("<li>") == overlay.MOST
    assert SPEECH.count(shown.problems) in shown.html(), "all are counted"


@pytest.mark.parametrize("count", [diff._MOST_WORDS, diff._MOST_WORDS + 1])
def test_words_compared(count: int) -> None:
    old = [f"sana{n}" for n in range(count)]
    pieces = list(diff._by_words(old, [*old[:-1], "uusi"]))
    assert (len(pieces) == 2) == (count > diff._MOST_WORDS), "a longer passage is marked whole"


@pytest.mark.parametrize("count", [compare._MANY, compare._MANY + 1])
def test_mentions_paired(count: int) -> None:
    mentions = [Mention("number", (str(n),), n, n + 1) for n in range(count)]
    pairs = compare._nearest(mentions, mentions[::-1], (count, count))
    assert len(pairs) == count
    assert all(one is two for one, two in pairs) == (count <= compare._MANY), "by nearness; so many, as they come"


@pytest.mark.parametrize("more", [0, 1])
def test_pairs_of_renames(more: int) -> None:
    """Beyond the limit nobody asks what the old files held."""
    from tandem.git import Step

    asked: list[object] = []

    class Past:
        languages = frozenset({"fi", "sv"})
        repository = type("Repository", (), {"prefix": ""})

        def fetch(self, blobs: object) -> None:
            asked.append(blobs)

        def kinship(self, *_: object) -> float:
            return 0.0

    old = [Step(f"projects/vanha-{n}.yaml", "b") for n in range(_MOST_PAIRS // 2 + more)]
    document = read.Document("content/projects/a.yaml", {})
    now = {f"projects/uusi-{n}.yaml": document for n in range(2)}
    assert len(_names([(None, old)], now, Past())) == 2  # type: ignore[list-item, arg-type]
    assert bool(asked) == (not more)


@pytest.mark.parametrize("more", [0, 1])
def test_a_line_is_shown(more: int, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\n" * (problem._MOST_BYTES - 1 + more) + b"x")
    assert problem.source_line(str(file), problem._MOST_BYTES + more) == ("" if more else "x")


@pytest.mark.parametrize("more", [0, 1])
def test_a_site_near_a_gigabyte(more: int, capsys: pytest.CaptureFixture[str]) -> None:
    door._warn(SPEECH, door.LARGEST * 8 // 10 + more, door.LONGEST * 8 // 10 + more)
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 2 * more
