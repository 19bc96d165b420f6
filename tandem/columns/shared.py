"""What the columns of several tables read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tandem.address import Addresses
from tandem.columns.column import Column
from tandem.model import Grant, Round

AS_OF = Column(
    "as_of",
    "day",
    "As of",
    "The day the register speaks of.",
    lambda a, record: a.site.settings.as_of,
)
LICENCE = Column(
    "licence", "text", "Licence", "Terms of use of the data.", lambda a, record: a.site.settings.licence.name
)


def names(addresses: Addresses, codes: Iterable[str], language: str) -> tuple[str, ...]:
    municipalities = addresses.site.places.municipalities
    return tuple(municipalities[code].called(language) for code in codes)


def round_of(addresses: Addresses, grant: Grant) -> Round | None:
    return addresses.site.rounds.get(grant.round or "")


def decided(addresses: Addresses, grant: Grant) -> datetime.date | None:
    """The day of the decision: the grant's own, else its round's."""
    round_ = round_of(addresses, grant)
    return grant.decided or (round_.decided if round_ else None)
