"""The search page in a real browser: what people type finds its page, and the page is usable by everyone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tandem.flow import House, build
from tests.browser.searching import CHROMIUM, FLAGS, SEARCH, Reader, served

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.xdist_group("search")

LANGUAGES = tuple(SEARCH)
Open = Callable[..., Reader]


def golden(language: str) -> list[tuple[str, str]]:
    """(what is typed, the address that must be among the first three)"""
    lines = (ROOT / "tests" / "golden" / f"search.{language}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(query, address) for query, address in rows]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of this repository, under a path."""
    folder = tmp_path_factory.mktemp("searched")
    result = build(House(ROOT / "content", folder / "_site", cache=folder / ".cache"), "https://example.org/some/path/")
    assert result.written, result.problems
    with served(folder / "_site") as url:
        yield url


@pytest.fixture
def reader(chromium: Browser, site: str) -> Iterator[Open]:
    """Opens a window: ``reader(width=320, java_script_enabled=False)``."""
    windows = []

    def open(url: str = site, width: int = 1280, **options: Any) -> Reader:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        windows.append(context)
        return Reader(context, url)

    yield open
    for window in windows:
        window.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_finds_its_page_among_the_first_three(reader: Open, language: str) -> None:
    who = reader()
    who.opens(SEARCH[language])
    rows = golden(language)
    assert len(rows) >= 80
    missed = [(query, address, top) for query, address in rows if address not in (top := who.searches(query)[:3])]
    assert missed == []
    assert (who.console, who.outside) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_municipality_comes_first_for_its_name_in_either_language(reader: Open, language: str) -> None:
    who = reader()
    who.opens(SEARCH[language])
    wanted = {"fi": "/fi/kunnat/turku/", "sv": "/sv/kommuner/abo/"}[language]
    for query in ("Turku", "Turussa", "turkuun", "Åbo", "Åbos", "ABO", "853"):
        assert who.searches(query)[0] == wanted, query


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_every_kind_is_found(language: str) -> None:
    fi = ("/hankkeet/", "/kunnat/", "/maakunnat/", "/teemat/", "/hakukierrokset/", "/uutiset/", "/tietoa/")
    sv = ("/projekt/", "/kommuner/", "/landskap/", "/teman/", "/ansokningsomgangar/", "/nyheter/", "/om/")
    for section in {"fi": fi, "sv": sv}[language]:
        assert any(address.startswith(f"/{language}{section}") for _, address in golden(language)), section


def test_the_box_on_the_front_page_leads_to_the_results(reader: Open) -> None:
    who = reader()
    page = who.opens("fi/")
    page.fill("input[name=q]", "Porvoossa")
    page.press("input[name=q]", "Enter")
    page.wait_for_url("**/fi/haku/?q=Porvoossa")
    who.waits()
    assert who.results()[0] == "/fi/kunnat/porvoo/"
    expect(page.locator("#_q")).to_have_value("Porvoossa")
    assert who.console == []


def test_the_search_stands_in_the_address_and_the_back_button_leads_through_it(reader: Open) -> None:
    who = reader()
    page = who.opens("fi/haku/?q=kirjasto&municipality=638")
    expect(page.locator("#_municipality")).to_have_value("638")
    first = who.results()
    assert "/fi/hankkeet/verkkomaksaminen-helle-kirjastoissa/" in first
    who.searches("tekoäly")
    assert who.address() == "/fi/haku/?q=teko%C3%A4ly&municipality=638"
    page.click("#_clear")
    page.wait_for_url("**/fi/haku/?q=teko%C3%A4ly")
    page.go_back()
    expect(page.locator("#_municipality")).to_have_value("638")
    page.go_back()
    expect(page.locator("#_q")).to_have_value("kirjasto")
    expect(page.locator("#_found a").first).to_have_attribute("href", "/some/path" + first[0])
    assert page.title().startswith("kirjasto – Haku")
    other = reader()
    other.opens("fi/haku/?q=kirjasto&municipality=638")
    assert other.results() == first


