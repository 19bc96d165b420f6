"""The door: commands, exit codes, where things are printed, and in which language."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tandem.model import Project
from tests.process import surroundings

ROOT = Path(__file__).parent.parent


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=surroundings(**environment),
    )


@pytest.fixture
def folder(base: Path) -> Path:
    """A working folder with content/ in it."""
    return base.parent


def broken(folder: Path) -> Path:
    project = folder / "content" / "projects" / "helmi.yaml"
    lines = project.read_text("utf-8").split("\n")
    project.write_text("\n".join("lead: Porvo" if line.startswith("lead:") else line for line in lines), "utf-8")
    return project


@pytest.mark.parametrize("command", [["status", "--format", "json"], ["schema"]])
def test_a_reader_that_has_seen_enough_is_no_fault(folder: Path, command: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *command, "--content", "content"],
        cwd=folder,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_build_is_the_default_and_says_what_it_did(folder: Path) -> None:
    done = run("--content", "content", "--lang", "en", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "pages in 2 languages" in done.stdout
    again = run("build", "--content", "content", "--lang", "en", cwd=folder)
    assert "nothing changed" in again.stdout
    assert {path.name for path in folder.iterdir()} == {"content", "_site", ".cache"}


def test_errors_go_to_standard_error_and_nothing_is_written(folder: Path) -> None:
    broken(folder)
    done = run("build", "--content", "content", "--lang", "fi", cwd=folder)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "content/projects/helmi.yaml" in done.stderr
    assert "tarkoititko ”Porvoo” (638)?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "_site").exists()


def test_check_writes_nothing_and_its_problems_are_its_result(folder: Path) -> None:
    assert run("check", "--content", "content", cwd=folder).returncode == 0
    broken(folder)
    done = run("check", "--content", "content", "--lang", "sv", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert "menade du ”Porvoo” (638)?" in done.stdout
    assert {path.name for path in folder.iterdir()} == {"content"}


def test_check_in_json_and_for_github(folder: Path) -> None:
    broken(folder)
    found = json.loads(run("check", "--content", "content", "--format", "json", "--lang", "en", cwd=folder).stdout)
    assert [set(problem) for problem in found] == [{"file", "line", "column", "level", "code", "message", "hint"}]
    assert found[0]["code"] == "place.unknown"
    lines = run("check", "--content", "content", "--format", "github", "--lang", "en", cwd=folder).stdout.splitlines()
    assert [line for line in lines if not line.startswith("::error file=content/projects/helmi.yaml,line=")] == []


def test_a_terminal_without_our_letters_is_no_fault(folder: Path) -> None:
    done = run("check", "--content", "content", "--lang", "fi", cwd=folder, LC_ALL="C", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    broken(folder)
    done = run("build", "--content", "content", "--lang", "fi", cwd=folder, LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "vihje: tarkoititko ?Porvoo? (638)?" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "variables", "word"),
    [
        (["--lang", "sv"], {"TANDEM_LANG": "fi"}, "tips"),
        ([], {"TANDEM_LANG": "fi", "LC_ALL": "sv_FI.UTF-8"}, "vihje"),
        ([], {"LC_ALL": "sv_FI.UTF-8"}, "tips"),
        ([], {"LC_ALL": "", "LANG": "fi_FI.UTF-8"}, "vihje"),
        ([], {"LC_ALL": "de_DE.UTF-8"}, "hint"),
    ],
)
def test_the_readers_language_is_the_flags_the_variables_the_locales_or_english(
    folder: Path, arguments: list[str], variables: dict[str, str], word: str
) -> None:
    broken(folder)
    assert f"   {word}: " in run("check", "--content", "content", *arguments, cwd=folder, **variables).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build", "--nonsense"],
        ["build", "--content", "nowhere"],
        ["build", "--content", "content", "--base-url", "ftp://x/"],
        ["build", "--content", "content", "--base-url", "https://example.org/no-slash"],
        ["build", "--content", "content", "--out", "content"],
        ["new", "project", "…", "--content", "content"],
        ["check", "--format", "xml"],
    ],
)
def test_called_wrongly_is_exit_code_2_and_one_sentence(folder: Path, arguments: list[str]) -> None:
    before = sorted(folder.rglob("*"))
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert [path for path in sorted(folder.rglob("*")) if ".cache" not in path.parts] == before


def test_warnings_never_change_the_code_unless_strict(folder: Path) -> None:
    project = folder / "content" / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8") + "untranslated: [sv]\n", "utf-8")
    assert run("check", "--content", "content", cwd=folder).returncode == 0
    assert run("check", "--content", "content", "--strict", cwd=folder).returncode == 1
    assert run("build", "--content", "content", "--strict", cwd=folder).returncode == 1
    assert run("build", "--content", "content", cwd=folder).returncode == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_new_project_is_valid_commented_and_valid_again_uncommented(folder: Path, language: str) -> None:
    made = run("new", "project", "Äly: kokeilu!", "--content", "content", "--lang", language, cwd=folder)
    assert made.returncode == 0, made.stderr
    file = folder / "content" / "projects" / "aly-kokeilu.yaml"
    text = file.read_text("utf-8")
    assert {"fi": "Täytä tekstit", "sv": "Fyll i texterna", "en": "Fill in the texts"}[language] in text
    assert run("check", "--content", "content", "--strict", cwd=folder).returncode == 0
    sample = re.compile(rf"# (?=  |(?:{'|'.join(Project.model_fields)}):)")
    file.write_text(
        "\n".join(sample.sub("", line, count=1) for line in text.replace("draft: true", "").split("\n")), "utf-8"
    )
    full = (ROOT / "content" / "municipalities.csv").read_bytes()
    (folder / "content" / "municipalities.csv").write_bytes(full)
    shutil.copy(ROOT / "content" / "regions.csv", folder / "content" / "regions.csv")
    uncommented = run("check", "--content", "content", "--lang", "en", cwd=folder)
    assert uncommented.returncode == 0, uncommented.stdout
    assert "goals:\n  - {fi:" in file.read_text("utf-8")
    again = run("new", "project", "Äly: kokeilu!", "--content", "content", cwd=folder)
    assert again.returncode == 2


@pytest.mark.parametrize("kind", ["project", "rounds", "themes", "site", "page", "article"])
def test_schema_prints_json(folder: Path, kind: str) -> None:
    done = run("schema", kind, "--content", "content", cwd=folder)
    assert done.returncode == 0
    assert json.loads(done.stdout)["$schema"].startswith("https://json-schema.org/")
