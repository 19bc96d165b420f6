"""Writes tandem/geography/finland.json from Natural Earth's outline of Finland and Åland.

The outline comes from the npm package world-atlas 2.0.2 (ISC licence), which repacks Natural Earth (public domain)::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python docs/outline.py package/countries-10m.json

The shore is kept as exactly as three sizes of map can show it: ``fine`` for a region, ``plain`` for the country,
``sketch`` for a country the size of a thumb.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Point = tuple[float, float]  # degrees: longitude, latitude

FINLAND, ALAND = "246", "248"  # ISO 3166-1; Natural Earth draws Åland apart
# How far a line may stray from the shore, in kilometres; the smallest island kept, in square kilometres.
DETAILS = {"fine": (0.7, 4.0), "plain": (2.0, 25.0), "sketch": (7.0, 200.0)}
TARGET = Path(__file__).resolve().parent.parent / "tandem" / "geography" / "finland.json"


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    rings = [ring for id in (FINLAND, ALAND) for ring in _rings(topology, id)]
    details = {
        name: [simple for ring in rings if _area(ring) >= smallest and len(simple := _simplified(ring, tolerance)) > 3]
        for name, (tolerance, smallest) in DETAILS.items()
    }
    text = {
        "source": "Natural Earth 1:10m, countries, through the npm package world-atlas 2.0.2 (docs/outline.py)",
        "licence": "Natural Earth: public domain; world-atlas: ISC",
        "unit": "degrees (WGS 84): longitude, latitude, longitude, latitude, … of each closed ring",
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in text.items()]
    lines += [f' "{name}": [\n{_listed(kept)}\n ]' for name, kept in details.items()]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _rings(topology: dict[str, Any], id: str) -> list[list[Point]]:
    """The closed rings of one country, decoded from TopoJSON's shared arcs."""
    (country,) = (one for one in topology["objects"]["countries"]["geometries"] if one.get("id") == id)
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    return [_joined(topology, ring) for polygon in polygons for ring in polygon]


def _joined(topology: dict[str, Any], indices: Sequence[int]) -> list[Point]:
    points: list[Point] = []
    for index in indices:
        arc = _arc(topology, index if index >= 0 else ~index)
        points += (arc if index >= 0 else arc[::-1])[1 if points else 0 :]
    return points


def _arc(topology: dict[str, Any], index: int) -> list[Point]:
    (width, height), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in topology["arcs"][index]:
        x, y = x + dx, y + dy
        points.append((round(x * width + left, 3), round(y * height + bottom, 3)))
    return points


def _kilometres(point: Point) -> Point:
    """Near enough for leaving points out: an equirectangular plane true at 64.5° north."""
    return point[0] * 111.32 * math.cos(math.radians(64.5)), point[1] * 111.32


def _area(ring: Sequence[Point]) -> float:
    flat = [_kilometres(point) for point in ring]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(flat))) / 2


def _simplified(ring: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker's way, each half of the ring by itself."""
    middle = len(ring) // 2
    return _thinned(ring[: middle + 1], tolerance)[:-1] + _thinned(ring[middle:], tolerance)


def _thinned(line: list[Point], tolerance: float) -> list[Point]:
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = _kilometres(line[0]), _kilometres(line[-1])
    length = math.hypot(bx - ax, by - ay) or 1.0
    far = [abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length for x, y in map(_kilometres, line[1:-1])]
    if max(far) <= tolerance:
        return [line[0], line[-1]]
    cut = far.index(max(far)) + 1
    return _thinned(line[: cut + 1], tolerance)[:-1] + _thinned(line[cut:], tolerance)


def _listed(rings: Sequence[Sequence[Point]]) -> str:
    return ",\n".join("  [" + ",".join(f"{x:g},{y:g}" for x, y in ring) + "]" for ring in rings)


if __name__ == "__main__":
    main()
