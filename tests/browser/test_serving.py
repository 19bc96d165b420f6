"""The preview in a real browser: what is saved is seen, without anybody loading the page again."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT

PROGRAM = """
import sys
from pathlib import Path
from tandem.house import House
from tandem.problem import Speech
from tandem.serve import serve
here = Path(sys.argv[1])
house = House(here / "content", here / "_site", here / "templates", here / "static", here / ".cache")
serve(house, int(sys.argv[2]), Speech("sv"), lambda built, begun: None)
"""


@dataclass
class Served:
    folder: Path
    url: str
    process: subprocess.Popen[bytes]

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def preview(base: Path, tmp_path: Path) -> Iterator[Served]:
    """The small register served from a folder of its own, templates and styles too."""
    assert base == tmp_path / "content"
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path), str(port)], cwd=ROOT)
    served = Served(tmp_path, f"http://127.0.0.1:{port}/register/", process)
    try:
        for _ in range(600):
            try:
                urlopen(f"{served.url}fi/").close()
                break
            except URLError:
                time.sleep(0.1)  # until it listens
        yield served
    finally:
        process.kill()
        process.wait()


def test_what_is_saved_is_seen_at_once(browser: Browser, preview: Served) -> None:
    page = browser.new_page()
    page.goto(f"{preview.url}fi/hankkeet/helmi/")
    heading = page.locator("h1")
    expect(heading).to_have_text("Helmi")

    preview.change("content/projects/helmi.yaml", "lomakkeella", "sivulla")
    expect(page.locator("main")).to_contain_text("yhdellä sivulla")

    preview.change("content/projects/helmi.yaml", "lead: Porvoo", "lead: Porvo")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("menade du ”Porvoo” (638)?")
    expect(told).to_contain_text("helmi.yaml:14:7")
    expect(page.locator("main")).to_contain_text("yhdellä sivulla")

    preview.change("content/projects/helmi.yaml", "lead: Porvo", "lead: Porvoo")
    expect(told).to_have_count(0)

    preview.change("content/fi/messages.po", 'msgstr "Tavoitteet"', 'msgstr "Päämäärät"')
    expect(page.get_by_role("heading", name="Päämäärät")).to_be_visible()

    preview.change("templates/project.html", "<h1>", '<h1 class="new">')
    expect(page.locator("h1.new")).to_be_visible()

    page.evaluate("window.kept = true")
    with (preview.folder / "static" / "css" / "site.css").open("a", encoding="utf-8") as sheet:
        sheet.write("\nh1 { letter-spacing: 7px !important; }\n")
    expect(heading).to_have_css("letter-spacing", "7px")
    assert page.evaluate("window.kept"), "a style sheet is taken over without loading the page again"
    page.close()

    preview.process.send_signal(signal.SIGINT)
    assert preview.process.wait(20) in (0, 130, -signal.SIGINT)
