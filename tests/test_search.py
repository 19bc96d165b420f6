"""The search index: the words it knows, the files it is made of, and what happens when it cannot be made."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tandem.flow import House, build
from tandem.load import load
from tandem.places import Municipality, Places
from tandem.search.words import Compounds, bases, forms
from tests.built import Built
from tests.process import forked
from tests.test_cli import run
from tests.test_promises import made, tree

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def places() -> Places:
    site = load(ROOT / "content").site
    assert site is not None
    return site.places


def called(places: Places, name: str) -> list[str]:
    return list(forms(places.municipalities[places.code(name)]))


def test_a_place_is_called_by_each_name_and_its_forms(places: Places) -> None:
    assert called(places, "Turku") == ["Turku", "Turun", "Turussa", "Åbo", "Åbos"]
    assert called(places, "Lahti") == ["Lahti", "Lahden", "Lahdessa", "Lahtis"]
    assert called(places, "Porvoo") == ["Porvoo", "Porvoon", "Porvoossa", "Borgå", "Borgås"]
    assert called(places, "Ii") == ["Ii", "Iin", "Iissä", "Ijo", "Ijos"]


def test_a_name_inflected_at_both_ends_is_known_in_every_case(places: Places) -> None:
    assert set(called(places, "Uusikaupunki")) >= {"Uudenkaupungin", "Uudessakaupungissa", "Uuteenkaupunkiin"[:-2]}
    assert {"Uudellamaalla", "Uudenmaan", "Uudellemaalle"} <= set(forms(places.regions["01"]))


@pytest.mark.parametrize(
    ("inflected", "base"),
    [
        ("avustuksen", "avustus"), ("avustusta", "avustus"), ("päätöksiä", "päätös"),
        ("digitaalisessa", "digitaalinen"), ("hallinnon", "hallinto"), ("tiedon", "tieto"),
        ("asiakkaiden", "asiakas"), ("asukkaan", "asukas"),
    ],
)  # fmt: skip
def test_an_inflected_finnish_word_leads_to_its_basic_form(inflected: str, base: str) -> None:
    assert base in bases(inflected)


@pytest.mark.parametrize(
    ("language", "text", "parted"),
    [
        ("fi", "avustus valtionavustuksesta", "valtion|avustuksesta"),
        ("fi", "ohjelmistorobotiikalla", "ohjelmisto|robotiikalla"),
        ("fi", "ruotsin suomi ruotsinkielinen", "ruotsin|kielinen"),
        ("sv", "understöd statsunderstöden", "stats|understöden"),
        ("sv", "beslut beslutsfattandet", "besluts|fattandet"),
        ("sv", "kommunen och lösningen", "lösningen"),
    ],
)
def test_a_compound_is_parted_where_a_known_word_begins_or_ends(language: str, text: str, parted: str) -> None:
    assert Compounds([text], language).parted(text).split()[-1] == parted


def test_the_mark_between_parts_is_kept_out_of_what_editors_write() -> None:
    assert Compounds([], "fi").parted("a|b") == "a/b"


@pytest.fixture(scope="module")
def built(register: Built) -> Built:
    return register


def test_the_same_site_gives_the_same_index_byte_for_byte(built: Built, tmp_path: Path) -> None:
    """Pagefind's own files differ from run to run in the order of filters: ours must not."""
    again = made(ROOT / "content", tmp_path, built.base_url)
    assert tree(built.folder / "pagefind") == tree(again.folder / "pagefind")


def test_the_site_holds_only_what_a_reader_can_load(built: Built) -> None:
    entry = json.loads((built.folder / "pagefind" / "pagefind-entry.json").read_text("utf-8"))
    assert set(entry["languages"]) == {"fi", "sv"}
    top = {path.name for path in (built.folder / "pagefind").iterdir() if path.is_file()}
    named = {f"pagefind.{about['hash']}.pf_meta" for about in entry["languages"].values()}
    assert top == {"pagefind.js", "pagefind-entry.json", "wasm.fi.pagefind", "wasm.sv.pagefind", *named}


