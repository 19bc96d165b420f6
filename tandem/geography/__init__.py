"""Degrees to the national map plane, the country's outline on it, and the sheet a map is drawn on.

The plane is ETRS-TM35FIN (EPSG:3067), the projection of Finland's official maps: metres east and north. The formulas
are those of JHS 197, appendix 2 (Krüger's series to the third term: under a millimetre anywhere in the country).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

Spot = tuple[float, float]  # metres east and north on the plane
Ring = tuple[Spot, ...]  # a closed line, its last spot the same as its first

NEAR = 40_000.0  # metres: what a map of one place alone shows of its surroundings
EDGE = 4  # units outside the sheet at which lines are cut, so that the cut is not seen

_FLATTENING = 1 / 298.257222101  # of GRS 80
_AXIS = 6_378_137.0
_CENTRE, _SHRINK, _FALSE_EAST = math.radians(27), 0.9996, 500_000.0
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _AXIS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ECCENTRICITY = math.sqrt(2 * _FLATTENING - _FLATTENING**2)
_SERIES = (
    (2, _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16),
    (4, 13 * _N**2 / 48 - 3 * _N**3 / 5),
    (6, 61 * _N**3 / 240),
)


@lru_cache(maxsize=4096)
def spot(latitude: float, longitude: float) -> Spot:
    """Degrees (ETRS89, for this purpose WGS 84) as metres of ETRS-TM35FIN."""
    phi, east = math.radians(latitude), math.radians(longitude) - _CENTRE
    q = math.asinh(math.tan(phi)) - _ECCENTRICITY * math.atanh(_ECCENTRICITY * math.sin(phi))
    beta = math.atan(math.sinh(q))
    eta = math.atanh(math.cos(beta) * math.sin(east))
    xi = math.asin(math.sin(beta) * math.cosh(eta))
    x = xi + sum(h * math.sin(k * xi) * math.cosh(k * eta) for k, h in _SERIES)
    y = eta + sum(h * math.cos(k * xi) * math.sinh(k * eta) for k, h in _SERIES)
    return _RADIUS * y * _SHRINK + _FALSE_EAST, _RADIUS * x * _SHRINK


@cache
def outline(detail: Literal["fine", "plain", "sketch"]) -> tuple[Ring, ...]:
    """The shores and borders: ``fine`` for a region, ``plain`` for the country, ``sketch`` for a thumb's map."""
    stored = json.loads((Path(__file__).parent / "finland.json").read_text("utf-8"))[detail]
    return tuple(tuple(spot(lat, lon) for lon, lat in zip(ring[::2], ring[1::2], strict=True)) for ring in stored)


class Sheet(Struct, frozen=True):
    """A map sheet: a part of the plane drawn ``width`` × ``height`` units large, y growing downwards.

    ``scale``: units to a metre. ``west``, ``north``: metres at its left and upper edge.
    """

    width: int
    height: int
    scale: float
    west: float
    north: float

    @classmethod
    def country(cls, width: int, margin: int = 4, below: int = 4) -> Sheet:
        """The whole country, as high as it has to be, ``margin`` units around it and ``below`` it."""
        west, east, south, north = _bounds([one for ring in outline("plain") for one in ring])
        scale = (width - 2 * margin) / (east - west)
        height = math.ceil((north - south) * scale) + margin + below
        return cls(width, height, scale, west - margin / scale, north + margin / scale)

    @classmethod
    def around(cls, spots: Sequence[Spot], width: int, heights: tuple[int, int], margin: int) -> Sheet:
        """The sheet on which all ``spots`` stand as large as fits, centred, ``margin`` units from every edge.

        It is as high as they need, between the least and the greatest of ``heights``.
        """
        west, east, south, north = _bounds(spots)
        wide, high = max(east - west, NEAR), max(north - south, NEAR)
        scale = min((width - 2 * margin) / wide, (heights[1] - 2 * margin) / high)
        height = max(heights[0], math.ceil(high * scale) + 2 * margin)
        return cls(width, height, scale, (west + east - width / scale) / 2, (south + north + height / scale) / 2)

    def place(self, spot: Spot) -> Spot:
        """Where a spot stands on the sheet, to a tenth of a unit."""
        return round((spot[0] - self.west) * self.scale, 1), round((self.north - spot[1]) * self.scale, 1)

    def path(self, rings: Iterable[Ring]) -> str:
        """Closed lines as the ``d`` of an SVG path, to whole units, cut off just outside the sheet."""
        return "".join(
            f"M{steps[0]}l{''.join(steps[1:]).removeprefix(' ')}z"
            for ring in rings
            if len(steps := _steps([(round(x), round(y)) for x, y in self._cut(ring)])) > 3
        )

    def dots(self, spots: Iterable[Spot]) -> str:
        """Spots as the ``d`` of a path of strokes without length: round caps make them dots."""
        inside = [(x, y) for x, y in map(self.place, spots) if 0 <= x <= self.width and 0 <= y <= self.height]
        steps = _steps([(round(x), round(y)) for x, y in sorted(inside, key=lambda at: (at[1], at[0]))])
        return "".join(f"{'m' if number else 'M'}{step.removeprefix(' ')}h0" for number, step in enumerate(steps))

    def _cut(self, ring: Ring) -> Sequence[Spot]:
        """The part of a closed line near the sheet, edge by edge as Sutherland and Hodgman cut polygons."""
        kept: Sequence[Spot] = [((x - self.west) * self.scale, (self.north - y) * self.scale) for x, y in ring]
        for axis, length in ((0, self.width), (1, self.height)):
            kept = _half(_half(kept, axis, -EDGE, 1), axis, length + EDGE, -1)
        return kept


def _bounds(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """The westernmost and the easternmost metre, the southernmost and the northernmost."""
    return min(x for x, _ in spots), max(x for x, _ in spots), min(y for _, y in spots), max(y for _, y in spots)


def _half(ring: Sequence[Spot], axis: int, edge: float, inward: int) -> Sequence[Spot]:
    """What of a closed line lies on the inner side of an edge: where x (axis 0) or y (1) is ``edge``."""
    if all((at[axis] - edge) * inward >= 0 for at in ring):
        return ring
    kept: list[Spot] = []
    for before, at in zip((*ring[-1:], *ring[:-1]), ring, strict=True):
        inside, was_inside = (at[axis] - edge) * inward >= 0, (before[axis] - edge) * inward >= 0
        if inside != was_inside:
            along = (edge - before[axis]) / (at[axis] - before[axis])
            kept.append((before[0] + (at[0] - before[0]) * along, before[1] + (at[1] - before[1]) * along))
        if inside:
            kept.append(at)
    return kept


def _steps(placed: Sequence[tuple[int, int]]) -> list[str]:
    """The first point, then the way from each to the next that differs, as short as SVG lets it be written."""
    steps: list[str] = []
    x = y = 0
    for across, down in placed:
        dx, dy = across - x, down - y
        if not steps or dx or dy:
            steps.append(f"{'' if dx < 0 else ' '}{dx}{'' if dy < 0 else ' '}{dy}" if steps else f"{dx} {dy}")
        x, y = across, down
    return steps
