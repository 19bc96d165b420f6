"""Whatever the disk refuses, and whenever: the published folder is the old site or the new one, whole.

Each way to publish is gone once on a good disk, to count what it does there; then again and again, each time with
another of these steps failing. (`benchmarks/disk.py` does the same with whole builds.)
"""

from __future__ import annotations

import errno
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from build import main
from tandem import write
from tandem.write import publish
from tests.disk import KILL, disk, in_a_child
from tests.test_write import PAGE, SITE

NEW = {path: data for path, data in SITE.items() if not path.startswith("fi/")}
NEW |= {"index.html": PAGE + b"new", "sv/a/index.html": PAGE + b"2", "sv/b/index.html": PAGE + b"3", "CNAME": b"b.fi"}
ONE = SITE | {"index.html": PAGE + b"2"}
Site = Mapping[str, bytes]


@dataclass(frozen=True)
class Way:
    """From one site to another. ``before``: what was published, in turn, before it came to this."""

    before: tuple[Site, ...]
    after: Site
    exchange: bool = True
    apart: bool = False  # the cache is on another file system

    def prepare(self, folder: Path) -> None:
        for site in self.before:
            publish(site, folder / "_site", folder / ".cache")
        (folder / "neighbour").write_text("stays")
        if self.before:
            (folder / "_site" / "CNAME").write_bytes(b"by hand")

    def go(self, folder: Path) -> None:
        publish(self.after, folder / "_site", folder / ".cache")


WAYS = {
    "a first site": Way((), SITE),
    "another site": Way((SITE,), NEW),
    "another site, laid down in the spare": Way((NEW, SITE), NEW),
    "the same site": Way((NEW, SITE), SITE),
    "one file": Way((SITE,), ONE),
    "one file, cache elsewhere": Way((SITE,), ONE, apart=True),
    "no exchange": Way((SITE,), NEW, exchange=False),
    "no exchange, with a spare": Way((NEW, SITE), NEW, exchange=False),
    "cache elsewhere": Way((SITE,), NEW, apart=True),
    "cache elsewhere, no exchange": Way((SITE,), NEW, exchange=False, apart=True),
}
FAILURES = {
    "EIO": (errno.EIO, False),
    "EACCES": (errno.EACCES, True),
    "ENOSPC": (errno.ENOSPC, True),
    "SIGKILL": (KILL, True),
}


def all_of(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder: an empty folder left behind is no site of ours either."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


@pytest.mark.parametrize("failing", FAILURES)
@pytest.mark.parametrize("way", WAYS)
def test_whichever_step_fails_the_site_is_the_old_or_the_new(
    way: str, failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, (failure, lasting) = WAYS[way], FAILURES[failing]
    monkeypatch.setattr(write, "TICK", 0)  # nobody comes after us here
    if gone.apart:
        monkeypatch.setattr("tandem.spare._device", lambda path: ".cache" in path.parts)
    (tmp_path / "good").mkdir()
    gone.prepare(tmp_path / "good")
    old = all_of(tmp_path / "good" / "_site")
    with disk(exchange=gone.exchange) as good:
        gone.go(tmp_path / "good")
    new = all_of(tmp_path / "good" / "_site")
    assert good.done
    for nth in range(1, len(good.done) + 1):
        folder = tmp_path / str(nth)
        folder.mkdir()
        gone.prepare(folder)
        step = (nth, *good.done[nth - 1])

        def failed(folder: Path = folder, nth: int = nth) -> None:
            with disk(nth, failure, lasting, gone.exchange) as bad:
                gone.go(folder)
            assert bad.failed

        refused = False
        if failure == KILL:
            assert in_a_child(failed) == signal.SIGKILL, step
        else:
            try:
                failed()
            except OSError as error:
                refused = error.errno == failure
                assert refused, step
        left = all_of(folder / "_site")
        if gone.exchange or left or not old or not lasting:  # else nothing undid the first of two renames
            assert left in ((old,) if refused else (old, new)), step
        gone.go(folder)
        assert all_of(folder / "_site") == new, step
        assert {path.name for path in folder.iterdir()} == {"_site", ".cache", "neighbour"}, step
        assert (folder / "neighbour").read_text() == "stays"
        shutil.rmtree(folder)


def edited(content: Path) -> None:
    """A text changed, a project added, another removed."""
    helmi = content / "projects" / "helmi.yaml"
    helmi.write_text(helmi.read_text("utf-8").replace("updated: 2021-02-05", "updated: 2021-03-04"), "utf-8")
    words = "{fi: Uusi, sv: Ny}"
    (content / "projects" / "uusi.yaml").write_text(f"name: {words}\nsummary: {words}\nlead: Porvoo\n", "utf-8")
    (content / "projects" / "rutiinit.yaml").unlink()
    for page in content.glob("*/news/*.md"):
        page.unlink()


@pytest.mark.thorough
def test_a_build_says_in_plain_words_what_the_disk_refused(
    base: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """From every place in the program that touches the disk, the first time it does."""
    folder = base.parent
    monkeypatch.chdir(folder)
    called = ["build", "--content", "content", "--no-search", "--jobs", "1", "--lang", "en"]
    main([*called])
    old = all_of(folder / "_site")
    edited(base)
    fine = shutil.copytree(folder, tmp_path_factory.mktemp("fine") / "folder")
    monkeypatch.chdir(fine)
    with disk() as good:
        assert main([*called]) == 0
    new = all_of(fine / "_site")
    monkeypatch.chdir(folder)
    first = {place: number for number, (_, _, place) in reversed([*enumerate(good.done, 1)])}
    assert len(first) > 8
    capsys.readouterr()
    for nth in sorted(first.values()):
        with disk(nth, errno.ENOSPC, lasting=True) as full:
            code = main([*called])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        if code == 0:
            break  # the site has been swapped: what comes after is for the next build
        assert (code, said.out) == (2, ""), full.done[-1]
        assert "the work was cut short: the disk is full" in said.err
        assert "nothing was written: the site in _site is as it was\n" in said.err
        assert all_of(folder / "_site") == old
    assert all_of(folder / "_site") == new
    assert {path.name for path in folder.iterdir()} == {"content", "_site", ".cache"}
