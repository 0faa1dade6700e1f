"""The regions between borders: all points of one lie in the same areas.

So one of them needs testing, however many there are. Close to a border every point must be
tested: in cells of some 75 m, where the areas cover the Netherlands.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.interpolate import RectBivariateSpline
from scipy.ndimage import label

from geo.coordinates import to_lonlat

if TYPE_CHECKING:
    import geopandas as gpd

Floats = NDArray[np.float64]

SIDE = 4_000
"""Cells from west to east, and from south to north: 4 bytes each."""

STRAIGHT_M = 500.0
"""A line in metres that is no longer than this is straight in degrees, to within 2 cm."""

PROJECTED = 20
"""Points from west to east, and from south to north, between which projection is smooth."""

MARGIN = 1e-6
"""Degrees, some 10 cm. A border this close to a cell counts as running through it, so that how
lines bend and numbers round makes no difference."""


@dataclass(frozen=True)
class Regions:
    """A grid in degrees, from ``origin`` (2,) in cells of ``step`` (2,), both longitude first.

    ``numbers`` (rows, columns) says which region each cell is part of; 0 is close to a border.
    """

    origin: Floats
    step: Floats
    numbers: NDArray[np.int32]

    def of(self, lon: Floats, lat: Floats) -> NDArray[np.int32]:
        """Return the region of each point (degrees, shape (n,)), shape (n,)."""
        rows, columns = self.numbers.shape
        right = np.fmin(np.fmax((lon - self.origin[0]) / self.step[0], 0), columns - 1)
        up = np.fmin(np.fmax((lat - self.origin[1]) / self.step[1], 0), rows - 1)
        return np.asarray(self.numbers[up.astype(np.intp), right.astype(np.intp)])


def regions(areas: "gpd.GeoDataFrame", side: int = SIDE) -> Regions:
    """Return the regions between the borders of ``areas``: polygons in EPSG:28992."""
    rings = shapely.get_rings(shapely.get_parts(areas.geometry.to_numpy()))
    metres, ring = shapely.get_coordinates(shapely.segmentize(rings, STRAIGHT_M), return_index=True)
    points = np.column_stack(_degrees(*metres.T))
    least, most = points.min(axis=0) - 2 * MARGIN, points.max(axis=0) + 2 * MARGIN
    step = np.maximum((most - least) / (side - 2), 25 * MARGIN)
    origin = least - step
    # A piece shorter than a cell touches no cells but those in which the corners of its box lie,
    # also when the margin is added to that box.
    lines = shapely.linestrings((points - origin) / step, indices=ring)
    points, ring = shapely.get_coordinates(shapely.segmentize(lines, 0.9), return_index=True)
    piece = ring[1:] == ring[:-1]
    start, end = points[:-1][piece], points[1:][piece]
    low = (np.minimum(start, end) - MARGIN / step).astype(np.int32)
    high = (np.maximum(start, end) + MARGIN / step).astype(np.int32)
    apart = np.ones(side * side, dtype=bool)
    for column in (low[:, 0], high[:, 0]):
        for row in (low[:, 1], high[:, 1]):
            apart[row * side + column] = False
    numbers, _ = label(apart.reshape(side, side))
    return Regions(origin, step, numbers.astype(np.int32, copy=False))


def _degrees(x: Floats, y: Floats) -> list[Floats]:
    """Return longitude and latitude to within a millimetre, from those of a few points.

    Projecting every corner of a border takes three times as long.
    """
    at_x, at_y = (np.linspace(of.min() - 1, of.max() + 1, PROJECTED) for of in (x, y))
    known = to_lonlat(*np.meshgrid(at_x, at_y, indexing="ij"))
    return [RectBivariateSpline(at_x, at_y, of)(x, y, grid=False) for of in known]
