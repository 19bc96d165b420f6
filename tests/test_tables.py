"""The files of open data: read by the programs people use, the same facts in each, nothing in them that runs."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import zipfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.format import Format

from tandem.address import Addresses
from tandem.columns import FILES, SHEET, TABLES
from tandem.columns.column import Glossary, Row, joined, sayings
from tandem.flow import House, build
from tandem.index import Index
from tandem.language import Words
from tandem.load import load
from tandem.problem import CATALOGS
from tandem.tables import Tables, cell, defused
from tandem.workbook import Fields, Sheet, plain, workbook
from tests.built import Built

ROOT = Path(__file__).parent.parent
RISKY = "=+-@\t\r\n＝＋－＠"


def rows(data: bytes) -> list[dict[str, str]]:
    """A CSV file as Python's reader has it, strictly."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def table(register: Built, name: str) -> list[dict[str, Any]]:
    found = json.loads((register.folder / f"data/{name}.json").read_text("utf-8"))
    assert found["licence"] == {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    assert found["as_of"] == "2026-11-21"
    listed: list[dict[str, Any]] = found[name]
    return listed


@pytest.mark.parametrize("name", [one.name for one in TABLES])
def test_a_csv_file_is_one_by_rfc_4180_and_opens_in_excel(register: Built, name: str) -> None:
    data = (register.folder / f"data/{name}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf" + f"{TABLES[0].key if name != 'municipalities' else 'code'},".encode())
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    found = rows(data)
    assert {len(row) for row in found} == {len(found[0])}
    assert None not in found[0]
    keys = [row[next(iter(found[0]))] for row in found]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", [one.name for one in TABLES])
def test_csv_and_json_say_the_same(register: Built, name: str) -> None:
    def written(value: Any) -> str:
        return str(cell(tuple(value) if isinstance(value, list) else value))

    listed = table(register, name)
    found = rows((register.folder / f"data/{name}.csv").read_bytes())
    assert [{key: written(value) for key, value in row.items()} for row in listed] == found


def test_codes_stay_as_they_are_written(register: Built) -> None:
    codes = {row["code"]: row["name_fi"] for row in table(register, "municipalities")}
    assert codes["020"] == "Akaa"
    assert "020" in [row["code"] for row in rows((register.folder / "data/municipalities.csv").read_bytes())]


def test_every_table_on_a_page_is_offered_as_files_row_for_row(register: Built) -> None:
    """The same projects in the same order, on the pages of municipalities, regions, themes and rounds."""
    whole = {row["id"]: row for row in rows((register.folder / "data/projects.csv").read_bytes())}
    offered: dict[str, set[str]] = {}
    for kind in ("municipality", "region", "theme", "round"):
        for path, page in register.of_kind(kind).items():
            table = page.source.partition('<table class="rows">')[2].partition("</table>")[0]
            shown = re.findall(r'<th scope="row">\s*<a href="([^"]+)"', table)
            files = [link.removeprefix("/some/path/") for link in page.links if "/projects." in link]
            assert len(files) == (2 if shown else 0), path
            for name in files:
                data = (register.folder / name).read_bytes()
                found = json.loads(data)["projects"] if name.endswith(".json") else rows(data)
                assert [row[f"url_{page.lang}"].removeprefix("https://example.org") for row in found] == shown, path
                assert name.endswith(".json") or all(whole[row["id"]] == row for row in found)
                offered.setdefault(name, set()).add(page.lang)
    assert {"data/municipalities/638/projects.csv", "data/regions/01/projects.json"} <= offered.keys()
    assert set(map(frozenset, offered.values())) == {frozenset({"fi", "sv"})}


def test_a_projects_own_file_has_its_row_and_its_grants(register: Built) -> None:
    grants = table(register, "grants")
    for row in table(register, "projects"):
        own = json.loads((register.folder / f"data/projects/{row['id']}.json").read_text("utf-8"))
        decisions = own.pop("grant_decisions")
        assert own == row
        assert decisions == [grant for grant in grants if grant["project_id"] == row["id"]]
        assert sum(grant["amount"] or 0 for grant in decisions) == (row["amount"] or 0)


def test_no_file_has_anybodys_name_telephone_or_address(register: Built) -> None:
    site = load(ROOT / "content").site
    assert site is not None
    people = [contact for project in site.projects.values() for contact in project.contacts]
    secrets = {text for one in people for text in (one.name, one.phone, one.email) if text}
    assert len(secrets) > 20
    for file in register.folder.rglob("*.*"):
        if file.suffix in (".csv", ".json", ".jsonld", ".xml"):
            text = file.read_text("utf-8")
            assert [secret for secret in secrets if secret in text] == [], file


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20) | st.from_regex(
    r"[=+@\t;\-]{1,3}.{0,5}", fullmatch=True))  # fmt: skip