def test_typing_searches_without_enter_and_leaves_one_step_in_the_history(reader: Open) -> None:
    who = reader()
    page = who.opens("fi/")
    who.opens("fi/haku/")
    page.locator("#_q").press_sequentially("Turku", delay=30)
    expect(page.locator("#_found a").first).to_have_text("Turku")
    assert who.address() == "/fi/haku/?q=Turku"
    page.go_back()
    page.wait_for_url("**/fi/")


def test_the_language_switch_keeps_the_search(reader: Open) -> None:
    who = reader()
    page = who.opens("fi/haku/?q=Porvoo&kind=project&state=ended")
    found = who.results()
    page.click(".languages a")
    page.wait_for_url("**/sv/sok/?q=Porvoo&kind=project&state=ended")
    who.waits()
    assert len(who.results()) == len(found)
    expect(page.locator("#_state")).to_have_value("ended")


def test_results_are_narrowed_down_and_counted_by_every_filter(reader: Open) -> None:
    who = reader()
    page = who.opens("fi/haku/?q=Porvoo")
    everything = len(who.results())
    page.select_option("#_kind", "project")
    page.wait_for_url("**kind=project")
    who.waits()
    projects = who.results()
    assert 0 < len(projects) < everything
    assert all(address.startswith("/fi/hankkeet/") for address in projects)
    expect(page.locator("#_kind option:checked")).to_have_text(f"Hanke ({len(projects)})")
    expect(page.locator("#_kind option[value=municipality]")).to_have_text("Kunta (1)")
    expect(page.locator("#_round option[value='2017']")).to_be_disabled()
    for name in ("municipality", "region", "theme", "round", "state"):
        assert page.locator(f"#_{name} option:not([value='']):not(:disabled)").count() > 0, name
    page.select_option("#_round", "2020")
    page.wait_for_url("**round=2020")
    who.waits()
    assert set(who.results()) < set(projects)


def test_a_filter_alone_lists_its_pages_with_the_page_of_the_place_first(reader: Open) -> None:
    who = reader()
    who.opens("sv/sok/?municipality=638")
    assert who.results()[0] == "/sv/kommuner/borga/"
    assert who.count == f"{len(who.results())} träffar"


def test_the_number_of_results_is_announced_politely(reader: Open) -> None:
    who = reader()
    page = who.opens("fi/haku/")
    status = page.get_by_role("status")
    expect(status).to_have_count(0)
    who.searches("Helmi")
    expect(status).to_have_text(who.count)
    who.searches("xylofoni")
    expect(status).to_have_text("Ei osumia. Kokeile toista sanaa tai poista rajauksia.")
    expect(page.get_by_role("link", name="Hankkeet").last).to_be_visible()
    who.searches("Porvoo etätyö tekoäly")
    expect(status).to_contain_text("Millään sivulla ei ole kaikkia hakusanoja")
    assert len(who.results()) > 3


def test_words_that_only_begin_as_another_word_find_nothing(reader: Open) -> None:
    who = reader()
    who.opens("fi/haku/")
    for query in ("asdfgh", "asbesti", "kyberpunk"):
        assert who.searches(query) == [], query


def test_the_keyboard_is_enough(reader: Open) -> None:
    who = reader()
    page = who.opens("fi/haku/")
    page.get_by_role("link", name="Haku").focus()
    focused = "document.activeElement.id"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == "_q":
            break
    assert page.evaluate(focused) == "_q"
    page.keyboard.type("avustus")
    page.keyboard.press("Enter")
    who.waits("avustus")
    page.locator("#_more").focus()
    page.keyboard.press("Enter")
    eleventh = page.locator("#_found a").nth(10)
    expect(eleventh).to_be_focused()
    target = eleventh.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_returning_to_a_long_list_of_results_shows_it_as_long(reader: Open) -> None:
    who = reader()
    page = who.opens("fi/haku/?q=avustus")
    assert len(who.results()) == 10
    page.click("#_more")
    expect(page.locator("#_found a")).to_have_count(20)
    page.reload()
    who.waits()
    assert len(who.results()) == 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_page_says_so_and_offers_the_lists(reader: Open, language: str) -> None:
    who = reader(java_script_enabled=False)
    page = who.opens(f"{language}/")
    page.fill("input[name=q]", "Borgå")
    page.press("input[name=q]", "Enter")
    expect(page).to_have_url(who.url + SEARCH[language] + "?q=Borg%C3%A5")
    expect(page.locator("main form")).to_be_hidden()
    expect(page.locator("#_without")).to_contain_text("JavaScript")
    expect(page.locator("#_lists a")).to_have_count(6)
    for link in page.locator("#_lists a").all():
        assert page.request.get(page.url.split("/some/")[0] + str(link.get_attribute("href"))).ok


