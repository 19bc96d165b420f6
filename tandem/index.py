"""Who takes part in what: projects by municipality, region, theme and round; sums with each grant counted once."""

from __future__ import annotations

import datetime
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct

from tandem.model import Article, Grant, Project, Qualifier
from tandem.site import Site

State = Literal["upcoming", "running", "ended", "unknown"]
GROUPS = ("newest", "by_municipality", "by_region", "by_theme", "by_round", "led_by")  # what takes all projects to tell


class Total(Struct, frozen=True):
    """A sum of grants in whole euros, and how sure it is.

    ``known`` and ``unknown`` count the grants with and without a published amount.
    """

    euros: int = 0
    known: int = 0
    unknown: int = 0
    qualifier: Qualifier = "exact"


def total(grants: Iterable[Grant]) -> Total:
    """The sum of grants, each given once."""
    euros = known = unknown = 0
    qualifiers: set[Qualifier] = set()
    for grant in grants:
        if grant.amount is None:
            unknown += 1
            continue
        euros, known = euros + grant.amount, known + 1
        qualifiers.add(grant.amount_is)
    return Total(euros, known, unknown, qualifier(qualifiers))


def qualifier(parts: Iterable[Qualifier]) -> Qualifier:
    """How a sum of such parts reads: 42 000 and at most 50 000 is at most 92 000; unlike doubts make it about."""
    doubts = {part for part in parts if part != "exact"}
    return doubts.pop() if len(doubts) == 1 else "about" if doubts else "exact"


