"""Two builds at once into one folder: the second waits, and whoever is killed keeps nobody waiting."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tornado.testing import bind_unused_port

from tandem.flow import build
from tandem.house import House
from tandem.lock import held
from tests.test_write import tree

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, str(ROOT / "build.py"), "build", "--content", "content", "--no-search", "--lang", "en")
WAITS = "another build is writing _site; waiting for it to end\n"


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clean")


@pytest.fixture
def house(base: Path) -> House:
    return House(base, base.parent / "_site", cache=base.parent / ".cache")


def started(house: House) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(COMMAND, cwd=house.content.parent, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")


def waiting(building: subprocess.Popen[str]) -> bool:
    """Whether a build says that it waits; returns once it does."""
    assert building.stderr
    return building.stderr.readline() == WAITS and building.poll() is None


def clean(house: House, folder: Path) -> dict[str, bytes]:
    assert build(House(house.content, folder / "_site", cache=folder / ".cache"), search=False).written
    return tree(folder / "_site")


def test_the_second_build_waits_and_then_sees_what_is_there_by_then(house: House, elsewhere: Path) -> None:
    with held(house.out, house.cache):
        second = started(house)
        assert waiting(second)
        words = "{fi: Uusi, sv: Ny}"
        text = f"name: {words}\nsummary: {words}\nlead: Porvoo\n"
        (house.content / "projects" / "uusi.yaml").write_text(text, "utf-8")
    said, errors = second.communicate()
    assert (second.returncode, errors) == (0, "")
    assert "files written" in said
    assert tree(house.out) == clean(house, elsewhere)


def test_a_build_into_another_folder_waits_for_nobody(house: House) -> None:
    with held(house.out.with_name("other"), house.cache):
        building = started(house)
        assert building.communicate()[1] == ""
        assert building.returncode == 0


def test_whoever_is_killed_keeps_nobody_waiting_but_by_children_who_still_work(house: House) -> None:
    reader, writer = os.pipe()
    parent = os.fork()
    if parent == 0:  # takes the lock, has a child, and is killed
        with held(house.out, house.cache):
            child = os.fork()
            if child == 0:
                os.setsid()
                signal.pause()
            os.write(writer, f"{child}\n".encode())
            signal.pause()
    child = int(os.read(reader, 20))
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    building = started(house)
    assert waiting(building)
    os.kill(child, signal.SIGKILL)
    assert building.communicate()[1] == ""
    assert building.returncode == 0


def test_many_builds_at_once_leave_one_whole_site(house: House, elsewhere: Path) -> None:
    building = [started(house) for _ in range(4)]
    for one in building:
        errors = one.communicate()[1]
        assert (one.returncode, errors.replace(WAITS, "")) == (0, "")
    assert tree(house.out) == clean(house, elsewhere)
    assert {path.name for path in house.out.parent.iterdir()} == {"content", "_site", ".cache"}


def test_a_cache_that_cannot_hold_a_lock_stops_a_build_in_plain_words(house: House) -> None:
    house.cache.write_text("no folder")
    building = started(house)
    said, errors = building.communicate()
    assert (building.returncode, said) == (2, "")
    assert errors.startswith("the work was cut short: ")
    assert errors.endswith("nothing was written: the site in _site is as it was\n")
    assert not house.out.exists()
    house.cache.unlink()
    shutil.rmtree(house.out, ignore_errors=True)


def serving(house: House, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", "content", "--port", str(port)]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*command, "--lang", "en"], cwd=house.content.parent, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
    )


def test_a_build_and_a_preview_of_the_same_content_disturb_nobody(house: House, elsewhere: Path) -> None:
    socket, port = bind_unused_port()
    socket.close()
    preview = serving(house, port)
    building = started(house)
    assert building.communicate()[1] == ""
    assert building.returncode == 0
    assert preview.stdout
    assert "files written" in preview.stdout.readline()
    preview.send_signal(signal.SIGINT)
    preview.communicate()
    assert preview.returncode == 130
    assert tree(house.out) == clean(house, elsewhere)


def test_a_preview_that_cannot_be_built_says_that_the_preview_stays_not_the_site(house: House) -> None:
    themes = house.content / "themes.yaml"
    themes.write_text(themes.read_text("utf-8") + "- nonsense\n", "utf-8")
    socket, port = bind_unused_port()
    socket.close()
    preview = serving(house, port)
    assert preview.stderr
    said = ""
    while "nothing was written" not in said:
        said = preview.stderr.readline()
        assert said
    assert said == "nothing was written: the preview is as it was\n"
    preview.send_signal(signal.SIGINT)
    preview.communicate()


def test_a_preview_whose_port_is_taken_says_so(house: House) -> None:
    socket, port = bind_unused_port()
    preview = serving(house, port)
    errors = preview.communicate()[1]
    socket.close()
    assert preview.returncode == 2
    assert errors.endswith("the work was cut short: another program has the port; --port N takes another\n")
    assert "Traceback" not in errors
