"""Grants: one row for each decision, with its own amount and round."""

from __future__ import annotations

from msgspec import Struct

from tandem.address import Addresses
from tandem.columns.column import AMOUNT_IS, EUROS, Column, Table, Value
from tandem.columns.project import PROJECTS
from tandem.columns.shared import AS_OF, LICENCE, decided, round_of
from tandem.model import Grant, Project


class Granted(Struct, frozen=True):
    """A grant and the project it is for; ``number`` counts the project's grants from 1."""

    project: Project
    number: int
    grant: Grant

    @property
    def id(self) -> str:
        return f"{self.project.id}/{self.number}"

    @property
    def recipient(self) -> str | None:
        return self.grant.recipient or self.project.lead


def _granted(addresses: Addresses) -> dict[str, Granted]:
    projects = (addresses.site.projects[id] for id in addresses.index.newest)
    all_ = (Granted(project, n, grant) for project in projects for n, grant in enumerate(project.funding, 1))
    return {granted.id: granted for granted in all_}


def _round(a: Addresses, g: Granted, code: str) -> Value:
    found = round_of(a, g.grant)
    return found.name.text(code).text if found else None


def _funder(a: Addresses, g: Granted, code: str) -> Value:
    found = round_of(a, g.grant)
    return found.funder.own(code) or None if found else None


def _announced(a: Addresses, g: Granted) -> Value:
    found = round_of(a, g.grant)
    return found.announced if found else None


COLUMNS = (
    Column(
        "id",
        "text",
        "Id",
        "Id of the grant: the project's id, a slash, and the grant's number within the project.",
        lambda a, g: g.id,
    ),
    Column("project_id", "text", "Project's id", "Id of the project the grant is for.", lambda a, g: g.project.id),
    Column(
        "project",
        "text",
        "Project",
        "Name of the project the grant is for.",
        lambda a, g, code: g.project.name.own(code) or None,
        each=True,
    ),
    Column(
        "amount",
        "whole",
        "Grant",
        "The whole grant; empty where the amount has not been published.",
        lambda a, g: g.grant.amount,
        unit=EUROS,
    ),
    Column(
        "amount_is",
        "text",
        "How sure the grant is",
        "How the amount is to be read.",
        lambda a, g: g.grant.amount_is if g.grant.amount is not None else None,
        values=AMOUNT_IS,
    ),
    Column(
        "shared_by",
        "whole",
        "Shared by",
        "How many municipalities the project has, as far as is known. They share the grant; no shares have been "
        "published.",
        lambda a, g: a.index.participants(g.project) or None,
        unit="municipalities",
    ),
    Column(
        "recipient_code",
        "text",
        "Recipient's code",
        "Code of the municipality the grant was paid to.",
        lambda a, g: g.recipient,
    ),
    Column(
        "recipient",
        "text",
        "Recipient",
        "The municipality the grant was paid to.",
        lambda a, g, code: a.site.places.municipalities[g.recipient].called(code) if g.recipient else None,
        each=True,
    ),
    Column("round_id", "text", "Funding round's id", "Id of the funding round.", lambda a, g: g.grant.round),
    Column("round", "text", "Funding round", "Name of the funding round.", _round, each=True),
    Column("funder", "text", "Funder", "Who granted the money.", _funder, each=True),
    Column("decided", "day", "Decision", "Day of the grant decision.", lambda a, g: decided(a, g.grant)),
    Column("announced", "day", "Press release", "Day the grants of the round were announced.", _announced),
    AS_OF,
    LICENCE,
)

GRANTS = Table(
    "grants",
    "Grants",
    "One row for each grant decision, for those who want sums by funding round. A project without a known grant has "
    "no row here.",
    "id",
    COLUMNS,
    _granted,
    (("project_id", PROJECTS),),
)
