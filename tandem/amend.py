"""The way of a small change: nothing but what the pages of some projects alone show. Everything else stands as it was.

Such a change is what an editor makes most, so this room reads no more of the program than it needs.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from dataclasses import replace

from tandem.address import Addresses
from tandem.checks import OF_ONE, check
from tandem.checks.facts import Facts
from tandem.fields import Knowledge
from tandem.house import House, shown
from tandem.index import Index
from tandem.jobs import undisturbed
from tandem.lay import Built, before, imprints, lay, publish
from tandem.memory import Past
from tandem.model import Project
from tandem.outlines import Known, recalled
from tandem.outlines import told as outline_of
from tandem.pages import project
from tandem.pages.parts import Maker
from tandem.problem import Problem, recall
from tandem.render import Renderer
from tandem.running import Running
from tandem.sift import Sieve, sifted
from tandem.site import Origin, Site
from tandem.spoken import Templates
from tandem.stages import Stages
from tandem.why import Reasons
from tandem.write import NOTHING, Stage, Written


def shortly(house: House, past: Past, running: Running | None = None) -> Built | None:
    """What the last build left, amended where that is all there is to do; None where the whole way must be gone.

    ``running``: what this process knows from its last build, which ``past`` was made from.
    """
    told = past.last.told
    if past.stands:
        return Built(recall(told), told["languages"], told["pages"], Written(0, 0))
    return amend(house, past, running)


@undisturbed()
def amend(house: House, past: Past, running: Running | None = None) -> Built | None:
    """Reads and judges only the files of these projects and renders only their pages. None where that is not sure, and
    for a site with a search index, which holds every text.
    """
    stages = Stages()
    ids = past.projects if past.intact and not past.request.search else frozenset()
    if not ids or _told_of(past):
        return None
    kept = running.known if running else recalled(past.last)
    if not kept or not ids <= kept.told.keys():
        return None
    if kept.site.settings.allow and past.last.told["problems"]:  # any text may need what the site allows
        return None
    site, problems = _reread(house, kept.site, sorted(ids))
    if problems or any(outline_of(site, id) != kept.told[id] for id in ids):
        return None
    index = Index(site, kept.groups)
    addresses = Addresses(site, index, past.request.base_url or site.settings.base_url, kept.assets, kept.claimed)
    if _found(site, addresses, kept, ids):
        return None
    stages.end("read")
    maker = Maker(site, index, addresses, search=False)
    families = {id: maker.family("project", id) for id in sorted(ids)}
    pages = tuple(project.page(maker, id, code, family) for code in site.languages for id, family in families.items())
    stage = Stage(house.out, house.cache, house.sources, past.standing)
    stages.end("plan")
    templates = Templates(house.templates, lambda: kept.templates)
    renderer = running.renderer if running else None
    renderer = renderer or Renderer(templates, kept.words, kept.frames, kept.assets)
    last = stage.standing.left or NOTHING
    reasons = Reasons(before(stage, past), last.grounds, house, templates, past.changed)
    done = lay(stage, (), renderer, pages, 1, reasons)
    laid = dict.fromkeys(stage.ours, False) | {one.path: one.new for one in done}
    stages.end("render")
    left = replace(last, imprints={**last.imprints, **imprints(done)})
    written = publish(stage, laid, house, past, left, past.changed)
    stages.end("publish")
    memory = replace(past.now, told=past.last.told, known=past.last.known)
    memory.keep()
    told, made = past.last.told, {one.path: one.why for one in done if one.why}
    stage.settle()
    stages.end("keep")
    after = Running.of(house, memory, kept, stage.standing, renderer)
    return Built(recall(told), told["languages"], told["pages"], written, made=made, running=after, stages=stages.taken)


def _told_of(past: Past) -> bool:
    """Whether the last build had something to say of these very files, which may be true no more."""
    files = [path.partition("/")[2] for path in past.changed]
    said = [text for problem in recall(past.last.told) for text in (problem.where.file, *problem.values.values())]
    return any(file in text for file in files for text in said)


def _reread(house: House, site: Site, ids: Iterable[str]) -> tuple[Site, list[Problem]]:
    """``site`` with the files of these projects read again, and nothing else; what is wrong with them."""
    folder, known = house.name or shown(house.content), Knowledge(site.languages, site.places)
    paths = [house.content / "projects" / f"{id}.yaml" for id in ids]
    read: dict[str, Project] = {}
    problems, origins = list[Problem](), dict(site.origins)
    sieve = Sieve(lambda path: f"{folder}/projects/{path.name}", known)
    for path, one in zip(paths, sifted(paths, sieve), strict=True):
        problems += one.problems
        origins["project", path.stem] = Origin(one.document)
        if one.project:
            read[path.stem] = one.project
    projects = ChainMap(read, site.projects)  # type: ignore[arg-type]  # the second is only read
    return replace(site, projects=projects, origins=origins), problems


def _found(site: Site, addresses: Addresses, kept: Known, ids: Iterable[str]) -> list[Problem]:
    """What the rules that judge each record for itself find in these projects."""
    share = replace(site, projects={id: site.projects[id] for id in ids}, pages={}, articles={}, rounds={}, themes={})
    return check(Facts(share, addresses, lexicon=kept.lexicon), OF_ONE)
