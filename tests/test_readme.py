"""The README's own words: its commands run, its sample is valid, its size is kept."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tandem.load import load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SHELL = [
    line.partition("#")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
# Those that would run this test again, or run until stopped, are tried in tests of their own below.
QUICK = [command for command in SHELL if command not in ("make test", "make serve", "make lint", "make messages")]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git knows, with the environment already made."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    for stamp in (".site", ".dev", ".tools"):
        (ROOT / ".venv" / stamp).touch()
    return folder


def test_the_readme_is_short_and_has_commands() -> None:
    assert README.count("\n") < 200
    assert SHELL[:3] == ["make", "make serve", "make test"]


@pytest.mark.xdist_group("checkout")
def test_the_readmes_commands_run(checkout: Path) -> None:
    for command in QUICK:
        done = subprocess.run(["sh", "-c", command], cwd=checkout, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, (command, done.stderr[-2000:])
    assert (checkout / "_site" / "fi" / "index.html").is_file()
    assert (checkout / "content" / "projects" / "uusi-hanke.yaml").is_file()


@pytest.mark.xdist_group("checkout")
def test_make_test_runs_everything(checkout: Path) -> None:
    planned = subprocess.run(["make", "-n", "test"], cwd=checkout, check=True, capture_output=True, text=True).stdout
    for tool in ("ruff check", "ruff format --check", "mypy", "pytest"):
        assert tool in planned


@pytest.mark.xdist_group("checkout")
def test_make_serve_shows_the_site_and_ends_on_ctrl_c(checkout: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert (
        "build.py serve"
        in subprocess.run(["make", "-n", "serve"], cwd=checkout, check=True, capture_output=True, text=True).stdout
    )
    command = [str(checkout / ".venv/bin/python"), "build.py", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        site = f"http://127.0.0.1:{port}/kuntien-digihankkeet"  # under the path it has on the web
        page = _fetched(f"{site}/fi/", server)
        assert '<html lang="fi"' in page
        assert "/livereload.js" in page
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"{site}/fi/ei-ole/")
        assert missing.value.code == 404
        assert 'data-kind="notfound"' in missing.value.read().decode()
        stranger = urllib.request.Request(f"{site}/fi/", headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(stranger)
        assert refused.value.code == 404
        server.send_signal(signal.SIGINT)
        assert server.wait(30) in (0, 130)
    finally:
        server.kill()


def _fetched(url: str, server: subprocess.Popen[bytes]) -> str:
    """The page at ``url`` once the server is up; gives up only when the server has ended."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url) as answer:
                return str(answer.read().decode())
        except ConnectionError:
            os.sched_yield()
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.05)  # between two knocks at the door
    raise AssertionError((server.stderr.read() if server.stderr else b"").decode())


def test_the_readmes_sample_project_is_valid(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    sample = re.search(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert sample
    (content / "projects" / "sample.yaml").write_text(sample[1], "utf-8")
    assert [p for p in load(content).problems if p.level == "error"] == []


@pytest.mark.parametrize("page", ["docs/promises.md", "SECURITY.md"])
def test_every_test_a_promise_names_is_there(page: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / page).read_text("utf-8"))
    assert len(named) > 10
    for file, name in named:
        source = (ROOT / file).read_text("utf-8")
        assert not name or f"def {name}(" in source, f"{file}::{name}"
