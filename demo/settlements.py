"""Where people live: towns, hamlets and farms on the hexagons, with their centres and estates.

Every town is a plateau of houses with a denser middle, broken up by a smooth field of parks and
water; its inhabitants are GeoNames'. What GeoNames does not name is spread over the countryside.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from demo.arrays import Floats, Ints
from demo.land import Land, land
from geo import areas, hexagons
from geo.coordinates import to_rd

LAND_USE_SEED = (2026, 0)
INHABITANTS = 18_000_000
LEAST_INHABITANTS = 1_000
UNNAMED_PER_KM2 = 40.0
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


def _texture(x: Floats, y: Floats, rng: np.random.Generator) -> Floats:
    """A smooth random field over the country, 0 in parks and water, about 1 elsewhere."""
    field = np.zeros(len(x))
    for wavelength in rng.uniform(700, 4_000, 24):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        along = x * np.cos(angle) + y * np.sin(angle)
        field += np.cos(2 * np.pi * along / wavelength + phase)
    field /= np.sqrt(12)
    texture: Floats = np.exp(0.3 * field) * (field > -1.4) * rng.gamma(8, 1 / 8, len(x))
    return texture


def town_radius(population: Floats) -> Floats:
    """Return the radius (m) of the built-up area of towns, denser as they grow."""
    density = np.clip(2_000 * (population / 1_000) ** 0.25, 1_500, 11_000)
    radius: Floats = np.sqrt(population / (np.pi * density)) * 1_000
    return radius


@dataclass
class _Ground:
    """Weights per land cell while they are being added up."""

    inhabitants: Floats
    centre: Floats
    estate: Floats


def _add_town(
    ground: _Ground,
    country: Land,
    texture: Floats,
    town: tuple[float, float, int, float, float],
    rng: np.random.Generator,
) -> None:
    x, y, gemeente, population, radius = town
    rows = country.near(x, y, max(1.5 * radius, 500))
    rows = rows[country.gemeente[rows] == gemeente]
    if not rows.size:
        own = np.flatnonzero(country.gemeente == gemeente)
        rows = own[[np.argmin(np.hypot(country.x[own] - x, country.y[own] - y))]]
    far = np.hypot(country.x[rows] - x, country.y[rows] - y) / radius
    middle = 3.0 * np.clip(population / 300_000, 0.3, 1) * np.exp(-((far / 0.45) ** 2))
    houses = np.exp(-(far**6)) * (1 + middle) * (texture[rows] + 1e-6)
    ground.inhabitants[rows] += population * houses / houses.sum()
    shops = np.exp(-((far / 0.25) ** 2)) * houses + 1e-9
    ground.centre[rows] += population**0.95 * shops / shops.sum()
    if population < 2_500:
        return
    count = min(1 + int(population / 12_000), 14)
    for angle in rng.uniform(0, 2 * np.pi, count):
        out = radius * rng.uniform(0.85, 1.25)
        spot = country.near(x + out * np.cos(angle), y + out * np.sin(angle), 430)
        spot = spot[country.gemeente[spot] == gemeente]
        ground.estate[spot] += population**0.9 / count * rng.gamma(2, 0.5, spot.size)


def _add_countryside(inhabitants: Floats, country: Land, rng: np.random.Generator) -> None:
    """Spread the unnamed inhabitants: half in hamlets of about 120, half on lone farms."""
    km2 = areas.gemeenten().area.to_numpy(dtype=np.float64) / 1e6
    cells = np.bincount(country.gemeente, minlength=len(km2))
    for size, share in ((120.0, 0.5), (15.0, 0.5)):
        chance = share * UNNAMED_PER_KM2 * km2 / size / cells
        hit = rng.uniform(size=len(inhabitants)) < chance[country.gemeente]
        inhabitants[hit] += size * rng.gamma(2, 0.5, int(hit.sum()))


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
    gemeenten = areas.gemeenten()
    places = areas.places()
    place_x, place_y = to_rd(places["longitude"], places["latitude"])
    row_of = pd.Series(np.arange(len(gemeenten)), index=gemeenten["code"])
    gemeente_of = row_of.loc[places["gemeente"]].to_numpy()
    population = places["population"].to_numpy(dtype=float)
    texture = _texture(country.x, country.y, rng)
    empty = np.zeros(len(country.cell))
    ground = _Ground(empty.copy(), empty.copy(), empty.copy())
    towns = zip(place_x, place_y, gemeente_of, population, town_radius(population), strict=True)
    for town in towns:
        _add_town(ground, country, texture, town, rng)
    _add_countryside(ground.inhabitants, country, rng)
    ground.inhabitants[ground.inhabitants < 3] = 0

    named = np.bincount(country.gemeente, ground.inhabitants, minlength=len(gemeenten))
    of_gemeente = np.maximum(named * INHABITANTS / named.sum(), LEAST_INHABITANTS)
    inhabitants = ground.inhabitants * (of_gemeente / named)[country.gemeente]

    used = np.flatnonzero((inhabitants > 0) | (ground.estate > 0))
    reach = _reach(country.x[used], country.y[used], country.gemeente[used])
    used, reach = used[reach > 10], reach[reach > 10]
    crowded = 1 + ADDRESSES_MORE_IN_CITIES * np.tanh(inhabitants[used] / 1_000)
    addresses = rng.poisson(ADDRESSES_PER_INHABITANT * crowded * inhabitants[used])
    nearest = cKDTree(np.column_stack((place_x, place_y))).query(
        np.column_stack((country.x[used], country.y[used]))
    )[1]
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
