"""Without JavaScript nothing is missing and nothing dead is shown; with it, every page keeps quiet and to itself."""

from __future__ import annotations

import pytest

from tests.browser.conftest import BASE, Open, Seen, Site, probe
from tests.browser.kinds import in_turns

KEPT = """async () => [
  document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length
]"""


@in_turns
def test_a_page_without_javascript_is_complete(opened: Open, site: Site, kind: str, language: str) -> None:
    page = opened(site.sample(kind, language), script=False)
    found = page.evaluate(probe("complete"))
    assert found["shown"] == found["written"]
    assert found["controls"] == (3 if kind == "home" else 0), "the box that leads to the search page, and nothing else"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_page_is_quiet_keeps_to_its_host_keeps_nothing_and_fits_a_narrow_screen(
    opened: Open, site: Site, seen: Seen, language: str
) -> None:
    """All pages in one window, so that what any of them keeps is there at the end."""
    wide = []
    page = opened("/", width=320)
    paths = [path for path in site.built.pages if path.startswith(f"{language}/") or "/" not in path]
    kinds = {site.built.pages[path].kind: path for path in paths}.values()
    for path in paths:
        if path in kinds or paths.index(path) % 8 == 0:  # every kind, and an eighth of all
            page.goto(site.url("/" + path.removesuffix("index.html")))
            if page.evaluate("document.scrollingElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append(path)
    assert seen.console == []
    assert seen.foreign == []
    assert seen.failed == []
    assert wide == []
    assert page.evaluate(KEPT) == ["", 0, 0, 0]
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", ["fi-FI", "sv-FI", "en-GB"])
def test_the_language_choice_chooses_for_nobody(opened: Open, site: Site, seen: Seen, language: str) -> None:
    """Whatever the browser asks for and wherever the reader was before, both languages stand and nothing moves."""
    page = opened("/sv/")
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(site.url("/"))
    assert page.url == site.url("/")
    links = page.locator("main a")
    assert [links.nth(n).get_attribute("href") for n in range(links.count())] == [f"{BASE}fi/", f"{BASE}sv/"]
    tops = links.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().top)")
    assert tops[0] == tops[1]
    assert not [url for url in seen.requested if url.endswith(".js")]
