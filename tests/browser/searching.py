"""A built site on a free port of this machine, as GitHub Pages serves it, and a reader who searches it in Chromium."""

from __future__ import annotations

import gzip
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BASE = "/some/path/"
SEARCH = {"fi": "fi/haku/", "sv": "sv/sok/"}
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


class _Pages(SimpleHTTPRequestHandler):
    """Files below a path, texts compressed."""

    folder: Path

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file = self.folder / path.removeprefix(BASE) / ("index.html" if path.endswith("/") else "")
        if not path.startswith(BASE) or not file.is_file():
            return self.send_error(404)
        data = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        if file.suffix in _TEXT:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        return None

    def log_message(self, *_: object) -> None:
        """Nothing: tests say what they found."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The URL of the site in ``folder`` while it is served."""
    handler = type("Handler", (_Pages,), {"folder": folder})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
        server.shutdown()


@dataclass
class Reader:
    """A reader with a window of their own. ``console`` and ``outside``: what should not be there."""

    context: BrowserContext
    url: str
    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self.console.append(message.text))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("requestfailed", lambda request: self.console.append(f"failed: {request.url}"))
        self.page.on("request", lambda request: self.outside.extend(self._foreign(request.url)))

    def _foreign(self, url: str) -> list[str]:
        return [] if url.startswith((self.url, "data:")) else [url]

    def opens(self, path: str) -> Page:
        """The page at ``path`` below the site; where it searches, with its results."""
        self.page.goto(self.url + path)
        if "?" in path and path.startswith(tuple(SEARCH.values())):
            self.waits()
        return self.page

    def searches(self, words: str) -> list[str]:
        """Types words, presses Enter, and returns the addresses of the results."""
        self.page.fill("#_q", words)
        self.page.press("#_q", "Enter")
        self.waits(words)
        return self.results()

    def waits(self, words: str = "") -> None:
        """Until the results of the search are there."""
        ready = "words => !_found.ariaBusy && _count.textContent && (!words || _found.dataset.words === words)"
        self.page.wait_for_function(ready, arg=words)

    def results(self) -> list[str]:
        links = self.page.eval_on_selector_all("#_found a", "all => all.map(link => link.href)")
        return ["/" + link.removeprefix(self.url) for link in links]

    def address(self) -> str:
        return "/" + self.page.url.removeprefix(self.url)

    @property
    def count(self) -> str:
        return self.page.inner_text("#_count")
