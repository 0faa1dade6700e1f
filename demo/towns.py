"""Towns, hamlets and farms: how a place's inhabitants lie on the hexagons around it.

A town is a plateau of houses with a denser middle, broken up by a smooth field of parks and
water, with shops in the middle and business estates around.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from demo.arrays import Floats, Ints
from demo.land import Land
from geo import areas
from geo.coordinates import to_rd

UNNAMED_PER_KM2 = 40.0
"""Inhabitants of the countryside that GeoNames does not name."""
LEAST_WITH_ESTATE = 2_500
LEAST_IN_CELL = 3


def _land_use(x: Floats, y: Floats, rng: np.random.Generator) -> Floats:
    """Return a smooth random field over the country, 0 in parks and water, else about 1."""
    field = np.zeros(len(x))
    for wavelength in rng.uniform(700, 4_000, 24):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        along = x * np.cos(angle) + y * np.sin(angle)
        field += np.cos(2 * np.pi * along / wavelength + phase)
    field /= np.sqrt(12)
    houses: Floats = np.exp(0.3 * field) * (field > -1.4) * rng.gamma(8, 1 / 8, len(x))
    return houses


def _radius(population: Floats) -> Floats:
    """Return the radius (m) of the built-up area of towns, denser as they grow."""
    density = np.clip(2_000 * (population / 1_000) ** 0.25, 1_500, 11_000)
    radius: Floats = np.sqrt(population / (np.pi * density)) * 1_000
    return radius


@dataclass(frozen=True)
class Ground:
    """Per land cell, shape (n,): inhabitants, and weights for shops and for business estates."""

    inhabitants: Floats
    centre: Floats
    estate: Floats


@dataclass(frozen=True)
class Town:
    """A place: its middle (RD New, m), its gemeente (a row), inhabitants and radius (m)."""

    x: float
    y: float
    gemeente: int
    population: float
    radius: float


def _cells_of(town: Town, country: Land) -> Ints:
    rows = country.near(town.x, town.y, max(1.5 * town.radius, 500))
    inside: Ints = rows[country.gemeente[rows] == town.gemeente]
    if inside.size:
        return inside
    own: Ints = np.flatnonzero(country.gemeente == town.gemeente)
    nearest: Ints = own[[np.argmin(np.hypot(country.x[own] - town.x, country.y[own] - town.y))]]
    return nearest


def _build(
    ground: Ground, town: Town, country: Land, land_use: Floats, rng: np.random.Generator
) -> None:
    """Add the town's inhabitants, shops and estates to ``ground``."""
    rows = _cells_of(town, country)
    far = np.hypot(country.x[rows] - town.x, country.y[rows] - town.y) / town.radius
    middle = 3.0 * np.clip(town.population / 300_000, 0.3, 1) * np.exp(-((far / 0.45) ** 2))
    houses = np.exp(-(far**6)) * (1 + middle) * (land_use[rows] + 1e-6)
    ground.inhabitants[rows] += town.population * houses / houses.sum()
    shops = np.exp(-((far / 0.25) ** 2)) * houses + 1e-9
    ground.centre[rows] += town.population**0.95 * shops / shops.sum()
    if town.population < LEAST_WITH_ESTATE:
        return
    count = min(1 + int(town.population / 12_000), 14)
    for angle in rng.uniform(0, 2 * np.pi, count):
        out = town.radius * rng.uniform(0.85, 1.25)
        spot = country.near(town.x + out * np.cos(angle), town.y + out * np.sin(angle), 430)
        spot = spot[country.gemeente[spot] == town.gemeente]
        ground.estate[spot] += town.population**0.9 / count * rng.gamma(2, 0.5, spot.size)


def _settle_countryside(inhabitants: Floats, country: Land, rng: np.random.Generator) -> None:
    """Spread the unnamed inhabitants: half in hamlets of about 120, half on lone farms."""
    km2 = areas.gemeenten().area.to_numpy(dtype=np.float64) / 1e6
    cells = np.bincount(country.gemeente, minlength=len(km2))
    for size, share in ((120.0, 0.5), (15.0, 0.5)):
        chance = share * UNNAMED_PER_KM2 * km2 / size / cells
        hit = rng.uniform(size=len(inhabitants)) < chance[country.gemeente]
        inhabitants[hit] += size * rng.gamma(2, 0.5, int(hit.sum()))


def grow(country: Land, rng: np.random.Generator) -> Ground:
    """Return the country with its towns, hamlets and farms."""
    places = areas.places()
    x, y = to_rd(places["longitude"], places["latitude"])
    row_of = pd.Series(np.arange(len(areas.gemeenten())), index=areas.gemeenten()["code"])
    gemeente = row_of.loc[places["gemeente"]].to_numpy()
    population = places["population"].to_numpy(dtype=float)
    land_use = _land_use(country.x, country.y, rng)
    ground = Ground(*(np.zeros(len(country.cell)) for _ in range(3)))
    for town in zip(x, y, gemeente, population, _radius(population), strict=True):
        _build(ground, Town(*town), country, land_use, rng)
    _settle_countryside(ground.inhabitants, country, rng)
    ground.inhabitants[ground.inhabitants < LEAST_IN_CELL] = 0
    return ground
