"""Import: what a spreadsheet says becomes files, doubtful cells are named, and our own export comes back unchanged."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tandem.flow import House, examine
from tandem.problem import errors
from tandem.read import Source, read_yaml
from tandem.scribe import scribe
from tandem.spoken import Templates, packed
from tandem.tables import Tables
from tandem.workbook import workbook
from tests.process import forked

ROOT = Path(__file__).parent.parent
HEAD = [
    "Hanke",
    "Projektets namn",
    "Tiivistelmä",
    "Sammanfattning",
    "Hakija",
    "Osallistujat",
    "Myönnetty avustus",
    "Kierros",
]
ROW = ["Uusi: hanke #1", "Nytt projekt #1", "Mitä tehdään.", "Vad som görs.", "Borgå", "Lahti; 020", "42 000 €", "2020"]


@pytest.fixture
def folder(base: Path) -> Path:
    return base.parent


def sheet(folder: Path, *rows: Sequence[object], name: str = "lista.xlsx") -> str:
    if name.endswith(".csv"):
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        (folder / name).write_text("\ufeff" + text.getvalue(), "utf-8")
    else:
        book = openpyxl.Workbook()
        assert book.active
        book.active.title = "Lista"
        for row in rows:
            book.active.append(row)
        book.save(folder / name)
    return name


def imported(folder: Path, file: str, *options: str, lang: str = "en") -> tuple[int, str, str]:
    done = forked("import", file, "--content", "content", "--lang", lang, *options, cwd=folder)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def projects(folder: Path) -> set[str]:
    return {path.stem for path in (folder / "content" / "projects").iterdir()}


@pytest.mark.parametrize("name", ["lista.xlsx", "lista.csv"])
def test_a_ministrys_list_becomes_a_file_that_says_what_it_says(folder: Path, name: str) -> None:
    code, said, summary = imported(folder, sheet(folder, ["Avustukset 2020"], [], HEAD, ROW, name=name))
    assert (code, said) == (0, "created content/projects/uusi-hanke-1.yaml\n"), summary
    assert (folder / "content" / "projects" / "uusi-hanke-1.yaml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../.vscode/schema/project.json\n"
        'name:\n  fi: "Uusi: hanke #1"\n  sv: "Nytt projekt #1"\n'
        "summary:\n  fi: Mitä tehdään.\n  sv: Vad som görs.\n"
        'lead: Borgå\npartners: [Lahti, "020"]\n'
        'funding:\n  - round: "2020"\n    amount: 42000\n'
    )
    assert forked("check", "--content", "content", cwd=folder).returncode == 0


def test_every_doubtful_cell_is_named_and_nothing_is_written(folder: Path) -> None:
    bad = ["Toinen", "", "Teksti.", "Text.", "Porvo", "Lahti, Heinol", "noin 42 000", "2033"]
    code, said, summary = imported(folder, sheet(folder, HEAD, ROW, bad), lang="fi")
    assert code == 1
    assert projects(folder) == {"helmi", "rutiinit"}
    assert [line for line in said.splitlines() if line.startswith("lista.xlsx, Lista, ")] == [
        "lista.xlsx, Lista, B3: error: tämän kielen teksti puuttuu [import.empty]",
        "lista.xlsx, Lista, E3: error: tuntematon kunta ”Porvo” [place.unknown]",
        "lista.xlsx, Lista, F3: error: tuntematon kunta ”Heinol” [place.unknown]",
        "lista.xlsx, Lista, G3: error: ”noin 42 000” ei ole pelkillä numeroilla kirjoitettu luku [number.invalid]",
        "lista.xlsx, Lista, H3: error: ”2033” on tuntematon; tunnettuja ovat 2020, 2021 [import.unknown]",
    ]
    assert "vihje: tarkoititko ”Porvoo” (638)?" in said
    assert summary == "epäselviä soluja 5. Mitään ei kirjoitettu; --partial kirjoittaa muut rivit\n"


def test_partial_writes_the_rows_in_no_doubt(folder: Path) -> None:
    bad = ["Toinen", "Andra", "Teksti.", "Text.", "Porvo", "", "", ""]
    code, said, _ = imported(folder, sheet(folder, HEAD, bad, ROW), "--partial")
    assert code == 1
    assert "created content/projects/uusi-hanke-1.yaml" in said
    assert projects(folder) == {"helmi", "rutiinit", "uusi-hanke-1"}


def test_a_file_that_exists_is_never_written_and_says_where_it_differs(folder: Path) -> None:
    before = (folder / "content" / "projects" / "helmi.yaml").read_bytes()
    rows = ["id", "name_fi", "amount", "lead"], ["helmi", "Helmi", "43000", "Porvoo"]
    code, said, _ = imported(folder, sheet(folder, *rows), "--partial")
    assert code == 1
    assert said == (
        "lista.xlsx, Lista, C2: error: the project is in the register already, and there it says “42000” "
        "[import.differs]\n   | 43000\n"
    )
    assert (folder / "content" / "projects" / "helmi.yaml").read_bytes() == before


def test_importing_twice_changes_nothing(folder: Path) -> None:
    file = sheet(folder, HEAD, ROW)
    assert imported(folder, file)[0] == 0
    before = {path: path.read_bytes() for path in (folder / "content").rglob("*.yaml")}
    code, said, summary = imported(folder, file)
    assert (code, said, summary) == (0, "", "0 new projects, 1 as they were, cells in doubt: 0\n")
    assert {path: path.read_bytes() for path in (folder / "content").rglob("*.yaml")} == before


def test_a_list_in_one_language_makes_drafts_that_say_so(folder: Path) -> None:
    assert imported(folder, sheet(folder, ["Projekt", "Sökande"], ["Nytt", "Borgå"]))[0] == 0
    text = (folder / "content" / "projects" / "nytt.yaml").read_text("utf-8")
    assert "untranslated: [fi]\ndraft: true\n" in text
    assert forked("check", "--content", "content", cwd=folder).returncode == 0


def test_one_project_on_two_rows_is_in_doubt(folder: Path) -> None:
    code, said, _ = imported(folder, sheet(folder, HEAD, ROW, ROW))
    assert code == 1
    assert "lista.xlsx, Lista, A3: error: the same project stands on row 2 already [import.twice]" in said


def test_an_unknown_column_is_told_and_left_out(folder: Path) -> None:
    code, said, _ = imported(folder, sheet(folder, [*HEAD, "Väri"], [*ROW, "sininen"]))
    assert code == 0
    assert said.startswith(
        "lista.xlsx, Lista, I1: warning: the column is not understood and was left out [import.column]"
    )


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.csv", b"\xff\xfe\x00", "UTF-8"),
        ("x.xlsx", b"PK\x03\x04 not a book", "neither XLSX nor CSV"),
        ("x.csv", b'"a,b\n', "quotation marks"),
        ("x.csv", b"", "no row of headings"),
        ("missing.csv", None, "No such file"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(folder: Path, name: str, data: bytes | None, reason: str) -> None:
    if data is not None:
        (folder / name).write_bytes(data)
    code, said, summary = imported(folder, name)
    assert code in (1, 2)
    assert reason in said + summary


def export(content: Path, folder: Path) -> Path:
    """The open data of a site without errors, as a build lays it down."""
    house = House(content, folder)
    examined = examine(house, templates=Templates(house.templates, partial(packed, house.templates)))
    assert not errors(examined.problems)
    assert examined.addresses
    tables = Tables(examined.addresses)
    folder.mkdir()
    for name, data in {**tables.files(), "projects.xlsx": workbook(tables)}.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", ["projects.csv", "projects.xlsx"])
def test_our_own_export_comes_back_without_a_change(tmp_path: Path, name: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    data = export(content, tmp_path / "_site")
    code, said, summary = imported(tmp_path, str(data / name), lang="sv")
    assert (code, said) == (0, ""), summary
    assert summary.startswith("0 nya projekt, ")
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["projects.csv", "projects.xlsx"])
def test_a_register_made_anew_from_our_export_exports_the_same(tmp_path: Path, name: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    for page in content.glob("*/news/*.md"):
        page.unlink()
    first = export(content, tmp_path / "first")
    for project in (content / "projects").iterdir():
        project.unlink()
    code, said, summary = imported(tmp_path, str(first / name), "--partial")
    doubts = [line for line in said.splitlines() if not line.startswith(("created", "   "))]
    assert [line for line in doubts if "import.grants" not in line] == [], summary
    assert code == int(bool(doubts))
    second = export(content, tmp_path / "second")
    kept = {path.stem for path in (content / "projects").iterdir()}
    rows = {
        folder: {
            row["id"]: row for row in csv.DictReader((folder / "projects.csv").read_text("utf-8-sig").splitlines())
        }
        for folder in (first, second)
    }
    assert rows[second] == {id: row for id, row in rows[first].items() if id in kept}
    assert len(kept) + len(doubts) == len(rows[first])


@given(
    st.dictionaries(
        st.sampled_from(["name", "summary", "amount", "start", "draft"]),
        st.text(
            st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029\ufeff\ufffe\uffff"),
            min_size=1,
        ),
        min_size=1,
    ),
    st.lists(st.text(st.sampled_from("aä ,:#-'\"[]{}&*!|>%@`0123"), min_size=1), min_size=1),
)
def test_what_is_written_is_read_again(words: dict[str, str], items: list[str]) -> None:
    import unicodedata

    tree = {"words": words, "items": items, "list": [{"name": {"fi": items[0], "sv": items[-1]}}]}
    text = unicodedata.normalize("NFC", scribe(tree))
    document, problems = read_yaml(Source("x", text))
    assert [problem.code for problem in problems] == []
    assert document
    assert document.data == yaml.load(unicodedata.normalize("NFC", repr_yaml(tree)), yaml.BaseLoader)


def repr_yaml(tree: object) -> str:
    """The same tree as the reference library writes it."""
    return str(yaml.safe_dump(tree, allow_unicode=True))
