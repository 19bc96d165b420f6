"""The corridor: read → load → check → plan → (stop here if anything is wrong) → render → write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tandem.address import Addresses
from tandem.assets import Assets, read_assets
from tandem.checks import check
from tandem.checks.facts import Facts
from tandem.coverage import Coverage, cover
from tandem.exports import exports, manifest
from tandem.history import NOT_READ, History, read_history
from tandem.index import Index
from tandem.jobs import cores, spread
from tandem.load import load, shown
from tandem.page import Page
from tandem.plan import Plan, plan
from tandem.problem import Problem, errors, in_order
from tandem.render import Renderer, used_words
from tandem.report import as_json, badge, document
from tandem.search import search_files
from tandem.site import Site
from tandem.tables import Tables
from tandem.workbook import WORKBOOK, workbook
from tandem.write import Written, publish

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class House:
    """The folders a build reads and writes. ``name``: what to call the content folder, where its path is no name."""

    content: Path
    out: Path
    templates: Path = ROOT / "templates"
    static: Path = ROOT / "static"
    cache: Path = ROOT / ".cache"
    name: str = ""


@dataclass(frozen=True)
class Examined:
    """A site, its addresses and everything that is wrong with it. ``site`` is None where settings fail."""

    problems: tuple[Problem, ...]
    site: Site | None
    index: Index | None = None
    addresses: Addresses | None = None
    assets: Assets = field(default_factory=Assets)


@dataclass(frozen=True)
class Built:
    """What a build did. ``written`` is None when errors stopped it and nothing was written. ``history``: its state."""

    problems: tuple[Problem, ...]
    languages: int = 0
    pages: int = 0
    written: Written | None = None
    history: str = NOT_READ


class PageFailed(Exception):
    """A template failed on a page: our bug, never an editor's."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def examine(house: House, base_url: str = "", drafts: bool = False) -> Examined:
    """Reads, loads and checks; writes nothing."""
    loaded = load(house.content, drafts, house.name)
    if loaded.site is None:
        return Examined(tuple(in_order(loaded.problems)), None)
    assets = read_assets(house.static)
    index = Index(loaded.site)
    addresses = Addresses(loaded.site, index, base_url or loaded.site.settings.base_url, assets.names)
    found = check(Facts(loaded.site, addresses, used_words(house.templates, shown(house.templates))))
    return Examined(tuple(in_order([*loaded.problems, *found])), loaded.site, index, addresses, assets)


def survey(house: House, examined: Examined, history: bool = True) -> Coverage:
    """How far the two languages are one. ``history``: ask git which texts are in step.

    Only for a site whose settings could be understood.
    """
    assert examined.site is not None
    assert examined.index is not None
    known = read_history(examined.site, house.content, house.cache) if history else History()
    return cover(examined.site, examined.index, examined.problems, known)


def build(
    house: House,
    base_url: str = "",
    strict: bool = False,
    drafts: bool = False,
    jobs: int = 0,
    history: bool = False,
    search: bool = True,
) -> Built:
    """The whole way. With errors (with ``strict``: with warnings too) nothing is written. ``jobs``: 0 = the cores.

    Nothing of the site depends on git, unless ``history`` is asked for.

    Raises Foreign where the output folder is not ours, PageFailed where a template fails, SearchFailed where no search
    index can be made, OSError from the disk; nothing is written then either.
    """
    examined = examine(house, base_url, drafts)
    if errors(examined.problems, strict) or not (examined.site and examined.index and examined.addresses):
        return Built(examined.problems)
    coverage = survey(house, examined, history)
    planned = plan(examined.site, examined.addresses, examined.index, coverage, search)
    tables = Tables(examined.addresses)
    files = {**render(house, examined.site, planned, tables, examined.assets, jobs or cores())}
    files |= search_files(examined.site, examined.index, planned.pages, files) if search else {}
    files |= examined.assets.files
    files |= exports(planned.pages, tables)
    for code, frame in planned.frames.items():
        files[f"{code}/site.webmanifest"] = manifest(frame, examined.assets.names)
    files["data/parity.json"] = as_json(document(coverage, examined.site)).encode()
    files["data/parity.svg"] = badge(coverage)
    sources = (house.content, house.templates, house.static, ROOT / "tandem")
    written = publish(files, house.out, house.cache, sources)
    return Built(examined.problems, len(examined.site.languages), len(planned.pages), written, coverage.history)


def render(
    house: House, site: Site, planned: Plan, tables: Tables, assets: Assets, jobs: int = 1
) -> Mapping[str, bytes]:
    """Every page as bytes, by its path below the output; and the spreadsheet, which takes as long as many pages."""
    renderer = Renderer(house.templates, site.catalogs, planned.frames, assets.names)

    def rendered(page: Page | None) -> bytes:
        if page is None:
            return workbook(tables)
        try:
            return renderer.render(page)
        except Exception as error:
            raise PageFailed(page.address) from error

    paths = (WORKBOOK, *(page.path for page in planned.pages))
    return dict(zip(paths, spread(rendered, (None, *planned.pages), jobs), strict=True))
