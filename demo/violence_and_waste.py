"""Explosions, mostly in cities, and drug waste, mostly in the rural south: both with patterns."""

from itertools import pairwise

import numpy as np
import pandas as pd

from demo import open_country
from demo.arrays import Flags, Floats, Ints
from demo.patterns import Plan
from demo.period import PATTERN_DAY, YEARS, Days, sample_days
from demo.settlements import Settlements
from demo.variation import Rates
from geo import areas

EXPLOSIONS_A_YEAR = 2_550
DENSE_HEX7 = 15_000
CITY_FACTOR = 1.15
"""Explosions are this much likelier per address in hexagons with DENSE_HEX7 addresses."""
REPEATED, NEAR_M, SOON_DAYS = 0.25, 120.0, 80
"""An attack that follows another in the same hexagon so soon lies so near it, with this chance."""
SOUTH = ("limburg", "oost-brabant", "zeeland-west-brabant")
SOUTH_FROM_X = 76_000.0
"""West of this RD x lies Zeeland, where little is dumped."""
DUMPINGS_SOUTH, DUMPINGS_ELSEWHERE = 9.0, 0.5
"""Per 100 km2 and year."""


def explosions_a_year(s: Settlements) -> Floats:
    """Return the explosions a year per row of Settlements under the base rate."""
    _, position = np.unique(s.hex7, return_inverse=True)
    dense = np.bincount(position, s.addresses)[position] >= DENSE_HEX7
    weight = s.addresses * np.where(dense, CITY_FACTOR, 1.0)
    a_year: Floats = EXPLOSIONS_A_YEAR * weight / weight.sum()
    return a_year


def in_the_south() -> Flags:
    """Return for each gemeente whether drug waste is often dumped there, shape (342,)."""
    gemeenten = areas.gemeenten()
    south = gemeenten["riec"].isin(SOUTH) & (gemeenten.geometry.centroid.x > SOUTH_FROM_X)
    flags: Flags = south.to_numpy(dtype=bool)
    return flags


def dumpings_a_year() -> Floats:
    """Return the dumpings a year per gemeente under the base rate, shape (342,)."""
    per_100_km2: Floats = np.where(in_the_south(), DUMPINGS_SOUTH, DUMPINGS_ELSEWHERE)
    km2 = areas.gemeenten().area.to_numpy(dtype=np.float64) / 1e6
    a_year: Floats = per_100_km2 * km2 / 100
    return a_year


def _events(
    a_year: Floats, rates: Rates, scale: float, peak: int, rng: np.random.Generator
) -> tuple[Ints, Days]:
    """Draw events: the unit and the day of each, more often once a pattern has begun."""
    days = sample_days(rng, 200_000, season=0.12, peak=peak, trend=0.03)
    units, when = [], []
    for factor, pool in (
        (rates.before, days[days < PATTERN_DAY]),
        (rates.after, days[days >= PATTERN_DAY]),
    ):
        mean = a_year * YEARS * scale * len(pool) / len(days)
        unit = np.repeat(np.arange(len(a_year)), rng.poisson(mean * factor))
        units.append(unit)
        when.append(rng.choice(pool, len(unit)))
    return np.concatenate(units), np.concatenate(when)


def _drawn_together(units: Ints, day: Days, spots: Floats, rng: np.random.Generator) -> Floats:
    """Return spots (n, 2) of which some lie near an earlier one of their unit, on the way to it."""
    moved = spots.copy()
    order = np.lexsort((day, units))
    for before, after in pairwise(order):
        soon = units[before] == units[after] and 0 < day[after] - day[before] <= SOON_DAYS
        if soon and rng.uniform() < REPEATED:
            way = spots[after] - moved[before]
            moved[after] = moved[before] + way * min(1.0, NEAR_M / max(np.hypot(*way), 1.0))
    return moved


def explosions(s: Settlements, plan: Plan, scale: float, rng: np.random.Generator) -> pd.DataFrame:
    """Return attacks with explosives: type, partner, day, x, y, gemeente."""
    a_year = explosions_a_year(s)
    row, day = _events(a_year, plan.rates("CV01").balanced(a_year), scale, 1, rng)
    x, y = s.scatter(row, rng)
    x, y = _drawn_together(s.hex7[row], day, np.column_stack([x, y]), rng.spawn(1)[0]).T
    return pd.DataFrame(
        {
            "type": "explosive_attack",
            "partner": "politie",
            "day": day,
            "x": x,
            "y": y,
            "gemeente": s.gemeente[row],
        }
    )


def dumpings(plan: Plan, scale: float, rng: np.random.Generator) -> pd.DataFrame:
    """Return drug-waste dumpings: type, partner, day, x, y, gemeente."""
    a_year = dumpings_a_year()
    rates = plan.gemeente_rates("DR03").balanced(a_year)
    gemeente, day = _events(a_year, rates, scale, 4, rng)
    x, y = open_country.scatter(gemeente, rng)
    return pd.DataFrame(
        {
            "type": "drug_waste_dumping",
            "partner": "politie",
            "day": day,
            "x": x,
            "y": y,
            "gemeente": gemeente,
        }
    )
