"""Bytes to disk: one step from the old site to the new, only changed bytes, nothing that is not ours."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tandem import write
from tandem.whose import MARK, Foreign
from tandem.write import Written, publish

PAGE = b"<!DOCTYPE html><head>" + MARK + b"</head>"
SITE = {"index.html": PAGE, "fi/index.html": PAGE + b"1", "static/a.0123456789.css": b"a{}", "sitemap.xml": b"<x/>"}
SITE |= {"fi/feed.xml": b"<feed/>", "data/projects/a.json": b"{}"}
MORE = {"data/themes/a/projects.csv": b"a,b", "admin/fonts/a.woff2": b"wOF2", "pagefind/pagefind.js": b"//"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "_site"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / ".cache"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def traces(out: Path) -> dict[Path, tuple[int, int]]:
    """What a write to a file or folder changes, and reading does not: its inode and the time of its last change."""
    return {p: (p.stat().st_ino, p.stat().st_ctime_ns) for p in (out, *out.rglob("*"))}


def test_a_new_site_is_written_whole(out: Path, cache: Path) -> None:
    assert publish(SITE, out, cache) == Written(len(SITE), 0)
    assert tree(out) == SITE
    assert sorted(p.name for p in out.parent.iterdir()) == [".cache", "_site"]


def test_the_same_site_again_writes_nothing(out: Path, cache: Path) -> None:
    publish(SITE, out, cache)
    before = traces(out)
    assert publish(SITE, out, cache) == Written(0, 0)
    assert traces(out) == before


def test_only_changed_bytes_are_written(out: Path, cache: Path) -> None:
    publish(SITE, out, cache)
    kept = (out / "fi/index.html").stat()
    assert publish(SITE | {"index.html": PAGE + b"new"}, out, cache) == Written(1, 0)
    now = (out / "fi/index.html").stat()
    assert (now.st_ino, now.st_mtime_ns) == (kept.st_ino, kept.st_mtime_ns)


def test_one_changed_file_takes_the_old_ones_place_alone(out: Path, cache: Path) -> None:
    publish(SITE, out, cache)
    before = traces(out)
    old = os.open(out / "index.html", os.O_RDONLY)
    assert publish(SITE | {"index.html": PAGE + b"new"}, out, cache) == Written(1, 0)
    now = traces(out)
    assert {p for p in now if now[p] != before[p]} == {out, out / "index.html"}
    assert now[out][0] == before[out][0]  # no second tree
    assert os.read(old, 10_000) == SITE["index.html"]  # who reads it meanwhile has it whole
    os.close(old)
    assert publish(SITE | {"index.html": PAGE + b"new"}, out, cache) == Written(0, 0)
    assert sorted(p.name for p in out.parent.iterdir()) == [".cache", "_site"]


def test_what_we_wrote_and_no_longer_want_is_pruned_with_its_folder(out: Path, cache: Path) -> None:
    publish(SITE, out, cache)
    rest = {path: data for path, data in SITE.items() if not path.startswith("fi/")}
    assert publish(rest, out, cache) == Written(0, 2)
    assert tree(out) == rest
    assert not (out / "fi").exists()


def test_a_file_somebody_else_laid_there_stays(out: Path, cache: Path) -> None:
    publish(SITE, out, cache)
    (out / "CNAME").write_text("register.example")
    (out / "fi/notes.txt").write_text("mine")
    publish({"index.html": PAGE}, out, cache)
    assert tree(out) == {"index.html": PAGE, "CNAME": b"register.example", "fi/notes.txt": b"mine"}


def test_an_empty_folder_somebody_else_made_stays(out: Path, cache: Path) -> None:
    """A repository in the output is none without its empty folders."""
    publish(SITE, out, cache)
    for folder in (".git/refs/heads", "fi/uploads"):
        (out / folder).mkdir(parents=True)
    (out / ".git/HEAD").write_text("ref: refs/heads/main")
    for text in (b"2", b"3"):  # the second time in the spare
        publish(SITE | {"index.html": PAGE + text, "fi/index.html": PAGE + text}, out, cache)
        assert (out / ".git/refs/heads").is_dir()
        assert (out / "fi/uploads").is_dir()
    (out / "fi/uploads").rmdir()
    publish(SITE, out, cache)
    assert not (out / "fi/uploads").exists()


def test_folders_keep_their_modes(out: Path, cache: Path) -> None:
    out.mkdir()
    out.chmod(0o2775)
    for text in (b"1", b"2", b"3"):
        publish(SITE | {"index.html": PAGE + text, "fi/index.html": PAGE + text}, out, cache)
        (out / "mine").mkdir(exist_ok=True)
        (out / "mine").chmod(0o750)
    assert [(out / folder).stat().st_mode & 0o7777 for folder in ("", "mine")] == [0o2775, 0o750]


@pytest.mark.parametrize("spared", [False, True])
def test_what_others_do_in_the_output_meanwhile_stands(out: Path, cache: Path, spared: bool) -> None:
    publish(SITE, out, cache)
    for name in ("kept", "gone", "other"):
        (out / f"{name}.txt").write_text("old")
    if spared:
        publish(SITE | {"index.html": PAGE + b"2", "fi/index.html": PAGE + b"2"}, out, cache)
    stage = write.Stage(out, cache)
    assert stage.spare.mirrors == spared
    new = SITE | {"index.html": PAGE + b"3", "fi/index.html": PAGE + b"3"}
    laid = {path: stage.put(path, data) for path, data in new.items()}
    (out / "fi/mine.txt").write_text("mine")
    (out / "fi/empty").mkdir()
    (out / "gone.txt").unlink()
    (out / "other.txt").unlink()
    (out / "other.txt").write_text("new")
    stage.publish(laid)
    theirs = {"kept.txt": b"old", "other.txt": b"new", "fi/mine.txt": b"mine"}
    assert tree(out) == new | theirs
    for text in (b"4", b"5"):
        publish(new | {"index.html": PAGE + text, "fi/index.html": PAGE + text}, out, cache)
    publish(new, out, cache)
    assert tree(out) == new | theirs
    assert (out / "fi/empty").is_dir()


def test_somebody_elses_file_laid_meanwhile_in_the_place_of_ours_is_refused(out: Path, cache: Path) -> None:
    publish({"index.html": PAGE}, out, cache)
    stage = write.Stage(out, cache)
    laid = {path: stage.put(path, data) for path, data in SITE.items()}
    (out / "sitemap.xml").write_text("mine")
    with pytest.raises(Foreign):
        stage.publish(laid)
    assert tree(out) == {"index.html": PAGE, "sitemap.xml": b"mine"}


def test_a_domain_laid_by_hand_gives_way_to_the_sites_own(out: Path, cache: Path) -> None:
    publish(SITE, out, cache)
    (out / "CNAME").write_text("register.example")
    publish(SITE | {"CNAME": b"digi.example\n"}, out, cache)
    assert (out / "CNAME").read_bytes() == b"digi.example\n"


def test_a_lost_ledger_is_made_up_for_by_our_mark_in_the_pages(out: Path, cache: Path) -> None:
    publish(SITE | MORE, out, cache)
    (out / "CNAME").write_text("register.example")
    for file in cache.iterdir():
        file.unlink()
    (out / "data/mine.csv").write_text("mine")
    (out / "static/mine.css").write_text("mine")
    publish({"index.html": PAGE}, out, cache)
    theirs = {"CNAME": b"register.example", "data/mine.csv": b"mine", "static/mine.css": b"mine"}
    assert tree(out) == {"index.html": PAGE} | theirs
    publish({"index.html": PAGE + b"2"}, out, cache)
    assert tree(out) == {"index.html": PAGE + b"2"} | theirs


@pytest.mark.parametrize("damage", [b"", b"{", b'{"format": 1, "paths": 3}', b"\xff", b'{"format": 99, "paths": []}'])
def test_a_damaged_ledger_is_as_good_as_none(out: Path, cache: Path, damage: bytes) -> None:
    publish(SITE | MORE, out, cache)
    next(cache.iterdir()).write_bytes(damage)
    publish({"index.html": PAGE}, out, cache)
    assert tree(out) == {"index.html": PAGE}


def test_a_damaged_site_is_healed(out: Path, cache: Path) -> None:
    publish(SITE, out, cache)
    (out / "index.html").write_bytes(b"damaged")
    (out / "fi/index.html").unlink()
    publish(SITE, out, cache)
    assert tree(out) == SITE


def test_a_folder_that_is_not_ours_is_refused_untouched(out: Path, cache: Path) -> None:
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(Foreign):
        publish(SITE, out, cache)
    assert tree(out) == {"thesis.txt": b"years of work"}


def test_somebody_elses_file_in_the_place_of_ours_is_refused(out: Path, cache: Path) -> None:
    publish({"index.html": PAGE}, out, cache)
    (out / "sitemap.xml").write_text("mine")
    with pytest.raises(Foreign):
        publish(SITE, out, cache)
    assert (out / "sitemap.xml").read_text() == "mine"


@pytest.mark.parametrize("theirs", ["fi", "fi/index.html/notes.txt", "fi/index.html/"])
def test_somebody_elses_file_or_folder_in_the_way_of_ours_is_refused(out: Path, cache: Path, theirs: str) -> None:
    publish({"index.html": PAGE}, out, cache)
    if theirs.endswith("/"):
        (out / theirs).mkdir(parents=True)
    else:
        (out / theirs).parent.mkdir(parents=True, exist_ok=True)
        (out / theirs).write_text("mine")
    before = tree(out)
    with pytest.raises(Foreign):
        publish(SITE, out, cache)
    assert tree(out) == before


def test_a_link_in_the_place_of_a_folder_of_ours_is_refused(tmp_path: Path, out: Path, cache: Path) -> None:
    publish(SITE, out, cache)
    (out / "data").rename(tmp_path / "elsewhere")
    (out / "data").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Foreign):
        publish(SITE, out, cache)


@pytest.mark.parametrize("killed", [False, True])
def test_another_folder_in_the_place_of_our_site_is_refused(
    out: Path, cache: Path, killed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be it that the site was there once, or that a build was killed before it was."""
    if killed:
        monkeypatch.setattr(write, "_swap", lambda *folders: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(SITE, out, cache)
        monkeypatch.undo()
    else:
        publish(SITE, out, cache)
        shutil.rmtree(out)
    theirs = {"index.html": b"my own site", "robots.txt": b"mine", "fi/index.html": b"mine"}
    for path, data in theirs.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    with pytest.raises(Foreign):
        publish(SITE, out, cache)
    assert tree(out) == theirs


@pytest.mark.parametrize("place", ["content", "content/_site", "."])
def test_a_source_folder_one_above_it_or_below_it_is_refused(tmp_path: Path, cache: Path, place: str) -> None:
    content = tmp_path / "content"
    content.mkdir()
    with pytest.raises(Foreign):
        publish(SITE, tmp_path / place, cache, (content,))
    assert tree(content) == {}


def test_a_symbolic_link_is_refused(tmp_path: Path, out: Path, cache: Path) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir()
    out.symlink_to(target)
    with pytest.raises(Foreign):
        publish(SITE, out, cache)
    assert tree(target) == {}


def test_a_full_disk_leaves_the_old_site(out: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(SITE, out, cache)

    def full(file: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "_write", full)
    with pytest.raises(OSError, match="No space"):
        publish({"index.html": PAGE + b"new"}, out, cache)
    assert tree(out) == SITE
    monkeypatch.undo()
    publish({"index.html": PAGE + b"new"}, out, cache)
    assert tree(out) == {"index.html": PAGE + b"new"}


def test_it_also_works_where_two_folders_cannot_change_places_at_once(
    out: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "_exchanged", lambda one, other: False)
    publish(SITE, out, cache)
    publish({"index.html": PAGE}, out, cache)
    assert tree(out) == {"index.html": PAGE}
    assert sorted(p.name for p in out.parent.iterdir()) == [".cache", "_site"]
