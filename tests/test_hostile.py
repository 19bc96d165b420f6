"""Content of strangers: each is harmless text in every output, or one clear problem with its place."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from markupsafe import escape

from tandem.cells import Unreadable, sheets_of
from tandem.fields import MAX_PROSE
from tandem.flow import House, build
from tandem.markup import mark
from tandem.problem import LANGUAGES
from tests.cases import BASE, found, said
from tests.hostile import REFUSED, TANGLES, TEXTS, WORKBOOKS, Refused
from tests.test_promises import ROOT, made

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) + len(REFUSED) + len(TANGLES) + len(WORKBOOKS) >= 250
    assert len({case.name + case.code for case in REFUSED}) == len(REFUSED)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_file_that_would_do_harm_is_refused_with_its_place(
    case: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, "content")
    file = Path("content") / case.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(case.content)
    fault = next(problem for problem in found() if problem.code == case.code and problem.level == "error")
    assert fault.where.file.startswith("content/")
    for language in LANGUAGES:
        told = said([fault], language)
        assert f"[{case.code}]" in told
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told), (
            "nor does it reach a screen"
        )


@pytest.mark.parametrize("sign", TANGLES)
def test_a_tangle_of_markdown_is_marked_up_in_time_and_stays_harmless(sign: str) -> None:
    page = Tags(mark((sign * MAX_PROSE)[: MAX_PROSE // 2]).html)
    assert not [tag for tag, _ in page.elements if tag in ("script", "style", "iframe", "svg")]


@pytest.mark.parametrize("sheet", WORKBOOKS.values(), ids=WORKBOOKS.keys())
def test_a_workbook_that_would_do_harm_is_refused_or_plain_text(sheet: str) -> None:
    good, bad = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(good)
    with zipfile.ZipFile(good) as parts, zipfile.ZipFile(bad, "w") as changed:
        for name in parts.namelist():
            changed.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else parts.read(name))
    try:
        read = sheets_of(bad.getvalue())
    except Unreadable:
        return
    cells = [cell for one in read for row in one.rows for cell in row]
    assert all(isinstance(cell, str) and len(cell) < 5000 and "root:" not in cell for cell in cells)


@pytest.mark.parametrize("length", range(0, 5000, 250))
def test_a_torn_workbook_is_refused(length: int) -> None:
    whole = io.BytesIO()
    openpyxl.Workbook().save(whole)
    with pytest.raises(Unreadable, match="no_spreadsheet"):
        sheets_of(b"PK" + whole.getvalue()[2 : 2 + min(length, len(whole.getvalue()) - 3)])


@pytest.mark.parametrize("number", range(6))
def test_names_that_differ_in_case_or_composition_alone_never_meet(number: int, base: Path, tmp_path: Path) -> None:
    """Two files that one file system would take for one: the odd one is refused by its name, so nothing is lost."""
    odd = ("Helmi", "HELMI", "helmI", "he\u0300lmi", "h\u00e8lmi", "he lmi")[number]
    shutil.copy(base / "projects" / "helmi.yaml", base / "projects" / f"{odd}.yaml")
    built = build(House(base, tmp_path / "_site", cache=tmp_path / ".cache"), search=False)
    assert "file.name" in {problem.code for problem in built.problems}
    assert not (tmp_path / "_site").exists()


def quoted(text: str) -> str:
    """As YAML: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a project for every text, which stands wherever a text may stand."""
    content = tmp_path_factory.mktemp("hostile") / "content"
    shutil.copytree(BASE, content)
    for language in ("fi", "sv"):
        shutil.copy(ROOT / "content" / language / "messages.po", content / language / "messages.po")
    for number, text in enumerate(TEXTS):
        words = f"{{fi: {quoted(text)}, sv: {quoted(text)}}}"
        prose = "\n".join(f"  {code}: |\n    {text}\n    loppu" for code in ("fi", "sv"))
        (content / "projects" / f"vieras-{number}.yaml").write_text(
            f"name: {words}\nsummary: {words}\ngoals: [{words}]\nlead: Porvoo\n"
            + ("" if "](" in text else f"description:\n{prose}\n")
            + f"organisations: [{{name: {words}, lead: false}}]\n"
            f"contacts: [{{name: {quoted(text)}, role: {words}, place: Porvoo}}]\n"
            f"links: [{{url: 'https://x.fi/', title: {words}}}]\n"
            f"sources: [{{url: 'https://x.fi/', title: {words}}}]\n"
            "themes: [varhaiskasvatus]\nfunding: [{round: '2020', amount: 1}]\nupdated: 2021-02-05\n",
            "utf-8",
        )
    for language in ("fi", "sv"):
        front = f"title: {quoted(TEXTS[1])}\nsummary: {quoted(TEXTS[2])}\ndate: 2021-02-05\n"
        (content / language / "news" / "vieras.md").write_text(f"---\n{front}---\n\n{TEXTS[0]}\n", "utf-8")
    return made(content, content.parent).folder


class Tags(HTMLParser):
    """The elements of a page, and all text a reader sees."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.seen = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.seen += data


def pages(folder: Path) -> Iterator[tuple[str, Tags]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), Tags(path.read_text("utf-8"))


def test_no_page_holds_an_element_or_attribute_that_a_text_brought(folder: Path) -> None:
    ours = {"ld+json", "module"}
    for path, page in pages(folder):
        for tag, attributes in page.elements:
            assert tag not in {"iframe", "object", "embed", "base", "style", "plaintext", "xmp", "math", "video"}, path
            assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")], path
            for name in ("href", "src", "action"):
                address = attributes.get(name, "")
                assert not re.match(r"\s*(javascript|data|vbscript):", address, re.IGNORECASE), (path, address)
                assert not address.startswith("https://evil.example"), (path, address)
            assert attributes.get("http-equiv", "").lower() in ("", "content-security-policy"), path
            if tag == "script":
                assert attributes.get("type", "").rpartition("/")[2] in ours, path
                assert "src" in attributes or attributes["type"].endswith("ld+json"), path


def test_every_text_stands_on_its_page_as_it_was_typed(folder: Path) -> None:
    for number, text in enumerate(TEXTS):
        page = Tags((folder / f"fi/hankkeet/vieras-{number}/index.html").read_text("utf-8"))
        assert page.seen.replace("\u00ad", "").count(unicodedata.normalize("NFC", text)) >= 4, text


def test_templates_in_texts_are_never_filled_in(folder: Path) -> None:
    source = (folder / f"fi/hankkeet/vieras-{TEXTS.index('{{ 7*7 }}')}/index.html").read_text("utf-8")
    assert str(escape("{{ 7*7 }}")) in source
    assert ">49<" not in source


def test_what_machines_read_parses(folder: Path) -> None:
    for file in folder.rglob("*.xml"):
        ET.parse(file)
    for file in (*folder.rglob("*.json"), *folder.rglob("*.webmanifest")):
        json.loads(file.read_text("utf-8"))
    for file in folder.rglob("*.html"):
        source = file.read_text("utf-8")
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL):
            json.loads(block)


def test_no_cell_is_a_formula(folder: Path) -> None:
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not cell.startswith(FORMULA) or re.fullmatch(r"-?\d+(\.\d+)?", cell), (path.name, cell)
    book: Any = openpyxl.load_workbook(folder / "data/projects.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_nothing_was_written_but_the_site(folder: Path) -> None:
    assert sorted(path.name for path in folder.parent.iterdir()) == [".cache", "_site", "content"]
