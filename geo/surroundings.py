"""The Netherlands with what lies around it, in one shape: for who asks whether a point is near.

The shape is shipped beside the borders that it is made from, so that those need not be read.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.official_names import SHIPPED

if TYPE_CHECKING:
    import geopandas as gpd

FILE = SHIPPED / "surroundings.wkt"

MARGIN_M = 5_000.0
"""Points this far beyond the borders still count as inside: shipped borders are simplified."""

Floats = NDArray[np.float64]

SIMPLIFIED_M = 200.0
DECIMALS = 1


def surroundings(gemeenten: "gpd.GeoDataFrame") -> str:
    """Return the shape around gemeenten (EPSG:28992) as it is shipped, in WKT."""
    simple = shapely.simplify(gemeenten.geometry.to_numpy(), SIMPLIFIED_M)
    country = shapely.union_all(shapely.buffer(simple, MARGIN_M, quad_segs=8))
    return str(shapely.to_wkt(shapely.normalize(country), rounding_precision=DECIMALS))


def near_netherlands(x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Return which points (RD New, metres) lie within MARGIN_M of a gemeente, shape (n,)."""
    near: NDArray[np.bool_] = np.asarray(shapely.contains_xy(_shipped(), x, y), dtype=bool)
    return near


@cache
def _shipped() -> shapely.Geometry:
    country = shapely.from_wkt(FILE.read_text(encoding="ascii"))
    shapely.prepare(country)
    return country
