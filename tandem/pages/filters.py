"""What a list of projects can be filtered by: the options that occur in it, and how many projects each has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from tandem.index import State
from tandem.language import NO_TEXT, Text, sort_key
from tandem.page import Link
from tandem.pages.parts import Maker, Row

FEWEST = 8  # rows; a shorter list is seen at a glance
BANDS = (100_000, 500_000, 1_000_000)  # whole euros: where one band of grants ends and the next begins
STATES: tuple[State, ...] = ("upcoming", "running", "ended", "unknown")
FILTERS = ("municipality", "region", "theme", "round", "state", "amount")


class Option(Struct, frozen=True):
    """A choice and the number of projects behind it. Without ``text`` its template has the words.

    A band of grants runs from ``low`` up to but not including ``below`` (whole euros; 0: without a limit).
    """

    value: str
    count: int
    text: Text = NO_TEXT
    low: int = 0
    below: int = 0


class Filter(Struct, frozen=True):
    """``name`` is that of the control, of the parameter in the address and of the data attribute of a row."""

    name: str
    options: tuple[Option, ...]


def filters(
    maker: Maker,
    rows: Sequence[Row],
    language: str,
    names: Collection[str] = FILTERS,
    within: Collection[str] = (),
) -> tuple[Filter, ...]:
    """The filters of a list that have something to choose between; none where the list is short.

    ``within``: the only municipalities to offer (those of a region), when given.
    """
    if len(rows) < FEWEST:
        return ()
    found = (Filter(name, tuple(_options(maker, rows, language, name, within))) for name in FILTERS if name in names)
    return tuple(filter for filter in found if len(filter.options) > 1)


def _options(maker: Maker, rows: Sequence[Row], language: str, name: str, within: Collection[str]) -> Iterable[Option]:
    if name == "state":
        states = Counter(row.state for row in rows)
        return [Option(state, states[state]) for state in STATES if states[state]]
    if name == "amount":
        return _bands(rows)
    counts = Counter(" ".join(getattr(row.facets, name) for row in rows).split())
    if name == "round":
        newest_first = reversed(tuple(maker.site.rounds))
        return [_named(maker.round_link, id, language, counts) for id in newest_first if counts[id]]
    links: Mapping[str, Callable[[str, str], Link]] = {
        "municipality": maker.municipality_link,
        "region": maker.region_link,
        "theme": maker.theme_link,
    }
    chosen = [key for key in counts if not within or name != "municipality" or key in within]
    options = [_named(links[name], key, language, counts) for key in chosen]
    return sorted(options, key=lambda option: sort_key(option.text.text))


def _named(link: Callable[[str, str], Link], key: str, language: str, counts: Counter[str]) -> Option:
    return Option(key, counts[key], link(key, language).text)


def _bands(rows: Sequence[Row]) -> Iterable[Option]:
    known = [row.amount.euros for row in rows if row.amount]
    for low, below in zip((0, *BANDS), (*BANDS, 0), strict=True):
        count = sum(low <= euros and (not below or euros < below) for euros in known)
        if count:
            yield Option(f"{low or ''}-{below - 1 if below else ''}", count, low=low, below=below)
    if len(known) < len(rows):
        yield Option("none", len(rows) - len(known))
