"""Places: every municipality, however it is written."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tandem.load import load
from tandem.places import Places
from tandem.problem import Problem
from tandem.site import Site

ROOT = Path(__file__).parent.parent
with (ROOT / "content" / "municipalities.csv").open(encoding="utf-8") as _file:
    MUNICIPALITIES = list(csv.DictReader(_file))


@pytest.fixture(scope="module")
def places() -> Places:
    loaded = load(ROOT / "content")
    assert loaded.site
    return loaded.site.places


def test_there_are_311_municipalities_and_308_in_force(places: Places) -> None:
    assert len(places.municipalities) == 311
    assert len(places.in_force()) == 308
    assert len(places.regions) == 19


def test_all_311_codes_quoted_and_unquoted_name_the_right_municipality(tmp_path: Path, base: Path) -> None:
    """``020`` is Akaa, not sixteen; ``061`` is Forssa, not Espoo."""
    projects = base / "projects"
    (base / "municipalities.csv").write_bytes((ROOT / "content" / "municipalities.csv").read_bytes())
    (base / "regions.csv").write_bytes((ROOT / "content" / "regions.csv").read_bytes())
    expected = {}
    for row in MUNICIPALITIES:
        code = row["code"]
        written = {
            "plain": code,
            "double": f'"{code}"',
            "single": f"'{code}'",
            "fi": row["name_fi"],
            "sv": row["name_sv"],
            "upper": row["name_fi"].upper(),
        }
        for way, text in written.items():
            id = f"p{code}-{way}"
            words = f"{{fi: {id}, sv: {id}}}"
            (projects / f"{id}.yaml").write_text(f"name: {words}\nsummary: {words}\nlead: {text}\n", "utf-8")
            expected[id] = code
    loaded = load(base)
    assert [p for p in loaded.problems if p.level == "error"] == []
    assert isinstance(loaded.site, Site)
    leads = {id: loaded.site.projects[id].lead for id in expected}
    assert leads == expected


@pytest.mark.parametrize(
    ("former", "name", "today"), [("911", "Valtimo", "541"), ("099", "Honkajoki", "214"), ("588", "Pertunmaa", "507")]
)
def test_merged_municipalities_resolve_and_roll_up(places: Places, former: str, name: str, today: str) -> None:
    assert places.code(name) == former
    assert places.current(former) == today


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Porvo", "Porvoo"),
        ("porvossa", "Porvoo"),
        ("Porvoossa", "Porvoo"),
        ("20", "020"),
        ("Borga", "Borgå"),
        ("xyz", ""),
    ],
)
def test_a_slip_gets_a_suggestion(places: Places, written: str, meant: str) -> None:
    assert places.code(written) == ""
    assert places.nearest(written) == meant


def test_a_name_no_two_municipalities_share(places: Places) -> None:
    assert not [
        problem
        for problem in load(ROOT / "content").problems
        if isinstance(problem, Problem) and problem.code == "csv.twice"
    ]
