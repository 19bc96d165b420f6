"""The form editor: off by default, its form the model's, its program the pinned one. In Chromium: tests/browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tandem.editor import CMS, FOLDER, SPOKEN, form
from tandem.flow import House, build
from tandem.formfields import Asker, facts
from tandem.load import load
from tandem.model import Project, Round, Term, Theme
from tandem.pinned import FOLDER as PACKAGES
from tandem.pinned import NotFetched
from tests.built import Built

ROOT = Path(__file__).parent.parent
LEFT_OUT = {"checked"}  # days that people seldom write
ON = "repository: https://github.com/owner/repo.git\neditor: {review: false, sign_in: https://in.example.org}\n"


@pytest.fixture
def house(base: Path) -> House:
    """A small site with the editor on, and nothing fetched."""
    with (base / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{ON}")
    return House(base, base.parent / "_site", cache=base.parent / ".cache", name="content")


def test_without_its_key_a_site_has_no_editor(register: Built) -> None:
    assert not (register.folder / FOLDER).exists()


def test_a_program_that_is_missing_or_another_than_the_pinned_one_stops_the_build(house: House) -> None:
    with pytest.raises(NotFetched):
        build(house, search=False)
    file = house.cache / PACKAGES / CMS.file
    file.parent.mkdir(parents=True)
    file.write_bytes(b"another program")
    with pytest.raises(NotFetched):
        build(house, search=False)
    assert not house.out.exists()
    command = [sys.executable, str(ROOT / "build.py"), "build", "--lang", "sv", "--content", "content"]
    done = subprocess.run(command, cwd=house.content.parent, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1
    assert "python build.py editor hämtar det med npm" in done.stderr


def test_nothing_is_fetched_for_a_site_that_does_not_ask(base: Path) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "editor", "--lang", "fi", "--content", "content"]
    done = subprocess.run(command, cwd=base.parent, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ei ole avainta editor" in done.stdout
    assert not (base.parent / ".cache").exists()


def names(fields: list[dict[str, Any]], way: str = "") -> Iterator[str]:
    for one in fields:
        yield way + one["name"]
        yield from names(one.get("fields", []), f"{way}{one['name']}.")


@pytest.mark.parametrize("record", [Project, Round, Theme, Term])
@pytest.mark.parametrize("language", SPOKEN)
def test_the_form_asks_every_key_of_the_model_with_its_help(record: type[Any], language: str) -> None:
    fields = Asker(language, ("fi", "sv")).fields(record)
    keys = [name for name, field in record.model_fields.items() if not field.exclude and name not in LEFT_OUT]
    assert [one["name"] for one in fields] == keys
    assert all(one["label"][0].isupper() and one["hint"] for one in fields)


def test_a_text_is_asked_in_each_language_of_the_site() -> None:
    asked = set(names(Asker("fi", ("fi", "sv", "en")).fields(Project)))
    assert {"summary.en", "goals.sv", "contacts.role.fi", "sources.title.en"} <= asked


def test_what_stands_without_quotation_marks_is_told_by_the_model() -> None:
    expected = {"amount", "date", "decided", "end", "municipality_count", "published", "start", "updated"}
    assert set(facts(Project)) == expected


def test_rounds_and_themes_are_chosen_from_the_sites_own(house: House) -> None:
    site = load(house.content).site
    assert site
    told = form(site, "sv")["config"]
    project = {one["name"]: one for one in told["collections"][0]["fields"]}
    assert [one["value"] for one in project["themes"]["options"]] == list(site.themes)
    grant = {one["name"]: one for one in project["funding"]["fields"]}
    assert grant["round"]["options"][0] == {"value": "2020", "label": "2020 års understöd"}


def test_the_settings_say_how_a_change_goes_in_and_who_signs_in(house: House) -> None:
    site = load(house.content).site
    assert site
    told = form(site, "fi")["config"]
    assert told["backend"] == {"name": "github", "repo": "owner/repo", "base_url": "https://in.example.org"}
    assert told["publish_mode"] == "simple"
