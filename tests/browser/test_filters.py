"""The list of projects with its script: each filter, all at once, sorting, the address, the way back, the voice."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tandem.index import Index
from tandem.language import sort_key
from tandem.load import load
from tandem.model import Project
from tests.browser.conftest import ROOT, Open, Site
from tests.browser.listing import LISTS, both, names, told

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def index() -> Index:
    site = load(ROOT / "content").site
    assert site
    return Index(site)


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def passes(index: Index, project: Project, name: str, value: str) -> bool:
    """Whether a project of the register belongs to what a reader chose."""
    amounts = [grant.amount for grant in project.funding if grant.amount is not None]
    codes = index.today(project)
    if name == "municipality":
        return value in codes
    if name == "region":
        return value in {index.site.places.municipalities[code].region for code in codes}
    if name == "theme":
        return value in project.themes
    if name == "round":
        return value in {grant.round for grant in project.funding}
    if name == "state":
        return value == index.state(project)
    low, _, high = value.partition("-")
    return not amounts if value == "none" else bool(amounts) and int(low or 0) <= sum(amounts) <= int(high or 10**12)


def expected(index: Index, language: str, **chosen: str) -> list[str]:
    found = [index.site.projects[id] for id in index.newest]
    kept = [one for one in found if all(passes(index, one, name, value) for name, value in chosen.items())]
    return [one.name.text(language).text for one in kept]


@both
@pytest.mark.parametrize("name", ["municipality", "region", "theme", "round", "state", "amount"])
def test_every_choice_of_every_filter_shows_what_the_register_says(
    opened: Open, index: Index, language: str, name: str
) -> None:
    page = opened(LISTS[language])
    select = page.locator(f"select[name={name}]")
    options = select.locator("option").evaluate_all("(all) => all.map((one) => [one.value, one.text])")
    assert len(options) > 2
    for value, text in options[1:]:
        select.select_option(value)
        wanted = expected(index, language, **{name: value})
        assert names(page) == wanted, text
        assert text.endswith(f" ({len(wanted)})"), text
        assert query(page) == {name: [value]}


@both
def test_filters_work_together_and_tell_what_each_further_choice_would_leave(
    opened: Open, index: Index, language: str
) -> None:
    page = opened(LISTS[language])
    page.locator("select[name=theme]").select_option("asiointi")
    page.locator("select[name=round]").select_option("2020")
    assert names(page) == expected(index, language, theme="asiointi", round="2020")
    told(page, language, len(names(page)))
    for value, text in page.locator("select[name=municipality] option:enabled").evaluate_all(
        "(all) => all.slice(1).map((one) => [one.value, one.text])"
    ):
        left = expected(index, language, theme="asiointi", round="2020", municipality=value)
        assert left
        assert text.endswith(f" ({len(left)})")
    assert page.locator("select[name=municipality] option:disabled").count() > 0


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        ("fi", "verkkomaksamisen", "Yhteistyöstä tehoa – Verkkomaksamisen käyttöönotto"),
        ("fi", "VERKKOMAKSAMISEN kayttoonotto", "Yhteistyöstä tehoa – Verkkomaksamisen käyttöönotto"),
        ("sv", "natbetalning", "Effekt genom samarbete – Gemensamt införande av nätbetalning"),
        ("fi", "porvoo heinola", "Sähköisten päätösvalmistelurutiinien automatisointi"),
    ],
)
def test_words_are_found_in_any_order_without_accents_and_in_names_of_participants(
    opened: Open, index: Index, language: str, typed: str, found: str
) -> None:
    page = opened(LISTS[language])
    before = page.evaluate("history.length")
    page.get_by_role("searchbox").press_sequentially(typed)
    assert found in names(page)
    assert query(page) == {"q": [typed]}
    assert page.evaluate("history.length") == before, "each letter is not a page of its own"


@both
def test_nothing_found_is_said_with_a_way_out(opened: Open, language: str) -> None:
    page = opened(LISTS[language])
    all_names = names(page)
    page.get_by_role("searchbox").fill("qqqq")
    told(page, language, 0)
    empty = page.locator(".none")
    expect(empty).to_be_visible()
    expect(page.locator("table")).to_be_hidden()
    empty.get_by_role("button").click()
    expect(empty).to_be_hidden()
    assert names(page) == all_names
    assert query(page) == {}
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    told(page, language, len(all_names))


@both
def test_the_address_is_shared_and_the_back_button_goes_through_choices(
    opened: Open, site: Site, index: Index, language: str
) -> None:
    page = opened(LISTS[language])
    page.locator("select[name=region]").select_option("01")
    page.get_by_role("searchbox").press_sequentially("2019")
    page.locator("select[name=state]").select_option("unknown")
    page.get_by_role("columnheader").nth(0).get_by_role("button").click()
    shared, last = page.url, names(page)
    assert query(page) == {"region": ["01"], "q": ["2019"], "state": ["unknown"], "sort": ["name"]}
    page.go_back()
    assert "sort" not in query(page)
    page.go_back()
    assert query(page) == {"region": ["01"], "q": ["2019"]}
    assert page.get_by_role("searchbox").input_value() == "2019"
    page.go_back()
    assert query(page) == {}
    assert names(page) == expected(index, language)
    for _ in range(3):
        page.go_forward()
    assert (page.url, names(page)) == (shared, last)
    other = opened(shared.removeprefix(site.url("/")))
    assert names(other) == last
    expect(other.locator("details")).to_have_attribute("open", "")


@both
def test_the_language_switch_takes_the_choices_along(opened: Open, index: Index, language: str) -> None:
    other = {"fi": "sv", "sv": "fi"}[language]
    page = opened(LISTS[language] + "?theme=asiointi&sort=name")
    page.locator(".languages a").click()
    assert urlsplit(page.url).path.endswith(LISTS[other])
    told(page, other, len(expected(index, other, theme="asiointi")))
    assert sorted(names(page)) == sorted(expected(index, other, theme="asiointi"))


@both
def test_columns_sort_both_ways_with_what_is_not_known_last(opened: Open, language: str) -> None:
    page = opened(LISTS[language])
    usual = page.locator("caption").inner_text()
    for place, (column, first) in enumerate(
        [("name", "ascending"), ("lead", "ascending"), ("period", "descending"), ("amount", "descending")]
    ):
        head = page.locator(f"th[data-sort={column}]")
        for direction in (first, {"ascending": "descending", "descending": "ascending"}[first]):
            head.get_by_role("button").click()
            expect(head).to_have_attribute("aria-sort", direction)
            assert page.locator("[aria-sort]").count() == 1, place
            assert query(page)["sort"] == [("-" if direction == "descending" else "") + column]
            values = sorted_by(page, column)
            known = [value for value in values if value]
            assert values == [*known, *[type(known[0])()] * (len(values) - len(known))]
            key = sort_key if column in ("name", "lead") else lambda value: value
            assert known == sorted(known, key=key, reverse=direction == "descending")
            expect(page.get_by_role("status")).to_contain_text(page.locator("caption").inner_text())
    page.locator(".found .clear").click()
    assert page.locator("caption").inner_text() == usual


def sorted_by(page: Page, column: str) -> list[str] | list[int]:
    """What each row is sorted by; empty or 0 where it is not known."""
    rows = page.locator("tbody tr")
    if column in ("period", "amount"):
        found: list[str] = rows.evaluate_all(f"(all) => all.map((one) => one.dataset.{column})")
        return [int(one or 0) for one in found] if column == "amount" else found
    if column == "name":
        return names(page)
    leads: list[str] = rows.evaluate_all(
        "(all) => all.map((one) => one.cells[1].querySelector('.soft') ? '' : one.cells[1].innerText)"
    )
    return leads


def test_filters_are_worked_by_keyboard_alone(opened: Open, index: Index) -> None:
    page = opened(LISTS["fi"], width=320)
    expect(page.locator("details")).not_to_have_attribute("open", "")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("lahti")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "theme"
    page.keyboard.type("Ohj")  # as far as the keyboard of the test goes
    assert query(page) == {"q": ["lahti"], "theme": ["automaatio"]}
    page.locator("th[data-sort=amount] button").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("sort=-amount"))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    ("address", "controls"),
    [
        ("/fi/maakunnat/uusimaa/", ["q", "municipality", "theme", "round", "amount"]),
        ("/sv/kommuner/abo/", ["q", "theme", "round"]),
        ("/fi/hakukierrokset/2018/", ["q", "region"]),
    ],
)
def test_other_long_tables_offer_what_there_is_to_choose(opened: Open, address: str, controls: list[str]) -> None:
    page = opened(address)
    names = page.locator(".fields [name]").evaluate_all("(all) => all.map((one) => one.name)")
    assert set(controls) <= set(names)
    assert page.locator("th button").count() == 4


def test_a_short_table_is_only_sorted_and_a_shorter_one_left_alone(opened: Open, site: Site) -> None:
    page = opened("/fi/kunnat/porvoo/")
    assert page.locator("form").count() == 0
    page.locator("th[data-sort=amount] button").click()
    amounts = [int(one or 0) for one in page.locator("tbody tr").evaluate_all("(a) => a.map((r) => r.dataset.amount)")]
    assert amounts == sorted(amounts, reverse=True)
    single = next(
        path for path, one in site.built.of_kind("municipality", "fi/").items() if one.source.count("<tr") == 2
    )
    assert opened("/" + single.removesuffix("index.html")).locator("th button").count() == 0
