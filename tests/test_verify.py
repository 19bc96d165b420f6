"""Proof of what is published: sums that sha256sum reads, and `verify`, which names every file that is not as built."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, GZipContentEncoding, RedirectHandler, RequestHandler

from build import main
from tandem.overlay import Overlay
from tandem.preview import application
from tandem.problem import Speech
from tandem.served import Served, Unanswered
from tests.repo import Repo

PATH = "/repo/"
Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def folder(base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(base.parent)
    return base.parent


def build(*words: str) -> int:
    return main(["build", "--content", "content", "--no-search", "--jobs", "1", *words])


def verified(capsys: Capsys, target: object, *words: str) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = main(["verify", str(target), "--content", "content", "--no-search", "--lang", "en", *words])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, (said.out + said.err).splitlines()


def checked(folder: Path, file: Path) -> subprocess.CompletedProcess[str]:
    command = ["sha256sum", "--check", "--strict", "--quiet", str(file)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


# --- sums -----------------------------------------------------------------------------------------------------------


def test_sha256sum_reads_the_sums_and_finds_what_was_changed(folder: Path) -> None:
    assert build("--checksums", "sums.txt") == 0
    assert checked(folder / "_site", folder / "sums.txt").returncode == 0
    (folder / "_site" / "fi" / "index.html").write_text("changed")
    done = checked(folder / "_site", folder / "sums.txt")
    assert (done.returncode, done.stdout) == (1, "fi/index.html: FAILED\n")


@pytest.mark.thorough
def test_a_name_with_a_line_break_or_a_backslash_is_read_too(folder: Path) -> None:
    build()
    for name in ("a\nb", "a\\b", "ä \udcff"):
        (folder / "_site" / name).write_text(name, "utf-8", "surrogateescape")
    assert build("--checksums", "sums.txt") == 0
    assert checked(folder / "_site", folder / "sums.txt").returncode == 0


def test_the_sums_tell_the_commit_and_the_site_does_not(folder: Path) -> None:
    (folder / ".gitignore").write_text("_site\n.cache\nsums.txt\n")
    repo = Repo.around(folder / "content")
    sums, site = folder / "sums.txt", folder / "_site"
    build("--checksums", "sums.txt")
    assert sums.read_text().startswith("# commit: unknown\n# base-url: as in site.yaml\n# history: no\n# search: no\n")
    first = {path: path.read_bytes() for path in site.rglob("*.*")}
    commit = repo.commit("2021-01-01")
    assert build("--checksums", "sums.txt", "--base-url", "https://a.fi/") == 0
    assert sums.read_text().startswith(f"# commit: {commit}\n# base-url: https://a.fi/\n")
    build("--checksums", "sums.txt")
    assert {path: path.read_bytes() for path in site.rglob("*.*")} == first
    assert not [path for path, data in first.items() if commit[:7].encode() in data]
    repo.change("projects/helmi.yaml", "2021-02-05", "2021-02-06")
    build("--checksums", "sums.txt")
    assert sums.read_text().startswith(f"# commit: {commit}+\n")


@pytest.mark.parametrize("place", ["_site/sums.txt", "content/sums.txt", "nowhere/sums.txt"])
def test_sums_never_become_part_of_a_site(folder: Path, place: str, capsys: Capsys) -> None:
    build()
    capsys.readouterr()
    assert build("--checksums", place, "--lang", "en") == 2
    assert place in capsys.readouterr().err
    assert not (folder / place).exists()


# --- a folder -------------------------------------------------------------------------------------------------------


def test_a_folder_is_the_same_until_something_in_it_differs(folder: Path, capsys: Capsys) -> None:
    build()
    shutil.move("_site", "copy")
    shutil.rmtree(".cache")
    code, said = verified(capsys, "copy")
    assert (code, len(said)) == (0, 1)
    assert said[0].startswith("the same, byte for byte: ")
    assert {path.name for path in folder.iterdir()} == {"content", "copy"}
    copy = folder / "copy"
    (copy / "CNAME").write_text("by the host")
    (copy / "fi" / "index.html").write_bytes((copy / "fi" / "index.html").read_bytes() + b" ")
    (copy / "sv" / "feed.xml").unlink()
    (copy / "sv" / "index.html").rename(folder / "moved")
    (copy / "sv" / "index.html").symlink_to(folder / "moved")
    code, said = verified(capsys, "copy")
    assert code == 1
    assert said[:4] == ["added: CNAME", "changed: fi/index.html", "missing: sv/feed.xml", "changed: sv/index.html"]
    assert said[4].startswith("1 added, 2 changed, 1 missing, of ")


@pytest.mark.thorough
def test_the_language_page_of_a_site_with_history_needs_the_history(folder: Path, capsys: Capsys) -> None:
    Repo.around(folder / "content").commit("2021-01-01")
    assert build("--history", "--base-url", "https://a.fi/") == 0
    assert verified(capsys, "_site", "--history", "--base-url", "https://a.fi/")[0] == 0
    code, said = verified(capsys, "_site", "--base-url", "https://a.fi/")
    assert code == 1
    assert "changed: fi/kielet/index.html" in said


def test_content_with_errors_cannot_be_compared(folder: Path, capsys: Capsys) -> None:
    build()
    project = folder / "content" / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8").replace("lead: Porvoo", "lead: Porvo"), "utf-8")
    code, said = verified(capsys, "_site")
    assert code == 1
    assert said[0].startswith("content/projects/helmi.yaml:14:7: error")
    assert said[-1] == "1 error"


@pytest.mark.parametrize("target", ["nowhere", "https://a b/", "http://[/"])
def test_what_is_no_site_is_called_wrongly(folder: Path, target: str, capsys: Capsys) -> None:
    code, said = verified(capsys, target)
    assert (code, len(said)) == (2, 1)


# --- a server -------------------------------------------------------------------------------------------------------

Serving = Callable[[Application], int]


@pytest.fixture
def serving() -> Iterator[Serving]:
    """Serves an application in a thread of its own; gives its port."""
    loops: list[tuple[asyncio.AbstractEventLoop, threading.Thread]] = []

    def serve(served: Application) -> int:
        socket, port = bind_unused_port()
        loop = asyncio.new_event_loop()
        ready = threading.Event()

        def run() -> None:
            asyncio.set_event_loop(loop)
            HTTPServer(served).add_sockets([socket])
            loop.call_soon(ready.set)
            loop.run_forever()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        ready.wait()
        loops.append((loop, thread))
        return port

    yield serve
    for loop, thread in loops:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def host(site: Path, packed: bool = False) -> Application:
    """The preview's server, which serves as GitHub Pages does, without what a preview adds to pages."""
    served = application(site, PATH, 0, Overlay(Speech("en")))
    served.transforms = [GZipContentEncoding] if packed else []
    return served


