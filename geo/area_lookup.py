"""Finds the area that each point lies in.

Points are tested one by one, until there are so many that most lie in a region that no border runs
through: one point of it is then tested for all, and the others need not even be projected.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.point_test import NONE, AreaRows, PointTest
from geo.surroundings import MARGIN_M

if TYPE_CHECKING:
    import geopandas as gpd

BORDER_TOLERANCE_M = MARGIN_M
"""Shipped borders are 150-300 m off and leave out water: a point in none of the areas belongs to
the nearest one within this distance. Intake refuses points further away."""

MANY = 2_000_000
"""From about so many points on, looking for the regions costs less than it saves."""

Floats = NDArray[np.float64]


def area_rows(
    lon: ArrayLike,
    lat: ArrayLike,
    areas: "gpd.GeoDataFrame",
    tolerance_m: float = BORDER_TOLERANCE_M,
) -> AreaRows:
    """Return the row of ``areas`` in which each point (degrees, shape (n,)) lies; -1 for none.

    ``areas`` are valid polygons in EPSG:28992. A point on a shared border goes to the first of its
    areas, a point in none of them to the nearest within ``tolerance_m``.
    """
    lon, lat = (np.atleast_1d(np.asarray(of, dtype=np.float64)) for of in (lon, lat))
    test = PointTest(areas)
    found = test.first(lon, lat) if len(lon) < MANY else _by_region(lon, lat, test)
    lost = np.flatnonzero(found == NONE)
    if lost.size and tolerance_m > 0:
        found[lost] = test.nearest(lon[lost], lat[lost], tolerance_m)
    return found


def _by_region(lon: Floats, lat: Floats, test: PointTest) -> AreaRows:
    from geo.regions import regions  # what it needs takes long to import, and few ask for so many

    ground = regions(test.areas)
    region = ground.of(lon, lat)
    one = np.full(ground.numbers.max() + 1, -1)
    one[region] = np.arange(len(region))
    one[0] = -1
    asked = np.flatnonzero(one >= 0)
    of_region = np.full(len(one), NONE)
    of_region[asked] = test.first(lon[one[asked]], lat[one[asked]])
    found = of_region[region]
    close = np.flatnonzero(region == 0)
    found[close] = test.first(lon[close], lat[close])
    return found
