"""The form editor at /admin/ for real: Sveltia CMS in Chromium on a repository; git sees what was changed, no more."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tandem.editor import CMS, PACKAGES, SPOKEN
from tandem.pinned import FOLDER
from tests.browser.conftest import BASE, ROOT, Seen, laid, probe
from tests.browser.server import served
from tests.repo import Repo

PACKED = ROOT / ".cache" / FOLDER
FILE = "content/projects/merkki.yaml"
TEXT = """\
# yaml-language-server: $schema=../../.vscode/schema/project.json
# Checked by hand; keep the order.
name:        {fi: Merkki, sv: Märket}   # official
summary:
  fi: Hanke kokeilee merkkejä.   # short
  sv: 'Projektet prövar ''märken''.'

# Who
lead: "020"  # Akaa, not sixteen
partners: [Lahti,  Borgå]
description:
  fi: |
    Ensimmäinen kappale.

    - yksi: a
    - kaksi # b

  sv: |
    Första stycket.

    - ett: a
    - två # b
# Money
funding:
    # the only one
    - round: "2020"
      amount: 200000   # euros
checked: {summary: 2021-02-05}
themes: [paatoksenteko]
"""
WORK = {"fi": "Työskentele paikallisen repositorion kanssa", "sv": "Arbeta med lokalt repository"}
SAVE = {"fi": "Tallenna", "sv": "Spara"}
MANY = {"fi": "Hankkeet", "sv": "Projekt"}
TALL: ViewportSize = {"width": 1280, "height": 3000}  # the editor makes what is seen, no more
# What is written into the form, and what must come of it in the file.
CHANGES = {
    "fi": (
        {
            "name.sv": "Märket, det nya",
            "summary.fi": "Hanke kokeilee uutta: merkkejä.",
            "summary.sv": "Projektet prövar 'nya märken'.",
            "description.fi": "Ensimmäinen kappale.\n\n- yksi: a\n- kolme # b\n",
        },
        (
            ("sv: Märket}", 'sv: "Märket, det nya"}'),
            ("fi: Hanke kokeilee merkkejä.", 'fi: "Hanke kokeilee uutta: merkkejä."'),
            ("'Projektet prövar ''märken''.'", "'Projektet prövar ''nya märken''.'"),
            ("    - kaksi # b\n", "    - kolme # b\n"),
        ),
    ),
    "sv": (
        {
            "description.sv": "Första stycket.\n\nAndra.\n\n- ett: a\n- två # b\n",
            "lead": "638",
            "funding.0.amount": "199000",
            "updated": "2021-02-06",
            "name.fi": "Merkit",
        },
        (
            ("    Första stycket.\n\n", "    Första stycket.\n\n    Andra.\n\n"),
            ('lead: "020"', 'lead: "638"'),
            ("amount: 200000 ", "amount: 199000 "),
            ("themes: [paatoksenteko]\n", "themes: [paatoksenteko]\nupdated: 2021-02-06\n"),
            ("fi: Merkki,", "fi: Merkit,"),
        ),
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with the editor on, built."""
    for package in PACKAGES:
        assert (PACKED / package.file).is_file(), "the form editor's program is missing: make browser fetches it"
    folder = tmp_path_factory.mktemp("editor")
    shutil.copytree(PACKED, folder / ".cache" / FOLDER)
    shutil.copytree(ROOT / "tests" / "base" / "content", folder / "content")
    for language in SPOKEN:
        shutil.copy(ROOT / "content" / language / "messages.po", folder / "content" / language / "messages.po")
    settings = folder / "content" / "site.yaml"
    told = settings.read_text("utf-8").rstrip() + "\nrepository: https://github.com/o/r\neditor: {review: true}\n"
    settings.write_text(told, "utf-8")
    (folder / FILE).write_text(TEXT, "utf-8")
    laid(folder / "content", folder)
    return folder


@dataclass
class Desk:
    """The editor in a window of its own, and the repository it works on."""

    page: Page
    address: str
    repo: Repo

    def write(self, path: str, text: str) -> None:
        """Fills one field, as a person does: what was there is gone."""
        self.page.locator(f'[data-key-path="{path}"]').locator("input, textarea").first.fill(text)

    def save(self, language: str, kind: str = "project") -> None:
        self.page.get_by_role("button", name=SAVE[language], exact=True).click()
        expect(self.page).to_have_url(re.compile(rf"#/collections/{kind}$"))

    def leave(self) -> str:
        """Commits the folder as the editor left it; which files that changed."""
        for path, text in self.page.evaluate(probe("disk"), {}).items():
            if path.startswith("content/"):
                (self.repo.folder / path).write_text(text, "utf-8", newline="")
        self.repo.commit("2021-02-06")
        return self.repo.git("show", "--format=", "--name-status", "HEAD")

    def judged(self) -> str:
        command = [sys.executable, str(ROOT / "build.py"), "check", "--lang", "en"]
        done = subprocess.run(command, cwd=self.repo.folder, capture_output=True, text=True, encoding="utf-8")
        return done.stdout if done.returncode else ""


Sit = Callable[[str], Desk]


