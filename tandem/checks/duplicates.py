"""One project is one record."""

from __future__ import annotations

from collections.abc import Iterator

from tandem.checks.facts import Facts
from tandem.places import fold
from tandem.problem import Problem


def projects_differ(facts: Facts) -> Iterator[Problem]:
    """Two projects of one lead under one name are probably one."""
    site = facts.site
    first: dict[tuple[str, str], str] = {}
    for id, project in site.projects.items():
        for language, name in project.name:
            other = first.setdefault((fold(name), project.lead or ""), id)
            if other != id:
                values = {"value": name, "other": site.origin("project", other).document.file}
                where = site.origin("project", id).where("name", language)
                yield Problem("project.similar", where, values, "project.similar", "warning")
                break
