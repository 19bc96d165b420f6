"""Rules over the whole site. Each rule is a function from what it judges to problems; ``RULES`` is all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tandem.checks import addresses, checked, dates, duplicates, halves, links, parity, privacy, references, words
from tandem.checks.facts import Facts
from tandem.problem import Problem

Rule = Callable[[Facts], Iterator[Problem]]

# Rules that hold records against each other. Of a project they see its outline at most (``Project.outline``).
OF_ALL: tuple[Rule, ...] = (
    references.rounds_exist,
    references.themes_exist,
    references.projects_exist,
    references.navigation_leads_somewhere,
    references.participants_stand_once,
    duplicates.projects_differ,
    dates.periods_run_forward,
    dates.nothing_is_from_the_future,
    addresses.addresses_are_unique,
    addresses.aliases_are_free,
    words.every_word_is_translated,
    words.placeholders_agree,
    words.used_words_are_known,
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
RULES = (*OF_ALL, *OF_ONE)


def check(facts: Facts, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Everything the rules find."""
    return [problem for rule in rules for problem in rule(facts)]
