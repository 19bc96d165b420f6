"""Whole sites made up by hypothesis: a valid one is published in two equal halves, a damaged one never a crash."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from tandem.flow import House, build, examine
from tandem.problem import LANGUAGES, errors
from tests.built import Built
from tests.cases import said
from tests.worlds import damage, settle, tried, worlds

URL = "https://example.org/repo/"


def house(folder: Path) -> House:
    return House(folder / "content", folder / "_site", cache=folder / ".cache")


@tried(6)
@given(files=worlds())
def test_a_valid_site_is_published_in_two_equal_halves(files: dict[str, str], tmp_path: Path) -> None:
    settle(files, tmp_path / "content")
    result = build(house(tmp_path), URL, search=False)
    assert result.written, [problem for problem in result.problems if problem.level == "error"]
    built = Built(tmp_path / "_site", URL)
    assert list(built.broken()) == []
    kinds = {page.kind for page in built.pages.values()}
    for kind in kinds - {"redirect", "choice", "notfound"}:
        assert len(built.of_kind(kind, "fi/")) == len(built.of_kind(kind, "sv/")), kind
    for path, page in built.pages.items():
        if page.kind not in ("redirect", "choice", "notfound"):
            assert page.lang == path[:2]
            assert [code for code, _, _ in page.switch][:1] == ["sv" if page.lang == "fi" else "fi"]
    _totals_agree(files, tmp_path / "_site" / "data")


def _totals_agree(files: dict[str, str], data: Path) -> None:
    trees = [json.loads(text) for path, text in files.items() if path.startswith("projects/")]
    wanted = sum(int(grant.get("amount", 0)) for tree in trees for grant in tree.get("funding", ()))
    with (data / "projects.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sum(int(row["amount"] or 0) for row in csv.DictReader(file)) == wanted
    assert sum(row["amount"] or 0 for row in json.loads((data / "projects.json").read_text())["projects"]) == wanted
    assert len(json.loads((data / "projects.json").read_text())["projects"]) == len(trees)


@pytest.mark.thorough
@tried(20)
@given(files=worlds(), chance=st.data(), times=st.integers(1, 3))
def test_a_damaged_site_is_judged_or_built_and_never_a_crash(
    files: dict[str, str], chance: st.DataObject, times: int, tmp_path: Path
) -> None:
    content = settle(files, tmp_path / "content")
    for _ in range(times):
        note(chance.draw(damage(content)))
    problems = examine(house(tmp_path), URL).problems
    for language in LANGUAGES:
        assert all(f"[{problem.code}]" in said([problem], language) for problem in problems[:5])
    if not errors(problems):
        assert build(house(tmp_path), URL, search=False).written
