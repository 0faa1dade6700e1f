"""Cut areas that may overlap or leave gaps into faces: pieces of land that no border crosses.

All borders together are noded on a grid of 1 cm by snap rounding (GEOS OverlayNG; Hobby 1999,
Practical segment intersection with finite precision output) and polygonised. Areas put together
from faces share their borders corner by corner, so they are a valid coverage by construction.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

GRID_M = 0.01
"""Metres between the lines of the grid on which corner points are put."""

ROUNDING_M = 0.1
"""An overlap or gap narrower than this on average is rounding: mended, but not reported."""


@dataclass(frozen=True)
class Faces:
    """Pieces of land, and which areas are drawn over them.

    ``shapes`` are polygons that do not overlap, ``surfaces`` in m2. Pair n says that area
    ``area[n]`` lies over face ``face[n]``; ``layers`` counts the areas over each face: none is a
    gap enclosed by areas, more than one an overlap.
    """

    shapes: NDArray[Any]
    surfaces: NDArray[np.float64]
    face: NDArray[np.intp]
    area: NDArray[np.intp]
    layers: NDArray[np.intp]

    @property
    def wide(self) -> NDArray[np.bool_]:
        """Which faces are more than rounding, shape (faces,)."""
        wide: NDArray[np.bool_] = 2 * self.surfaces / shapely.length(self.shapes) >= ROUNDING_M
        return wide


def faces_of(areas: NDArray[Any]) -> Faces:
    """Return the faces of ``areas``: valid polygons in metres."""
    lines = shapely.union_all(shapely.boundary(areas), grid_size=GRID_M)
    shapes = shapely.get_parts(shapely.polygonize([lines]))
    inside = shapely.point_on_surface(shapes)
    face, area = shapely.STRtree(areas).query(inside, predicate="intersects")
    layers = np.bincount(face, minlength=len(shapes))
    return Faces(shapes, shapely.area(shapes), face, area, layers)


def shared_borders(faces: Faces) -> pd.DataFrame:
    """Return face, neighbour and metres of each shared stretch of border, in both directions.

    Neighbours have the same stretches of border between corner points, so equal stretches are
    found by sorting.
    """
    rings, of_ring = shapely.get_rings(faces.shapes, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    number = np.unique(np.rint(points / GRID_M), axis=0, return_inverse=True)[1].ravel()
    ends = np.sort(np.column_stack([number[:-1][same], number[1:][same]]), axis=1)
    metres = np.hypot(*(points[1:] - points[:-1])[same].T)
    face = of_ring[ring[:-1][same]]
    order = np.lexsort(ends.T)
    twice = np.flatnonzero((ends[order][1:] == ends[order][:-1]).all(axis=1))
    one, other = face[order[twice]], face[order[twice + 1]]
    return pd.DataFrame(
        {
            "face": np.concatenate([one, other]),
            "neighbour": np.concatenate([other, one]),
            "metres": np.tile(metres[order[twice]], 2),
        }
    )
