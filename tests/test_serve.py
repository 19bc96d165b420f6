"""The preview: as GitHub Pages serves, rebuilt on a save, with what is wrong shown over the last good site."""

from __future__ import annotations

import asyncio
import errno
import json
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.websocket import websocket_connect
from watchfiles import Change

from tandem.flow import Built, House
from tandem.house import ROOT
from tandem.ledger import Ledger
from tandem.preview import application
from tandem.problem import Speech
from tandem.serve import MENDS, Preview, address, previewed
from tests.disk import disk


@pytest.fixture
def preview(base: Path, tmp_path: Path) -> Preview:
    house = House(base, tmp_path / "_site", cache=tmp_path / ".cache")
    made = Preview(house, address(house, 8000), Speech("sv"), lambda built, begun: None)
    made.rebuild()
    return made


def asked(preview: Preview, *paths: str) -> list[HTTPResponse]:
    """What a running server answers, redirects not followed."""

    async def ask() -> list[HTTPResponse]:
        socket, port = bind_unused_port()
        served = application(preview.house.out, urlsplit(preview.url).path, port, preview.overlay)
        server = HTTPServer(served)
        server.add_sockets([socket])
        client = AsyncHTTPClient(force_instance=True)
        try:
            urls = [f"http://127.0.0.1:{port}{path}" for path in paths]
            return [await client.fetch(url, raise_error=False, follow_redirects=False) for url in urls]
        finally:
            client.close()
            server.stop()

    return asyncio.run(ask())


def test_it_serves_as_github_pages_does(preview: Preview) -> None:
    path = urlsplit(preview.url).path
    assert path == "/register/"
    root, home, folder, missing, case, outside = asked(
        preview, "/", f"{path}fi/", f"{path}fi", f"{path}nowhere/", f"{path}FI/", "/fi/"
    )
    assert root.headers["Location"] == path
    assert (home.code, b'data-kind="home"' in home.body) == (200, True)
    assert folder.code == 301
    assert (missing.code, b'data-kind="notfound"' in missing.body) == (404, True)
    assert case.code == 404
    assert outside.code == 404


def test_a_change_between_a_page_and_its_question_is_told(preview: Preview) -> None:
    """The page's script asks to be told of changes a moment after the page was served."""

    async def told(changed: bool) -> bool:
        socket, port = bind_unused_port()
        server = HTTPServer(application(preview.house.out, urlsplit(preview.url).path, port, preview.overlay))
        server.add_sockets([socket])
        host, page = f"127.0.0.1:{port}", f"http://127.0.0.1:{port}{urlsplit(preview.url).path}fi/"
        try:
            await AsyncHTTPClient(force_instance=True).fetch(page)
            if changed:
                preview.reload(frozenset({"content/projects/helmi.yaml"}))
            asking = HTTPRequest(f"ws://{host}/livereload", headers={"Origin": f"http://{host}"})
            browser = await websocket_connect(asking)
            await browser.write_message(json.dumps({"command": "info", "url": page}))
            await browser.write_message(json.dumps({"command": "hello"}))
            first = json.loads(await browser.read_message() or "{}")
            browser.close()
            return bool(first["command"] == "reload")
        finally:
            server.stop()

    assert asyncio.run(told(changed=True))
    assert not asyncio.run(told(changed=False))


def test_the_form_editor_is_not_loaded_anew_while_someone_writes_in_it(preview: Preview) -> None:
    (preview.house.out / "admin").mkdir()
    (preview.house.out / "admin" / "index.html").write_text("<html><head></head><body></body></html>", "utf-8")
    path = urlsplit(preview.url).path
    page, form = asked(preview, f"{path}fi/", f"{path}admin/")
    assert b"livereload.js" in page.body
    assert (form.code, b"livereload.js" in form.body) == (200, False)


def test_what_is_wrong_is_shown_over_the_last_good_site_until_it_is_mended(preview: Preview) -> None:
    project = preview.house.content / "projects" / "helmi.yaml"
    good = project.read_text("utf-8")
    project.write_text(good.replace("lead: Porvoo", "lead: Porvo"), "utf-8")
    preview.rebuild()
    page = asked(preview, f"{urlsplit(preview.url).path}fi/")[0].body.decode()
    assert '<aside class="tandem-faults" role="alert" lang="sv"' in page
    assert "helmi.yaml:14:7" in page
    assert "menade du ”Porvoo” (638)?" in page
    assert 'data-kind="home"' in page
    project.write_text(good, "utf-8")
    preview.rebuild()
    assert "tandem-faults" not in asked(preview, f"{urlsplit(preview.url).path}fi/")[0].body.decode()


def test_previews_of_two_content_folders_show_each_its_own(base: Path, tmp_path: Path) -> None:
    """From one working folder, as ``python build.py serve --content DIR`` is called."""
    other = tmp_path / "other"
    shutil.copytree(base, other)
    change = (other / "site.yaml").read_text("utf-8").replace("title: {fi: ", "title: {fi: Toinen ")
    (other / "site.yaml").write_text(change, "utf-8")
    pages = []
    for content in (base, other, base / "projects" / ".."):
        house = previewed(House(content, tmp_path / "_site", cache=tmp_path / ".cache"))
        Preview(house, address(house, 8000), Speech("fi"), lambda built, begun: None).rebuild()
        pages.append(house.out / "fi" / "index.html")
    assert ["Toinen " in page.read_text("utf-8") for page in pages] == [False, True, False]
    assert pages[2].samefile(pages[0])