def test_the_two_languages_have_an_index_of_the_same_pages(built: Built) -> None:
    entry = json.loads((built.folder / "pagefind" / "pagefind-entry.json").read_text("utf-8"))
    counts = {about["page_count"] for about in entry["languages"].values()}
    found = [page for page in built.pages.values() if page.kind not in ("choice", "notfound", "redirect", "search")]
    assert counts == {len(found) // 2}


def test_only_the_search_page_may_run_webassembly(built: Built) -> None:
    allowed = {page.kind for page in built.pages.values() if "wasm-unsafe-eval" in page.source}
    assert allowed == {"search"}


def test_without_search_nothing_points_to_it_and_the_page_says_so(base: Path) -> None:
    done = forked("build", "--content", "content", "--no-search", "--lang", "en", cwd=base.parent)
    assert done.returncode == 0
    site = Built(base.parent / "_site", "https://example.github.io/register/")
    assert not (site.folder / "pagefind").exists()
    assert list(site.broken()) == []
    assert not [path for path, page in site.pages.items() if "<form" in page.source]
    assert not [
        path
        for path, page in site.pages.items()
        for link in page.links
        if link.endswith(("/haku/", "/sok/")) and "link" not in path and page.kind != "search"
    ]
    page = site.at("/fi/haku/")
    assert "Sivuston tässä versiossa ei ole hakua." in page.text
    assert any(link.endswith("/fi/hankkeet/") for link in page.links)


def test_an_index_that_comes_or_goes_is_written_and_pruned_like_any_page(base: Path, tmp_path: Path) -> None:
    house = House(base, tmp_path / "_site", cache=tmp_path / ".cache")
    assert build(house, search=False).written
    without = tree(house.out)
    assert build(house).written
    assert (house.out / "pagefind" / "pagefind.js").is_file()
    shutil.rmtree(house.cache)
    assert build(house, search=False).written
    assert tree(house.out) == without


@pytest.mark.parametrize(
    ("language", "sentence", "program"),
    [
        ("fi", "hakuindeksiä ei voitu tehdä", "/nonexistent/pagefind"),
        ("sv", "sökindexet kunde inte skapas", "/bin/false"),
        ("en", "the search index could not be made", "/bin/echo"),
    ],
)
def test_where_pagefind_fails_the_old_site_stands(
    base: Path, tmp_path: Path, program: str, language: str, sentence: str
) -> None:
    """A Pagefind that is missing, ends at once, or answers nonsense, in the place of the installed one."""
    assert run("build", "--content", "content", cwd=base.parent).returncode == 0
    before = tree(base.parent / "_site")
    other = tmp_path / "other" / "pagefind_bin"
    other.mkdir(parents=True)
    lines = ("from pathlib import Path", "def get_executable():", f"    return Path({program!r})")
    (other / "__init__.py").write_text("\n".join(lines) + "\n", "utf-8")
    project = base / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8").replace("42000", "43000"), "utf-8")
    done = run("build", "--content", "content", "--lang", language, cwd=base.parent, PYTHONPATH=str(other.parent))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "--no-search" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(base.parent / "_site") == before


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often Pagefind was started since it was last asked: the installed one, behind a script that takes a note."""
    from pagefind_bin import get_executable

    program, log = tmp_path / "other" / "pagefind_bin" / "pagefind", tmp_path / "log"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\necho run >> {log}\nexec {get_executable()} "$@"\n', "utf-8")
    program.chmod(0o755)
    lines = ("from pathlib import Path", "def get_executable():", f"    return Path({str(program)!r})")
    (program.parent / "__init__.py").write_text("\n".join(lines) + "\n", "utf-8")
    monkeypatch.syspath_prepend(program.parent.parent)
    monkeypatch.delitem(sys.modules, "pagefind_bin")

    def count() -> int:
        found = log.read_text("utf-8").count("run") if log.exists() else 0
        log.unlink(missing_ok=True)
        return found

    return count


def test_an_index_is_made_anew_only_where_what_it_holds_has_changed(
    base: Path, tmp_path: Path, runs: Callable[[], int]
) -> None:
    """Each language has its own. What is taken from the last site is what a clean build makes."""
    house = House(base, tmp_path / "_site", cache=tmp_path / ".cache")

    def built(old: str, new: str) -> int:
        project = base / "projects" / "helmi.yaml"
        text = project.read_text("utf-8")
        assert old in text
        project.write_text(text.replace(old, new), "utf-8")
        assert build(house).written
        return runs()

    assert built("42000", "42000") == 2
    assert built("42000", "43000") == 0
    assert built("En enda blankett", "En blankett") == 1
    assert tree(house.out) == tree(made(base, tmp_path / "clean", "").folder)
    assert runs() == 2
    entry = house.out / "pagefind" / "pagefind-entry.json"
    entry.write_bytes(entry.read_bytes() + b" ")
    assert built("Hakeminen vie viisi minuuttia", "Hakeminen vie kuusi minuuttia") == 2
    assert not entry.read_bytes().endswith(b" ")


def test_a_municipality_without_inflections_is_found_by_its_names() -> None:
    from tandem.language import Words

    assert list(forms(Municipality("999", Words.of({"fi": "Uusiniemi", "sv": "Nynäs"}), "01"))) == [
        "Uusiniemi",
        "Nynäs",
    ]
