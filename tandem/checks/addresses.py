"""One address, one page."""

from __future__ import annotations

from collections.abc import Iterator

from tandem.address import ROOT_FOLDERS, Claim
from tandem.checks.facts import Facts
from tandem.problem import Problem, Where
from tandem.site import Origin


def _by(where: Where) -> str:
    return f"{where.file}:{where.line}"


def addresses_are_unique(facts: Facts) -> Iterator[Problem]:
    claimed: dict[str, Claim] = {}
    for address, claim in facts.addresses.claims():
        first = claimed.setdefault(address, claim)
        if first is not claim:
            earlier, later = sorted((first.where(), claim.where()))
            values = {"address": address, "this": _by(later), "other": _by(earlier)}
            yield Problem("address.clash", later, values, "address.clash")


def aliases(facts: Facts) -> Iterator[tuple[str, Where]]:
    """Every alias and where it is written."""
    site = facts.site
    for id, project in site.projects.items():
        yield from _written(site.origin("project", id), project.aliases)
    for kind, group in (("page", site.pages), ("article", site.articles)):
        for id in group:
            for code in site.languages:
                if origin := site.origins.get((kind, id, code)):
                    yield from _written(origin, group[id].aliases)


def _written(origin: Origin, found: tuple[str, ...]) -> Iterator[tuple[str, Where]]:
    for number, alias in enumerate(origin.listed("aliases") if found else ()):
        if alias in found:
            yield alias, origin.where("aliases", number)


def aliases_are_free(facts: Facts) -> Iterator[Problem]:
    """An alias begins with a language of the site and is neither a page's address nor another's alias."""
    claimed = dict(facts.addresses.claims())
    seen: dict[str, Where] = {}
    for alias, where in aliases(facts):
        first = claimed[alias].where() if alias in claimed else seen.setdefault(alias, where)
        if alias.split("/")[1] not in facts.site.languages or alias.startswith(ROOT_FOLDERS):
            values = {"value": alias, "known": ", ".join(f"/{code}/" for code in facts.site.languages)}
            yield Problem("alias.language", where, values, "alias.language")
        elif first != where:
            values = {"address": alias, "this": _by(where), "other": _by(first)}
            yield Problem("alias.clash", where, values, "alias.clash")
