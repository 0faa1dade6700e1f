"""Tests points one by one against the areas whose box they lie in.

Points side by side are taken together: one box then asks for the candidates of several of them,
and their areas are still in the processor's memory.
"""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.coordinates import to_rd

if TYPE_CHECKING:
    import geopandas as gpd

MANY = 50_000
"""Fewer points than this lie too far apart to share a box."""

TOGETHER = 8
"""Points that share a box, where there are many."""

BOXES = 4_096
"""Boxes that are looked into at a time, so that memory does not follow the points."""

NONE = -1

AreaRows = NDArray[np.int64]
Floats = NDArray[np.float64]


class PointTest:
    """Tests points against ``areas``: valid polygons in EPSG:28992."""

    def __init__(self, areas: "gpd.GeoDataFrame") -> None:
        self.areas = areas
        self._prepared = np.full(len(areas), None, dtype=object)

    def nearest(self, lon: Floats, lat: Floats, tolerance_m: float) -> AreaRows:
        """Return the area nearest to each point (degrees, shape (n,)), -1 where all are further.

        Of areas that are as near as each other, any.
        """
        found = np.full(len(lon), NONE)
        points = shapely.points(np.column_stack(to_rd(lon, lat)))
        point, area = self.areas.sindex.nearest(points, return_all=False, max_distance=tolerance_m)
        found[point] = area
        return found

    def first(self, lon: Floats, lat: Floats) -> AreaRows:
        """Return the first area that holds each point (degrees, shape (n,)), -1 for none.

        A border belongs to the areas on both sides of it. Equal points are tested once.
        """
        found = np.full(len(lon), NONE)
        if not len(lon):
            return found
        together = TOGETHER if len(lon) >= MANY else 1
        order = _side_by_side(lon, lat, together)
        lon, lat = lon[order], lat[order]
        new = np.ones(len(lon), dtype=bool)
        new[1:] = (lon[1:] != lon[:-1]) | (lat[1:] != lat[:-1])
        found[order] = self._of_neighbours(lon[new], lat[new], together)[np.cumsum(new) - 1]
        return found

    def _of_neighbours(self, lon: Floats, lat: Floats, together: int) -> AreaRows:
        none = len(self._prepared)
        found = np.full(len(lon), none)
        length = together * BOXES
        for start in range(0, len(lon), length):
            x, y = to_rd(lon[start : start + length], lat[start : start + length])
            point, area = self._candidates(x, y, together)
            held = shapely.intersects_xy(self._prepared[area], x[point], y[point])
            np.minimum.at(found, start + point[held], area[held])
        found[found == none] = NONE
        return found

    def _candidates(self, x: Floats, y: Floats, together: int) -> tuple[AreaRows, AreaRows]:
        """Return pairs of a point and an area that may hold it."""
        first = np.arange(0, len(x), together)
        (west, east), (south, north) = (
            (np.fmin.reduceat(of, first), np.fmax.reduceat(of, first)) for of in (x, y)
        )
        box, area = self.areas.sindex.query(shapely.box(west, south, east, north))
        self._prepare(np.unique(area))
        point = (first[box, None] + np.arange(together)).ravel()
        there = point < len(x)
        return point[there], np.repeat(area, together)[there]

    def _prepare(self, areas: AreaRows) -> None:
        """Make copies that are quick to test points against: the shapes may be in use elsewhere."""
        new = areas[shapely.is_missing(self._prepared[areas])]
        self._prepared[new] = shapely.force_2d(self.areas.geometry.to_numpy()[new])
        shapely.prepare(self._prepared[new])


def _side_by_side(lon: Floats, lat: Floats, together: int) -> NDArray[np.intp]:
    """Return an order in which that many points after each other fill a small square.

    They run from west to east in strips, each about as high as its squares are wide. Equal points
    come together.
    """
    strips = np.ceil(np.sqrt(len(lon) / together))
    return np.argsort(np.floor(_share(lat) * strips) * 2 + _share(lon))


def _share(values: Floats) -> Floats:
    """Return how far each value is between the least, 0, and the greatest, 1."""
    least, most = np.fmin.reduce(values), np.fmax.reduce(values)
    if not most > least:
        return np.zeros(len(values))
    with np.errstate(invalid="ignore"):
        return np.asarray((values - least) / (most - least))
