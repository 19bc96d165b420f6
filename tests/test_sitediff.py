"""Two built sites: which pages appear, change and disappear."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tandem.flow import House, build
from tandem.problem import Speech
from tandem.sitediff import as_json, as_text, sitediff
from tests.process import forked


@pytest.fixture
def sites(base: Path) -> tuple[Path, Path]:
    """The base site twice: as it was, and with one project gone and a text of the other changed."""
    old, new = base.parent / "old", base.parent / "new"
    assert build(House(base, old, cache=base.parent / ".cache"), search=False).written
    (base / "projects" / "rutiinit.yaml").unlink()
    file = base / "projects" / "helmi.yaml"
    file.write_text(file.read_text("utf-8") + "municipality_count: 9\n", "utf-8")
    assert build(House(base, new, cache=base.parent / ".cache"), search=False).written
    return old, new


def test_a_removed_project_takes_its_pages_and_those_of_its_only_municipality_along(sites: tuple[Path, Path]) -> None:
    diff = sitediff(*sites)
    assert [page.address for page in diff.of("removed")] == [
        "/fi/hankkeet/rutiinit/",
        "/fi/kunnat/lahti/",
        "/sv/kommuner/lahtis/",
        "/sv/projekt/rutiinit/",
    ]
    assert [page.address for page in sitediff(sites[1], sites[0]).of("added")] == [
        page.address for page in diff.of("removed")
    ]


def test_a_changed_page_is_named_with_its_title(sites: tuple[Path, Path]) -> None:
    changed = {page.address: page.title for page in sitediff(*sites).of("changed")}
    assert changed["/fi/hankkeet/helmi/"].startswith("Helmi")
    assert "/404.html" not in changed


def test_the_same_site_has_no_difference(sites: tuple[Path, Path]) -> None:
    assert as_text(sitediff(sites[0], sites[0]), Speech("en")) == "No page changes\n"


def test_a_new_style_sheet_alone_changes_no_page(base: Path) -> None:
    static = base.parent / "static"
    shutil.copytree(House(base, base).static, static)
    folders = base.parent / "old", base.parent / "new"
    for folder in folders:
        built = build(House(base, folder, static=static, cache=base.parent / ".cache"), search=False)
        assert built.written
        (static / "css" / "site.css").write_text("/* another */", "utf-8")
    diff = sitediff(*folders)
    assert diff.pages == ()
    assert diff.restyled == len(list(folders[1].rglob("*.html")))


def test_a_title_cannot_play_with_the_terminal(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "index.html").write_text("<title>&amp; \x1b[31m</title>", "utf-8")
    said = as_text(sitediff(tmp_path / "old", tmp_path / "new"), Speech("fi"))
    assert said == "Uusia sivuja (1)\n  /  & \\u001b[31m\n"


def test_the_command_speaks_text_and_json_and_refuses_what_is_no_site(sites: tuple[Path, Path]) -> None:
    folder = sites[0].parent
    done = forked("diff", "old", "new", "--content", "content", "--lang", "sv", cwd=folder)
    assert done.returncode == 0
    assert "Adresser som slutar fungera (4)\n  /fi/hankkeet/rutiinit/" in done.stdout
    done = forked("diff", "old", "new", "--content", "content", "--format", "json", cwd=folder)
    assert json.loads(done.stdout) == json.loads(as_json(sitediff(*sites)))
    done = forked("diff", "old", "nowhere", "--content", "content", "--lang", "en", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "no folder nowhere with a built site\n")
