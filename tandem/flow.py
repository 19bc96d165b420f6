"""The corridor: read → load → check → plan → (stop here if anything is wrong) → render → write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

from tandem import progress
from tandem.coverage import Coverage
from tandem.editor import editor_files
from tandem.examined import Examined as Examined  # the corridor's first half, whoever asks for it
from tandem.examined import PageFailed as PageFailed
from tandem.examined import examine as examine
from tandem.examined import examine_anew, known, lighter
from tandem.examined import survey as survey
from tandem.exports import exports, manifest
from tandem.history import NOT_READ
from tandem.house import House as House  # whoever builds needs both
from tandem.imprint import Imprints
from tandem.jobs import aside, cores, spread, undisturbed
from tandem.ledger import Left
from tandem.lock import held
from tandem.marked import Converted
from tandem.markup import NONE, Marked, news
from tandem.memory import Past
from tandem.outlines import all_told, keep, recalled, touched
from tandem.outlines import told as outline_of
from tandem.page import Page
from tandem.plan import Plan, plan, plan_projects
from tandem.problem import Problem, errors, recall
from tandem.render import Renderer
from tandem.report import as_json, badge, document
from tandem.running import Running
from tandem.search import Record, Writer, listed, search_files
from tandem.shelf import Shelf
from tandem.spoken import Templates, packed
from tandem.stages import Stages, Taken
from tandem.tables import Tables
from tandem.why import Before, Reasons, Why, grounds
from tandem.write import NOTHING, Stage, Written


@dataclass(frozen=True)
class Built:
    """What a build did. ``written`` is None when errors stopped it and nothing was written. ``history``: its state.

    ``made``: the pages that were rendered, by path, and why. ``stages``: how long each took.
    """

    problems: tuple[Problem, ...]
    languages: int = 0
    pages: int = 0
    written: Written | None = None
    history: str = NOT_READ
    made: Mapping[str, Why] = field(default_factory=dict)
    running: Running | None = None
    stages: tuple[Taken, ...] = ()


class Moved(Exception):
    """A file was changed while the site was made from it; nothing was published."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def build(
    house: House,
    base_url: str = "",
    strict: bool = False,
    drafts: bool = False,
    jobs: int = 0,
    history: bool = False,
    search: bool = True,
    past: Past | None = None,
    compiled: Callable[[], bytes] | None = None,
    running: Running | None = None,
) -> Built:
    """The whole way. With errors (with ``strict``: with warnings too) nothing is written. ``jobs``: 0 = the cores.

    Nothing of the site depends on git, unless ``history`` is asked for. ``past``: what is known of the last build;
    whoever gives it holds the lock. ``compiled``: gives the templates, where another process compiles them already.
    ``running``: what this process knows from its last build, which ``past`` was made from.

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
    if not search and (done := amend(house, past, base_url, running)):
        return done
    stages = Stages()
    with undisturbed(), aside(compiled or partial(packed, house.templates), 1 if compiled else jobs) as ready:
        templates = Templates(house.templates, ready)
        marked = Converted(house.cache)
        examined = examine(house, base_url, drafts, jobs, templates, Shelf.of(house))
        if errors(examined.problems, strict) or not (examined.site and examined.index and examined.addresses):
            return Built(examined.problems)
        stages.end("read")
        coverage = survey(house, examined, history)
        each = all_told(examined.site)
        examined = lighter(examined)
        assert examined.site
        assert examined.index
        assert examined.addresses
        planned = plan(examined.site, examined.addresses, examined.index, coverage, search)
        stages.end("plan")
        intact = past.intact  # before anything is laid down: a link less changes what the file system tells of a file
        stage = Stage(house.out, house.cache, house.sources)
        renderer = Renderer(templates, examined.site.catalogs, planned.frames, examined.assets.names)
        editor = editor_files(examined.site, house.cache)
        rest: tuple[Files, ...] = (
            partial(_data, planned, Tables(examined.addresses)),  # the longest work first
            lambda: editor.items(),
            partial(_described, planned, coverage, examined),
        )
        noted = Writer(examined.site, examined.index).record if search else None
        base = grounds(house, examined.site, templates, planned.frames, examined.assets.names)
        reasons = Reasons(before(stage, past), base, house, templates, past.changed)
        files = lay(stage, rest, renderer, planned.pages, jobs, reasons, noted)
        laid = {one.path: one.new for one in files}
        stages.end("render")
        if search:
            last = stage.read if intact else None
            records = {one.path: one.record for one in files if one.record}
            found = search_files(listed(examined.index, planned.pages, records), house.cache, last, jobs)
            laid |= {path: stage.put(path, data) for path, data in found.items()}
            stages.end("search")
        written = _publish(stage, laid, house, past, Left({}, base, imprints(files)))
        stages.end("publish")
        built = Built(examined.problems, len(examined.site.languages), len(planned.pages), written, coverage.history)
        marked.keep(one.converted for one in files)
        if not history:  # what git tells is no file we could look at
            keep(replace(past.now, told=told(built)), known(examined, each, ready())).keep()
        stages.end("keep")
    return replace(built, made={one.path: one.why for one in files if one.why}, stages=stages.taken)


@undisturbed()
def amend(house: House, past: Past, base_url: str, running: Running | None = None) -> Built | None:
    """The way of a small change: nothing but what the pages of some projects alone show. None where that is not sure.

    Only those files are read and judged, only those pages rendered; everything else stands as it was left.
    """
    stages = Stages()
    ids = touched(past) if past.intact and not past.last.told.get("problems") else frozenset()
    kept = (running.known if running else recalled(past.last)) if ids else None
    if not kept or not ids <= kept.told.keys():
        return None
    examined = examine_anew(house, base_url, kept, ids)
    site, index, addresses = examined.site, examined.index, examined.addresses
    if examined.problems or not (site and index and addresses):
        return None
    if any(outline_of(site, id) != kept.told[id] for id in ids):
        return None
    stages.end("read")
    planned = plan_projects(site, addresses, index, sorted(ids))
    stage = Stage(house.out, house.cache, house.sources, past.standing)
    templates = Templates(house.templates, lambda: kept.templates)
    stages.end("plan")
    renderer = running.renderer if running else None
    if not renderer or renderer.frames != planned.frames:
        renderer = Renderer(templates, site.catalogs, planned.frames, examined.assets.names)
    last = stage.standing.left or NOTHING
    reasons = Reasons(before(stage, past), last.grounds, house, templates, past.changed)
    done = lay(stage, (), renderer, planned.pages, 1, reasons)
    laid = dict.fromkeys(stage.ours, False) | {one.path: one.new for one in done}
    stages.end("render")
    left = replace(last, imprints={**last.imprints, **imprints(done)})
    written = _publish(stage, laid, house, past, left, past.changed)
    stages.end("publish")
    memory = replace(past.now, told=past.last.told, known=past.last.known)
    memory.keep()
    told, made = past.last.told, {one.path: one.why for one in done if one.why}
    stages.end("keep")
    after = Running.of(house, memory, kept, stage.standing, renderer)
    return Built((), told["languages"], told["pages"], written, made=made, running=after, stages=stages.taken)


def imprints(done: Iterable[Laid]) -> dict[str, bytes]:
    """The imprint of each page."""
    return {one.path: one.imprint for one in done if one.imprint is not None}


def before(stage: Stage, past: Past) -> Before:
    """What is known of how the last build made its pages."""
    left = stage.standing.left if past.last.inputs else None
    return Before(left.grounds, left.imprints, stage.standing.kept) if left else Before()


def _publish(
    stage: Stage, laid: Mapping[str, bool], house: House, past: Past, left: Left, read: frozenset[str] = frozenset()
) -> Written:
    if moved := past.now.moved(house, read):
        raise Moved(min(moved))
    past.now.forget()  # a build killed from here on is as if nothing were known
    return stage.publish(laid, left)


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


class Laid(NamedTuple):
    """A file of the new site, and whether what stands there is new.

    Of a page: its ``imprint``; why it was rendered; its ``record`` for the search; the Markdown ``converted`` for it.
    """

    path: str
    new: bool
    imprint: bytes | None = None
    why: Why | None = None
    record: Record | None = None
    converted: Mapping[str, Marked] = NONE


def lay(
    stage: Stage,
    rest: tuple[Files, ...],
    renderer: Renderer,
    pages: tuple[Page, ...],
    jobs: int,
    reasons: Reasons,
    noted: Callable[[Page, bytes], Record | None] | None = None,
) -> list[Laid]:
    """Renders pages there is a reason to render and makes all other files, over processes, each of which lays down what
    it makes. ``noted``: tells what the search has to know of a page.
    """
    seen = Imprints()

    def work(item: Page | Files) -> list[Laid]:
        if not isinstance(item, Page):
            return [Laid(path, stage.put(path, data)) for path, data in item()]
        try:
            imprint = seen.of(item)
            why = reasons.of(item, imprint)
            html = renderer.render(item) if why else b""
        except Exception as error:
            raise PageFailed(item.address) from error
        record = noted(item, html or stage.read(item.path)) if noted else None
        item.forget()
        return [Laid(item.path, bool(why) and stage.put(item.path, html), imprint, why, record, news())]

    by_language = sorted(pages, key=lambda page: page.language)  # what one process remembers another need not
    items: tuple[Page | Files, ...] = (*rest, *by_language)
    shown = progress.shown(spread(work, items, jobs, alone=len(rest)), len(items))
    return [laid for some in shown for laid in some]


def told(built: Built) -> dict[str, Any]:
    """What a build reported, to be reported again while nothing changes."""
    return {"problems": [asdict(one) for one in built.problems], "languages": built.languages, "pages": built.pages}