class Index:
    """Look-ups over a site. Project ids stand newest first; municipalities are those of today, mergers followed.

    ``groups``: what an index of the same projects has told already.
    """

    def __init__(self, site: Site, groups: Mapping[str, Any] = MappingProxyType({})) -> None:
        self.site = site
        self.__dict__.update(groups)

    def groups(self) -> Mapping[str, Any]:
        """What takes all projects to tell, for another index of the same."""
        return {name: getattr(self, name) for name in GROUPS}

    @cached_property
    def newest(self) -> tuple[str, ...]:
        """All project ids, the latest decision first."""
        ids = sorted(self.site.projects)
        return tuple(sorted(ids, key=lambda one: self.day(self.site.projects[one]), reverse=True))

    def day(self, project: Project) -> datetime.date:
        """The day a project is sorted by: its latest decision, else the round's, else its start."""
        days = [day for grant in project.funding if (day := self._decided(grant))]
        if days:
            return max(days)
        return project.period.start.first if project.period.start else datetime.date.min

    def changed(self, project: Project) -> datetime.date:
        """The day the record last changed, as its content tells: checked by a person, else the latest day it names.

        Never after the day the site speaks of, which also stands in where the record names no day.
        """
        as_of = self.site.settings.as_of
        days = [self.day(project), *(source.date.first for source in project.sources if source.date)]
        day = project.updated or max(days)
        return min(day, as_of) if day > datetime.date.min else as_of

    def _decided(self, grant: Grant) -> datetime.date | None:
        round_ = self.site.rounds.get(grant.round or "")
        return grant.decided or (round_.decided or round_.announced if round_ else None)

    def today(self, project: Project) -> tuple[str, ...]:
        """Codes of the municipalities of today that take part, the lead's first."""
        current = self.site.places.current
        return tuple(dict.fromkeys(current(code) for code in project.municipalities))

    @cached_property
    def by_municipality(self) -> Mapping[str, tuple[str, ...]]:
        return self._grouped({id: self.today(self.site.projects[id]) for id in self.newest})

    @cached_property
    def by_region(self) -> Mapping[str, tuple[str, ...]]:
        municipalities = self.site.places.municipalities
        return self._grouped(
            {
                id: tuple(dict.fromkeys(municipalities[code].region for code in self.today(self.site.projects[id])))
                for id in self.newest
            }
        )

    @cached_property
    def by_theme(self) -> Mapping[str, tuple[str, ...]]:
        return self._grouped({id: self.site.projects[id].themes for id in self.newest})

    @cached_property
    def by_round(self) -> Mapping[str, tuple[str, ...]]:
        return self._grouped(
            {id: tuple(dict.fromkeys(g.round for g in self.site.projects[id].funding if g.round)) for id in self.newest}
        )

    @staticmethod
    def _grouped(keys: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for id, names in keys.items():
            for name in names:
                groups[name].append(id)
        return {name: tuple(ids) for name, ids in groups.items()}

    @cached_property
    def led_by(self) -> Mapping[str, frozenset[str]]:
        """Ids of the projects each municipality of today leads."""
        led: dict[str, set[str]] = defaultdict(set)
        for id, project in self.site.projects.items():
            if project.lead:
                led[self.site.places.current(project.lead)].add(id)
        return {code: frozenset(ids) for code, ids in led.items()}

    @cached_property
    def news(self) -> tuple[Article, ...]:
        """All articles, the latest first."""
        return tuple(sorted(self.site.articles.values(), key=lambda a: (a.date, a.id), reverse=True))

    @cached_property
    def news_of_project(self) -> Mapping[str, tuple[Article, ...]]:
        return self._news((article, article.projects) for article in self.news)

    @cached_property
    def news_of_municipality(self) -> Mapping[str, tuple[Article, ...]]:
        current = self.site.places.current
        return self._news((a, tuple(dict.fromkeys(map(current, a.municipalities)))) for a in self.news)

    @staticmethod
    def _news(pairs: Iterable[tuple[Article, tuple[str, ...]]]) -> Mapping[str, tuple[Article, ...]]:
        found: dict[str, list[Article]] = defaultdict(list)
        for article, names in pairs:
            for name in names:
                found[name].append(article)
        return {name: tuple(articles) for name, articles in found.items()}

    def total(self, ids: Iterable[str], round_id: str = "") -> Total:
        """The sum of the grants of these projects, of one round only when it is named."""
        projects = self.site.projects
        grants = (grant for id in dict.fromkeys(ids) for grant in projects[id].funding)
        return total(grant for grant in grants if not round_id or grant.round == round_id)

    @cached_property
    def by_year(self) -> Mapping[int, Total]:
        """The sum of the grants of each year of decision, the latest first; year 0 where no source gives the day."""
        grants: dict[int, list[Grant]] = defaultdict(list)
        for project in self.site.projects.values():
            for grant in project.funding:
                day = self._decided(grant)
                grants[day.year if day else 0].append(grant)
        return {year: total(grants[year]) for year in sorted(grants, reverse=True)}

    def participants(self, project: Project) -> int:
        """How many municipalities take part, as far as is known."""
        return max(project.municipality_count or 0, len(project.municipalities))

    def state(self, project: Project) -> State:
        """Where the project stands on the day the site speaks of."""
        start, end = project.period.start, project.period.end
        as_of = self.site.settings.as_of
        if start and start.first > as_of:
            return "upcoming"
        if end and end.last < as_of:
            return "ended"
        return "running" if end else "unknown"

    def companions(self, code: str) -> tuple[tuple[str, int], ...]:
        """The municipalities that share projects with ``code``, and how many; the most frequent first."""
        projects = self.site.projects
        shared = Counter(
            other for id in self.by_municipality.get(code, ()) for other in self.today(projects[id]) if other != code
        )
        return tuple(sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])))

    def related(self, id: str, most: int = 5) -> tuple[str, ...]:
        """Other projects that share municipalities, then themes; the closest first."""
        project = self.site.projects[id]
        near: Counter[str] = Counter()
        for code in self.today(project):
            near.update(self.by_municipality[code][:50])
        for theme in project.themes:
            near.update(self.by_theme[theme][:50])
        del near[project.id]
        return tuple(other for other, _ in heapq.nsmallest(most, near.items(), key=lambda pair: (-pair[1], pair[0])))
