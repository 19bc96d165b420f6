"""Issue forms: made from the model; a filled one becomes a file; what is wrong or hostile ends as text or in words."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tandem.flow import House
from tandem.forms import Form
from tandem.generated import generated, outdated
from tandem.petition import answer, every_form, replaced, reply
from tandem.read import Source, read_yaml

ROOT = Path(__file__).parent.parent
FORMS = {(form.kind, form.language): form for form in every_form()}
NEW = {
    "name-fi": "Uusi hanke",
    "name-sv": "Nytt projekt",
    "summary-fi": "Mitä tehdään.",
    "summary-sv": "Vad som görs.",
    "lead": "Borgå",
    "partners": "Lahti, 020",
    "funding-round": "2020",
    "funding-amount": "42000",
    "sources-url": "https://example.org/a",
    "sources-title-fi": "Tiedote",
    "sources-title-sv": "Meddelande",
}
HOSTILE = (
    "x\nlead: Lahti",
    "x: {a: [b, &c *d !!python/object:os.system]}",
    "${{ secrets.GITHUB_TOKEN }} $(id) `id` ; rm -rf / #",
    "```\n</td><script>alert(1)</script>\n@everyone ![x](https://evil.example/x.png)",
    "\u2013 'a' \"b\" \\ %7B | > - ? @ \u202e",
    "---\n...\n--- !evil",
)


def filled(form: Form, answers: Mapping[str, str]) -> str:
    """A form as GitHub makes an issue of it."""
    parts = [f"### {one.label}\n\n{answers.get(one.id) or '_No response_'}" for one in form.questions]
    return "\n\n".join(parts)


@pytest.fixture
def house(base: Path) -> House:
    return House(base, base.parent / "_site", cache=base.parent / ".cache", name="content")


def test_the_generated_files_are_as_the_model_has_them() -> None:
    assert outdated(ROOT) == [], "python build.py generate"


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.file.rpartition("/")[2])
def test_a_form_is_one_github_takes(form: Form) -> None:
    """GitHub's rules: ids and labels unique, at least one question, known types, labels not empty."""
    told = yaml.safe_load(generated()[form.file])
    assert set(told) == {"name", "description", "title", "body"}
    questions = [element for element in told["body"] if element["type"] != "markdown"]
    assert {element["type"] for element in questions} <= {"input", "textarea", "dropdown"}
    for part in ([element["id"] for element in questions], [element["attributes"]["label"] for element in questions]):
        assert len(set(part)) == len(part)
        assert all(part)
    assert all(one.get("validations", {"required": True}) == {"required": True} for one in questions)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_filled_form_becomes_a_valid_file(house: House, language: str) -> None:
    found = reply(house, filled(FORMS["new", language], NEW))
    assert found
    assert (found.language, found.faults, found.path) == (language, (), "projects/uusi-hanke.yaml")
    assert found.text == (
        "# yaml-language-server: $schema=../../.vscode/schema/project.json\n"
        "name:\n  fi: Uusi hanke\n  sv: Nytt projekt\n"
        "summary:\n  fi: Mitä tehdään.\n  sv: Vad som görs.\n"
        'lead: Borgå\npartners: [Lahti, "020"]\n'
        'funding:\n  - round: "2020"\n    amount: 42000\n'
        'sources:\n  - url: "https://example.org/a"\n    title:\n      fi: Tiedote\n      sv: Meddelande\n'
    )


@pytest.mark.parametrize(
    ("language", "sentence", "hint"),
    [
        ("fi", "tuntematon kunta ”Porvo”", "tarkoititko ”Porvoo” (638)?"),
        ("sv", "okänd kommun ”Porvo”", "menade du ”Porvoo” (638)?"),
    ],
)
def test_a_fault_is_answered_in_the_language_of_the_form(house: House, language: str, sentence: str, hint: str) -> None:
    found = reply(house, filled(FORMS["new", language], {**NEW, "lead": "Porvo", "funding-amount": "noin 42"}))
    assert found
    assert found.path == ""
    told = answer(found, house.content, "")
    assert sentence in told
    assert hint in told
    assert "noin 42" in told


