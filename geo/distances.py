"""How far each gemeente lies from the land border, a seaport and an airport.

The land border is cut from the outline of the gemeenten themselves, so it fits the borders on the
map. Only the points where it meets the coast, and one halfway, are given here.
"""

from functools import cache
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString, MultiLineString, Point, Polygon
from shapely.ops import substring

from geo.areas import GATEWAYS
from geo.coordinates import DEGREES, RD, to_rd
from geo.dissolving import united

KINDS = ("seaport", "airport")


class Stretch(NamedTuple):
    """A stretch of land border: where it begins, a place halfway and where it ends (lon, lat)."""

    begin: tuple[float, float]
    halfway: tuple[float, float]
    end: tuple[float, float]


STRETCHES = (
    Stretch(begin=(3.368, 51.370), halfway=(3.79, 51.21), end=(4.238, 51.349)),
    Stretch(begin=(4.248, 51.374), halfway=(6.021, 50.755), end=(7.212, 53.237)),
)
"""From the Zwin past Sas van Gent to the Schelde; from the Schelde past Vaals to the Dollard."""


def _point(lonlat: tuple[float, float]) -> Point:
    x, y = to_rd([lonlat[0]], [lonlat[1]])
    return Point(x[0], y[0])


def _along(outline: list[Polygon], stretch: Stretch) -> LineString:
    """Return the part of the outline from begin to end that passes the point halfway."""
    begin, halfway, end = (_point(spot) for spot in stretch)
    ring = min(outline, key=lambda part: part.exterior.distance(halfway)).exterior
    first, middle, last = (ring.project(spot) for spot in (begin, halfway, end))
    low, high = min(first, last), max(first, last)
    if low <= middle <= high:
        return LineString(substring(ring, low, high).coords)
    before = substring(ring, high, ring.length).coords
    return LineString([*before, *substring(ring, 0, low).coords])


def land_border(gemeenten: gpd.GeoDataFrame) -> MultiLineString:
    """Return the border with Belgium and Germany on land (EPSG:28992), in two stretches.

    The Belgian enclaves in Baarle-Nassau are not on the outline, so not in it.
    """
    country = united(gemeenten.geometry.to_numpy())
    outline = [part for part in shapely.get_parts(country) if isinstance(part, Polygon)]
    return MultiLineString([_along(outline, stretch) for stretch in STRETCHES])


@cache
def gateways() -> gpd.GeoDataFrame:
    """Return the seaports and airports: name, kind (one of KINDS), geometry (EPSG:28992)."""
    table = pd.read_csv(GATEWAYS)
    spots = gpd.points_from_xy(table["lon"], table["lat"], crs=DEGREES)
    return gpd.GeoDataFrame(table[["name", "kind"]], geometry=spots).to_crs(RD)


def distances_km(gemeenten: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the distances in km of each gemeente (index: code): border, seaport, airport.

    ``gemeenten`` are those of the whole country: code, geometry in EPSG:28992. A distance starts
    at the nearest point of the gemeente: it is 0 on the border, and where a port lies inside.
    """
    shapes = gemeenten.geometry.to_numpy()
    spots = gateways()
    nearest = {"border": shapely.distance(shapes, land_border(gemeenten))}
    for kind in KINDS:
        every = spots[spots["kind"] == kind].geometry.union_all()
        nearest[kind] = shapely.distance(shapes, every)
    kilometres = {name: np.asarray(metres) / 1000 for name, metres in nearest.items()}
    return pd.DataFrame(kilometres, index=pd.Index(gemeenten["code"], name="code"))
