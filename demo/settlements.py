"""Where people live: towns, hamlets and farms on the hexagons, with their centres and estates.

The inhabitants of towns are GeoNames'. What GeoNames does not name is spread over the countryside.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from scipy.spatial import cKDTree

from demo.arrays import Floats, Ints
from demo.land import land
from demo.towns import grow
from geo import areas, hexagons
from geo.coordinates import to_rd

LAND_USE_SEED = (2026, 0)
INHABITANTS = 18_000_000
LEAST_INHABITANTS = 1_000
ADDRESSES_PER_INHABITANT = 0.40
ADDRESSES_MORE_IN_CITIES = 0.38
"""Small households and shops: this much more where a cell holds well over 1,000 people."""
POINT_REACH_M = 120.0
"""Points lie this close to their cell's centre, well inside it (the inner radius is 150 m)."""


@dataclass(frozen=True)
class Settlements:
    """Hexagons that hold houses or firms; all arrays have shape (n,), ordered by cell.

    ``reach`` is how far (m) a point may lie from the centre (x, y; RD New) and still be strictly
    inside its hexagon and its gemeente. ``gemeente`` is a row of ``areas.gemeenten()`` and
    ``place`` one of ``areas.places()``. ``centre`` and ``estate`` are weights for shops and for
    firms on business estates. ``of_gemeente`` are inhabitants, shape (342,).
    """

    cell: Ints
    hex8: Ints
    hex7: Ints
    x: Floats
    y: Floats
    reach: Floats
    gemeente: Ints
    place: Ints
    inhabitants: Floats
    addresses: Ints
    centre: Floats
    estate: Floats
    of_gemeente: Floats

    def scatter(self, rows: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Return a random RD New point (whole metres) in each of the cells ``rows``."""
        angle = rng.uniform(0, 2 * np.pi, len(rows))
        distance = self.reach[rows] * np.sqrt(rng.uniform(size=len(rows)))
        x = np.rint(self.x[rows] + distance * np.cos(angle)).astype(np.int64)
        y = np.rint(self.y[rows] + distance * np.sin(angle)).astype(np.int64)
        return x, y


def _reach(x: Floats, y: Floats, gemeente: Ints) -> Floats:
    borders = areas.gemeenten().geometry.boundary.to_numpy()
    distance = np.zeros(len(x))
    for row, border in enumerate(borders):
        inside = np.flatnonzero(gemeente == row)
        shapely.prepare(border)
        distance[inside] = shapely.distance(shapely.points(x[inside], y[inside]), border)
    # two metres for rounding to whole metres and for the transformation to degrees
    return np.minimum(POINT_REACH_M, distance * 0.95 - 2)


@cache
def settle() -> Settlements:
    """Return the settlement pattern of the country, about 18 million inhabitants.

    It is the same for every seed: what is invented about it stands in for land use.
    """
    rng = np.random.default_rng(LAND_USE_SEED)
    country = land()
    ground = grow(country, rng)
    named = np.bincount(country.gemeente, ground.inhabitants, minlength=len(areas.gemeenten()))
    of_gemeente = np.maximum(named * INHABITANTS / named.sum(), LEAST_INHABITANTS)
    inhabitants = ground.inhabitants * (of_gemeente / named)[country.gemeente]

    used = np.flatnonzero((inhabitants > 0) | (ground.estate > 0))
    reach = _reach(country.x[used], country.y[used], country.gemeente[used])
    used, reach = used[reach > 10], reach[reach > 10]
    crowded = 1 + ADDRESSES_MORE_IN_CITIES * np.tanh(inhabitants[used] / 1_000)
    addresses = rng.poisson(ADDRESSES_PER_INHABITANT * crowded * inhabitants[used])
    places = areas.places()
    middles = cKDTree(np.column_stack(to_rd(places["longitude"], places["latitude"])))
    nearest = middles.query(np.column_stack((country.x[used], country.y[used])))[1]
    cell = country.cell[used]
    return Settlements(
        cell=cell,
        hex8=hexagons.parents(cell, 8),
        hex7=hexagons.parents(cell, 7),
        x=country.x[used],
        y=country.y[used],
        reach=reach,
        gemeente=country.gemeente[used],
        place=np.asarray(nearest, dtype=np.int64),
        inhabitants=inhabitants[used],
        addresses=addresses.astype(np.int64),
        centre=ground.centre[used],
        estate=ground.estate[used],
        of_gemeente=of_gemeente,
    )