@pytest.mark.parametrize("packed", [False, True])
def test_a_served_site_is_the_same_under_its_path_packed_or_not(
    folder: Path, serving: Serving, packed: bool, capsys: Capsys
) -> None:
    url = f"http://127.0.0.1:{serving(host(folder / '_site', packed))}{PATH}"
    assert build("--base-url", url) == 0
    code, said = verified(capsys, url.rstrip("/"))
    assert code == 0, said
    assert said[0].startswith("the same, byte for byte: ")


def test_each_file_a_server_gives_otherwise_is_named(folder: Path, serving: Serving, capsys: Capsys) -> None:
    url = f"http://127.0.0.1:{serving(host(folder / '_site'))}{PATH}"
    base = "https://owner.github.io/repo/"
    assert build("--base-url", base) == 0
    site = folder / "_site"
    (site / "fi" / "index.html").write_bytes(b"old")
    (site / "sv" / "feed.xml").unlink()
    sitemap = site / "sitemap.xml"
    more = f"<url><loc>{base}fi/vanha/</loc></url><url><loc>https://elsewhere.fi/</loc></url></urlset>"
    sitemap.write_text(sitemap.read_text("utf-8").replace("</urlset>", more), "utf-8")
    code, said = verified(capsys, url, "--base-url", base)
    assert code == 1
    assert said[:-1] == [
        "changed: fi/index.html", "added: fi/vanha/index.html", "changed: sitemap.xml", "missing: sv/feed.xml",
    ]  # fmt: skip
    assert said[-1].startswith("1 added, 2 changed, 1 missing, of ")


@pytest.mark.thorough
def test_redirects_are_followed_on_the_web_and_nowhere_else(folder: Path, serving: Serving, capsys: Capsys) -> None:
    there = f"http://127.0.0.1:{serving(host(folder / '_site'))}"
    moved = serving(Application([(r"/(.*)", RedirectHandler, {"url": there + "/{0}"})]))
    base = f"http://127.0.0.1:{moved}{PATH}"
    assert build("--base-url", base) == 0
    assert verified(capsys, base)[0] == 0
    secret = folder / "secret.txt"
    secret.write_text("secret")
    trap = serving(Application([(r"/.*", RedirectHandler, {"url": secret.as_uri()})]))
    with pytest.raises(Unanswered):
        Served(f"http://127.0.0.1:{trap}/").read("index.html", 10)


@pytest.mark.thorough
def test_orders_to_the_host_need_not_be_served(folder: Path, serving: Serving, capsys: Capsys) -> None:
    site = folder / "_site"
    url = f"http://127.0.0.1:{serving(host(site))}{PATH}"
    build("--base-url", "https://digi.example.fi/")
    (site / ".nojekyll").unlink()
    (site / "CNAME").unlink()
    assert verified(capsys, url, "--base-url", "https://digi.example.fi/")[0] == 0


class _Broken(RequestHandler):
    def get(self) -> None:
        self.send_error(503)

    def log_exception(self, *_: object) -> None: ...


class _Bomb(RequestHandler):
    """A hundred million zeros, packed into a hundred thousand bytes."""

    def get(self) -> None:
        self.set_header("Content-Encoding", "gzip")
        self.finish(gzip.compress(bytes(100_000_000), 1))


@pytest.mark.thorough
def test_a_server_that_does_not_answer_is_no_difference(folder: Path, serving: Serving, capsys: Capsys) -> None:
    socket, port = bind_unused_port()
    socket.close()
    code, said = verified(capsys, f"http://127.0.0.1:{port}/")
    assert (code, len(said)) == (2, 1)
    assert said[0].startswith(f"http://127.0.0.1:{port}/")
    broken = serving(Application([(r"/.*", _Broken)]))
    code, said = verified(capsys, f"http://127.0.0.1:{broken}/")
    assert code == 2
    assert "503" in said[0]


def test_no_more_is_read_than_can_be_the_same(serving: Serving) -> None:
    port = serving(Application([(r"/.*", _Bomb)]))
    assert Served(f"http://127.0.0.1:{port}").read("a.css", 1000) == bytes(1001)


@pytest.mark.parametrize(
    ("path", "address"),
    [("index.html", ""), ("fi/index.html", "fi/"), ("404.html", "404.html"), ("a b/%.txt", "a%20b/%25.txt")],
)
def test_a_page_is_read_where_readers_read_it(path: str, address: str) -> None:
    assert Served("https://a.fi/repo").address(path) == f"https://a.fi/repo/{address}"
