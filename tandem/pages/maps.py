"""Maps: municipalities as discs on the country's outline, each a link; and the small map of a project.

Every number is ready for the drawing: units of its view box, to a tenth. The template only draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from tandem.geography import Sheet, Spot, outline, spot
from tandem.page import Link
from tandem.pages.parts import Maker
from tandem.places import Municipality

Side = Literal["right", "left", "above", "below"]
Box = tuple[float, float, float, float]  # left, top, right, bottom

WIDE, SMALL = 320, 160  # units across the map of the country, and across a project's
REGION, HEIGHTS = 340, (220, 340)  # units across a region's map, and its least and greatest height
MARGIN = 26  # from a region's outermost municipality to the edge
LARGEST, SMALLEST = 9.0, 3.0  # radius of the disc of the municipality with the most projects; of any
REACH = 13.0  # how far from its middle a disc answers to a finger, where no other is nearer
LETTER, LINE, CLEAR = 7.0, 14.0, 4.0  # width of a letter and height of a line of the names; from a disc to its name
SHOWN = 2  # on the country's map, names of those with this many projects stand where there is room


class Point(Struct, frozen=True):
    """A municipality on a map. ``radius``: of its disc, whose area goes by its projects; ``reach``: of what a click
    meets. Its name stands on a ``side`` of the disc: always where ``shown``, else when pointed at."""

    link: Link
    projects: int
    x: float
    y: float
    radius: float
    reach: float
    side: Side
    shown: bool


class Map(Struct, frozen=True):
    """``land``, ``quiet`` and ``beyond`` are SVG path data: the country; dots of the municipalities without projects;
    dots of those outside the region."""

    width: int
    height: int
    land: str
    quiet: str
    beyond: str
    points: tuple[Point, ...]


class Sketch(Struct, frozen=True):
    """Where in the country a project's municipalities are. ``partners``: dots as path data, ``others`` of
    them; ``lead``: where the lead is."""

    width: int
    height: int
    land: str
    partners: str
    others: int
    lead: Spot | None
    name: Link | None


def country(maker: Maker, language: str) -> Map:
    """All municipalities of the country."""
    return _map(maker, maker.site.places.in_force(), Sheet.country(WIDE, below=20), language, SHOWN)


def region(maker: Maker, number: str, language: str) -> Map | None:
    """The municipalities of one region as large as fits, the neighbours around them as dots."""
    places = maker.site.places.in_force()
    spots = [at for one in places if one.region == number and (at := _spot(one))]
    sheet = Sheet.around(spots, REGION, HEIGHTS, MARGIN) if spots else None
    return _map(maker, places, sheet, language, 1, number) if sheet else None


def sketch(maker: Maker, codes: Sequence[str], lead: str, language: str) -> Sketch | None:
    """A thumb's map of a project: ``codes`` take part, ``lead`` among them leads (empty: not known)."""
    sheet, land = _small()
    places = maker.site.places.municipalities
    placed = {code: sheet.place(at) for code in codes if (at := _spot(places[code]))}
    if not placed:
        return None
    at = placed.pop(lead, None)
    partners = "".join(f"M{x} {y}h0" for x, y in placed.values())
    name = maker.municipality_link(lead, language) if at else None
    return Sketch(sheet.width, sheet.height, land, partners, len(placed), at, name)


@cache
def _small() -> tuple[Sheet, str]:
    sheet = Sheet.country(SMALL)
    return sheet, sheet.path(outline("sketch"))


@cache
def _land(sheet: Sheet, detail: Literal["fine", "plain"]) -> str:
    return sheet.path(outline(detail))


def _spot(municipality: Municipality) -> Spot | None:
    if municipality.lat is None or municipality.lon is None:
        return None
    return spot(municipality.lat, municipality.lon)


def _map(
    maker: Maker, places: Iterable[Municipality], sheet: Sheet, language: str, shown: int, number: str = ""
) -> Map:
    """``number``: only this region's municipalities are discs. ``shown``: from how many projects on names stand."""
    active: list[tuple[Municipality, Spot, int]] = []
    quiet: list[Spot] = []
    beyond: list[Spot] = []
    for one in places:
        if not (at := _spot(one)):
            continue
        if number not in ("", one.region):
            beyond.append(at)
        elif ids := maker.index.by_municipality.get(one.code):
            active.append((one, sheet.place(at), len(ids)))
        else:
            quiet.append(at)
    active.sort(key=lambda item: (-item[2], -(item[0].population or 0), item[0].code))
    discs = [(at, count, maker.municipality_link(one.code, language)) for one, at, count in active]
    land, dots = _land(sheet, "fine" if number else "plain"), (sheet.dots(quiet), sheet.dots(beyond))
    return Map(sheet.width, sheet.height, land, *dots, _points(discs, sheet, shown))


def _points(active: Sequence[tuple[Spot, int, Link]], sheet: Sheet, shown: int) -> tuple[Point, ...]:
    """Discs, the largest first so that the small ones lie on top."""
    if not active:
        return ()
    spots = [at for at, _, _ in active]
    radii = [max(SMALLEST, LARGEST * math.sqrt(count / active[0][1])) for _, count, _ in active]
    nearest = _nearest(spots)
    taken = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(spots, radii, strict=True)]
    points = []
    for number, ((x, y), count, link) in enumerate(active):
        radius = radii[number]
        side, box = _side(link.text.text, (x, y), radius, sheet, taken) if count >= shown else (None, None)
        if box:
            taken.append(box)
        reach = max(min(REACH, nearest[number] / 2), min(radius, nearest[number] - 1))  # never over another's middle
        away: Side = "right" if x < sheet.width / 2 else "left"
        points.append(Point(link, count, x, y, round(radius, 1), round(reach, 1), side or away, side is not None))
    return tuple(points)


def _nearest(spots: Sequence[Spot]) -> list[float]:
    """How far each spot is from the next one, as far as it matters."""
    nearest = [2 * REACH] * len(spots)
    from_west = sorted(range(len(spots)), key=lambda number: spots[number])
    for place, number in enumerate(from_west):
        for other in from_west[place + 1 :]:
            if spots[other][0] - spots[number][0] > 2 * REACH:
                break
            distance = math.dist(spots[number], spots[other])
            nearest[number], nearest[other] = min(nearest[number], distance), min(nearest[other], distance)
    return nearest


def _side(name: str, at: Spot, radius: float, sheet: Sheet, taken: Sequence[Box]) -> tuple[Side | None, Box | None]:
    """The first side of a disc where its name fits beside everything that is there already."""
    (x, y), wide, far = at, LETTER * len(name), radius + CLEAR
    boxes: tuple[tuple[Side, Box], ...] = (
        ("right", (x + far, y - LINE / 2, x + far + wide, y + LINE / 2)),
        ("left", (x - far - wide, y - LINE / 2, x - far, y + LINE / 2)),
        ("above", (x - wide / 2, y - far - LINE, x + wide / 2, y - far)),
        ("below", (x - wide / 2, y + far, x + wide / 2, y + far + LINE)),
    )
    for side, (left, top, right, bottom) in boxes:
        if left < 0 or top < 0 or right > sheet.width or bottom > sheet.height:
            continue
        if all(left >= b[2] or right <= b[0] or top >= b[3] or bottom <= b[1] for b in taken):
            return side, (left, top, right, bottom)
    return None, None
