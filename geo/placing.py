"""Which area each point lies in."""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.coordinates import to_rd

BORDER_TOLERANCE_M = 5_000.0
"""Shipped borders are 150-300 m off and leave out water: the nearest area within this distance
takes a point that lies in none. Intake refuses points further away."""

Positions = NDArray[np.int64]


def positions(
    lon: ArrayLike,
    lat: ArrayLike,
    areas: gpd.GeoDataFrame,
    tolerance_m: float = BORDER_TOLERANCE_M,
) -> Positions:
    """Return for each point (degrees, shape (n,)) the row of ``areas`` it lies in, or -1.

    ``areas`` is in EPSG:28992. A point on a shared border goes to the area that comes first.
    """
    x, y = to_rd(lon, lat)
    points = np.atleast_1d(np.asarray(shapely.points(x, y)))
    tree = shapely.STRtree(areas.geometry.to_numpy())
    found = np.full(len(points), -1, dtype=np.int64)
    point, area = tree.query(points, predicate="intersects")
    order = np.lexsort((-area, point))
    found[point[order]] = area[order]
    lost = np.flatnonzero(found < 0)
    if lost.size and tolerance_m > 0:
        point, area = tree.query_nearest(
            points[lost], max_distance=tolerance_m, all_matches=False, return_distance=False
        )
        found[lost[point]] = area
    return found
