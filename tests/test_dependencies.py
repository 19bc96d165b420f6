"""What Tandem stands on: locked with hashes, each with its reason and licence, and a paper that cannot go stale."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TOLD = runpy.run_path(str(ROOT / "docs" / "dependencies.py"))
LOCKS = sorted((ROOT / "locks").glob("*.txt"))
EXTRAS = {"site": ["install"], "dev": ["dev"], "care": ["care"], "bench": ["bench", "pictures", "fuzz"]}

# Free licences whose terms a program that is published as MIT can meet by naming them.
FREE = "0BSD Apache-2.0 Artistic-1.0-Perl BSD-2-Clause BSD-3-Clause GPL-2.0-or-later ISC LGPL-2.1-or-later MIT MIT-CMU "
FREE += "MPL-1.1 MPL-2.0 PSF-2.0"


def pins(lines: list[str]) -> dict[str, str]:
    plain: Callable[[str], str] = TOLD["plain"]
    return {plain(line.partition("==")[0]): line.partition("==")[2].partition(";")[0].strip() for line in lines}


def versions(lock: str) -> dict[str, str]:
    return {name: package.version for name, package in TOLD["locked"](lock).items()}


def test_every_lock_is_on_the_paper_and_in_the_makefile() -> None:
    assert {path.stem for path in LOCKS} == set(TOLD["LOCKS"]) == set(EXTRAS)
    assert all(f"locks/{lock}.txt" in (ROOT / "Makefile").read_text("utf-8") for lock in EXTRAS)


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_holds_what_is_asked_for_in_that_very_version(lock: str) -> None:
    asked = pins(PROJECT["dependencies"])
    for extra in EXTRAS[lock]:
        asked |= pins(PROJECT["optional-dependencies"][extra])
    assert asked.items() <= versions(lock).items()


@pytest.mark.parametrize("lock", EXTRAS)
def test_what_is_needed_to_build_is_the_same_in_every_lock(lock: str) -> None:
    assert versions("site").items() <= versions(lock).items()


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_package_has_its_hashes_and_no_lock_names_an_address(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "://" not in text
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [block for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block)] == []
    assert len(blocks) == text.count("==") - text.count("== '")


def test_every_direct_dependency_has_its_reason() -> None:
    asked = pins(PROJECT["dependencies"])
    for lines in PROJECT["optional-dependencies"].values():
        asked |= pins(lines)
    assert asked.keys() == TOLD["reasons"]().keys()
    assert all(asked.values()), "each is pinned"


def test_the_paper_tells_what_is_locked() -> None:
    paper = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert TOLD["written"](paper) == paper, "python docs/dependencies.py writes it anew"


def test_every_licence_is_free() -> None:
    paper = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    listed = re.findall(r"^\| (?!package)(\S+) \| \S+ \| (.*?) \|", paper, re.MULTILINE)
    assert len(listed) > 100
    for name, licence in listed:
        assert set(re.split(" OR | AND ", licence)) <= set(FREE.split()), name


def test_a_file_that_is_not_the_one_locked_is_refused(tmp_path: Path) -> None:
    """A package index with a good name and version, and another file behind it."""
    wheel = tmp_path / "pyphen-0.18.1-py3-none-any.whl"
    wheel.write_bytes(b"not the file we tried")
    lock = (ROOT / "locks" / "site.txt").read_text("utf-8")
    block = re.search(r"^pyphen==.*?(?=^\S)", lock, re.MULTILINE | re.DOTALL)
    assert block
    (tmp_path / "lock.txt").write_text(block[0], "utf-8")
    pip = [sys.executable, "-m", "pip", "--isolated", "install", "--require-hashes", "--only-binary", ":all:"]
    where = ["--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "to"), "-r", "lock.txt"]
    done = subprocess.run([*pip, *where], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in done.stderr
    assert not (tmp_path / "to").exists()


@pytest.fixture
def audited(tmp_path: Path) -> Callable[[int], Any]:
    """`make audit` with a pip-audit that shows what it is asked, and answers with an exit code."""

    def run(code: int) -> Any:
        (tmp_path / "locks").mkdir()
        for path in (*LOCKS, ROOT / "Makefile", ROOT / "pyproject.toml"):
            shutil.copy(path, tmp_path / path.relative_to(ROOT))
        bin = tmp_path / ".venv" / "bin"
        bin.mkdir(parents=True)
        for name, script in {"python": "exit 0", "pip-audit": f'echo "$@"; exit {code}'}.items():
            (bin / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
            (bin / name).chmod(0o755)
        plain = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}  # we may be in one
        return subprocess.run(["make", "audit"], cwd=tmp_path, capture_output=True, text=True, env=plain)

    return run


def test_an_audit_asks_about_every_lock_and_lets_nothing_be_skipped(audited: Callable[[int], Any]) -> None:
    done = audited(0)
    assert done.returncode == 0, done.stderr
    asked = done.stdout.splitlines()[-1]
    assert "--strict" in asked, "what the database does not know is a failure"
    assert set(re.findall(r"locks/(\w+)\.txt", asked)) == set(EXTRAS)


def test_the_weekly_workflow_is_that_audit() -> None:
    steps = yaml.safe_load((ROOT / ".github" / "workflows" / "audit.yml").read_text("utf-8"))["jobs"]["audit"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ["make audit"]


def test_an_audit_that_finds_or_learns_nothing_fails(audited: Callable[[int], Any]) -> None:
    assert audited(1).returncode != 0
