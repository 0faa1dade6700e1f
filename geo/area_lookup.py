"""Finds the area that each point lies in."""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.coordinates import to_rd

BORDER_TOLERANCE_M = 5_000.0
"""Shipped borders are 150-300 m off and leave out water: a point in none of the areas belongs to
the nearest one within this distance. Intake refuses points further away."""

AreaRows = NDArray[np.int64]


def area_rows(
    lon: ArrayLike,
    lat: ArrayLike,
    areas: gpd.GeoDataFrame,
    tolerance_m: float = BORDER_TOLERANCE_M,
) -> AreaRows:
    """Return the row of ``areas`` in which each point (degrees, shape (n,)) lies; -1 for none.

    ``areas`` is in EPSG:28992. A point on a shared border goes to the first of its areas.
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
