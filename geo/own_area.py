"""Which points lie in the area of the gemeente or RIEC that delivers them."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.area_lookup import area_rows
from geo.coordinates import to_rd

if TYPE_CHECKING:
    import geopandas as gpd

MARGIN_M = 500.0
"""So far beyond its border a point may still be a partner's own: the shipped borders are up to
300 m off, and a road or water on a border is looked after from both sides."""

Floats = NDArray[np.float64]


def in_own_area(
    lon: Floats, lat: Floats, level: str, code: str, gemeenten: "gpd.GeoDataFrame"
) -> NDArray[np.bool_]:
    """Return which points (degrees, shape (n,)) lie in a gemeente or RIEC, shape (n,).

    ``level`` is ``gemeente`` or ``riec``. A point in no gemeente belongs to the nearest, as in a
    build; one within MARGIN_M of the own border belongs there as well.
    """
    own = (gemeenten["code" if level == "gemeente" else "riec"] == code).to_numpy()
    inside = np.append(own, False)[area_rows(lon, lat, gemeenten)]
    rest = np.flatnonzero(~inside)
    if rest.size and own.any():
        wide = gemeenten[own].geometry.buffer(MARGIN_M).union_all()
        shapely.prepare(wide)
        x, y = to_rd(lon[rest], lat[rest])
        inside[rest] = shapely.contains_xy(wide, x, y)
    return inside
