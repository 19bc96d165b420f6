"""``checked`` settles what changed before a day: the day has come, and the field it names is a text of the record."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator

from tandem.checks.facts import Facts
from tandem.problem import Problem
from tandem.site import Key, Origin, Site
from tandem.texts import Leaf, dotted, of_record


def compared_days_are_true(facts: Facts) -> Iterator[Problem]:
    site = facts.site
    for key, origin, name, day in _days(site):
        if facts.share and key == ("site",):
            continue
        yield from _judged(site, origin, name, day, of_record(site, key))


def _judged(site: Site, origin: Origin, name: str, day: datetime.date, texts: list[Leaf]) -> Iterator[Problem]:
    known = sorted({dotted(leaf.loc[:end]) for leaf in texts for end in range(1, len(leaf.loc) + 1)})
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        values = {"key": name, "suggestion": near[0]} if near else {"key": name, "known": ", ".join(_first(known))}
        hint = "checked.unknown.suggest" if near else "checked.unknown"
        yield Problem("checked.unknown", origin.where("checked", name, key=True), values, hint, "warning")
    if day > site.settings.as_of:
        values = {"value": day.isoformat(), "as_of": site.settings.as_of.isoformat()}
        yield Problem("date.future", origin.where("checked", name), values, "date.future", "warning")


def _first(known: list[str]) -> list[str]:
    return [name for name in known if "." not in name]


def _days(site: Site) -> Iterator[tuple[Key, Origin, str, datetime.date]]:
    """Every day of comparison: of which record, where written, of which field; a page's in the file that has it."""
    yield from ((("site",), site.origin("site"), name, day) for name, day in site.settings.checked.items())
    for kind, records in (("project", site.projects), ("round", site.rounds), ("theme", site.themes)):
        for id, record in records.items():
            for name, day in record.checked.items():
                yield (kind, id), site.origin(kind, id), name, day
    for kind, writings in (("page", site.pages), ("article", site.articles)):
        for id, writing in writings.items():
            for name, day in writing.checked.items():
                for code in site.languages:
                    origin = site.origins.get((kind, id, code))
                    if origin and name in (origin.document.data.get("checked") or ()):
                        yield (kind, id), origin, name, day
