"""Two languages' texts held against each other: every judge, every pair, and what an editor has said is meant so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tandem.checks.agreement import facts_agree
from tandem.checks.facts import Facts
from tandem.checks.finding import Finding, Reading, problem
from tandem.checks.pairs import Pair, pairs
from tandem.checks.structure import structure_agrees
from tandem.checks.terms import terms_are_used
from tandem.checks.tongue import language_is_right, places_are_called_by_their_names, texts_differ
from tandem.mentions import Lexicon, read
from tandem.problem import Problem
from tandem.site import Key, Site

Judge = Callable[[Reading], Iterator[Finding]]
JUDGES: tuple[Judge, ...] = (
    facts_agree,
    structure_agrees,
    language_is_right,
    texts_differ,
    places_are_called_by_their_names,
)
Allowed = dict[tuple[Key, str], bool]  # a record and a value it allows: whether anything was allowed by it


def halves_agree(facts: Facts) -> Iterator[Problem]:
    """What one language says and the other does not, unless ``allow`` of the record or of site.yaml names it."""
    yield from agreeing(facts.site, facts.lexicon)(facts)


def agreeing(site: Site, lexicon: Lexicon | None = None) -> Callable[[Facts], Iterator[Problem]]:
    """The rule made ready with the places and terms of ``site``, to be asked again and again."""
    lexicon = lexicon or lexicon_of(site)
    judges = (*JUDGES, terms_are_used(site.terms))

    def rule(facts: Facts) -> Iterator[Problem]:
        site = facts.site
        allowed = {(key, _plain(value)): False for key, values in _allowing(site) for value in values}
        for pair in pairs(facts):
            for found in judged(pair, lexicon, judges):
                if not _allowed(pair, found, allowed):
                    yield problem(site, pair, found)
        yield from _needless(site, allowed)

    return rule


def lexicon_of(site: Site) -> Lexicon:
    """The names its texts may mention."""
    official = ((term.term.own(site.languages[0]), term.term) for term in site.terms if term.official)
    return Lexicon(site.places, official)


def judged(pair: Pair, lexicon: Lexicon, judges: tuple[Judge, ...] = JUDGES) -> Iterator[Finding]:
    """All that is found in one pair of texts."""
    left = read(pair.left.text, pair.left.language, lexicon, pair.names)
    right = read(pair.right.text, pair.right.language, lexicon, pair.names)
    reading = Reading(pair, left, right, lexicon)
    for judge in judges:
        yield from judge(reading)


def _allowing(site: Site) -> Iterator[tuple[Key, tuple[str, ...]]]:
    yield ("site",), site.settings.allow
    yield from ((("project", id), project.allow) for id, project in site.projects.items())
    yield from ((("round", id), round_.allow) for id, round_ in site.rounds.items())
    yield from ((("page", id), page.allow) for id, page in site.pages.items())
    yield from ((("article", id), article.allow) for id, article in site.articles.items())


def _allowed(pair: Pair, found: Finding, allowed: Allowed) -> bool:
    hits = [(key, _plain(value)) for value in found.allow for key in (pair.key, ("site",))]
    hits = [hit for hit in hits if hit in allowed]
    allowed.update(dict.fromkeys(hits, True))
    return bool(hits)


def _plain(value: str) -> str:
    """A value as it is compared: any space for any other, any case."""
    return " ".join(value.replace("\u00a0", " ").replace("\u202f", " ").casefold().split())


def _needless(site: Site, allowed: Allowed) -> Iterator[Problem]:
    """An ``allow`` that nothing needs any more would hide the next slip."""
    for key, values in _allowing(site):
        places = [(site.origin(*key), values)]
        if key[0] in ("page", "article"):
            halves = [site.origins[*key, code] for code in site.languages if (*key, code) in site.origins]
            places = [(origin, origin.listed("allow")) for origin in halves]
        for origin, listed in places:
            for number, value in enumerate(listed):
                if allowed.get((key, _plain(value))) is False:
                    where = origin.where("allow", number)
                    yield Problem("parity.allow", where, {"value": value}, "parity.allow", "warning")
