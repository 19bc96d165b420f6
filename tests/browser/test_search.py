"""The search page in a real browser: what people type finds its page, and everyone can use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BASE, ROOT, Open, Seen, Site, laid
from tests.browser.server import served
from tests.built import Built

SEARCH = {"fi": "/fi/haku/", "sv": "/sv/sok/"}
LANGUAGES = tuple(SEARCH)


def golden(language: str) -> list[tuple[str, str]]:
    """(what is typed, the address that must be among the first three)"""
    lines = (ROOT / "tests" / "golden" / f"search.{language}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(query, address) for query, address in rows]


def answered(page: Page, words: str = "") -> list[str]:
    """The addresses of the results, once they are there."""
    ready = "words => !_found.ariaBusy && _count.textContent && (!words || _found.dataset.words === words)"
    page.wait_for_function(ready, arg=words)
    links: list[str] = page.eval_on_selector_all("#_found a", "all => all.map(link => link.pathname)")
    return ["/" + link.removeprefix(BASE) for link in links]


def search(page: Page, words: str) -> list[str]:
    """Types words and presses Enter."""
    page.fill("#_q", words)
    page.press("#_q", "Enter")
    return answered(page, words)


def query(page: Page) -> str:
    """What the address asks for."""
    return page.url.partition("?")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_finds_its_page_among_the_first_three(opened: Open, seen: Seen, language: str) -> None:
    page = opened(SEARCH[language])
    rows = golden(language)
    assert len(rows) >= 80
    missed = [(words, address, top) for words, address in rows if address not in (top := search(page, words)[:3])]
    assert missed == []
    assert (seen.console, seen.foreign, seen.failed) == ([], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_municipality_comes_first_for_its_name_in_either_language(opened: Open, language: str) -> None:
    page = opened(SEARCH[language])
    wanted = {"fi": "/fi/kunnat/turku/", "sv": "/sv/kommuner/abo/"}[language]
    for words in ("Turku", "Turussa", "turkuun", "Åbo", "Åbos", "ABO", "853"):
        assert search(page, words)[0] == wanted, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_golden_queries_ask_for_a_page_of_every_kind(site: Site, language: str) -> None:
    asked = {site.built.at(address).kind for _, address in golden(language)}
    assert asked == {page.kind for page in site.built.pages.values()} - {"choice", "notfound", "redirect", "search"}


def test_the_box_on_the_front_page_leads_to_the_results(opened: Open, seen: Seen) -> None:
    page = opened("/fi/")
    page.fill("input[name=q]", "Porvoossa")
    page.press("input[name=q]", "Enter")
    page.wait_for_url("**/fi/haku/?q=Porvoossa")
    assert answered(page)[0] == "/fi/kunnat/porvoo/"
    expect(page.locator("#_q")).to_have_value("Porvoossa")
    assert seen.console == []


def test_the_search_stands_in_the_address_and_the_back_button_leads_through_it(opened: Open) -> None:
    page = opened("/fi/haku/?q=kirjasto&municipality=638")
    expect(page.locator("#_municipality")).to_have_value("638")
    first = answered(page)
    assert "/fi/hankkeet/verkkomaksaminen-helle-kirjastoissa/" in first
    assert page.title().startswith("kirjasto – Haku")
    search(page, "tekoäly")
    assert query(page) == "q=teko%C3%A4ly&municipality=638"
    page.click("#_clear")
    page.wait_for_url("**/fi/haku/?q=teko%C3%A4ly")
    page.go_back()
    expect(page.locator("#_municipality")).to_have_value("638")
    page.go_back()
    expect(page.locator("#_q")).to_have_value("kirjasto")
    assert answered(page, "kirjasto") == first
    assert answered(opened("/fi/haku/?q=kirjasto&municipality=638")) == first


def test_typing_searches_without_enter_and_leaves_one_step_in_the_history(opened: Open, site: Site) -> None:
    page = opened("/fi/")
    page.goto(site.url("/fi/haku/"))
    page.locator("#_q").press_sequentially("Turku", delay=30)
    expect(page.locator("#_found a").first).to_have_text("Turku")
    assert query(page) == "q=Turku"
    page.go_back()
    page.wait_for_url("**/fi/")


def test_the_language_switch_keeps_the_search(opened: Open) -> None:
    page = opened("/fi/haku/?q=Porvoo&kind=project&state=ended")
    found = answered(page)
    page.click(".languages a")
    page.wait_for_url("**/sv/sok/?q=Porvoo&kind=project&state=ended")
    assert len(answered(page)) == len(found) > 0
    expect(page.locator("#_state")).to_have_value("ended")


def test_results_are_narrowed_down_and_counted_by_every_filter(opened: Open) -> None:
    page = opened("/fi/haku/?q=Porvoo")
    everything = len(answered(page))
    page.select_option("#_kind", "project")
    expect(page.locator("#_kind option[value=municipality]")).to_have_text("Kunta (1)")
    page.wait_for_url("**kind=project")
    projects = answered(page)
    assert 0 < len(projects) < everything
    assert all(address.startswith("/fi/hankkeet/") for address in projects)
    expect(page.locator("#_kind option:checked")).to_have_text(f"Hanke ({len(projects)})")
    expect(page.locator("#_round option[value='2017']")).to_be_disabled()
    for name in ("municipality", "region", "theme", "round", "state"):
        assert page.locator(f"#_{name} option:not([value='']):not(:disabled)").count() > 0, name
    page.select_option("#_round", "2020")
    expect(page.locator("#_found a")).not_to_have_count(len(projects))
    assert set(answered(page)) < set(projects)


def test_a_filter_alone_lists_its_pages_that_of_the_place_first(opened: Open) -> None:
    page = opened("/sv/sok/?municipality=638")
    found = answered(page)
    assert found[0] == "/sv/kommuner/borga/"
    assert page.inner_text("#_count") == f"{len(found)} träffar"


def test_the_number_of_results_is_announced(opened: Open) -> None:
    page = opened("/fi/haku/")
    status = page.get_by_role("status")
    search(page, "Helmi")
    expect(status).to_contain_text("osumaa")
    assert search(page, "xylofoni") == []
    expect(status).to_have_text("Ei osumia. Kokeile toista sanaa tai poista rajauksia.")
    expect(page.locator("#_lists")).to_be_visible()
    assert len(search(page, "Porvoo etätyö tekoäly")) > 3
    expect(status).to_contain_text("Millään sivulla ei ole kaikkia hakusanoja")
    expect(page.locator("#_lists")).to_be_hidden()


def test_words_that_merely_begin_as_another_find_nothing(opened: Open) -> None:
    page = opened("/fi/haku/")
    for words in ("asdfgh", "asbesti", "kyberpunk"):
        assert search(page, words) == [], words


def test_the_keyboard_is_enough(opened: Open) -> None:
    page = opened("/fi/haku/")
    page.locator("#_main").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#_q")).to_be_focused()
    page.keyboard.type("avustus")
    page.keyboard.press("Enter")
    answered(page, "avustus")
    page.locator("#_more").focus()
    page.keyboard.press("Enter")
    eleventh = page.locator("#_found a").nth(10)
    expect(eleventh).to_be_focused()
    target = eleventh.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_a_list_of_results_once_made_longer_stays_so(opened: Open) -> None:
    page = opened("/fi/haku/?q=avustus")
    assert len(answered(page)) == 10
    page.click("#_more")
    expect(page.locator("#_found a")).to_have_count(20)
    page.reload()
    assert len(answered(page)) == 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_page_says_so_and_offers_the_lists(opened: Open, site: Site, language: str) -> None:
    page = opened(f"/{language}/", script=False)
    page.fill("input[name=q]", "Borgå")
    page.press("input[name=q]", "Enter")
    expect(page).to_have_url(site.url(SEARCH[language]) + "?q=Borg%C3%A5")
    expect(page.locator("main form")).to_be_hidden()
    expect(page.locator("#_without")).to_contain_text("JavaScript")
    expect(page.locator("#_lists .ways a")).to_have_count(6)
    expect(page.locator("#_lists .without a").first).to_be_visible()


def test_where_the_index_cannot_be_loaded_the_page_says_so_and_offers_the_lists(opened: Open) -> None:
    page = opened("/sv/sok/")
    page.route("**/pagefind/*", lambda route: route.abort())
    page.fill("#_q", "Borgå")
    page.press("#_q", "Enter")
    expect(page.get_by_role("status")).to_contain_text("Sökningen kunde inte laddas.")
    expect(page.locator("#_lists")).to_be_visible()


@pytest.mark.parametrize("asked", ["", "?q=avustus", "?q=Turku&theme=tekoaly"])
def test_nothing_needs_sideways_scrolling_at_320_pixels(opened: Open, asked: str) -> None:
    page = opened(f"/fi/haku/{asked}", width=320)
    if asked:
        answered(page)
    page.evaluate("_narrow.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_transfers_at_most_150_kb_and_only_what_it_needs(opened: Open, language: str) -> None:
    """The program, the index and ten results, as bytes on the wire."""
    for words in ("Turku", "avustus", "beslut"):
        page = opened(SEARCH[language])
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        urls: dict[str, str] = {}
        sizes: dict[str, int] = {}
        wire.on("Network.responseReceived", lambda e, to=urls: to.update({e["requestId"]: e["response"]["url"]}))
        wire.on("Network.loadingFinished", lambda e, to=sizes: to.update({e["requestId"]: e["encodedDataLength"]}))
        page.goto(page.url + f"?q={words}")
        answered(page)
        loaded = {url: sizes[id] for id, url in urls.items() if "/pagefind/" in url or "/search." in url}
        assert 80_000 < sum(loaded.values()) <= 150_000, loaded
        assert len([url for url in loaded if "/wasm." in url]) == 1
        assert len([url for url in loaded if "/fragment/" in url]) <= 10


@pytest.fixture
def hostile(base: Path) -> Iterator[Site]:
    """The small site of the tests, one of whose projects has Swedish words only, and hostile ones."""
    project = base / "projects" / "helmi.yaml"
    lines = [line for line in project.read_text("utf-8").split("\n") if not line.startswith(("  fi: Helmi", "  fi: P"))]
    text = "\n".join(lines).replace("sv: Pärlan", 'sv: "Pärlan <img src=x onerror=alert(1)> & <b>"', 1)
    text = text.replace("  - fi: Hakeminen vie viisi minuuttia.\n    sv: ", "  - sv: ")
    project.write_text(text + "untranslated: [fi]\n", "utf-8")
    settings = base / "site.yaml"
    settings.write_text(re.sub(r"(base_url: https://[^/]+/).*", rf"\1{BASE[1:]}", settings.read_text("utf-8")), "utf-8")
    folder = laid(base, base.parent)
    with served(folder, BASE) as origin:
        yield Site(Built(folder, f"https://example.org{BASE}"), origin)


def test_a_result_in_the_other_language_says_so_and_its_words_are_only_words(
    opened: Open, hostile: Site, seen: Seen
) -> None:
    page = opened("/fi/haku/?q=Pärlan", on=hostile)
    answered(page)
    link = page.locator("#_found a").first
    expect(link).to_have_attribute("lang", "sv")
    expect(link).to_have_text("Pärlan <img src=x onerror=alert(1)> & <b>")
    expect(page.locator("#_found .excerpt").first).to_have_attribute("lang", "sv")
    assert page.locator("#_found img").count() == 0
    assert seen.console == []
