"""The site as GitHub Pages serves it, under the path of a repository, walked as a reader does, in both languages."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BASE, Open, Seen, Site

PROJECTS = {"fi": "Hankkeet", "sv": "Projekt"}
ASKED = {"fi": ("Porvoossa", "fi/kunnat/porvoo/"), "sv": ("Borgå", "sv/kommuner/borga/")}
HELMI = {"fi": "fi/hankkeet/helmi-ohjelmistorobotiikka/", "sv": "sv/projekt/helmi-programvarurobotik/"}


def stands_at(page: Page, address: str, language: str) -> None:
    page.wait_for_url(lambda url: urlsplit(url).path == BASE + address)
    assert page.locator("html").get_attribute("lang") == language


def missing(page: Page, url: str) -> str:
    """The title of what is shown at an address that does not exist."""
    answer = page.goto(url)
    assert answer
    assert answer.status == 404
    return page.title()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_reader_gets_everywhere_and_never_leaves_the_path_of_the_repository(
    opened: Open, site: Site, seen: Seen, language: str
) -> None:
    other = "sv" if language == "fi" else "fi"
    page = opened("/")
    page.locator(f'a[hreflang="{language}"]').first.click()
    stands_at(page, f"{language}/", language)
    page.get_by_role("navigation").get_by_role("link", name=PROJECTS[language], exact=True).first.click()
    page.get_by_role("main").locator(f'a[href$="{HELMI[language]}"]').first.click()
    stands_at(page, HELMI[language], language)
    page.locator(f'a[hreflang="{other}"]').first.click()
    stands_at(page, HELMI[other], other)
    page.locator(f'a[hreflang="{language}"]').first.click()
    stands_at(page, HELMI[language], language)
    municipality = page.get_by_role("main").locator(f'a[href*="{BASE}{ASKED[language][1].rsplit("/", 2)[0]}/"]').first
    municipality.click()
    expect(page.locator("body")).to_have_attribute("data-kind", "municipality")
    word, found = ASKED[language]
    page.goto(site.url(f"/{language}/"))
    page.locator("main input[type=search]").fill(word)
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-kind", "search")
    expect(page.get_by_role("main").locator(f'a[href*="{BASE}{found}"]').first).to_be_visible()
    assert seen.foreign == []
    assert [url for url in seen.requested if urlsplit(url).path[: len(BASE)] != BASE and url.startswith("http")] == []
    assert seen.failed == []


def test_addresses_are_found_and_not_found_as_pages_does_it(opened: Open, site: Site, seen: Seen) -> None:
    page = opened("/fi/hankkeet")  # a folder without its slash
    stands_at(page, "fi/hankkeet/", "fi")
    for address in ("/fi/Hankkeet/", "/FI/", "/fi/hankkeet/helmi-ohjelmistorobotiikk/", "/robots.TXT"):
        assert missing(page, site.url(address)).startswith(("Sivua", "Sidan")), address
        expect(page.locator("body")).to_have_attribute("data-kind", "notfound")
        home = page.locator(f'a[href="{BASE}sv/"]')
        assert home.count()
    assert missing(page, f"{site.origin}/fi/") == "Another"  # above the repository's path the site has nothing
    assert seen.foreign == []
