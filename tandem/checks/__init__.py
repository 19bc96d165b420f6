"""Rules over the whole site. Each rule is a function from what it judges to problems; ``RULES`` is all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tandem.address import Addresses
from tandem.checks import addresses, checked, dates, duplicates, halves, links, parity, privacy, references, words
from tandem.checks.facts import Facts
from tandem.index import Index
from tandem.jobs import spread
from tandem.model import Project, Settings, Term
from tandem.places import Places
from tandem.problem import Problem
from tandem.site import Origin, Site

SHARE = 100  # projects; fewer are judged sooner than processes are started
Rule = Callable[[Facts], Iterator[Problem]]

# Rules that hold records against each other. Of a project they see its outline at most (``Project.outline``).
OF_ALL: tuple[Rule, ...] = (
    references.rounds_exist,
    references.themes_exist,
    references.projects_exist,
    references.navigation_leads_somewhere,
    references.editor_has_a_repository,
    references.participants_stand_once,
    duplicates.projects_differ,
    dates.periods_run_forward,
    dates.nothing_is_from_the_future,
    addresses.addresses_are_unique,
    addresses.aliases_are_free,
    words.every_word_is_translated,
    words.placeholders_agree,
)
# Rules that judge each record for itself, with all its texts: of the others they need no more than their addresses.
OF_ONE: tuple[Rule, ...] = (
    checked.compared_days_are_true,
    parity.every_text_has_every_language,
    parity.untranslated_is_true,
    halves.halves_agree,
    links.links_lead_somewhere,
    privacy.no_identity_codes,
    privacy.contacts_are_work_contacts,
)
# Rules that judge the templates too, which may be known later than the site.
OF_TEMPLATES: tuple[Rule, ...] = (words.used_words_are_known,)
RULES = (*OF_ALL, *OF_ONE, *OF_TEMPLATES)


def check(facts: Facts, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Everything the rules find."""
    return [problem for rule in rules for problem in rule(facts)]


def sound(settings: Settings, places: Places, terms: tuple[Term, ...]) -> Callable[[Project, Origin], bool]:
    """Who says that ``OF_ONE`` find nothing in a project, whatever else the site may hold.

    One whose links lead into the site is not for us to judge, nor one that allows what the site may allow too.
    """
    alone = settings.model_copy(update={"allow": ()})
    site = Site(alone, places, {}, {}, {}, {}, {}, {}, {}, terms=terms)
    addresses = Addresses(site, Index(site), settings.base_url)
    rules = [rule for rule in OF_ONE if rule not in (halves.halves_agree, links.links_lead_somewhere)]
    rules.append(halves.agreeing(site))

    def judge(project: Project, origin: Origin) -> bool:
        if (project.allow and settings.allow) or not links.lead_elsewhere(project):
            return False
        one = replace(site, projects={project.id: project}, origins={("project", project.id): origin})
        facts = Facts(one, addresses, share=True)
        return not any(True for rule in rules for _ in rule(facts))

    return judge


def check_all(facts: Facts, jobs: int) -> list[Problem]:
    """What ``OF_ALL`` and ``OF_ONE`` find in a whole site, its many projects shared out among processes.

    Projects that were found sound when they were read are not judged by ``OF_ONE`` again.
    """
    site = facts.site
    ids = tuple(id for id in site.projects if id not in site.gists)
    rest = replace(site, projects={id: site.projects[id] for id in ids})
    size = max(1, -(-len(ids) // (2 * jobs)))
    if jobs <= 1 or size < SHARE or site.settings.allow:  # what the site allows, any text may need
        return check(facts, OF_ALL) + check(replace(facts, site=rest), OF_ONE)
    shares = [replace(facts, site=replace(site, projects={}))]
    for first in range(0, len(ids), size):
        some = {id: site.projects[id] for id in ids[first : first + size]}
        share = replace(site, projects=some, pages={}, articles={}, rounds={}, themes={})
        shares.append(replace(facts, site=share, share=True))

    def judged(share: Facts | None) -> list[Problem]:
        return check(facts, OF_ALL) if share is None else check(share, OF_ONE)

    found = spread(judged, (None, *shares), jobs, len(shares) + 1, size)
    return [problem for some in found for problem in some]
