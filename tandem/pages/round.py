"""The funding rounds and a page for each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache, partial

from msgspec import Struct

from tandem.language import Text
from tandem.linked import Node
from tandem.page import Link, Page
from tandem.pages.listing import NOTHING_LISTED, Listing, Part, parts
from tandem.pages.offers import files, latest
from tandem.pages.parts import Amount, Maker, SourceRow, Sum, sources


class RoundView(Struct, frozen=True):
    """``listed``: the sum of the grants in this register; ``total``: what the funder announced for the whole round."""

    id: str
    name: Text
    link: Link
    funder: Text
    summary: Text
    applications: int | None
    granted: int | None
    total: Amount | None
    decided: datetime.date | None
    announced: datetime.date | None
    sources: tuple[SourceRow, ...]
    listing: Listing
    listed: Sum


class Rounds(Struct, frozen=True):
    rounds: tuple[RoundView, ...]


def pages(maker: Maker) -> Iterator[Page]:
    site = maker.site
    for code in site.languages:
        listed = maker.family("section", "rounds")
        yield maker.page(
            "rounds",
            code,
            listed,
            partial(_list, maker, code),
            trail=maker.trail(code),
            section="rounds",
            modified=latest(maker, maker.index.newest),
            linked=partial(_linked, maker, code),
        )
        for id in site.rounds:
            ids = maker.index.by_round.get(id, ())
            whole, modified = cache(partial(_whole, maker, id, code)), latest(maker, ids)
            rows = files(maker, "rounds", id, ids)
            for part in _parts(maker, id, code):
                yield maker.page(
                    "round",
                    code,
                    part.family,
                    partial(part.view, whole),
                    trail=maker.trail(code, "rounds"),
                    section="rounds",
                    modified=modified,
                    rows=rows,
                    linked=partial(part.linked, maker, code),
                    id=id,
                    part=part.number,
                )


def _list(maker: Maker, code: str) -> Rounds:
    """The newest round first."""
    newest_first = reversed(tuple(maker.site.rounds))
    return Rounds(tuple(next(_parts(maker, id, code)).view(partial(_whole, maker, id, code)) for id in newest_first))


def _parts(maker: Maker, id: str, code: str) -> Iterator[Part]:
    ids = maker.index.by_round.get(id, ())
    offered = ("region", "theme", "state", "amount")
    return parts(maker, code, maker.family("round", id), ids, f"round {id}", offered)


def _linked(maker: Maker, code: str) -> list[Node]:
    rounds = reversed(tuple(maker.site.rounds))
    return [maker.linked.items(maker.addresses.origin + maker.round_link(id, code).href for id in rounds)]


def _whole(maker: Maker, id: str, code: str) -> RoundView:
    round_ = maker.site.rounds[id]
    ids = maker.index.by_round.get(round_.id, ())
    return RoundView(
        id=round_.id,
        name=round_.name.text(code),
        link=maker.round_link(round_.id, code),
        funder=round_.funder.text(code),
        summary=round_.summary.text(code),
        applications=round_.applications,
        granted=round_.granted,
        total=Amount(round_.total, round_.total_is) if round_.total is not None else None,
        decided=round_.decided,
        announced=round_.announced,
        sources=sources(round_.sources, code),
        listing=NOTHING_LISTED,
        listed=Sum.of(maker.index.total(ids, round_.id)),
    )
