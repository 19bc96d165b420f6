"""What can go wrong around a build: a full or read-only disk, files that change while they are read, a damaged cache,
clocks that lie, no git. After each the old site stands or the new one is whole, and the next build is a clean one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from build import main
from tandem import amend, flow
from tandem.flow import build
from tandem.house import House
from tandem.kept import Kept
from tandem.ledger import Ledger
from tandem.memory import Memory, Request, looked
from tandem.outlines import recalled
from tandem.plan import plan
from tandem.shelf import Shelf
from tests.repo import Repo
from tests.test_write import tree

ROOT = Path(__file__).parent.parent


@pytest.fixture
def house(base: Path, tmp_path: Path) -> House:
    """A house with static files of its own to change, in the folder where one stands."""
    shutil.copytree(ROOT / "static", tmp_path / "static")
    return House(base, tmp_path / "_site", static=tmp_path / "static", cache=tmp_path / ".cache")


def built(house: House) -> dict[str, bytes]:
    assert build(house, search=False).written
    return tree(house.out)


def clean(house: House) -> dict[str, bytes]:
    other = house.out.parent / "clean"
    shutil.rmtree(other, ignore_errors=True)
    return built(replace(house, out=other / "_site", cache=other / ".cache"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# --- the disk -------------------------------------------------------------------------------------------------------

_REAL_DISK = """
set -e
mount -t tmpfs -o size=12m none "$1"
cp -r content "$1"
cd "$1"
build() { code=0; "$2" "$3" build --content content --no-search --lang en >out 2>err || code=$?; echo "$1 $code"; }
build "first" "$2" "$3"
cp -r _site before
sed -i 's/lead: Porvoo/lead: Porvoo\\nmunicipality_count: 7/' content/projects/helmi.yaml
sed -i 's/2021-02-05/2021-03-05/' content/*/news/*.md
exec 3>&1
head -c 12m /dev/zero >full 2>/dev/null || true
code=0; "$2" "$3" build --content content --no-search --lang en >&3 2>&3 || code=$?; echo "full $code"
diff -r _site before && echo "the old site"
rm full
mount -o remount,ro .
code=0; "$2" "$3" build --content content --no-search --lang en >&3 2>&3 || code=$?; echo "read-only $code"
diff -r _site before && echo "the old site"
mount -o remount,rw .
build "after" "$2" "$3"
cp -r _site kept
rm -r _site .cache
build "clean" "$2" "$3"
diff -r _site kept && echo "a clean site"
mount -o remount,ro .
code=0; "$2" "$3" build --content content --no-search --lang en >&3 2>&3 || code=$?; echo "nothing to do $code"
"""


def _may_mount(folder: Path) -> bool:
    tried = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(folder)]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True).returncode == 0


@pytest.mark.thorough
def test_a_disk_that_is_really_full_or_really_read_only_leaves_the_old_site(base: Path, tmp_path: Path) -> None:
    mount = tmp_path / "disk"
    mount.mkdir()
    assert _may_mount(mount), "a small disk must be mounted for this: Linux, with user namespaces (unshare)"
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", _REAL_DISK, "sh", str(mount), sys.executable, str(ROOT / "build.py")],
        cwd=base.parent,
        capture_output=True,
        text=True,
    )
    said = done.stdout.splitlines()
    stopped = "nothing was written: the site in _site is as it was"
    assert "Traceback" not in done.stdout
    assert [line for line in said if not line.startswith(("the work", "64 pages"))] == [
        "first 0", stopped, "full 2", "the old site", stopped, "read-only 2", "the old site", "after 0", "clean 0",
        "a clean site", "nothing to do 0",
    ], (said, done.stderr)  # fmt: skip
    reasons = [line.partition(" (")[0] for line in said if line.startswith("the work")]
    assert reasons == [
        "the work was cut short: the disk is full",
        "the work was cut short: nothing can be written there",
    ]


# --- files that change while they are read --------------------------------------------------------------------------


@pytest.mark.parametrize(("way", "room", "stage"), [("--why", amend, "Index"), ("--clean", flow, "plan")])
def test_a_file_that_changes_while_it_is_read_stops_the_build(
    way: str,
    room: ModuleType,
    stage: str,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(house.content.parent)
    called = ["build", "--content", "content", "--no-search", "--lang", "en"]
    for _ in range(2):  # the second knows the files the first found just written
        assert main(called) == 0
    old = tree(house.out)
    project = house.content / "projects" / "helmi.yaml"
    os.utime(project, ns=(10**18, 10**18))
    planned: Callable[..., object] = getattr(room, stage)

    def disturbed(*arguments: object) -> object:
        change(project, "2021-02-05", "2021-02-06")
        return planned(*arguments)

    monkeypatch.setattr(room, stage, disturbed)
    capsys.readouterr()
    assert main([*called, way]) == 2
    assert capsys.readouterr().err == (
        "content/projects/helmi.yaml was changed while the site was being built from it: build again\n"
        "nothing was written: the site in _site is as it was\n"
    )
    assert tree(house.out) == old
    monkeypatch.undo()
    assert built(house) == clean(house)


def test_a_shelf_that_the_disk_loses_meanwhile_is_no_fault_of_the_program(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.content.parent)
    called = ["build", "--content", "content", "--no-search", "--lang", "en"]
    assert main(called) == 0
    old = tree(house.out)
    change(house.content / "site.yaml", "title: {fi: ", "title: {fi: Uusi ")
    shelf = Shelf.of(house).file
    assert shelf

    def disturbed(*arguments: Any) -> Any:
        os.truncate(shelf, 0)
        return plan(*arguments)

    monkeypatch.setattr(flow, "plan", disturbed)
    capsys.readouterr()
    assert main(called) == 2
    assert capsys.readouterr().err == (
        f"the work was cut short: the disk failed ({shelf.relative_to(house.content.parent)})\n"
        "nothing was written: the site in _site is as it was\n"
    )
    assert tree(house.out) == old
    monkeypatch.undo()
    assert built(house) == clean(house)


@pytest.mark.parametrize("happens", ["added", "removed", "touched"])
def test_a_source_that_comes_or_goes_meanwhile_is_seen(house: House, happens: str) -> None:
    sheet = house.static / "css" / "site.css"
    os.utime(sheet, ns=(0, 1))
    before = Memory.now(house)
    assert before.moved(house) == frozenset()
    if happens == "added":
        (house.static / "new.txt").write_text("x")
    elif happens == "removed":
        sheet.unlink()
    else:
        os.utime(sheet, ns=(0, 2))
    assert before.moved(house) == {"static/new.txt" if happens == "added" else "static/css/site.css"}


def test_what_goes_while_the_sources_are_looked_at_is_not_there(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, listed = house.static / "new", os.scandir
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text("x")
    (folder / "below").mkdir()

    def scandir(path: str) -> AbstractContextManager[list[os.DirEntry[str]]]:
        with listed(path) as entries:
            found = [*entries]
        if Path(path) == folder:
            (folder / "one.txt").unlink()
            (folder / "below").rmdir()
        return nullcontext(found)

    monkeypatch.setattr(os, "scandir", scandir)
    assert {path for path in looked(house) if path.startswith("static/new/")} == {"static/new/two.txt"}
    monkeypatch.undo()
    shutil.rmtree(house.static)
    with pytest.raises(FileNotFoundError):
        looked(house)


# --- a damaged cache ------------------------------------------------------------------------------------------------


def harmed(data: bytes, step: int = 1) -> Iterator[bytes]:
    """Every bit of every ``step``-th byte turned over; the file cut off there."""
    for place in range(0, len(data), step):
        for bit in range(8):
            yield data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :]
        yield data[:place]


@pytest.mark.thorough
def test_a_cache_damaged_in_any_bit_is_as_good_as_none(house: House) -> None:
    """Whatever reads a file of the cache takes it as it was written or not at all."""
    built(house)
    ledger = Ledger.of(house.out, house.cache)
    last = Memory.now(house, Request(base_url="", strict=False, drafts=False, history=False, search=False)).last()
    assert last.inputs
    kept = Kept(house.cache / "kept.json", 1)
    kept["a"] = [1, 2, "ä"]
    kept.keep(["a"])
    readers: dict[Path, Callable[[], object]] = {
        ledger.file: ledger.read,
        last.file: lambda: last.last().inputs or None,
        house.cache / last.file.name.replace("memory", "known").replace(".json", ".pickle"): lambda: recalled(last),
        kept.file: lambda: "a" in Kept(kept.file, 1),
    }
    for file, read in readers.items():
        whole = file.read_bytes()
        assert read()
        for data in harmed(whole, step=max(1, len(whole) // 150)):
            file.write_bytes(data)
            assert not read(), (file.name, data[:80])
        file.write_bytes(whole)
        assert read()


@pytest.mark.thorough
def test_after_harm_to_any_file_of_the_cache_the_next_build_is_a_clean_one(house: House) -> None:
    """To every file but the spare's; then to each half of those, which are the very files of the site.

    (Where all of them are lost together, nothing tells that the folder is ours: it is refused.)
    """
    project = house.content / "projects" / "helmi.yaml"
    sites = {"2021-02-05": built(house)}
    change(project, "2021-02-05", "2021-02-06")
    sites["2021-02-06"] = built(house)
    harms: tuple[Callable[[Path, bytes], object], ...] = (
        lambda path, data: path.unlink(),
        lambda path, data: path.write_bytes(b""),
        lambda path, data: path.write_bytes(data[: len(data) // 2]),
        lambda path, data: path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if data else b"x"),
    )
    for harm in harms:
        spare = next(path for path in house.cache.iterdir() if path.is_dir())
        whole = {path: path.read_bytes() for path in house.cache.rglob("*") if path.is_file()}
        assert sum(spare in path.parents for path in whole) > 100
        for path, data in whole.items():
            if spare not in path.parents:
                harm(path, data)
        assert built(house) == sites["2021-02-06"]
        change(project, "2021-02-06", "2021-02-05")
        assert built(house) == sites["2021-02-05"]
        for half in range(2):
            for path in sorted(path for path in spare.rglob("*") if path.is_file())[half::2]:
                harm(path, path.read_bytes())
            change(project, "2021-02-05", "2021-02-06")
            assert built(house) == sites["2021-02-06"]
            change(project, "2021-02-06", "2021-02-05")
            assert built(house) == sites["2021-02-05"]
        change(project, "2021-02-05", "2021-02-06")
        built(house)
    assert sites["2021-02-06"] == clean(house)


# --- clocks ---------------------------------------------------------------------------------------------------------


def test_a_file_of_the_same_size_and_time_but_other_bytes_is_seen(house: House) -> None:
    project = house.content / "projects" / "helmi.yaml"
    os.utime(project, ns=(10**18, 10**18))
    built(house)
    built(house)
    was = project.stat()
    change(project, "2021-02-05", "2021-02-06")
    os.utime(project, ns=(was.st_atime_ns, was.st_mtime_ns))
    now = project.stat()
    assert (now.st_size, now.st_mtime_ns, now.st_ino) == (was.st_size, was.st_mtime_ns, was.st_ino)
    assert built(house) == clean(house)


@pytest.mark.parametrize("hours", [-1_000_000, pytest.param(1_000_000, marks=pytest.mark.thorough)])
def test_times_in_the_future_or_of_long_ago_decide_nothing(house: House, hours: int) -> None:
    """A file of the site changed by hand, and one of the content, both dated a century off."""
    built(house)
    project, page = house.content / "projects" / "helmi.yaml", house.out / "fi" / "index.html"
    when = time.time_ns() + hours * 3600 * 10**9
    change(project, "2021-02-05", "2021-02-06")
    page.write_bytes(page.read_bytes().replace(b"<html", b"<HTML"))
    for path in (project, page):
        os.utime(path, ns=(when, when))
    site = built(house)
    assert built(house) == site == clean(house)


@pytest.mark.thorough
def test_a_clock_that_runs_backwards_between_builds_decides_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = house.content / "projects" / "helmi.yaml"
    begun, site = time.time_ns(), built(house)
    for number in range(3):
        monkeypatch.setattr(time, "time_ns", lambda number=number: begun - number * 3600 * 10**9)
        change(project, f"2021-02-0{5 + number}", f"2021-02-0{6 + number}")
        site = built(house)
    assert site == clean(house)


# --- git ------------------------------------------------------------------------------------------------------------


def said(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    called = [sys.executable, str(ROOT / "build.py"), "build", "--content", "content", "--no-search", "--lang", "en"]
    surroundings = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run([*called, "--history"], cwd=folder, capture_output=True, text=True, env=surroundings)


@pytest.mark.thorough
def test_without_git_or_in_a_shallow_clone_the_site_is_built_and_what_is_missing_said(
    base: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repo = Repo.around(base)
    repo.commit("2021-01-01")
    repo.change("projects/helmi.yaml", "2021-02-05", "2021-02-06")
    repo.commit("2021-02-01")
    shallow = tmp_path_factory.mktemp("clone") / "shallow"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(shallow))
    sites = []
    for folder, path, reason in (
        (shallow, os.environ["PATH"], "this copy has only a part of the history"),
        (base.parent, "/nowhere", "git is not installed"),
    ):
        done = said(folder, PATH=path)
        assert done.returncode == 0
        assert "Traceback" not in done.stderr
        assert reason in done.stderr
        sites.append(tree(folder / "_site"))
    assert sites[0].keys() == sites[1].keys()
