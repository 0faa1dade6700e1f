"""Where areas lie: which one is at a point, and which ones are beside one."""

from collections.abc import Sequence

from shapely import STRtree
from shapely.geometry import Point, shape

from access.facts import Outline
from geo import hexagons

TOUCHING = 2e-5
"""Degrees, a metre or two: borders this close are shared."""


class Lying:
    """Official areas by where they are; made once for a level that many ask for."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        self._place = {found.code: number for number, found in enumerate(outlines)}
        self._codes = list(self._place)
        self._shapes = [shape(found.outline) for found in outlines]
        self._tree = STRtree(self._shapes)

    def at(self, lon: float, lat: float) -> str | None:
        """Return the code of the area at a point (degrees), the first of several; None for none."""
        found = self._tree.query(Point(lon, lat), predicate="intersects")
        return self._codes[int(found.min())] if len(found) else None

    def beside(self, code: str) -> list[str]:
        """Return the codes of the areas that share a border with one; [] where it is not known."""
        if code not in self._place:
            return []
        own = self._place[code]
        near = self._tree.query(self._shapes[own], predicate="dwithin", distance=TOUCHING)
        return [self._codes[number] for number in near if number != own]


def hexagons_beside(code: str) -> list[str]:
    """Return the codes of the hexagons around one; [] for what is no hexagon."""
    cell = hexagons.from_text(code)
    if cell is None:
        return []
    return hexagons.to_text(int(other) for ring in hexagons.rings([cell]) for other in ring)
