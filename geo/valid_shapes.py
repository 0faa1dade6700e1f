"""Make invalid polygons valid where that hardly changes them.

A ring that touches or crosses itself is drawn anew by ``shapely.make_valid`` (method structure:
https://shapely.readthedocs.io/en/stable/reference/shapely.make_valid.html). A small
change of its surface shows a slip of the pen, a large one a shape whose meaning is unclear.
"""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.tangles import is_tangled

Shapes = NDArray[Any]
"""Shapely geometries, one per area, shape (n,)."""

MOST_CHANGED = 0.01
"""Share of its surface that making a polygon valid may change."""

FARTHEST_M = 1e7
"""Metres from the origin of EPSG:28992 beyond which a corner point is no place on Earth."""

POLYGONS = (3, 6)
"""Numbers of Polygon and MultiPolygon among the kinds of geometry."""


def without_shape(shapes: Shapes) -> NDArray[np.bool_]:
    """Return which of ``shapes`` are missing or empty, shape (n,)."""
    return np.asarray(shapely.is_missing(shapes) | shapely.is_empty(shapes))


def made_valid(shapes: Shapes) -> tuple[Shapes, NDArray[np.float64]]:
    """Return ``shapes`` made valid, and the share of its surface by which each changed.

    Parts that are no polygon are dropped. A shape beyond making valid is returned as it was, with
    an infinite share: one without a surface, with absurd coordinates, or tangled.
    """
    made = np.array(shapes, dtype=object)
    changed = np.zeros(len(made))
    far = ~(np.abs(shapely.bounds(made)) < FARTHEST_M).all(axis=1)
    changed[far] = np.inf
    for index in np.flatnonzero(~far & ~shapely.is_valid(made)):
        changed[index] = np.inf
        if is_tangled(made[[index]]):
            continue
        drawn = _polygons(shapely.make_valid(made[index], method="structure"))
        surface = float(shapely.area(made[index]))
        if surface > 0:
            changed[index] = abs(float(shapely.area(drawn)) / surface - 1)
            made[index] = drawn
    return made, changed


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    if shapely.get_type_id(shape) in POLYGONS:
        return shape
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all(parts[np.isin(shapely.get_type_id(parts), POLYGONS)])
