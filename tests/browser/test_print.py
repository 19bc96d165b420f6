"""Pages on paper."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.browser.conftest import Open, Site


def printed(opened: Open, address: str) -> tuple[int, str, list[tuple[float, float]]]:
    """How many sheets a page takes, what they say, and their sizes in points."""
    pdf = PdfReader(io.BytesIO(opened(address).pdf(prefer_css_page_size=True)))
    sizes = [(float(sheet.mediabox.width), float(sheet.mediabox.height)) for sheet in pdf.pages]
    return len(pdf.pages), "".join(sheet.extract_text() for sheet in pdf.pages), sizes


@pytest.mark.parametrize("address", ["/fi/kunnat/porvoo/", "/sv/kommuner/borga/"])
def test_a_municipality_fits_on_two_sheets_of_a4(opened: Open, address: str) -> None:
    count, text, sizes = printed(opened, address)
    assert count <= 2
    assert {(round(width), round(height)) for width, height in sizes} == {(595, 842)}
    assert "42 000 €" in text.replace("\xa0", " ")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_printed_page_shows_where_its_links_lead(opened: Open, site: Site, language: str) -> None:
    address = site.sample("project", language)
    page = opened(address)
    page.emulate_media(media="print")
    links = page.locator("main a[href^=http]:visible").evaluate_all("(all) => all.map((one) => one.href)")
    text = "".join(printed(opened, address)[1].split())
    assert links
    assert [link for link in links if link not in text] == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_filtered_list_is_printed_as_it_stands_and_without_its_controls(
    opened: Open, site: Site, language: str
) -> None:
    address = site.sample("projects", language) + "?municipality=638"
    page = opened(address)
    names = page.locator("tbody th > a").all_inner_texts()
    summary = page.locator("summary").inner_text()
    text = " ".join(printed(opened, address)[1].split())
    assert len(names) == page.locator("tbody tr").count() < 10
    assert all(name.split()[0] in text for name in names)
    assert summary not in text
