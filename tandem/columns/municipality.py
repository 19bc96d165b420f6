"""Municipalities: the register they are looked up in, and what each has to do with the projects."""

from __future__ import annotations

from tandem.address import Addresses
from tandem.columns.column import AMOUNT_IS, EUROS, Column, Table, Value
from tandem.columns.shared import AS_OF, LICENCE
from tandem.index import Total
from tandem.places import Municipality


def _ids(a: Addresses, m: Municipality) -> tuple[str, ...]:
    return a.index.by_municipality.get(m.code, ())


def _led(a: Addresses, m: Municipality) -> frozenset[str]:
    return a.index.led_by.get(m.code, frozenset())


def _sum(a: Addresses, m: Municipality, lead: bool) -> Total:
    led = _led(a, m)
    return a.index.total(id for id in _ids(a, m) if (id in led) == lead)


def _amount(lead: bool, a: Addresses, m: Municipality) -> Value:
    total = _sum(a, m, lead)
    return total.euros if total.known else None


def _amount_is(lead: bool, a: Addresses, m: Municipality) -> Value:
    total = _sum(a, m, lead)
    return total.qualifier if total.known else None


def _url(a: Addresses, m: Municipality, code: str) -> Value:
    page = "" if m.merged_into else a.municipality(m.code, code)
    return a.url(page) if page else None


COLUMNS = (
    Column(
        "code",
        "text",
        "Code",
        "The municipality's code in Statistics Finland's classification: three digits, as text.",
        lambda a, m: m.code,
    ),
    Column("name", "text", "Name", "Name of the municipality.", lambda a, m, code: m.called(code), each=True),
    Column(
        "type",
        "text",
        "Type",
        "City or municipality: the word it uses of itself.",
        lambda a, m, code: m.type.own(code) or None,
        each=True,
    ),
    Column("region_code", "text", "Region's code", "Code of the region.", lambda a, m: m.region or None),
    Column(
        "region",
        "text",
        "Region",
        "Name of the region.",
        lambda a, m, code: a.site.places.regions[m.region].name.text(code).text if m.region else None,
        each=True,
    ),
    Column(
        "languages",
        "text",
        "Languages",
        "The municipality's official languages, the majority's first.",
        lambda a, m: m.languages,
        many=True,
    ),
    Column("latitude", "number", "Latitude", "Where the centre is.", lambda a, m: m.lat, unit="degrees, WGS 84"),
    Column("longitude", "number", "Longitude", "Where the centre is.", lambda a, m: m.lon, unit="degrees, WGS 84"),
    Column(
        "population",
        "whole",
        "Inhabitants",
        "How many live there.",
        lambda a, m: m.population,
        unit="people",
    ),
    Column(
        "population_year",
        "whole",
        "Year of the inhabitants",
        "The year at whose end they were counted.",
        lambda a, m: m.population_year,
        unit="year",
    ),
    Column("valid_from", "day", "In force from", "First day the code is in force.", lambda a, m: m.valid_from),
    Column("valid_to", "day", "In force to", "Last day the code is in force.", lambda a, m: m.valid_to),
    Column(
        "merged_into",
        "text",
        "Merged into",
        "Code of the municipality it has merged into. Its projects are counted there.",
        lambda a, m: m.merged_into or None,
    ),
    Column(
        "projects",
        "whole",
        "Projects",
        "How many projects it takes part in, as lead or otherwise.",
        lambda a, m: None if m.merged_into else len(_ids(a, m)),
        unit="projects",
    ),
    Column(
        "projects_led",
        "whole",
        "Projects led",
        "How many of them it leads.",
        lambda a, m: None if m.merged_into else len(_led(a, m)),
        unit="projects",
    ),
    Column(
        "grants_led",
        "whole",
        "Grants as lead",
        "Known grants of the projects it leads, each joint grant whole.",
        lambda a, m: _amount(True, a, m),
        unit=EUROS,
    ),
    Column(
        "grants_led_is",
        "text",
        "How sure the grants as lead are",
        "How the amount is to be read.",
        lambda a, m: _amount_is(True, a, m),
        values=AMOUNT_IS,
    ),
    Column(
        "grants_joined",
        "whole",
        "Grants as participant",
        "Known grants of the projects it takes part in without leading, each joint grant whole. The municipality's own "
        "share has not been published. Not to be added up over municipalities: the same grant stands at each.",
        lambda a, m: _amount(False, a, m),
        unit=EUROS,
    ),
    Column(
        "grants_joined_is",
        "text",
        "How sure the grants as participant are",
        "How the amount is to be read.",
        lambda a, m: _amount_is(False, a, m),
        values=AMOUNT_IS,
    ),
    Column(
        "url",
        "address",
        "Page",
        "Address of the municipality's page; empty where it takes part in no project.",
        _url,
        each=True,
    ),
    AS_OF,
    LICENCE,
)

MUNICIPALITIES = Table(
    "municipalities",
    "Municipalities",
    "One row for each municipality of Finland, and for those merged into another that projects still name.",
    "code",
    COLUMNS,
    lambda a: dict(sorted(a.site.places.municipalities.items())),
)
