"""Many faults at once: each is told, none hides another, and none is echoed where it was not made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tandem.problem import Problem, Where
from tests.cases import BAD, CASES, found, lay

PROJECT, PAGE = "content/projects/helmi.yaml", "content/fi/tietoa.md"
# Faults that need another file beside their own.
NOT_ALONE = {"untranslated.needless-page"}


def alone() -> Iterator[tuple[str, str]]:
    """The cases that are one project or one page, and which."""
    for case in CASES:
        files = [path.relative_to(BAD / case).as_posix() for path in (BAD / case).rglob("*") if path.is_file()]
        own = [name for name in files if not name.endswith(".txt")]
        if own in ([PROJECT], [PAGE]) and case not in NOT_ALONE:
            yield case, own[0]


ALONE = dict(alone())


def named(case: str) -> str:
    return case.replace(".", "-").replace("_", "-")


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay("", tmp_path, monkeypatch)
    return Path("content")


def test_one_run_tells_every_fault_of_many_files(content: Path) -> None:
    assert len(ALONE) >= 40
    expected = []
    for case, file in ALONE.items():
        target = content.parent / file.replace("helmi", named(case)).replace("tietoa", named(case))
        shutil.copyfile(BAD / case / file, target)
        if file == PAGE:
            (content / "sv" / f"{named(case)}.md").write_text("---\ntitle: Om\n---\nText.\n", "utf-8")
        place, _, rest = (BAD / case / "en.txt").read_text("utf-8").partition(": ")
        code = rest.partition("\n")[0].rpartition("[")[2].rstrip("]")
        expected.append((target.as_posix(), place.split(":", 1)[1], code))
    told = [(p.where.file, f"{p.where.line}:{p.where.column}", p.code) for p in found()]
    assert [fault for fault in expected if fault not in told] == []
    assert {file for file, _, _ in told} == {file for file, _, _ in expected}


def codes() -> list[tuple[str, str]]:
    return [(problem.where.file, problem.code) for problem in found()]


def test_a_fault_in_site_yaml_hides_no_other(content: Path) -> None:
    site = content / "site.yaml"
    site.write_text(site.read_text("utf-8") + "theme: blue\n", "utf-8")
    shutil.copyfile(BAD / "round.unknown" / PROJECT, PROJECT)
    assert codes() == [(PROJECT, "round.unknown"), ("content/site.yaml", "key.unknown")]


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("rounds.yaml", "- id: [", "yaml.bracket"),
        ("themes.yaml", "- id: varhaiskasvatus\n", "key.missing"),
        ("themes.yaml", "varhaiskasvatus: x\n", "type.list"),
        ("municipalities.csv", 'code,name_fi,region_code\n638,"Porvoo,01\n', "csv.syntax"),
        ("municipalities.csv", "code,name_fi,region_code\n638,Porvoo,1,01\n", "csv.width"),
        ("projects/helmi.yaml", "name: [", "yaml.bracket"),
        ("projects/helmi.yaml", "- Helmi\n", "type.mapping"),
        ("fi/tietoa.md", "Tietoa\n", "page.front_matter"),
        ("fi/tietoa.md", "---\n- Tietoa\n---\nTietoa\n", "type.mapping"),
        ("fi/news/avustus.md", "---\ntitle: [\n---\nTietoa\n", "yaml.bracket"),
        ("fi/messages.po", 'msgid "Map\n', "catalog.syntax"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_once(content: Path, file: str, text: str, code: str) -> None:
    """Neither the texts that name it nor its other half are at fault."""
    (content / file).write_text(text, "utf-8")
    assert {(name, found_code) for name, found_code in codes()} == {(f"content/{file}", code)}


@pytest.mark.parametrize("file", ["municipalities.csv", "regions.csv", "rounds.yaml", "themes.yaml", "sv/messages.po"])
def test_a_file_that_is_missing_is_told_once(content: Path, file: str) -> None:
    (content / file).unlink()
    assert codes() == [(f"content/{file}", "file.missing")]


def test_a_link_to_a_file_of_the_site_is_told_when_that_is_a_draft(content: Path) -> None:
    project = content / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8") + "draft: true\n", "utf-8")
    (content / "fi" / "news" / "avustus.md").unlink()
    (content / "sv" / "news" / "avustus.md").unlink()
    assert codes() == [("content/fi/tietoa.md", "link.broken"), ("content/sv/tietoa.md", "link.broken")]


def test_a_fact_is_told_where_it_stands(content: Path) -> None:
    """The date of a piece of news may stand in the Swedish file only."""
    news = content / "fi" / "news" / "avustus.md"
    news.write_text(news.read_text("utf-8").replace("date: 2020-12-11\n", ""), "utf-8")
    twin = content / "sv" / "news" / "avustus.md"
    twin.write_text(twin.read_text("utf-8").replace("slug:", "date: 2030-12-11\nslug:"), "utf-8")
    values = {"value": "2030-12-11", "as_of": "2026-11-21"}
    place = Where("content/sv/news/avustus.md", 3, 7, 10)
    assert found() == [Problem("date.future", place, values, "date.future", "warning")]


def test_an_alias_in_quotes_with_spaces_has_its_place(content: Path) -> None:
    project = content / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8") + 'aliases: [/fi/x/, " /fi/tietoa/ "]\n', "utf-8")
    assert [(p.code, p.where.column) for p in found()] == [("alias.clash", 19)]


def test_both_languages_of_a_text_are_judged(content: Path) -> None:
    text = "name: {fi: [], sv: ''}\nsummary: {fi: " + "a" * 301 + ", se: b, sv: " + "c" * 302 + "}\n"
    (content / "projects" / "helmi.yaml").write_text(text, "utf-8")
    assert [(p.code, p.where.line, p.where.column) for p in found()] == [
        ("type.text", 1, 12),
        ("value.empty", 1, 16),
        ("text.too_long", 2, 15),
        ("language.unknown", 2, 318),
        ("text.too_long", 2, 329),
    ]
