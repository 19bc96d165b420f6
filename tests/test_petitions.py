"""Filled forms as GitHub sends them (``tests/forms``): valid, broken and hostile ones, in Finnish and in Swedish.

Beside each body, ``.txt``, stands all that becomes of it: the file, or the answer. ``--renew`` writes these anew.
``(100 kB)`` in a body stands for a hundred thousand characters.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tandem.flow import House
from tandem.forms import Form
from tandem.petition import answer, every_form, reply
from tandem.trial import trial

FOLDER = Path(__file__).parent / "forms"
BODIES = sorted(FOLDER.glob("*.md"))
KINDS = ("valid", "broken", "hostile")
KEYS = {"name", "summary", "lead", "partners", "funding", "sources", "description", "period", "themes"}
LONG = "å" * 100_000

every_body = pytest.mark.parametrize("file", BODIES, ids=lambda file: file.name)


@pytest.fixture
def house(base: Path) -> House:
    return House(base, base.parent / "_site", cache=base.parent / ".cache", name="content")


def body(file: Path) -> str:
    return file.read_bytes().decode("utf-8").replace("(100 kB)", LONG)


def test_every_kind_of_body_is_here_in_both_languages() -> None:
    for kind in KINDS:
        for language in ("fi", "sv"):
            assert [file for file in BODIES if file.name.startswith(kind) and file.name.endswith(f".{language}.md")]


@every_body
def test_what_becomes_of_a_form_is_this_to_the_letter(house: House, file: Path, request: pytest.FixtureRequest) -> None:
    found = reply(house, body(file))
    assert found, "no form of ours: its questions have changed"
    assert found.language == file.name.split(".")[-2]
    assert bool(found.faults) != bool(found.path)
    told = f"{found.path}\n{found.text}" if found.path else answer(found, house.content, "")
    expected = file.with_suffix(".txt")
    if request.config.getoption("--renew"):
        expected.write_text(told, "utf-8", newline="")
    assert told == expected.read_bytes().decode("utf-8")
    assert not file.name.startswith("valid") or found.path
    assert not file.name.startswith("broken") or found.faults


@every_body
def test_whatever_a_form_holds_ends_as_text_in_one_valid_file_or_inside_a_fence(house: House, file: Path) -> None:
    found = reply(house, body(file))
    assert found
    if found.faults:
        fence = answer(found, house.content, "").split("\n\n", 1)[1].split("text\n", 1)[0]
        assert set(fence) == {"`"}
        assert answer(found, house.content, "").count(fence) == 2
        return
    folder, _, name = found.path.partition("/")
    assert folder == "projects"
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    if "correction" not in file.name:
        assert set(yaml.safe_load(found.text)) <= KEYS
    assert [problem for problem in trial(house, {found.path: found.text}) if problem.level == "error"] == []


@pytest.mark.parametrize("form", every_form(), ids=lambda form: f"{form.kind}.{form.language}")
def test_every_form_has_a_valid_body(form: Form) -> None:
    assert FOLDER / f"valid-{form.kind}.{form.language}.md" in BODIES