def test_no_text_runs_as_a_formula_and_each_can_be_had_back(text: str) -> None:
    safe = defused(text)
    for part in safe.split(";"):
        assert not part.strip(" ").startswith(tuple(RISKY))
    assert safe.replace("'", "") == text.replace("'", "")
    assert defused("Hanke 2 - osa; jatko") == "Hanke 2 - osa; jatko"


@given(st.lists(st.text(alphabet="abc| ;", min_size=1).map(str.strip).filter(bool), max_size=4))
def test_a_list_in_a_cell_can_be_taken_apart(items: list[str]) -> None:
    text = joined(tuple(items))
    assert ([part.strip() for part in text.split("|")] if text else []) == [one.replace("|", "¦") for one in items]


def test_a_number_stays_a_number() -> None:
    assert [cell(value) for value in (42000, 0, -3, 60.392, None, ())] == [42000, 0, -3, 60.392, "", ""]
    assert cell(datetime.date(2020, 12, 11)) == "2020-12-11"


HOSTILE = '"=HYPERLINK(\\"https://example.org\\"); \\"+358 40 123\\", <r>x</r> {{ 7*7 }}"'


@pytest.fixture
def hostile(base: Path, tmp_path: Path) -> Built:
    """A project whose name wants to be a formula, a quoted comma, markup and a template at once."""
    words = f"{{fi: {HOSTILE}, sv: '<r>-1+1</r>'}}"
    text = f"name: {words}\nsummary: {{fi: '@SUM(A1)', sv: '-2+3'}}\nlead: Porvoo\nfunding: [{{amount: 7}}]\n"
    (base / "projects" / "ilkea.yaml").write_text(text, "utf-8")
    result = build(House(base, tmp_path / "_site", cache=tmp_path / ".cache"))
    assert result.written, result.problems
    return Built(tmp_path / "_site", "https://example.github.io/register/")


def test_hostile_text_is_harmless_in_every_file(hostile: Built) -> None:
    name = '=HYPERLINK("https://example.org"); "+358 40 123", <r>x</r> {{ 7*7 }}'
    (row,) = [row for row in rows((hostile.folder / "data/projects.csv").read_bytes()) if row["id"] == "ilkea"]
    assert row["name_fi"] == f"'{name}"
    assert (row["summary_fi"], row["summary_sv"]) == ("'@SUM(A1)", "'-2+3")
    assert row["amount"] == "7"
    own = json.loads((hostile.folder / "data/projects/ilkea.json").read_text("utf-8"))
    assert (own["name_fi"], own["amount"]) == (name, 7)
    book = openpyxl.load_workbook(hostile.folder / "data/projects.xlsx")
    cells = {cell.value: cell.data_type for sheet in book.worksheets for line in sheet.iter_rows() for cell in line}
    assert cells[name] == "s"
    assert cells["<r>-1+1</r> "] == "s"
    assert "f" not in cells.values()


def test_a_spreadsheet_has_real_days_and_numbers_in_each_language(register: Built) -> None:
    book = openpyxl.load_workbook(register.folder / "data/projects.xlsx")
    assert book.sheetnames == ["Hankkeet", "Projekt", "Selitykset – Förklaringar"]
    listed = {row["id"]: row for row in table(register, "projects")}
    for name, code, words in (("Hankkeet", "fi", {"ended": "päättynyt"}), ("Projekt", "sv", {"ended": "avslutat"})):
        sheet = book[name]
        assert sheet.freeze_panes == "C2"
        lines = list(sheet.iter_rows(values_only=True))
        fields = [one for one in TABLES[0].fields(("fi", "sv")) if one.language in ("", code)]
        assert list(lines[0]) == [Glossary(code).label(field, bare=True) for field in fields]
        found = {str(line[0]): dict(zip([field.name for field in fields], line, strict=True)) for line in lines[1:]}
        assert found.keys() == listed.keys()
        for id, row in found.items():
            told = listed[id]
            assert row["amount"] == told["amount"]
            assert type(row["amount"]) in (int, type(None))
            assert row[f"name_{code}"] == told[f"name_{code}"]
            assert row["as_of"] == datetime.datetime.fromisoformat("2026-11-21")
            assert row["updated"] == datetime.datetime.fromisoformat(told["updated"])
            assert row["lead_code"] == told["lead_code"]
            assert row["state"] == words.get(told["state"], row["state"])
        assert sum(row["amount"] or 0 for row in found.values()) == sum(row["amount"] or 0 for row in listed.values())
    explained = [line[0] for line in book.worksheets[2].iter_rows(min_row=2, values_only=True)]
    assert explained == [field.name for field in TABLES[0].fields(("fi", "sv"))]


