"""Time runs forward, and the site speaks of the day it says it speaks of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from tandem.checks.facts import Facts
from tandem.problem import Problem
from tandem.read import Loc


def periods_run_forward(facts: Facts) -> Iterator[Problem]:
    for id, project in facts.site.projects.items():
        start, end = project.period.start, project.period.end
        if start and end and end.last < start.first:
            where = facts.site.origin("project", id).where("period", "end")
            yield Problem("period.reversed", where, {"start": str(start), "end": str(end)}, "period.reversed")


def nothing_is_from_the_future(facts: Facts) -> Iterator[Problem]:
    """A decision, a check or a piece of news after ``as_of`` is a slip, or ``as_of`` is too old."""
    site = facts.site
    as_of = site.settings.as_of

    def later(kind: str, id: str, loc: Loc, day: datetime.date | None) -> Iterator[Problem]:
        if day and day > as_of:
            origin = site.origin_of(kind, id, "date") if kind == "article" else site.origin(kind, id)
            values = {"value": day.isoformat(), "as_of": as_of.isoformat()}
            yield Problem("date.future", origin.where(*loc), values, "date.future", "warning")

    for id, project in site.projects.items():
        yield from later("project", id, ("updated",), project.updated)
        for number, grant in enumerate(project.funding):
            yield from later("project", id, ("funding", number, "decided"), grant.decided)
    for id, round_ in site.rounds.items():
        yield from later("round", id, ("decided",), round_.decided)
        yield from later("round", id, ("announced",), round_.announced)
    for id, article in site.articles.items():
        yield from later("article", id, ("date",), article.date)
