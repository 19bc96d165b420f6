"""What a record names must exist."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from tandem.address import GITHUB
from tandem.checks.facts import Facts
from tandem.model import SECTIONS
from tandem.problem import Problem, Where


def _unknown(code: str, where: Where, value: str, known: Collection[str]) -> Problem:
    close = difflib.get_close_matches(value, sorted(known), n=1, cutoff=0.6)
    if close:
        return Problem(code, where, {"value": value, "suggestion": close[0]}, "id.suggest")
    return Problem(code, where, {"value": value, "known": ", ".join(sorted(known)) or "–"}, "id.known")


def _written(facts: Facts, kind: str, id: str) -> bool:
    """Whether ``id`` stands in its list; also a faulty item does, and a list that cannot be read has them all."""
    return (kind, id) in facts.site.origins or (f"{kind}s",) not in facts.site.origins


def editor_has_a_repository(facts: Facts) -> Iterator[Problem]:
    """The form editor works on a repository at GitHub."""
    settings = facts.site.settings
    if settings.editor and not GITHUB.fullmatch(settings.repository or ""):
        yield Problem("editor.repository", facts.site.origin("site").where("editor", key=True), {}, "editor.repository")


def rounds_exist(facts: Facts) -> Iterator[Problem]:
    for id, project in facts.site.projects.items():
        for number, grant in enumerate(project.funding):
            if grant.round and not _written(facts, "round", grant.round):
                where = facts.site.origin("project", id).where("funding", number, "round")
                yield _unknown("round.unknown", where, grant.round, facts.site.rounds)


def themes_exist(facts: Facts) -> Iterator[Problem]:
    for id, project in facts.site.projects.items():
        for number, theme in enumerate(project.themes):
            if not _written(facts, "theme", theme):
                where = facts.site.origin("project", id).where("themes", number)
                yield _unknown("theme.unknown", where, theme, facts.site.themes)


def projects_exist(facts: Facts) -> Iterator[Problem]:
    """Also those whose file is faulty exist; a draft exists but may not be named."""
    site = facts.site
    written = {key[1] for key in site.origins if key[0] == "project"}
    known = {*site.projects, *site.broken("project")}
    for id, article in site.articles.items():
        for number, project in enumerate(article.projects):
            if project in known:
                continue
            where = site.origin_of("article", id, "projects").where("projects", number)
            if project not in written:
                yield _unknown("project.unknown", where, project, known)
            else:
                yield Problem("project.draft", where, {"value": project}, "project.draft")


def navigation_leads_somewhere(facts: Facts) -> Iterator[Problem]:
    known = {*SECTIONS, *facts.site.pages}
    for number, name in enumerate(facts.site.settings.navigation):
        if name not in known | facts.site.broken("page"):
            where = facts.site.origin("site").where("navigation", number)
            yield _unknown("navigation.unknown", where, name, known)


def participants_stand_once(facts: Facts) -> Iterator[Problem]:
    for id, project in facts.site.projects.items():
        origin = facts.site.origin("project", id)
        seen = {project.lead} if project.lead else set()
        for number, code in enumerate(project.partners):
            if code in seen:
                name = facts.site.places.municipalities[code].called(facts.site.languages[0])
                yield Problem("place.repeated", origin.where("partners", number), {"value": name}, "place.repeated")
            seen.add(code)
        for number, theme in enumerate(project.themes):
            if theme in project.themes[:number]:
                yield Problem("theme.repeated", origin.where("themes", number), {"value": theme}, "theme.repeated")