class CellByCell(Sheet):
    """Rows as XlsxWriter writes them."""

    def put_rows(self, fields: Fields, rows: Collection[Row], glossary: Glossary, whole: Format, day: Format) -> None:
        for count, row in enumerate(rows, 1):
            for place, (number, field) in enumerate(fields):
                value = row[number]
                if isinstance(value, int | float):
                    self.write_number(count, place, value, whole)
                elif isinstance(value, datetime.date):
                    self.write_datetime(count, place, value, day)
                elif value is not None and value != ():
                    text = joined(value) if isinstance(value, tuple) else str(value)
                    self.write_string(count, place, plain(glossary.word(field.column, text)))


def test_a_spreadsheet_has_the_bytes_its_library_would_write() -> None:
    """Texts too long for a cell, like the library's own markup, with characters it escapes; and the real register."""
    site = load(ROOT / "content").site
    assert site is not None
    first, *_ = site.projects.values()
    texts = ("<r>-1+1</r>", " a < & \n\x01_x0001_\ufffe ", "𝛼ä" * 11_000, "<r>" + "𝛼" * 16_382, "2021")
    odd = {
        f"p{n}": first.model_copy(update={"id": f"p{n}", "name": Words.of({"fi": text, "sv": f"a|{n}"}), "themes": ()})
        for n, text in enumerate(texts)
    }
    for projects in (odd, {**site.projects, **odd}, {}):
        changed = replace(site, projects=projects)
        tables = Tables(Addresses(changed, Index(changed), "https://example.org/", {}))
        assert workbook(tables) == workbook(tables, CellByCell)


def test_a_spreadsheet_says_nothing_of_when_and_where_it_was_made(register: Built) -> None:
    with zipfile.ZipFile(register.folder / "data/projects.xlsx") as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-11-21T00:00:00Z"}


def test_the_published_schema_fits_the_files(register: Built) -> None:
    """Frictionless reads each CSV file by the schema beside it: types, keys, patterns, references."""
    report = Package(str(register.folder / "data/datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
    assert report.valid
    package = json.loads((register.folder / "data/datapackage.json").read_text("utf-8"))
    assert {one["path"] for one in package["resources"]} == {f"{one.name}.{form}" for one, form in FILES}
    for resource in package["resources"]:
        assert resource["title"] != resource["title@sv"]
        if "schema" in resource:
            names = [field["name"] for field in resource["schema"]["fields"]]
            assert names == list(rows((register.folder / "data" / resource["path"]).read_bytes())[0])


def test_a_wrong_value_would_not_fit_the_schema(register: Built, tmp_path: Path) -> None:
    for name in ("datapackage.json", *(path.name for path in (register.folder / "data").glob("*.csv"))):
        (tmp_path / name).write_bytes((register.folder / "data" / name).read_bytes())
    file = tmp_path / "grants.csv"
    file.write_bytes(file.read_bytes().replace(b",42000,exact,", b",42 000,rahaa,").replace(b"helmi/1,", b"hellmi/1,"))
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    package["resources"] = [one for one in package["resources"] if one["format"] == "csv"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_column_is_explained_in_every_language(language: str) -> None:
    glossary = Glossary(language)
    wanted = {*sayings(TABLES), *SHEET, "digitalisation", "state grants", "local government"}
    assert {text for text in wanted if glossary.text(text).lang} == set()
    catalog = (CATALOGS / f"columns.{language}.po").read_text("utf-8")
    assert catalog.count("\nmsgid ") - 1 == len(wanted)
    assert not re.search("[“„«»]", catalog)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_dictionary_on_the_page_tells_of_every_column(register: Built, language: str) -> None:
    page = register.at(f"/{language}/data/")
    glossary = Glossary(language)
    for one in TABLES:
        for field in one.fields(("fi", "sv")):
            assert f"<code>{field.name}</code>" in page.source
            for text in (
                glossary.label(field, bare=True),
                glossary.say(field.column.meaning),
                glossary.kind(field.column),
            ):
                assert " ".join(text.split()) in page.text
    assert all(lang == language for lang, text in page.texts if text.strip() not in ("Suomi", "Svenska"))
    for path in ("data/projects.xlsx", "data/datapackage.json", "data/dcat.jsonld", "schema/project.json"):
        assert f"/some/path/{path}" in page.links
        assert (register.folder / path).is_file()


def test_a_third_language_has_its_own_columns() -> None:
    fields = TABLES[0].fields(("fi", "sv", "en"))
    assert [field.name for field in fields][1:4] == ["name_fi", "name_sv", "name_en"]
    assert Glossary("en").label(fields[1]) == "Name (in Finnish)"
    assert Glossary("fi").label(fields[3]) == "Nimi (englanti)"
    assert Glossary("de").text("Name").lang == "en"
