"""The corridor: read → load → check → plan → (stop here if anything is wrong) → render → write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from msgspec import to_builtins

from tandem.amend import shortly
from tandem.coverage import Coverage
from tandem.editor import editor_files
from tandem.examined import Examined as Examined  # the corridor's first half, whoever asks for it
from tandem.examined import examine as examine
from tandem.examined import known, lighter
from tandem.examined import survey as survey
from tandem.exports import exports, manifest
from tandem.house import House as House  # whoever builds needs both
from tandem.jobs import aside, cores, undisturbed
from tandem.language import compiled
from tandem.lay import Built as Built
from tandem.lay import Files, before, imprints, lay, publish
from tandem.ledger import Left
from tandem.lock import held
from tandem.marked import Converted
from tandem.memory import Past, Request
from tandem.outlines import all_told, keep
from tandem.plan import Plan, plan
from tandem.problem import errors
from tandem.render import Renderer
from tandem.report import as_json, badge, document
from tandem.search import Writer, lay_index, listed
from tandem.shelf import Shelf
from tandem.spoken import Templates, packed
from tandem.stages import Stages
from tandem.tables import Tables
from tandem.why import Reasons, grounds
from tandem.write import Stage


def build(
    house: House,
    base_url: str = "",
    strict: bool = False,
    drafts: bool = False,
    jobs: int = 0,
    history: bool = False,
    search: bool = True,
) -> Built:
    """Builds the site by the shortest way that leaves what the whole way would. Waits while another build goes on.

    With errors (with ``strict``: with warnings too) nothing is written. ``jobs``: how many processes, 0 = the cores.
    Nothing of the site depends on git, unless ``history`` is asked for.

    Raises Foreign where the output folder is not ours, PageFailed where a template fails, SearchFailed where no search
    index can be made, NotFetched where the form editor's program is missing, Moved where a source changes meanwhile,
    OSError from the disk; nothing is written then either.
    """
    with held(house.out, house.cache):
        past = Past.of(house, Request(base_url, strict, drafts, history, search))
        return shortly(house, past) or build_all(house, past, jobs)


def build_all(house: House, past: Past, jobs: int = 0, precompiled: Callable[[], bytes] | None = None) -> Built:
    """The whole way, with the lock in hand. ``past``: what is known of the last build, and what is asked of this one.

    ``precompiled``: gives the templates, where another process compiles them already.
    """
    asked, jobs = past.request, jobs or cores()
    stages = Stages()
    with undisturbed(), aside(1 if precompiled else jobs, precompiled or partial(packed, house.templates)) as (ready,):
        templates = Templates(house.templates, ready)
        marked = Converted(house.cache)
        examined = examine(house, asked.base_url, asked.drafts, jobs, templates, Shelf.of(house))
        if errors(examined.problems, asked.strict) or not (examined.site and examined.index and examined.addresses):
            return Built(examined.problems)
        stages.end("read")
        coverage = survey(house, examined, asked.history)
        each = all_told(examined.site)
        examined = lighter(examined)
        assert examined.site
        assert examined.index
        assert examined.addresses
        planned = plan(examined.site, examined.addresses, examined.index, coverage, asked.search)
        stages.end("plan")
        intact = past.intact  # before anything is laid down: a link less changes what the file system tells of a file
        stage = Stage(house.out, house.cache, house.sources)
        words = compiled(examined.site.catalogs)
        renderer = Renderer(templates, words, planned.frames, examined.assets.names)
        editor = editor_files(examined.site, house.cache)
        rest: tuple[Files, ...] = (
            partial(_data, planned, Tables(examined.addresses)),  # the longest work first
            lambda: editor.items(),
            partial(_described, planned, coverage, examined),
        )
        noted = Writer(examined.site, examined.index).record if asked.search else None
        base = grounds(house, examined.site, templates, planned.frames, examined.assets.names)
        reasons = Reasons(before(stage, past), base, house, templates, past.changed)
        files = lay(stage, rest, renderer, planned.pages, jobs, reasons, noted)
        laid = {one.path: one.new for one in files}
        stages.end("render")
        if asked.search:
            last = stage.read if intact else None
            records = {one.path: one.record for one in files if one.record}
            laid |= lay_index(listed(examined.index, planned.pages, records), house.cache, stage.put, last, jobs)
            stages.end("search")
        written = publish(stage, laid, house, past, Left({}, base, imprints(files)))
        stages.end("publish")
        built = Built(examined.problems, len(examined.site.languages), len(planned.pages), written, coverage.history)
        marked.keep(one.converted for one in files)
        if not asked.history:  # what git tells is no file we could look at
            keep(replace(past.now, told=told(built)), known(examined, each, ready(), words, planned.frames)).keep()
        stage.settle()
        stages.end("keep")
    return replace(built, made={one.path: one.why for one in files if one.why}, stages=stages.taken)


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


def told(built: Built) -> dict[str, Any]:
    """What a build reported, to be reported again while nothing changes."""
    return {"problems": to_builtins(built.problems), "languages": built.languages, "pages": built.pages}