@pytest.fixture
def sit(browser: Browser, built: Path, seen: Seen, tmp_path: Path) -> Iterator[Sit]:
    """``sit("sv")``: a browser that prefers Swedish, at the list of projects."""
    with served(built / "_site", BASE) as origin:
        contexts = []

        def open(language: str) -> Desk:
            shutil.copytree(built / "content", tmp_path / "content")
            repo = Repo.around(tmp_path / "content")
            repo.commit("2021-02-05")
            context = browser.new_context(locale=f"{language}-FI", reduced_motion="reduce", viewport=TALL)
            context.set_default_timeout(20_000)
            contexts.append(context)
            page = context.new_page()
            seen.watch(page, origin)
            address = f"{origin}{BASE}admin/"
            page.goto(f"{origin}{BASE}robots.txt")
            files = {path.relative_to(tmp_path).as_posix(): path for path in (tmp_path / "content").rglob("*.yaml")}
            told = {path: file.read_text("utf-8") for path, file in files.items()}
            page.evaluate(probe("disk"), {".git/HEAD": "ref: refs/heads/main\n", **told})
            picked = "navigator.storage.getDirectory().then((one) => one.getDirectoryHandle('repository'))"
            page.add_init_script(f"window.showDirectoryPicker = () => {picked}")
            page.goto(address)
            page.get_by_role("button", name=WORK[language]).click()
            expect(page.get_by_role("treeitem", name=MANY[language])).to_be_visible()
            return Desk(page, address, repo)

        yield open
        for context in contexts:
            context.close()


@pytest.mark.parametrize("language", [pytest.param("fi", marks=pytest.mark.thorough), "sv"])
def test_a_commit_holds_what_was_written_into_the_form_and_nothing_else(sit: Sit, seen: Seen, language: str) -> None:
    written, expected = CHANGES[language]
    desk = sit(language)
    desk.page.goto(f"{desk.address}#/collections/project/entries/merkki")
    for path, text in written.items():
        desk.write(path, text)
    desk.save(language)
    assert desk.leave() == f"M\t{FILE}"
    wanted = TEXT
    for old, new in expected:
        assert wanted.count(old) == 1
        wanted = wanted.replace(old, new)
    assert (desk.repo.folder / FILE).read_text("utf-8") == wanted
    assert desk.judged() == ""
    assert {url for url in seen.foreign if "githubstatus" not in url} == set()
    assert [url for url in seen.failed if not url.startswith("https://www.githubstatus.com/")] == []


@pytest.mark.thorough
def test_a_new_project_is_a_file_the_check_takes(sit: Sit) -> None:
    desk = sit("fi")
    desk.page.goto(f"{desk.address}#/collections/project/new")
    for path, text in {
        "name.fi": "Katujen kaiku",
        "name.sv": "Röster: gatan",
        "summary.fi": "Kuunnellaan.",
        "summary.sv": "Vi lyssnar.",
        "lead": "Borgå",
    }.items():
        desk.write(path, text)
    desk.save("fi")
    assert desk.leave() == "A\tcontent/projects/katujen-kaiku.yaml"
    assert (desk.repo.folder / "content" / "projects" / "katujen-kaiku.yaml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../.vscode/schema/project.json\n"
        'name:\n  fi: Katujen kaiku\n  sv: "Röster: gatan"\n'
        "summary:\n  fi: Kuunnellaan.\n  sv: Vi lyssnar.\n"
        "lead: Borgå\n"
    )
    assert desk.judged() == ""


@pytest.mark.thorough
def test_of_a_file_that_is_a_list_one_item_changes(sit: Sit) -> None:
    desk = sit("sv")
    before = (desk.repo.content / "rounds.yaml").read_text("utf-8")
    desk.page.goto(f"{desk.address}#/collections/rounds/entries/rounds")
    desk.page.get_by_role("button", name="Expandera alla").first.click()
    desk.write("items.0.name.sv", "2020 års understöd: alla")
    desk.save("sv", "rounds")
    assert desk.leave() == "M\tcontent/rounds.yaml"
    after = (desk.repo.content / "rounds.yaml").read_text("utf-8")
    assert after == before.replace("sv: 2020 års understöd}", 'sv: "2020 års understöd: alla"}')
    assert desk.judged() == ""


def test_every_file_of_the_register_comes_back_to_the_letter_and_every_text_changes_alone(
    browser: Browser, built: Path
) -> None:
    config = json.loads((built / "_site" / "admin" / "config.fi.json").read_text("utf-8"))
    content = ROOT / "content"
    files = {"project": sorted((content / "projects").glob("*.yaml"))}
    files |= {kind: [content / f"{kind}.yaml"] for kind in ("rounds", "themes", "terms")}
    with served(built / "_site", BASE) as origin:
        page = browser.new_page()
        page.goto(f"{origin}{BASE}admin/index.html?lang=fi")
        for collection in config["config"]["collections"]:
            fields = collection.get("fields") or collection["files"][0]["fields"]
            texts = [path.read_text("utf-8") for path in files[collection["name"]]]
            told = page.evaluate(probe("letters"), {"texts": texts, "fields": fields, "facts": config["facts"]})
            assert told["wrong"] == []
            assert told["changed"] > len(texts)
        page.close()


@pytest.mark.parametrize("language", SPOKEN)
def test_the_program_itself_takes_the_configuration(built: Path, language: str) -> None:
    schema = json.loads(CMS.files(built / ".cache")["schema/sveltia-cms.json"])
    told = json.loads((built / "_site" / "admin" / f"config.{language}.json").read_text("utf-8"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(told["config"])] == []


def test_the_editor_is_no_page_of_the_register(built: Path) -> None:
    page = (built / "_site" / "admin" / "index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "admin" not in (built / "_site" / "sitemap.xml").read_text("utf-8")
    assert "/admin" not in (built / "_site" / "fi" / "index.html").read_text("utf-8")
