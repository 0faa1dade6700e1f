"""The land of the neighbouring countries down to the coast, coarser where it lies far off."""

import geopandas
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from tools.ground.archives import countries

SEEN = shapely.box(-3.0, 48.5, 14.0, 56.0)
"""What a wide screen shows around the Netherlands (degrees)."""

NEAR_M, FINE_M, COARSE_M = 80_000, 60, 600
"""How far from the Netherlands shapes are simplified by FINE_M metres; beyond, by COARSE_M."""

UNDER_M = 1_500
"""So far the neighbours go on under the Netherlands, whose own borders are drawn over them: no
gap shows where the two sources differ."""

SMALLEST = 2e5
"""Square metres of an island that is still drawn."""


def neighbours(gemeenten: geopandas.GeoDataFrame) -> BaseGeometry:
    """Return the land around the Netherlands (degrees); ``gemeenten`` are its own (EPSG:4326)."""
    everywhere = countries()
    shapes = {
        code: shapely.make_valid(shape(found)).intersection(SEEN)
        for code, found in everywhere.items()
        if code != "NLD" and shape(found).intersects(SEEN)
    }
    dutch = _metric(shapely.make_valid(shape(everywhere["NLD"])).intersection(SEEN))
    others = shapely.union_all([_metric(found) for found in shapes.values()])
    own = gemeenten.to_crs(28992).union_all()
    near = own.buffer(NEAR_M)
    under = others.buffer(UNDER_M).intersection(dutch.union(own))
    land = shapely.union_all([others, under])
    parts = shapely.get_parts(
        shapely.union_all(
            [
                land.intersection(near).simplify(FINE_M),
                land.difference(near.buffer(-COARSE_M)).simplify(COARSE_M),
            ]
        )
    )
    whole = shapely.union_all([shapely.Polygon(p.exterior) for p in parts if p.area > SMALLEST])
    return _degrees(whole)


def surroundings(gemeenten: geopandas.GeoDataFrame, metres: float) -> BaseGeometry:
    """Return the Netherlands and all that lies within ``metres`` of it (degrees)."""
    return _degrees(gemeenten.to_crs(28992).union_all().buffer(metres).simplify(500))


def _metric(found: BaseGeometry) -> BaseGeometry:
    return geopandas.GeoSeries([found], crs=4326).to_crs(28992).iloc[0]


def _degrees(found: BaseGeometry) -> BaseGeometry:
    degrees = geopandas.GeoSeries([found], crs=28992).to_crs(4326).iloc[0]
    return shapely.set_precision(degrees, 1e-4)