def test_a_burst_of_saves_is_one_change(preview: Preview) -> None:
    project = preview.house.content / "projects" / "helmi.yaml"
    for text in ("# one\n", "# two\n"):
        with project.open("a", encoding="utf-8") as file:
            file.write(text)
        assert preview.look() == frozenset()
    while not (changed := preview.look()):
        pass
    assert changed == {"content/projects/helmi.yaml"}
    preview.rebuild()


def test_drafts_are_built_and_marked(base: Path, tmp_path: Path) -> None:
    project = base / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8") + "draft: true\n", "utf-8")
    house = House(base, tmp_path / "_site", cache=tmp_path / ".cache")
    told: list[Built] = []
    Preview(house, address(house, 8000), Speech("fi"), lambda built, begun: told.append(built)).rebuild()
    assert told[0].written
    assert '<strong class="draft">' in (house.out / "fi/hankkeet/helmi/index.html").read_text("utf-8")


@pytest.mark.parametrize("wrong", ["{% if %}", "{{ view.nothing }}", "{% include 'nothing.html' %}"])
def test_a_failing_template_leaves_the_site_and_says_so(base: Path, tmp_path: Path, wrong: str) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    house = House(base, tmp_path / "_site", tmp_path / "templates", cache=tmp_path / ".cache")
    preview = Preview(house, address(house, 8000), Speech("fi"), lambda built, begun: None)
    preview.rebuild()
    template = tmp_path / "templates" / "theme.html"
    template.write_text(template.read_text("utf-8").replace("<h1>", f"\n<h1>{wrong}"), "utf-8")
    preview.rebuild()
    page = asked(preview, f"{urlsplit(preview.url).path}fi/")[0].body.decode()
    assert "vika on ohjelmassa" in page
    assert ("theme.html" if "if" in wrong else "/fi/teemat/") in page
    assert 'data-kind="home"' in page


def test_a_form_editor_that_is_not_fetched_is_said(preview: Preview) -> None:
    settings = preview.house.content / "site.yaml"
    settings.write_text(
        settings.read_text("utf-8") + "editor: {review: true}\nrepository: https://github.com/a/b\n", "utf-8"
    )
    preview.rebuild()
    page = asked(preview, f"{urlsplit(preview.url).path}fi/")[0].body.decode()
    assert "python build.py editor" in page
    assert 'data-kind="home"' in page


def test_a_full_disk_is_said_over_the_last_good_site_until_the_next_save(preview: Preview) -> None:
    project = preview.house.content / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8").replace("2021-02-05", "2021-02-06"), "utf-8")
    with disk(1, errno.ENOSPC, lasting=True):
        preview.rebuild()
    page = asked(preview, f"{urlsplit(preview.url).path}fi/")[0].body.decode()
    assert "arbetet avbröts: disken är full" in page
    assert 'data-kind="home"' in page
    preview.rebuild()
    assert "tandem-faults" not in asked(preview, f"{urlsplit(preview.url).path}fi/")[0].body.decode()


def test_a_folder_that_is_not_ours_is_said_over_it(preview: Preview) -> None:
    Ledger.of(preview.house.out, preview.house.cache).file.unlink()
    (preview.house.out / "index.html").write_text("mine", "utf-8")
    preview.rebuild()
    page = asked(preview, f"{urlsplit(preview.url).path}fi/")[0].body.decode()
    assert "_site är inte skapad av det här programmet" in page
    assert 'data-kind="home"' in page
    assert (preview.house.out / "index.html").read_text("utf-8") == "mine"


def quiet(preview: Preview) -> int:
    """As when nothing happens for a while: how many builds there are then."""
    builds = 0
    for _ in range(6):
        preview.rested = 0.0
        if changed := preview.idle():
            preview.rebuild(changed)
            builds += 1
    return builds


@pytest.mark.parametrize("ready", [False, True])
@pytest.mark.parametrize("folder", ["content", "content/sv"])
def test_a_folder_that_is_away_is_said_until_it_is_back(preview: Preview, folder: str, ready: bool) -> None:
    if ready:
        made_ready(preview)
    there, away = preview.house.content.parent / folder, preview.house.content.parent / "away"
    home = f"{urlsplit(preview.url).path}fi/"
    there.rename(away)
    assert quiet(preview) == 1
    page = asked(preview, home)[0].body.decode()
    assert "tandem-faults" in page
    assert 'data-kind="home"' in page
    assert ("arbetet avbröts: filen eller mappen finns inte" in page) == (there == preview.house.content)
    away.rename(there)
    assert quiet(preview) >= 1
    assert "tandem-faults" not in asked(preview, home)[0].body.decode()
    assert quiet(preview) == 0