@pytest.mark.parametrize(("language", "hostile"), list(zip(("fi", "sv") * len(HOSTILE), HOSTILE, strict=False)))
def test_hostile_answers_end_as_text_or_in_words(house: House, language: str, hostile: str) -> None:
    for field in ("name-fi", "summary-sv", "lead", "partners", "description-fi"):
        found = reply(house, filled(FORMS["new", language], {**NEW, field: hostile}))
        assert found
        told = answer(found, house.content, "")
        if found.faults:
            fence = told.split("\n\n", 1)[1].split("text\n", 1)[0]
            assert set(fence) == {"`"}
            assert told.endswith(f"\n{fence}\n")
            assert told.count(fence) == 2
            continue
        document, problems = read_yaml(Source("x", found.text))
        assert document
        assert problems == []
        assert set(document.data) <= {"name", "summary", "lead", "partners", "funding", "sources", "description"}
        assert document.data["lead"] == "Borgå"
        assert found.path.count("/") == 1
        assert ".." not in found.path


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_hundred_kilobytes_are_refused_in_the_language_of_the_form(house: House, language: str) -> None:
    found = reply(house, filled(FORMS["new", language], {**NEW, "description-fi": "å" * 100_000}))
    assert found
    assert found.language == language
    assert "70000" in answer(found, house.content, "")


@pytest.mark.parametrize(
    "body", ["", "Hei! Sivu on hieno.", "### Nimi (suomeksi)\n\nx", "x" * 200_000, "### \n" * 9_000]
)
def test_an_ordinary_issue_is_left_alone(house: House, body: str) -> None:
    assert reply(house, body) is None


def test_a_project_that_exists_is_not_written_over(house: House) -> None:
    found = reply(house, filled(FORMS["new", "fi"], {**NEW, "name-fi": "Helmi"}))
    assert found
    assert found.path == ""
    assert "helmi" in found.faults[0][1]


CORRECTIONS = {
    ("fi", "Nimi"): {"value-fi": "Helmet: uusi"},
    ("sv", "Sammanfattning"): {"value-sv": "En ny mening."},
    ("fi", "Vastuukunta"): {"value": "Heinola"},
    ("sv", "Understödsbelopp"): {"value": "43000"},
    ("fi", "Päättyy"): {"value": "2023-01"},
    ("sv", "Resultat"): {"value-fi": "Rivi.\n\n- a: b", "value-sv": "Rad.\n\n- a: b"},
}


@pytest.mark.parametrize(("language", "field"), CORRECTIONS)
def test_a_correction_changes_one_place_and_no_other_letter(house: House, language: str, field: str) -> None:
    before = (house.content / "projects" / "helmi.yaml").read_text("utf-8")
    values = CORRECTIONS[language, field]
    for project in ("helmi", "https://example.github.io/register/sv/projekt/parlan/"):
        asked = {"project": project, "field": field, **values}
        found = reply(house, filled(FORMS["correction", language], asked))
        assert found
        assert (found.faults, found.path) == ((), "projects/helmi.yaml")
        new = found.text.splitlines()
        assert len([line for line in before.splitlines() if line not in new]) <= 1
        for value in values.values():
            assert value.split("\n", 1)[0] in found.text


@pytest.mark.parametrize(
    ("text", "loc", "value", "wanted"),
    [
        ("a: {fi: x, sv: y}  # note\n", ("a", "fi"), "b, c", 'a: {fi: "b, c", sv: y}  # note\n'),
        ("a:\n  fi: |\n    x\n\nb: 1\n", ("a", "fi"), "y\nz", "a:\n  fi: |\n    y\n    z\n\nb: 1\n"),
        ("# c\nlead: Lahti # l\n", ("lead",), "020", '# c\nlead: "020" # l\n'),
        ("f:\n  - amount: 1\n", ("f", 0, "amount"), "2", "f:\n  - amount: 2\n"),
        ("a: {fi: x}\n", ("a", "sv"), "y", None),
        ("a: [", ("a",), "y", None),
    ],
)
def test_a_value_is_replaced_where_it_stands(
    text: str, loc: tuple[str | int, ...], value: str, wanted: str | None
) -> None:
    assert replaced(text, loc, value) == wanted


def test_the_command_reads_githubs_event_and_writes_file_and_answer(house: House) -> None:
    folder = house.content.parent
    body = filled(FORMS["new", "sv"], NEW).replace("\n", "\r\n")
    (folder / "event.json").write_text(json.dumps({"issue": {"number": 7, "body": body}}), "utf-8")
    command = [sys.executable, str(ROOT / "build.py"), "from-issue", "--content", "content", "--event", "event.json"]
    command += ["--answer", "answer.md", "--branch-url", "https://github.com/o/r/compare/form/7?expand=1"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "content/projects/uusi-hanke.yaml\n"), done.stderr
    told = (folder / "answer.md").read_text("utf-8")
    assert told.startswith("Tack! Blanketten blev filen `content/projects/uusi-hanke.yaml`")
    assert "https://github.com/o/r/compare/form/7?expand=1" in told
    (folder / "event.json").write_text("[", "utf-8")
    assert subprocess.run(command, cwd=folder, capture_output=True).returncode == 2
