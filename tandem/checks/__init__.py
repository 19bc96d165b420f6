"""Rules over the whole site. Each rule is a function from what it judges to problems; ``RULES`` is all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tandem.checks import addresses, checked, dates, duplicates, halves, links, parity, privacy, references, words
from tandem.checks.facts import Facts
from tandem.jobs import spread
from tandem.problem import Problem
from tandem.site import Site

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


def check_all(facts: Facts, jobs: int) -> list[Problem]:
    """What ``OF_ALL`` and ``OF_ONE`` find in a whole site, its many projects shared out among processes."""
    site = facts.site
    ids = tuple(site.projects)
    size = max(1, -(-len(ids) // (2 * jobs)))
    if jobs <= 1 or size < SHARE or site.settings.allow:  # what the site allows, any text may need
        return check(facts, (*OF_ALL, *OF_ONE))
    shares: list[Site] = [replace(site, projects={})]
    for first in range(0, len(ids), size):
        some = {id: site.projects[id] for id in ids[first : first + size]}
        shares.append(replace(site, projects=some, pages={}, articles={}, rounds={}, themes={}))

    def judged(share: Site | None) -> list[Problem]:
        return check(facts, OF_ALL) if share is None else check(replace(facts, site=share), OF_ONE)

    found = [problem for some in spread(judged, (None, *shares), jobs, len(shares) + 1, size) for problem in some]
    settings = site.origin("site").document.file  # which every share has and judges
    return [one for n, one in enumerate(found) if one.where.file != settings or one not in found[:n]]