def test_a_program_that_changed_is_to_be_started_again(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What runs is the old one: it makes nothing, and leaves nothing in the cache, in the name of the new."""
    shutil.copytree(ROOT / "tandem", tmp_path / "program" / "tandem")
    monkeypatch.setattr("tandem.house.ROOT", tmp_path / "program")
    said: list[str] = []
    house = House(base, tmp_path / "_site", cache=tmp_path / ".cache")
    preview = Preview(house, address(house, 8000), Speech("sv"), lambda built, begun: None, said.append)
    preview.rebuild()
    with (tmp_path / "program" / "tandem" / "language.py").open("a") as file:
        file.write("# new\n")
    assert quiet(preview) == 1
    page = f"{urlsplit(preview.url).path}sv/projekt/parlan/"
    before = (house.out / "sv/projekt/parlan/index.html").read_bytes()
    project = base / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8").replace("2021-02-05", "2021-02-06"), "utf-8")
    assert quiet(preview) == 1
    assert quiet(preview) == 0
    assert said == ["programmet har ändrats: starta förhandsvisningen på nytt"] * 2
    assert said[0] in asked(preview, page)[0].body.decode()
    assert (house.out / "sv/projekt/parlan/index.html").read_bytes() == before


def test_a_save_that_may_not_be_looked_at_is_left_to_the_build(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused by hand: where tests run as root, no permission refuses anything."""

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "refused")

    monkeypatch.setattr("tandem.serve.looked_at", refused)
    project = preview.house.content.resolve() / "projects" / "helmi.yaml"
    assert preview.saved({(Change.modified, str(project))}) == {"content/projects/helmi.yaml"}


def made_ready(preview: Preview) -> None:
    """As when nothing happens for a while. A file saved in the moment of a build is built from once more."""
    for _ in range(4):
        preview.rested = 0.0
        if changed := preview.idle():
            preview.rebuild(changed)
    assert preview.running


def test_a_saved_text_makes_its_page_from_what_is_known_and_no_other(base: Path, tmp_path: Path) -> None:
    """As the system tells of it; what the quick way trusted stands when all is looked at."""
    house = House(base, tmp_path / "_site", cache=tmp_path / ".cache")
    told: list[Built] = []
    preview = Preview(house, address(house, 8000), Speech("fi"), lambda built, begun: told.append(built))
    project = house.content / "projects" / "helmi.yaml"
    text = project.read_text("utf-8")
    project.write_text(text + "results: {fi: Ensin., sv: Ensin.}\n", "utf-8")
    preview.rebuild()
    made_ready(preview)
    for word in ("toiseksi", "viimeksi"):
        project.write_text(f"{text}results: {{fi: Ensin ja {word}., sv: Ensin ja {word}.}}\n", "utf-8")
        found = {(Change.modified, str(project.resolve())), (Change.added, str(house.content.resolve() / "projects"))}
        changed = preview.saved(found)
        assert changed == {"content/projects/helmi.yaml"}
        preview.rebuild(changed)
        assert len(told[-1].made) == 2
        assert told[-1].running
        assert f"Ensin ja {word}" in (house.out / "fi/hankkeet/helmi/index.html").read_text("utf-8")
    assert preview.saved(found) == frozenset()
    assert preview.trusted()


def test_a_preview_that_somebody_damaged_is_mended_when_nothing_happens(preview: Preview) -> None:
    made_ready(preview)
    page = preview.house.out / "fi" / "index.html"
    page.unlink()
    preview.rested = 0.0
    changed = preview.idle()
    assert changed
    preview.rebuild(changed)
    assert page.is_file()


@pytest.mark.parametrize("lost", ["_site/fi/index.html", "_site", ".cache"])
def test_so_is_one_that_was_damaged_before_anything_was_still(preview: Preview, lost: str) -> None:
    page = preview.house.out / "fi" / "index.html"
    there = preview.house.out.parent / lost
    shutil.rmtree(there) if there.is_dir() else there.unlink()
    made_ready(preview)
    assert page.is_file()
    assert "tandem-faults" not in asked(preview, f"{urlsplit(preview.url).path}fi/")[0].body.decode()


def test_what_no_build_mends_is_not_built_for_ever(preview: Preview) -> None:
    """Nothing can be noted of how the site is left, so it never stands as noted; the site itself is whole."""
    noted = Ledger.of(preview.house.out, preview.house.cache).file
    noted.unlink()
    noted.with_suffix(".new").mkdir()
    builds = 0
    while changed := preview.idle():
        preview.rebuild(changed)
        preview.rested, builds = 0.0, builds + 1
        assert builds <= MENDS
    assert builds == MENDS
    assert not preview.overlay


def test_damage_to_a_preview_waits_until_the_content_is_mended(preview: Preview) -> None:
    project, page = preview.house.content / "projects" / "helmi.yaml", preview.house.out / "fi" / "index.html"
    good = project.read_text("utf-8")
    project.write_text(good.replace("lead: Porvoo", "lead: Porvo"), "utf-8")
    preview.rebuild()
    page.unlink()
    for _ in range(3):
        preview.rested = 0.0
        assert preview.idle() == frozenset()
    project.write_text(good, "utf-8")
    made_ready(preview)
    assert page.is_file()
