"""How a problem looks: text for people, workflow commands for GitHub, JSON for tools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tandem.github import annotate
from tandem.problem import Level, Problem, Speech, Where, as_json, as_text, errors, in_order, source_line
from tests.cases import SPEECHES, found, lay, said

SAMPLE = """\
content/projects/helmi.yaml:14:7: error: tuntematon kunta ”Porvo” [place.unknown]
   14 | lead: Porvo
      |       ^^^^^
   vihje: tarkoititko ”Porvoo” (638)?
"""
FINNISH, SWEDISH, ENGLISH = (SPEECHES[language] for language in ("fi", "sv", "en"))


HERE = Where("x.yaml", 3, 7, 5)


def unknown(value: str, where: Where = HERE, level: Level = "error") -> Problem:
    return Problem("place.unknown", where, {"value": value}, "place.unknown", level)


def text(line: str, column: int, length: int = 1) -> list[str]:
    """The two lines that show ``line`` and the caret, without their margins."""
    shown = as_text(unknown("x", Where("x.yaml", 3, column, length)), ENGLISH, lambda file, number: line).split("\n")
    assert shown[1].startswith("    3 |")
    assert shown[2].startswith("      | ")
    return [part[8:] for part in shown[1:3]]


def test_the_sample_of_the_design(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay("", tmp_path, monkeypatch)
    project = tmp_path / "content" / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8").replace("lead: Porvoo", "lead: Porvo"), "utf-8")
    assert said(found(), "fi") == SAMPLE


@pytest.mark.parametrize(
    ("line", "column", "length", "caret"),
    [
        ("lead: Porvo", 7, 5, "      ^^^^^"),
        ("name: {fi: Pää, sv: Åbö}", 21, 3, " " * 20 + "^^^"),
        ("na\u0308me: {fi: Pa\u0308a\u0308, sv: Åbö}", 21, 3, " " * 20 + "^^^"),
        ("lead:\tPorvo", 7, 5, "      ^^^^^"),
        ("lead: Porvo", 7, 99, "      ^^^^^"),
        ("lead:", 6, 1, "     ^"),
        ("", 1, 1, "^"),
        ("a\u202eb: c", 5, 1, " " * 9 + "^"),
    ],
)
def test_the_caret_stands_under_what_it_means(line: str, column: int, length: int, caret: str) -> None:
    assert text(line, column, length)[1] == caret


@pytest.mark.parametrize("column", [1, 34, 60, 500, 996])
def test_of_a_long_line_the_part_around_the_caret_is_shown(column: int) -> None:
    line = "".join(f"{number:05}" for number in range(200))
    shown, caret = text(line, column, 5)
    assert len(shown) == 100
    assert shown[caret.index("^") :][:5] == line[column - 1 :][:5]


def test_without_a_line_to_show_only_the_place_is_told() -> None:
    problem = Problem("file.missing", Where("content/site.yaml"), hint="file.missing")
    assert as_text(problem, ENGLISH, lambda file, line: None) == (
        "content/site.yaml:1:1: error: the file is missing [file.missing]\n"
        "   hint: bring the file back from the history, or create it"
    )


def test_an_identity_code_is_not_repeated() -> None:
    problem = Problem("privacy.identity_code", Where("x.yaml", 1, 7, 11), hint="privacy.identity_code")
    assert "131052-308T" not in as_text(problem, ENGLISH, lambda file, line: "name: 131052-308T")


def test_the_line_is_the_files_own_never_what_a_link_leads_to(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("\ufeffä: 1\r\nb: 2\r\n".encode())
    assert [source_line(str(file), line) for line in (0, 1, 2, 4)] == [None, "ä: 1", "b: 2", None]
    (tmp_path / "link.yaml").symlink_to("/dev/zero")
    assert source_line(str(tmp_path / "link.yaml"), 1) is None
    assert source_line(str(tmp_path), 1) is None


def test_what_cannot_be_seen_is_escaped() -> None:
    problem = unknown("Por\x1b[31mvo\u202e\u200b\n", Where("a\u202eb.yaml"))
    told = as_text(problem, ENGLISH, lambda file, line: "lead: \x1b[31m\u202e")
    assert "“Por\\u001b[31mvo\\u202e\\u200b\\u000a”" in told
    assert "a\\u202eb.yaml:1:1" in told
    assert told.replace("\n", "").isprintable()
    assert annotate([problem], (), [ENGLISH])[0].isprintable()
    assert "\u202e" not in as_json([problem], ENGLISH)


def test_braces_in_a_value_are_only_braces() -> None:
    assert ENGLISH.message(unknown("{value} {0} {")) == "unknown municipality “{value} {0} {”"


def test_github_gets_a_workflow_command_with_everything_escaped() -> None:
    problem = Problem(
        "place.unknown", Where("a,b:50%.yaml", 14, 7, 5), {"value": "100 %, a:b"}, "place.unknown", "warning"
    )
    assert annotate([problem], (), [ENGLISH])[0] == (
        "::warning file=a%2Cb%3A50%25.yaml,line=14,col=7,title=place.unknown::"
        "unknown municipality “100 %25, a:b”%0A"
        "hint: write the municipality’s Finnish name, Swedish name or three-digit code"
    )


def test_json_has_the_keys_of_the_contract_and_plain_letters() -> None:
    told = as_json([unknown("Pörvö"), Problem("file.unreadable", Where("y"), {"reason": "…"})], SWEDISH)
    assert "Pörvö" in told
    assert json.loads(told)[0] == {
        "file": "x.yaml",
        "line": 3,
        "column": 7,
        "level": "error",
        "code": "place.unknown",
        "message": "okänd kommun ”Pörvö”",
        "hint": "skriv kommunens finska eller svenska namn eller dess tresiffriga kommunnummer",
    }
    assert json.loads(told)[1]["hint"] == ""
    assert json.loads(as_json([], SWEDISH)) == []


def test_problems_stand_by_place_then_code_each_once() -> None:
    places = [Where("b"), Where("a", 10), Where("a", 9, 2), Where("a", 9, 1)]
    problems = [unknown("x", where) for where in [*places, *places]]
    assert [problem.where for problem in in_order(problems)] == places[::-1]
    same = [Problem(code, Where("a")) for code in ("theme.unknown", "place.unknown")]
    assert [problem.code for problem in in_order(same)] == ["place.unknown", "theme.unknown"]


@pytest.mark.parametrize(
    ("speech", "levels", "sentence"),
    [
        (FINNISH, [], "ei huomautettavaa"),
        (FINNISH, ["error"], "1 virhe"),
        (FINNISH, ["error", "error", "warning"], "2 virhettä, 1 varoitus"),
        (SWEDISH, ["error", "error", "warning", "warning"], "2 fel, 2 varningar"),
        (ENGLISH, ["warning"], "1 warning"),
        (ENGLISH, ["error", "warning", "warning"], "1 error, 2 warnings"),
    ],
)
def test_problems_are_counted_in_words(speech: Speech, levels: list[Level], sentence: str) -> None:
    assert speech.count([unknown("x", level=level) for level in levels]) == sentence


def test_only_errors_stop_a_build_unless_it_is_strict() -> None:
    assert errors([unknown("x")])
    assert not errors([unknown("x", level="warning")])
    assert errors([unknown("x", level="warning")], strict=True)
    assert not errors([], strict=True)
