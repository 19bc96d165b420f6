"""Projects: one row each, so that a joint grant stands once."""

from __future__ import annotations

from msgspec import Struct

from tandem.address import Addresses
from tandem.columns.column import AMOUNT_IS, EUROS, STATES, Column, Table, Value
from tandem.columns.shared import AS_OF, LICENCE, decided, names
from tandem.index import Total, total
from tandem.model import Project, Round


class Told(Struct, frozen=True):
    """A project, and what several of its columns need. ``today``: codes of the municipalities of today."""

    project: Project
    today: tuple[str, ...]
    regions: tuple[str, ...]
    rounds: tuple[Round, ...]
    total: Total


def _told(a: Addresses) -> dict[str, Told]:
    return {id: _one(a, a.site.projects[id]) for id in a.index.newest}


def _one(a: Addresses, p: Project) -> Told:
    today = a.index.today(p)
    regions = tuple(dict.fromkeys(a.site.places.municipalities[code].region for code in today))
    rounds = tuple(a.site.rounds[id] for id in dict.fromkeys(grant.round for grant in p.funding if grant.round))
    return Told(p, today, regions, rounds, total(p.funding))


def _lead(a: Addresses, t: Told, language: str) -> Value:
    if t.project.lead:
        return a.site.places.municipalities[t.project.lead].called(language)
    return next((body.name.own(language) for body in t.project.organisations if body.lead), "") or None


def _funders(a: Addresses, t: Told, language: str) -> Value:
    return tuple(dict.fromkeys(one.funder.own(language) for one in t.rounds if one.funder.own(language)))


def _decided(a: Addresses, t: Told) -> Value:
    return max((day for grant in t.project.funding if (day := decided(a, grant))), default=None)


COLUMNS = (
    Column(
        "id",
        "text",
        "Id",
        "The project's permanent id. It never changes, even where the name or the address of the page does.",
        lambda a, t: t.project.id,
    ),
    Column(
        "name", "text", "Name", "Name of the project.", lambda a, t, code: t.project.name.own(code) or None, each=True
    ),
    Column(
        "name_unofficial",
        "text",
        "Unofficial name",
        "Languages in which the name is the register's own translation or description, not an official name.",
        lambda a, t: t.project.name_unofficial,
        many=True,
    ),
    Column(
        "summary",
        "text",
        "Summary",
        "What the project does, in a paragraph.",
        lambda a, t, code: t.project.summary.own(code) or None,
        each=True,
    ),
    Column(
        "url",
        "address",
        "Page",
        "Address of the project's page.",
        lambda a, t, code: a.url(a.project(t.project.id, code)),
        each=True,
    ),
    Column(
        "lead_code",
        "text",
        "Lead municipality's code",
        "Code of the municipality that leads.",
        lambda a, t: t.project.lead,
    ),
    Column("lead", "text", "Lead", "The municipality or other body that leads the project.", _lead, each=True),
    Column(
        "municipality_codes",
        "text",
        "Municipality codes",
        "Codes of the municipalities that take part and are known by name, the lead first. Three digits, as text.",
        lambda a, t: t.project.municipalities,
        many=True,
    ),
    Column(
        "municipalities",
        "text",
        "Municipalities",
        "Names of the same municipalities in the same order.",
        lambda a, t, code: names(a, t.project.municipalities, code),
        each=True,
        many=True,
    ),
    Column(
        "current_municipality_codes",
        "text",
        "Municipality codes today",
        "Codes of the municipalities that these belong to today, mergers followed.",
        lambda a, t: t.today,
        many=True,
    ),
    Column(
        "region_codes",
        "text",
        "Region codes",
        "Codes of the regions of these municipalities.",
        lambda a, t: t.regions,
        many=True,
    ),
    Column(
        "regions",
        "text",
        "Regions",
        "Names of the same regions in the same order.",
        lambda a, t, code: tuple(a.site.places.regions[one].name.text(code).text for one in t.regions),
        each=True,
        many=True,
    ),
    Column(
        "organisations",
        "text",
        "Other participants",
        "Participants that are not municipalities.",
        lambda a, t, code: tuple(body.name.text(code).text for body in t.project.organisations),
        each=True,
        many=True,
    ),
    Column(
        "shared_by",
        "whole",
        "Shared by",
        "How many municipalities the project has, as far as is known. They share the grant; no shares have been "
        "published.",
        lambda a, t: a.index.participants(t.project) or None,
        unit="municipalities",
    ),
    Column(
        "amount",
        "whole",
        "Grant",
        "State grants to the whole project. A joint grant stands here once, undivided.",
        lambda a, t: t.total.euros if t.total.known else None,
        unit=EUROS,
    ),
    Column(
        "amount_is",
        "text",
        "How sure the grant is",
        "How the amount is to be read.",
        lambda a, t: t.total.qualifier if t.total.known else None,
        values=AMOUNT_IS,
    ),
    Column(
        "grants",
        "whole",
        "Grants",
        "How many grants to the project are known.",
        lambda a, t: len(t.project.funding),
        unit="grants",
    ),
    Column(
        "grants_unknown",
        "whole",
        "Grants of unknown amount",
        "How many of them have no published amount, and so are not in the sum.",
        lambda a, t: t.total.unknown,
        unit="grants",
    ),
    Column(
        "round_ids",
        "text",
        "Funding round ids",
        "Ids of the funding rounds.",
        lambda a, t: tuple(one.id for one in t.rounds),
        many=True,
    ),
    Column(
        "rounds",
        "text",
        "Funding rounds",
        "Names of the same rounds in the same order.",
        lambda a, t, code: tuple(one.name.text(code).text for one in t.rounds),
        each=True,
        many=True,
    ),
    Column("funders", "text", "Funders", "Who granted the money.", _funders, each=True, many=True),
    Column("decided", "day", "Decision", "Day of the grant decision; of several, the latest.", _decided),
    Column(
        "announced",
        "day",
        "Press release",
        "Day the grants of the round were announced.",
        lambda a, t: max((one.announced for one in t.rounds if one.announced), default=None),
    ),
    Column(
        "period_start",
        "moment",
        "Start",
        "When the project begins, as exactly as the sources have it.",
        lambda a, t: t.project.period.start,
    ),
    Column(
        "period_end",
        "moment",
        "End",
        "When the project ends, as exactly as the sources have it.",
        lambda a, t: t.project.period.end,
    ),
    Column(
        "state",
        "text",
        "State",
        "Where the project stands on the day in the column as_of, by its start and end.",
        lambda a, t: a.index.state(t.project),
        values=STATES,
    ),
    Column("theme_ids", "text", "Theme ids", "Ids of the themes.", lambda a, t: t.project.themes, many=True),
    Column(
        "themes",
        "text",
        "Themes",
        "Names of the same themes in the same order.",
        lambda a, t, code: tuple(a.site.themes[id].name.text(code).text for id in t.project.themes),
        each=True,
        many=True,
    ),
    Column(
        "sources",
        "address",
        "Sources",
        "Addresses of the public sources of the facts.",
        lambda a, t: tuple(source.url for source in t.project.sources),
        many=True,
    ),
    Column("updated", "day", "Checked", "Day a person last checked the facts.", lambda a, t: t.project.updated),
    AS_OF,
    LICENCE,
)

PROJECTS = Table(
    "projects",
    "Projects",
    "One row for each project. The sum of the column amount is the sum of all known grants: each joint grant is in it "
    "once.",
    "id",
    COLUMNS,
    _told,
)
