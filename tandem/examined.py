"""A site read and judged: all that is wrong with it, and what pages are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tandem.address import Addresses
from tandem.assets import Assets, read_assets
from tandem.changes import History
from tandem.checks import OF_TEMPLATES, check, check_all, sound
from tandem.checks.facts import Facts
from tandem.checks.halves import lexicon_of
from tandem.coverage import Coverage, cover
from tandem.house import House
from tandem.index import Index
from tandem.load import load, shown
from tandem.mentions import Lexicon
from tandem.outlines import Known
from tandem.page import Frame
from tandem.problem import Problem, Where, in_order
from tandem.render import PageFailed
from tandem.shelf import Shelf
from tandem.site import Site
from tandem.spoken import Templates, Unparsable, used


@dataclass(frozen=True)
class Examined:
    """A site, its addresses and everything that is wrong with it. ``site`` is None where settings fail."""

    problems: tuple[Problem, ...]
    site: Site | None
    index: Index | None = None
    addresses: Addresses | None = None
    assets: Assets = field(default_factory=Assets)
    lexicon: Lexicon | None = None


def examine(
    house: House,
    base_url: str = "",
    drafts: bool = False,
    jobs: int = 1,
    templates: Templates | None = None,
    shelf: Shelf | None = None,
) -> Examined:
    """Reads, loads and checks; writes nothing of the site. Raises PageFailed where a template is none.

    ``shelf``: where projects that are found sound are laid by, and only their outlines stay in memory.
    """
    loaded = load(house.content, drafts, house.name, jobs, shelf, sound if shelf else None)
    if loaded.site is None:
        return Examined(tuple(in_order(loaded.problems)), None)
    assets = read_assets(house.static)
    index = Index(loaded.site)
    addresses = Addresses(loaded.site, index, base_url or loaded.site.settings.base_url, assets.names)
    lexicon = lexicon_of(loaded.site)
    facts = Facts(loaded.site, addresses, lexicon=lexicon)
    found = check_all(facts, jobs)
    try:
        asked = templates.used if templates else used(house.templates)
    except Unparsable as error:
        raise PageFailed(error.name or "") from error
    places = {word: Where(f"{shown(house.templates)}/{file}", line) for word, (file, line) in asked.items()}
    found += check(replace(facts, used=places), OF_TEMPLATES)
    return Examined(tuple(in_order([*loaded.problems, *found])), loaded.site, index, addresses, assets, lexicon)


def lighter(examined: Examined) -> Examined:
    """The same for whoever only makes pages of it: without what the files hold besides the records."""
    if not (examined.site and examined.addresses):
        return examined
    site = examined.site.lighter()
    index = Index(site)
    addresses = Addresses(site, index, examined.addresses.base_url, examined.assets.names)
    return replace(examined, site=site, index=index, addresses=addresses)


def known(
    examined: Examined,
    each: Mapping[str, str],
    templates: bytes,
    words: Mapping[str, bytes],
    frames: Mapping[str, Frame],
) -> Known:
    """What the next build may know of it. ``each``: what each project's file tells the rest of the site.

    ``templates``, ``words``: compiled.
    """
    assert examined.site
    assert examined.index
    assert examined.addresses
    assert examined.lexicon
    return Known(
        site=examined.site,
        told=each,
        groups=examined.index.groups(),
        claimed=examined.addresses.claimed,
        assets=examined.assets.names,
        lexicon=examined.lexicon,
        templates=templates,
        words=words,
        frames=frames,
    )


def survey(house: House, examined: Examined, history: bool = True) -> Coverage:
    """How far the two languages are one. ``history``: ask git which texts are in step.

    Only for a site whose settings could be understood.
    """
    assert examined.site is not None
    assert examined.index is not None
    known = History()
    if history:
        from tandem.history import read_history  # and with it git, which is rarely asked

        known = read_history(examined.site, house.content, house.cache)
    return cover(examined.site, examined.index, examined.problems, known)
