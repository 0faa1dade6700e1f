"""Which places lie beside a place: hexagons by their grid, areas by a shared border."""

from collections.abc import Sequence

import shapely

from access.facts import Outline
from geo import hexagons

TOUCHING = 2e-5
"""Degrees, a metre or two: borders this close are shared."""


def hexagons_beside(code: str) -> list[str]:
    """Return the codes of the hexagons around one; [] for what is no hexagon."""
    cell = hexagons.from_text(code)
    if cell is None:
        return []
    return hexagons.to_text(int(other) for ring in hexagons.rings([cell]) for other in ring)


def areas_beside(outlines: Sequence[Outline], code: str) -> list[str]:
    """Return the codes of the areas that share a border with one of them."""
    own = next((found for found in outlines if found.code == code), None)
    if own is None:
        return []
    shape = shapely.geometry.shape(own.outline)
    near = (found for found in outlines if found.code != code)
    return [
        found.code
        for found in near
        if shapely.dwithin(shape, shapely.geometry.shape(found.outline), TOUCHING)
    ]
