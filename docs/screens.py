"""Takes the pictures of the editors' guides from the running programs: the review of a change, and the form editor.

    python docs/screens.py            static/img/guide/*.png, from the small site of tests/base

They need what ``docs/pictures.py`` needs, git, and the form editor's program (``python build.py editor --anyway``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pictures import ROOT, save, serving
from playwright.sync_api import Browser, Page, sync_playwright

from tandem.pinned import FOLDER

GUIDE = ROOT / "static" / "img" / "guide"
FILE = "content/projects/helmi.yaml"
CHANGES = (
    ("haetaan yhdellä lomakkeella.", "haetaan yhdellä verkkolomakkeella."),
    ("En enda blankett räcker", "En enda webblankett räcker"),
    ("amount: 42000", "amount: 43000"),
)
LOCAL = {"fi": "Työskentele paikallisen repositorion kanssa", "sv": "Arbeta med lokalt repository"}
PICKED = "navigator.storage.getDirectory().then((one) => one.getDirectoryHandle('repository'))"
WIDTH = 800


def main() -> None:
    GUIDE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        _laid(folder)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for code in LOCAL:
            _review(browser.new_page(viewport={"width": WIDTH, "height": 640}), folder, code)
            _form(browser, folder, code)
        browser.close()


def _laid(folder: Path) -> None:
    """A repository of the small site with the form editor on, one commit, and a change in both languages."""
    shutil.copytree(ROOT / "tests" / "base" / "content", folder / "content")
    for code in LOCAL:
        shutil.copy(ROOT / "content" / code / "messages.po", folder / "content" / code / "messages.po")
    with (folder / "content" / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nrepository: https://github.com/example/register\neditor: {review: true}\n")
    shutil.copytree(ROOT / ".cache" / FOLDER, folder / ".cache" / FOLDER)
    who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for words in (["init", "-q"], ["add", "content"], ["commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=folder, env={**os.environ, **who}, check=True)  # noqa: S603, S607
    file = folder / FILE
    text = file.read_text("utf-8")
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    _run(folder, "build", "--out", "_site")
    file.write_text(text, "utf-8")


def _run(folder: Path, *words: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "build.py"), *words, "--content", "content"], cwd=folder, check=True)  # noqa: S603


def _review(page: Page, folder: Path, code: str) -> None:
    _run(folder, "review", "HEAD..", "--lang", code, "--out", "review.html")
    page.goto((folder / "review.html").as_uri())
    save(page.screenshot(), GUIDE / f"review.{code}.png")


def _form(browser: Browser, folder: Path, code: str) -> None:
    """The form editor on the repository, in the browser's own file system: a picker of folders cannot be driven."""
    page = browser.new_page(locale=f"{code}-FI", viewport={"width": WIDTH, "height": 3000}, reduced_motion="reduce")
    disk = (ROOT / "tests" / "browser" / "disk.js").read_text("utf-8").rstrip().removesuffix(";")
    files = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in (folder / "content").rglob("*.yaml")
    }
    with serving(folder / "_site") as url:
        page.goto(f"{url}/robots.txt")
        page.evaluate(disk, {".git/HEAD": "x", **files})
        page.add_init_script(f"window.showDirectoryPicker = () => {PICKED}")
        page.goto(f"{url}/admin/")
        page.get_by_role("button", name=LOCAL[code]).click()
        page.get_by_role("treeitem").first.wait_for()
        page.goto(f"{url}/admin/#/collections/project/entries/helmi")
        page.locator('[data-key-path="summary.sv"] textarea').wait_for()
        page.set_viewport_size({"width": WIDTH, "height": 640})
        page.locator('[data-key-path="summary"]').evaluate("one => one.scrollIntoView()")
        page.evaluate("document.fonts.ready")
        save(page.screenshot(), GUIDE / f"form.{code}.png")


if __name__ == "__main__":
    main()
