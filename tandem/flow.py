"""The corridor: read → load → check → plan → (stop here if anything is wrong) → render → write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from tandem import progress
from tandem.address import Addresses
from tandem.assets import Assets, read_assets
from tandem.checks import OF_ONE, OF_TEMPLATES, check, check_all, sound
from tandem.checks.facts import Facts
from tandem.coverage import Coverage, cover
from tandem.editor import editor_files
from tandem.exports import exports, manifest
from tandem.history import NOT_READ, History, read_history
from tandem.house import House as House  # whoever builds needs both
from tandem.index import Index
from tandem.jobs import aside, cores, spread, undisturbed
from tandem.load import NOTHING, load, shown
from tandem.lock import held
from tandem.memory import Past
from tandem.model import Project
from tandem.outlines import all_told, outlined, recalled, touched
from tandem.outlines import told as outline_of
from tandem.page import Page
from tandem.plan import Plan, plan, plan_projects
from tandem.problem import Problem, Where, errors, in_order, recall
from tandem.render import Renderer
from tandem.report import as_json, badge, document
from tandem.search import Record, Writer, listed, search_files
from tandem.shelf import Shelf
from tandem.site import Site
from tandem.spoken import Templates, Unparsable
from tandem.tables import Tables
from tandem.write import Stage, Written


@dataclass(frozen=True)
class Examined:
    """A site, its addresses and everything that is wrong with it. ``site`` is None where settings fail."""

    problems: tuple[Problem, ...]
    site: Site | None
    index: Index | None = None
    addresses: Addresses | None = None
    assets: Assets = field(default_factory=Assets)


@dataclass(frozen=True)
class Why:
    """Why pages were made: ``first`` (nothing was known), ``damaged`` (somebody else changed the site), ``changed``
    (these files, which any page may depend on), or ``own`` (these files, which only these pages show)."""

    reason: str = ""
    files: frozenset[str] = frozenset()


NO_REASON = Why()


@dataclass(frozen=True)
class Built:
    """What a build did. ``written`` is None when errors stopped it and nothing was written. ``history``: its state.

    ``made``: the pages that were rendered, and ``why``.
    """

    problems: tuple[Problem, ...]
    languages: int = 0
    pages: int = 0
    written: Written | None = None
    history: str = NOT_READ
    made: tuple[str, ...] = ()
    why: Why = NO_REASON


class Moved(Exception):
    """A file was changed while the site was made from it; nothing was published."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class PageFailed(Exception):
    """A template failed on a page: our bug, never an editor's."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def examine(
    house: House,
    base_url: str = "",
    drafts: bool = False,
    known: Mapping[str, Project] = NOTHING,
    jobs: int = 1,
    templates: Templates | None = None,
    shelf: Shelf | None = None,
) -> Examined:
    """Reads, loads and checks; writes nothing. ``known``: projects that are neither read nor judged again.

    ``shelf``: where projects that are found sound are laid by, and only their outlines stay in memory.

    Raises PageFailed where a template is none.
    """
    loaded = load(house.content, drafts, house.name, known, jobs, shelf, sound if shelf else None)
    if loaded.site is None:
        return Examined(tuple(in_order(loaded.problems)), None)
    assets = read_assets(house.static)
    index = Index(loaded.site)
    addresses = Addresses(loaded.site, index, base_url or loaded.site.settings.base_url, assets.names)
    if known:
        news = {id: project for id, project in loaded.site.projects.items() if id not in known}
        found = check(Facts(replace(loaded.site, projects=news), addresses), OF_ONE)
    else:
        facts = Facts(loaded.site, addresses)
        found = check_all(facts, jobs)
        try:
            used = (templates or Templates(house.templates)).used
        except Unparsable as error:
            raise PageFailed(error.name or "") from error
        places = {word: Where(f"{shown(house.templates)}/{file}", line) for word, (file, line) in used.items()}
        found += check(replace(facts, used=places), OF_TEMPLATES)
    return Examined(tuple(in_order([*loaded.problems, *found])), loaded.site, index, addresses, assets)


def lighter(site: Site, addresses: Addresses) -> tuple[Site, Index, Addresses]:
    """The same for whoever only makes pages of it: without what the files hold besides the records."""
    light = site.lighter()
    index = Index(light)
    return light, index, Addresses(light, index, addresses.base_url, addresses.assets)


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
    past: Past | None = None,
) -> Built:
    """The whole way. With errors (with ``strict``: with warnings too) nothing is written. ``jobs``: 0 = the cores.

    Nothing of the site depends on git, unless ``history`` is asked for. ``past``: what is known of the last build;
    whoever gives it holds the lock.

    Raises Foreign where the output folder is not ours, PageFailed where a template fails, SearchFailed where no search
    index can be made, NotFetched where the form editor's program is missing, Moved where a source changes meanwhile,
    OSError from the disk; nothing is written then either.
    """
    if past is None:
        with held(house.out, house.cache):
            now = Past.of(house, base_url, strict, drafts, history, search)
            return build(house, base_url, strict, drafts, jobs, history, search, now)
    jobs = jobs or cores()
    if past.stands:
        return Built(recall(past.last.told), past.last.told["languages"], past.last.told["pages"], Written(0, 0))
    if not search and (done := amend(house, past, base_url, drafts)):
        return done
    with undisturbed(), aside(lambda: Templates(house.templates).packed(), jobs) as compiled:
        templates = Templates(house.templates, compiled)
        shelf = Shelf(past.now.file_of("shelf"))
        examined = examine(house, base_url, drafts, jobs=jobs, templates=templates, shelf=shelf)
        if errors(examined.problems, strict) or not (examined.site and examined.index and examined.addresses):
            return Built(examined.problems)
        coverage = survey(house, examined, history)
        outlines = all_told(examined.site)
        site, index, addresses = lighter(examined.site, examined.addresses)
        examined = replace(examined, site=site, index=index, addresses=addresses)
        planned = plan(site, addresses, index, coverage, search)
        stage = Stage(house.out, house.cache, house.sources)
        renderer = Renderer(templates, site.catalogs, planned.frames, examined.assets.names)
        editor = editor_files(site, house.cache)
        rest: tuple[Files, ...] = (
            partial(_data, planned, Tables(addresses)),  # the longest work first
            lambda: editor.items(),
            partial(_described, planned, coverage, examined),
        )
        noted = Writer(site, index).record if search else None
        laid, records = lay(stage, rest, renderer, planned.pages, jobs, noted)
        if search:
            last = stage.read if past.intact else None
            found = search_files(listed(index, planned.pages, records), house.cache, last, jobs)
            laid |= {path: stage.put(path, data) for path, data in found.items()}
        written = _publish(stage, laid, house, past)
        built = Built(examined.problems, len(site.languages), len(planned.pages), written, coverage.history)
        if not history:  # what git tells is no file we could look at
            outlined(replace(past.now, told=told(built)), site, outlines).keep()
    return replace(built, made=tuple(page.path for page in planned.pages), why=Why(past.reason, past.changed))


@undisturbed()
def amend(house: House, past: Past, base_url: str, drafts: bool) -> Built | None:
    """The way of a small change: nothing but what the pages of some projects alone show. None where that is not sure.

    Only those files are read and judged, only those pages rendered; everything else stands as it was left.
    """
    ids = touched(past) if past.intact and not past.last.told.get("problems") else frozenset()
    known = {id: outline for id, outline in recalled(past.last).items() if id not in ids} if ids else {}
    if not known:
        return None
    examined = examine(house, base_url, drafts, known)
    site, index, addresses = examined.site, examined.index, examined.addresses
    if examined.problems or not (site and index and addresses) or not ids <= site.projects.keys():
        return None
    if any(outline_of(site, id) != past.last.outlines[id] for id in ids):
        return None
    planned = plan_projects(site, addresses, index, sorted(ids))
    stage = Stage(house.out, house.cache, house.sources)
    renderer = Renderer(Templates(house.templates), site.catalogs, planned.frames, examined.assets.names)
    laid = dict.fromkeys(stage.ours, False) | lay(stage, (), renderer, planned.pages, 1)[0]
    written = _publish(stage, laid, house, past)
    replace(past.now, told=past.last.told, outlines=past.last.outlines).keep()
    made = tuple(page.path for page in planned.pages)
    told = past.last.told
    return Built((), told["languages"], told["pages"], written, made=made, why=Why("own", past.changed))


def _publish(stage: Stage, laid: Mapping[str, bool], house: House, past: Past) -> Written:
    if moved := past.now.moved(house):
        raise Moved(min(moved))
    past.now.forget()  # a build killed from here on is as if nothing were known
    return stage.publish(laid)


Files = Callable[[], Iterable[tuple[str, bytes]]]
"""Makes files: path below the output and bytes."""


def _data(planned: Plan, tables: Tables) -> Iterable[tuple[str, bytes]]:
    """All that is made of the rows of the open data, which therefore only one process makes."""
    from tandem.workbook import WORKBOOK, workbook  # whose library only this process needs

    yield WORKBOOK, workbook(tables)
    yield from exports(planned.pages, tables)


def _described(planned: Plan, coverage: Coverage, examined: Examined) -> Iterable[tuple[str, bytes]]:
    """Assets, manifests, and how far the two languages are one."""
    assert examined.site is not None
    yield from examined.assets.files.items()
    for code, frame in planned.frames.items():
        yield f"{code}/site.webmanifest", manifest(frame, examined.assets.names)
    yield "data/parity.json", as_json(document(coverage, examined.site)).encode()
    yield "data/parity.svg", badge(coverage)


def lay(
    stage: Stage,
    rest: tuple[Files, ...],
    renderer: Renderer,
    pages: tuple[Page, ...],
    jobs: int,
    noted: Callable[[Page, bytes], Record | None] | None = None,
) -> tuple[dict[str, bool], dict[str, Record]]:
    """Renders pages and makes all other files, over processes, each of which lays down what it makes.

    Returns every path, and whether what stands there is new; and what is ``noted`` of pages for the search, by path.
    """

    def work(item: Page | Files) -> list[tuple[str, bool, Record | None]]:
        if not isinstance(item, Page):
            return [(path, stage.put(path, data), None) for path, data in item()]
        try:
            html = renderer.render(item)
        except Exception as error:
            raise PageFailed(item.address) from error
        record = noted(item, html) if noted else None
        item.forget()
        return [(item.path, stage.put(item.path, html), record)]

    by_language = sorted(pages, key=lambda page: page.language)  # what one process remembers another need not
    items: tuple[Page | Files, ...] = (*rest, *by_language)
    shown = progress.shown(spread(work, items, jobs, alone=len(rest)), len(items))
    done = [laid for some in shown for laid in some]
    return {path: new for path, new, _ in done}, {path: record for path, _, record in done if record}


def told(built: Built) -> dict[str, Any]:
    """What a build reported, to be reported again while nothing changes."""
    return {"problems": [asdict(one) for one in built.problems], "languages": built.languages, "pages": built.pages}
