"""Reading: YAML is text, exactly as written, with the place of everything; whatever is no text is refused."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tandem.problem import Where
from tandem.read import MAX_BYTES, MAX_DEPTH, Document, Source, read_page, read_source, read_yaml
from tandem.sheet import read_csv


def document(text: str) -> Document:
    found, problems = read_yaml(Source("x.yaml", text))
    assert problems == []
    assert found is not None
    return found


@pytest.mark.parametrize(
    "written",
    [
        "020",
        "016",
        "0o17",
        "0x1F",
        "NO",
        "yes",
        "on",
        "null",
        "~",
        "12:30",
        "1_000",
        "2021-02-05",
        "1.0",
        ".inf",
        "1e3",
    ],
)
def test_what_is_written_is_what_is_read(written: str) -> None:
    assert document(f"key: {written}").data == {"key": written}


def test_a_key_is_text_too() -> None:
    assert document("on: x\n1: y\n").data == {"on": "x", "1": "y"}


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert document("").data == {}
    assert document("# only a comment\n").data == {}


def test_everything_has_its_place() -> None:
    found = document("name: {fi: Pää, sv: åö}\ngoals:\n  - fi: a\n    sv: b\n")
    assert found.where("name", "sv") == Where("x.yaml", 1, 21, 2)
    assert found.where("name", "sv", key=True) == Where("x.yaml", 1, 17, 2)
    assert found.where("goals", 0, "sv") == Where("x.yaml", 4, 9, 1)
    assert found.where("goals", 7, "sv") == Where("x.yaml", 2, 1, 5)


def test_a_word_inside_block_text_has_its_place() -> None:
    found = document("description:\n  fi: |\n    Ensin\n    [x](y.md)\n")
    assert found.where_in(("description", "fi"), "y.md") == Where("x.yaml", 4, 9, 4)


def test_a_page_counts_its_lines_from_the_top_of_the_file() -> None:
    found, problems = read_page(Source("x.md", "---\ntitle: X\nslug: x\n---\n\nText [a](b.md)\n"))
    assert problems == []
    assert found is not None
    assert found.where("slug") == Where("x.md", 3, 7, 1)
    assert found.where_in_body("b.md") == Where("x.md", 6, 10, 4)


@pytest.mark.parametrize("depth", [MAX_DEPTH, MAX_DEPTH + 1, 10_000])
def test_nesting_has_a_limit(depth: int) -> None:
    found, problems = read_yaml(Source("x.yaml", "[" * depth + "]" * depth))
    assert (found is None) == (depth > MAX_DEPTH)
    assert [problem.code for problem in problems] == ["yaml.depth"] * (depth > MAX_DEPTH)


@pytest.mark.parametrize("size", [MAX_BYTES, MAX_BYTES + 1])
def test_size_has_a_limit(tmp_path: Path, size: int) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"#" * size)
    assert isinstance(read_source(file, "x.yaml"), Source) == (size <= MAX_BYTES)


def test_byte_order_mark_and_windows_lines_are_no_trouble_and_text_is_nfc(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("\ufeffname: Hämeenlinna\r\nlead: x\r\n".replace("ä", "a\u0308").encode())
    assert read_source(file, "x.yaml") == Source("x.yaml", "name: Hämeenlinna\nlead: x\n")


def test_the_same_fault_twice_is_told_twice() -> None:
    _, problems = read_yaml(Source("x.yaml", "a: 1\nb: 2\na: 3\nb: 4\n"))
    assert [(p.code, p.where.line, p.values["line"]) for p in problems] == [
        ("yaml.duplicate_key", 3, "1"),
        ("yaml.duplicate_key", 4, "2"),
    ]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=40)
TREES: Any = st.recursive(TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3))


@given(TREES)
def test_any_tree_written_as_yaml_reads_back(tree: Any) -> None:
    """read(write(T)) == NFC(T)"""
    written = yaml.safe_dump(tree, allow_unicode=True, default_style='"')
    found, problems = read_yaml(Source("x.yaml", written))
    assert problems == []
    assert found is not None
    assert found.data == tree


@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"%@`,? \n\t#~", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused_never_a_crash(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(raw)
    source = read_source(file, "any.yaml")
    if not isinstance(source, Source):
        return
    assert unicodedata.is_normalized("NFC", source.text)
    for found, problems in (read_yaml(source), read_page(source)):
        assert (found is not None) or problems
        for problem in problems:
            assert problem.where.line >= 1
            assert problem.where.column >= 1


def test_a_table_reads_with_places_and_says_what_is_wrong() -> None:
    table, problems = read_csv(Source("x.csv", 'code,name\n020,"Akaa, x"\n\n061,Forssa,extra\n049,Espoo\n'))
    assert table.rows == ({"code": "020", "name": "Akaa, x"}, {"code": "049", "name": "Espoo"})
    assert table.where(1, "name") == Where("x.csv", 5, 5, 5)
    assert [(p.code, p.where.line) for p in problems] == [("csv.width", 4)]
