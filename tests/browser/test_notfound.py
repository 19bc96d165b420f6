"""An address that does not exist, under the site's path and at any depth."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BASE, Open, Seen, Site


def offered(page: Page, language: str) -> list[tuple[str, str]]:
    """(text, address below the site) of the pages offered in ``language``, once they are."""
    nearest = page.locator(f".halves [lang={language}] .nearest")
    expect(nearest).to_be_visible()
    links = nearest.locator("a")
    return [(link.inner_text(), (link.get_attribute("href") or "").removeprefix(BASE)) for link in links.all()]


def order(page: Page) -> list[str | None]:
    halves = page.locator(".halves > [lang]")
    return [half.get_attribute("lang") for half in halves.all()]


@pytest.mark.parametrize(
    ("address", "first", "finnish", "swedish"),
    [
        # a letter too few; of the other language; the section lost; far below; letters as the reader knows them
        ("/sv/projekt/helm/", "sv", ("Helmi", "fi/hankkeet/helmi-ohjelmistorobotiikka/"), None),
        ("/fi/kunnat/borga/", "fi", ("Porvoo", "fi/kunnat/porvoo/"), ("Borgå", "sv/kommuner/borga/")),
        ("/sv/kommuner/Borgå", "sv", ("Porvoo", "fi/kunnat/porvoo/"), ("Borgå", "sv/kommuner/borga/")),
        ("/kristiinankaupunki.html", "fi", ("Kristiinankaupunki", "fi/kunnat/kristiinankaupunki/"),
         ("Kristinestad", "sv/kommuner/kristinestad/")),
        ("/fi/vanha/polku/kunnat/porvo/", "fi", ("Porvoo", "fi/kunnat/porvoo/"), ("Borgå", "sv/kommuner/borga/")),
        ("/fi/hankeet/", "fi", ("Hankkeet", "fi/hankkeet/"), ("Projekt", "sv/projekt/")),
        ("/sv/projekt/den-transparenta-komunen/", "sv", None, ("Den transparenta kommunen", "sv/projekt/")),
    ],
)  # fmt: skip
def test_the_nearest_pages_are_offered_in_both_languages_that_of_the_address_first(
    opened: Open,
    site: Site,
    address: str,
    first: str,
    finnish: tuple[str, str] | None,
    swedish: tuple[str, str] | None,
) -> None:
    page = opened(address)
    assert order(page)[0] == first
    assert page.locator("html").get_attribute("lang") == first
    assert page.title().startswith({"fi": "Sivua", "sv": "Sidan"}[first])
    assert page.locator("h1 span").first.get_attribute("lang") == first
    found = {language: offered(page, language) for language in ("fi", "sv")}
    for language, wanted in (("fi", finnish), ("sv", swedish)):
        assert 1 <= len(found[language]) <= 5
        if wanted:
            assert any(text.startswith(wanted[0]) and at.startswith(wanted[1]) for text, at in found[language]), found
        for _, at in found[language]:
            assert (site.built.folder / at / "index.html").is_file(), at
    assert len(found["fi"]) == len(found["sv"])


@pytest.mark.parametrize("address", ["/zzzz/qqqq/", "/%E0%A4%A/", "/fi/hankkeet/xyzzy/a/b/c.php?x=1"])
def test_an_address_like_no_page_offers_none_and_keeps_the_usual_ways_on(
    opened: Open, seen: Seen, address: str
) -> None:
    page = opened(address)
    page.wait_for_load_state("networkidle")
    assert page.locator(".nearest:visible").count() == 0
    assert page.locator(".halves a:visible").count() > 10
    assert seen.foreign == []
    assert [message for message in seen.console if "404" not in message] == []


def test_without_javascript_both_languages_stand_with_their_links(opened: Open) -> None:
    page = opened("/sv/finns/inte/", script=False)
    assert order(page) == ["fi", "sv"]
    assert page.locator("html").get_attribute("lang") == "fi"
    for language in ("fi", "sv"):
        links = page.locator(f".halves [lang={language}] a:visible")
        hrefs = [link.get_attribute("href") or "" for link in links.all()]
        assert hrefs[0] == f"{BASE}{language}/"
        assert all(href.startswith((f"{BASE}{language}/", "mailto:")) for href in hrefs)


def test_the_language_of_the_address_comes_first_on_a_narrow_screen_too(opened: Open) -> None:
    page = opened("/sv/projekt/helm/", width=320)
    tops = page.locator("h1 span, .halves > div").evaluate_all(
        "(all) => all.map((one) => [one.getBoundingClientRect().top, one.lang])"
    )
    assert [language for _, language in sorted(tops)] == ["sv", "sv", "fi", "fi"]
