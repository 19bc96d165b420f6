"""A list of several pages with its script: filtered and sorted as a whole, drawn as the pages draw it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tandem.language import sort_key
from tests.browser.conftest import Open, Seen, Site
from tests.browser.listing import LISTS, both, names, told

pytestmark = [pytest.mark.thorough, pytest.mark.xdist_group("long")]  # its register is built once


@both
def test_names_sort_by_the_alphabet_of_finland(opened: Open, long_site: Site, language: str) -> None:
    """… V, W, X, Y, Z, Å, Ä, Ö; numbers within names by their size."""
    page = opened(LISTS[language] + "?sort=name", on=long_site)
    page.locator("select[name=theme]").select_option("tekoaly")
    shown = names(page)
    assert len(shown) == 200
    firsts = [name.split()[0] for name in shown]
    page.locator("th[data-sort=name] button").click()
    lasts = [name.split()[0] for name in names(page)]
    order = list(dict.fromkeys([*firsts, *reversed(lasts)]))
    assert order == sorted(order, key=sort_key)
    assert {"Valo", "Walo", "Åbo", "Älykäs", "Öinen"} <= set(order)
    numbers = [int(name.split()[-1]) for name in shown if name.startswith("Valo")]
    assert numbers == sorted(numbers)
    assert len(numbers) > 50


@both
def test_a_list_of_several_pages_is_filtered_as_a_whole(
    opened: Open, long_site: Site, seen: Seen, language: str
) -> None:
    page = opened(LISTS[language] + "2/", on=long_site)
    assert not [url for url in seen.requested if url.endswith("rows.json")], "fetched before anybody filters"
    here = names(page)
    assert len(here) == 200
    expect(page.locator(".parts")).to_be_visible()
    page.locator("select[name=theme]").select_option("tekoaly")
    told(page, language, 401)
    assert names(page)[:200] == names(page)
    expect(page.locator(".parts")).to_be_hidden()
    more = page.locator(".further button")
    more.click()
    assert len(names(page)) == 400
    assert page.evaluate("document.activeElement === document.querySelectorAll('tbody tr')[200].querySelector('a')")
    more.click()
    expect(more).to_be_hidden()
    assert len(names(page)) == 401
    page.locator(".found .clear").click()
    assert names(page) == here
    expect(page.locator(".parts")).to_be_visible()
    assert len([url for url in seen.requested if url.endswith("rows.json")]) == 1


PAGED = (
    ("/fi/hankkeet/", 3),
    ("/sv/projekt/", 3),
    ("/fi/teemat/tekoaly/", 3),
    ("/sv/ansokningsomgangar/2018/", 3),
    ("/fi/maakunnat/uusimaa/", 2),
    ("/sv/kommuner/borga/", 2),
)


@pytest.mark.parametrize(("address", "parts"), PAGED)
def test_every_list_has_at_most_200_rows_a_page(opened: Open, long_site: Site, address: str, parts: int) -> None:
    """Each project once on the pages together, as many as the pages say; each page leads to the others."""
    found = []
    for part in range(1, parts + 1):
        page = opened(address + (f"{part}/" if part > 1 else ""), on=long_site)
        assert len(names(page)) == 200 or part == parts
        found += [link.get_attribute("href") for link in page.locator(".list tbody th > a").all()]
        assert page.locator(".parts [aria-current=page]").inner_text() == str(part)
        assert page.locator(".parts a").count() == parts
        assert (f"{part})" in page.title()) == (part > 1)
    assert len(set(found)) == len(found) > 200 * (parts - 1)
    page.locator("th[data-sort=name] button").click()
    expect(page.get_by_role("status")).to_have_text(re.compile(rf"^{len(found)} "))


@pytest.mark.parametrize(("address", "parts"), PAGED)
def test_a_row_made_by_the_script_is_the_row_of_the_page(
    opened: Open, long_site: Site, address: str, parts: int
) -> None:
    """Cell by cell, for every row of the first page: links, words, languages, classes."""
    cells = """(rows) => rows.map((row) => [...row.cells].map((cell) =>
      [cell.className, cell.dataset.label ?? "",
       cell.innerHTML.replace(/\\s+/g, " ").replace(/> | </g, (m) => m.trim()).trim()]))"""
    page = opened(address, on=long_site)
    written = page.locator("tbody tr").evaluate_all(cells)
    page.get_by_role("searchbox").fill("e")
    page.get_by_role("searchbox").fill("")
    page.locator("th[data-sort=amount] button").click()
    made = []
    more = page.locator(".further button")
    for _ in range(parts):
        made = page.locator("tbody tr").evaluate_all(cells)
        if more.is_visible():
            more.click()
    by_link = {cells[0][2]: cells for cells in made}
    assert [by_link.get(cells[0][2]) for cells in written] == written


@pytest.fixture
def offline(opened: Open, long_site: Site) -> Page:
    page = opened(LISTS["fi"], on=long_site)
    page.route("**/rows.json", lambda route: route.abort())
    return page


def test_a_reader_is_told_when_only_this_page_could_be_filtered(offline: Page) -> None:
    offline.locator("select[name=theme]").select_option("tekoaly")
    expect(offline.get_by_role("status")).to_contain_text("Koko luetteloa ei saatu ladattua")
    assert 0 < len(names(offline)) <= 200
