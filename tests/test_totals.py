"""Totals agree everywhere: pages, lists, CSV, JSON, XLSX and JSON-LD, in both languages, each joint grant once."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from tandem import formats
from tandem.address import Addresses
from tandem.assets import read_assets
from tandem.changes import History
from tandem.coverage import cover
from tandem.exports import exports
from tandem.index import Index, Total, total
from tandem.language import Words, compiled
from tandem.model import Grant, Project
from tandem.page import Page
from tandem.plan import Plan, plan
from tandem.render import Renderer
from tandem.site import Site
from tandem.spoken import Templates
from tandem.tables import Tables
from tandem.workbook import workbook
from tests.worlds import PROJECTS, site_of, tried

ROOT = Path(__file__).parent.parent


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def euros(found: Iterable[dict[str, Any]], key: str = "amount") -> int:
    return sum(int(row[key] or 0) for row in found)


def shown(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def said(summed: Total, language: str) -> str:
    """A sum as pages write it, with plain spaces; empty where none is known."""
    return formats.money(summed.euros, language).replace(formats.NBSP, " ") if summed.known else ""


@tried(12)
@given(st.lists(PROJECTS, max_size=7))
def test_every_total_is_the_same_sum_of_the_same_grants(projects: list[Project]) -> None:
    site = site_of(projects)
    index = Index(site)
    tables = Tables(Addresses(site, index, site.settings.base_url))
    planned = plan(site, tables.addresses, index, cover(site, index, (), History()))
    files = dict(exports(planned.pages, tables))
    whole = total(grant for project in projects for grant in project.funding)

    _files_agree(files, tables, whole)
    _pages_agree(planned, files, site, whole)


def _files_agree(files: dict[str, bytes], tables: Tables, whole: Total) -> None:
    listed = json.loads(files["data/projects.json"])["projects"]
    grants = json.loads(files["data/grants.json"])["grants"]
    assert euros(rows(files["data/projects.csv"])) == euros(listed) == whole.euros
    assert euros(rows(files["data/grants.csv"])) == euros(grants) == whole.euros
    assert sum(row["grants"] for row in listed) == len(grants) == whole.known + whole.unknown
    assert sum(row["grants_unknown"] for row in listed) == whole.unknown
    for sheet in openpyxl.load_workbook(io.BytesIO(workbook(tables)), read_only=True).worksheets[:2]:
        heading, *lines = sheet.iter_rows(values_only=True)
        place = heading.index({"Hankkeet": "Avustus", "Projekt": "Understöd"}[sheet.title])
        assert sum(line[place] or 0 for line in lines) == whole.euros
    led = json.loads(files["data/municipalities.json"])["municipalities"]
    assert euros(led, "grants_led") == euros(row for row in listed if row["lead_code"])


def _pages_agree(planned: Plan, files: dict[str, bytes], site: Site, whole: Total) -> None:
    listed = {row["id"]: row for row in json.loads(files["data/projects.json"])["projects"]}
    grants = json.loads(files["data/grants.json"])["grants"]
    assets = read_assets(ROOT / "static")
    renderer = Renderer(Templates(ROOT / "templates"), compiled(site.catalogs), planned.frames, assets.names)
    for page in planned.pages:
        if page.kind in ("home", "projects"):
            assert page.view.total.amount.euros == whole.euros
            assert said(whole, page.language) in shown(renderer.render(page).decode())
        elif page.kind == "project":
            _project_agrees(page, listed[page.view.id], renderer)
        elif page.rows:
            beside = rows(files[page.rows.address[1:] + ".csv"])
            assert [row["id"] for row in beside] == list(page.rows.ids)
            assert [row.amount.euros if row.amount else 0 for row in page.view.listing.rows] == [
                int(row["amount"] or 0) for row in beside
            ]
            assert _told(page) == (
                euros(grant for grant in grants if grant["round_id"] == page.view.id)
                if page.kind == "round"
                else euros(beside)
            )


def _told(page: Page) -> int:
    """The sum, or sums, that a page with a table tells."""
    view = page.view
    if page.kind == "municipality":
        return int(view.led.amount.euros + view.joined.amount.euros)
    return int((view.listed if page.kind == "round" else view.total).amount.euros)


def _project_agrees(page: Page, row: dict[str, Any], renderer: Renderer) -> None:
    """Page, data and linked data tell one amount; a grant of several is told whole, and by how many it is shared."""
    html = renderer.render(page).decode()
    found = [node for node in page.linked["@graph"] if node["@type"] == "MonetaryGrant"]
    amounts = [node["amount"] for node in found if "amount" in node]
    linked = [value for amount in amounts for key, value in amount.items() if key.lower().endswith("value")]
    assert sum(linked) == (row["amount"] or 0)
    assert len(found) == max(1, row["grants"])
    for value in linked:
        assert formats.money(value, page.language) in html
    if row["grants"] and (row["shared_by"] or 0) > 1:
        assert f" {row['shared_by']} " in shown(html)


def test_a_joint_grant_is_told_whole_and_by_how_many_it_is_shared() -> None:
    grant = Grant.model_construct(round="2020", amount=1010000)
    words = Words.of({"fi": "Hanke", "sv": "Projekt"})
    partners = ("020", "049", "061", "111")
    project = Project.model_construct(name=words, summary=words, lead="638", partners=partners, funding=(grant,))
    site = site_of([project])
    index = Index(site)
    addresses = Addresses(site, index, site.settings.base_url)
    planned = plan(site, addresses, index, cover(site, index, (), History()))
    renderer = Renderer(
        Templates(ROOT / "templates"), compiled(site.catalogs), planned.frames, read_assets(ROOT / "static").names
    )
    wanted = {"fi": "1 010 000 € jaettu 5 kunnan kesken", "sv": "1 010 000 € delas av 5 kommuner"}
    pages = [page for page in planned.pages if page.kind == "municipality"]
    assert len(pages) == 2 * 5
    for page in pages:
        text = shown(renderer.render(page).decode()).replace(formats.NBSP, " ")
        assert wanted[page.language] in text
        assert "202 000" not in text
