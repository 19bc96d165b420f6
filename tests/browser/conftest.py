"""The register as a reader meets it: built once, served under a path, opened in the system's own Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.browser.server import HOST, served
from tests.built import Built

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
BASE = "/kuntien-digihankkeet/"
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
HOME = f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}"  # nothing beyond this machine can be reached

PATIENCE = 20_000  # milliseconds until what does not come is missing: on a busy machine a whole build takes seconds
expect.set_options(timeout=PATIENCE)


def probe(name: str) -> str:
    """A function of JavaScript that looks at a page, for ``page.evaluate``."""
    return (HERE / f"{name}.js").read_text("utf-8").rstrip().removesuffix(";")


@dataclass
class Site:
    """A built site and where it is served."""

    built: Built
    origin: str

    def url(self, address: str) -> str:
        """``address`` is rooted at the site: ``/fi/kunnat/``."""
        return self.origin + BASE + address.removeprefix("/")

    def sample(self, kind: str, language: str) -> str:
        """The address of the richest page of a kind: the one with the longest source. ``both``: of all languages."""
        pages = self.built.of_kind(kind, "" if language == "both" else f"{language}/")
        path = max(pages, key=lambda path: (len(pages[path].source), path))
        return "/" + path.removesuffix("index.html")


@dataclass
class Seen:
    """What a page did that a reader cannot see."""

    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    def watch(self, page: Page, origin: str) -> None:
        page.on("console", lambda message: self.console.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.console.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", lambda answer: self.failed.append(answer.url) if answer.status >= 400 else None)
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("request", lambda request: self._foreign(request.url, origin))

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # by going on to the next page
            self.failed.append(f"{request.url}: {request.failure}")

    def _foreign(self, url: str, origin: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and not url.startswith(f"{origin}/"):
            self.foreign.append(url)


def laid(content: Path, folder: Path) -> Path:
    """A site built below ``folder`` by the door, in a process of its own."""
    out = folder / "_site"
    command = [sys.executable, str(ROOT / "build.py"), "build", "--content", str(content), "--out", str(out)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The register of this repository, at the address in its site.yaml."""
    folder = laid(ROOT / "content", tmp_path_factory.mktemp("register"))
    with served(folder, BASE) as origin:
        yield Site(Built(folder, f"https://example.github.io{BASE}"), origin)


@pytest.fixture(scope="session")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A register whose list of projects takes three pages."""
    content = tmp_path_factory.mktemp("long") / "content"
    shutil.copytree(ROOT / "content", content)
    names, leads = ("Öinen", "Älykäs", "Åbo", "Valo", "Walo"), ("Porvoo", "Lahti", "Äänekoski", "Inkoo")
    for number in range(400):
        name, lead = names[number % len(names)], leads[number % len(leads)]
        lines = [
            f"name: {{fi: {name} {number}, sv: {name} nummer {number}}}",
            f"summary: {{fi: Hanke {number}., sv: Projekt {number}.}}",
            f"lead: {lead}",
            f"partners: [{leads[(number + 1) % len(leads)]}]",
            "themes: [tekoaly]",
            f"funding: [{{round: '2018', amount: {1000 + number}, amount_is: about}}]",
            "period: {start: 2018-04, end: 2019}",
        ]
        (content / "projects" / f"luku-{number}.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    with served(laid(content, content.parent), BASE) as origin:
        yield Site(Built(content.parent / "_site", f"https://example.github.io{BASE}"), origin)


@pytest.fixture(scope="package")
def browser(site: Site) -> Iterator[Browser]:
    """One Chromium for all tests here; its event loop must not outlive them, so no wider scope."""
    assert os.access(CHROMIUM, os.X_OK), f"Chromium is missing ({CHROMIUM}): install it, or set CHROMIUM"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, HOME])
        yield chromium
        chromium.close()


Open = Callable[..., Page]


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def opened(browser: Browser, site: Site, seen: Seen) -> Iterator[Open]:
    """``opened("/fi/", width=320, dark=True, script=False)``: a page in a window of its own, watched."""
    contexts: list[BrowserContext] = []

    def open(address: str, width: int = 1280, dark: bool = False, script: bool = True, on: Site | None = None) -> Page:
        where = on or site
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        seen.watch(page, where.origin)
        page.goto(where.url(address))
        return page

    yield open
    for context in contexts:
        context.close()
