"""Every page by keyboard alone: the skip link first, then everything that can be used, in order, each seen."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open, Site, probe
from tests.browser.kinds import PAGES

# One language a kind is enough: the languages share their templates.
WALKED = [(kind, language) for kind, language in PAGES if language != "sv" or kind == "projects"]


@pytest.mark.parametrize(("kind", "language"), WALKED)
def test_every_page_can_be_walked_by_keyboard(opened: Open, site: Site, kind: str, language: str) -> None:
    page = opened(site.sample(kind, language))
    count = page.evaluate(probe("walk"))
    for _ in range(count):
        page.keyboard.press("Tab")
    walked = page.evaluate("walked")
    assert [step["place"] for step in walked] == list(range(count)), walked[-3:]
    assert [step for step in walked if not (step["marked"] and step["seen"] and step["free"])] == []


SKIPPED = [
    pytest.param(*page, marks=() if page[0] in ("home", "project", "municipality", "search") else pytest.mark.thorough)
    for page in WALKED
]


@pytest.mark.parametrize(("kind", "language"), SKIPPED)
def test_the_skip_link_comes_first_shows_itself_and_leads_past_the_menus(
    opened: Open, site: Site, kind: str, language: str
) -> None:
    page = opened(site.sample(kind, language))
    skip = page.locator("a.skip")
    assert not page.evaluate("document.querySelector('a.skip').getBoundingClientRect().bottom > 0")
    page.keyboard.press("Tab")
    assert skip.evaluate("(node) => node === document.activeElement && node.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "_main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")