def test_where_the_index_cannot_be_loaded_the_page_says_so_and_offers_the_lists(reader: Open) -> None:
    who = reader()
    who.page.route("**/pagefind/*", lambda route: route.abort())
    page = who.opens("sv/sok/")
    page.fill("#_q", "Borgå")
    page.press("#_q", "Enter")
    expect(page.get_by_role("status")).to_contain_text("Sökningen kunde inte laddas.")
    expect(page.locator("#_lists")).to_be_visible()


@pytest.mark.parametrize("path", ["fi/haku/", "sv/sok/?q=understöd", "fi/haku/?q=Turku&theme=tekoaly", "sv/"])
def test_nothing_needs_sideways_scrolling_at_320_pixels(reader: Open, path: str) -> None:
    who = reader(width=320)
    page = who.opens(path)
    if page.locator("#_narrow").count():
        page.evaluate("_narrow.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_transfers_little_and_only_what_it_needs(reader: Open, language: str) -> None:
    """The program, the index and ten results, as bytes on the wire: at most 150 kB."""
    for query in ("Turku", "kirjasto", "avustus", "understöd", "beslut", "tekoäly"):
        who = reader()
        session = who.context.new_cdp_session(who.page)
        session.send("Network.enable")
        names: dict[str, str] = {}
        sizes: dict[str, int] = {}
        session.on("Network.responseReceived", lambda e, n=names: n.update({e["requestId"]: e["response"]["url"]}))
        session.on("Network.loadingFinished", lambda e, s=sizes: s.update({e["requestId"]: e["encodedDataLength"]}))
        who.opens(f"{SEARCH[language]}?q={query}")
        engine = {url: sizes[id] for id, url in names.items() if "/pagefind/" in url or "search" in url.split("/")[-1]}
        assert sum(engine.values()) <= 150_000, engine
        assert len([url for url in engine if ".wasm" in url or "wasm." in url]) == 1
        assert len([url for url in engine if "fragment" in url]) <= 10


@pytest.fixture
def small(base: Path) -> Iterator[str]:
    """The small site of the tests with one project that has Swedish words only, and hostile ones."""
    project = base / "projects" / "helmi.yaml"
    lines = project.read_text("utf-8").split("\n")
    kept = [line for line in lines if not line.startswith(("  fi: Helmi", "  fi: Päiväkoti"))]
    text = "\n".join(kept).replace("sv: Pärlan", "sv: Pärlan <img src=x onerror=alert(1)> & <b>", 1)
    text = text.replace("  - fi: Hakeminen vie viisi minuuttia.\n    sv: ", "  - sv: ")
    project.write_text(text + "untranslated: [fi]\n", "utf-8")
    shutil.copytree(ROOT / "static", base.parent / "static")
    house = House(base, base.parent / "_site", cache=base.parent / ".cache")
    result = build(house, "https://example.org/some/path/")
    assert result.written, result.problems
    with served(house.out) as url:
        yield url


def test_a_result_in_the_other_language_says_so_and_its_words_are_only_words(reader: Open, small: str) -> None:
    who = reader(small)
    page = who.opens("fi/haku/?q=Pärlan")
    link = page.locator("#_found a").first
    expect(link).to_have_attribute("lang", "sv")
    expect(link).to_have_text("Pärlan <img src=x onerror=alert(1)> & <b>")
    expect(page.locator("#_found .excerpt").first).to_have_attribute("lang", "sv")
    assert page.locator("#_found img").count() == 0
    assert who.console == []
