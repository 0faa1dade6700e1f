"""Which places get a known pattern, and which stay beside them as controls."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from demo.arrays import Floats, Ints
from demo.decoys import choose_decoys
from demo.pairs import choose_pairs
from demo.patterns import KINDS, LEVELS, Label, Level, Plan
from demo.settlements import Settlements
from demo.sites import Site, SiteKind
from geo import areas, hexagons

PAIRS = 6
ENOUGH = {"CV01": 10.2, "DR03": 10.2, "FI01": 10.2, "TB03": 11.5, "KR01": 11.7}
"""A place is chosen if at least so many events are expected there: 10, and more where counts
vary more by chance."""
APART_M = 5_000.0
SITES: dict[str, SiteKind] = {
    "VG01": "district",
    "VG02": "district",
    "BD01": "street",
    "BD03": "offices",
    "LO01": "park",
}
"""Indicators counted at dense sites, which have enough by their making."""


@dataclass(frozen=True)
class Eligible:
    """Places with enough volume: units with their RD New position (m), shape (n,)."""

    units: Ints
    x: Floats
    y: Floats

    def pairs(self, rng: np.random.Generator, most: int) -> list[tuple[int, int]]:
        """Return up to ``most`` pairs: a planted unit and its control, the nearest free one that
        is APART_M away (so that neither colours the surroundings of the other)."""
        free: list[int] = rng.permutation(len(self.units)).tolist()
        found: list[tuple[int, int]] = []
        while len(free) >= 2 and len(found) < most:
            planted = free.pop(0)
            away = np.hypot(self.x[free] - self.x[planted], self.y[free] - self.y[planted])
            control = free.pop(int(np.argmin(away + 1e6 * (away < APART_M))))
            found.append((int(self.units[planted]), int(self.units[control])))
        return found


def _middle(s: Settlements, units: Ints, chosen: Ints) -> Eligible:
    weight = s.inhabitants + 1
    _, position = np.unique(units, return_inverse=True)
    names = np.unique(units)
    total = np.bincount(position, weight)
    x = np.bincount(position, weight * s.x) / total
    y = np.bincount(position, weight * s.y) / total
    at = np.searchsorted(names, chosen)
    return Eligible(chosen, x[at], y[at])


def _name(s: Settlements, level: Level, units: Ints, unit: int) -> tuple[str, str]:
    if level == "gemeente":
        row = areas.gemeenten().iloc[unit]
        return str(row["code"]), str(row["name"])
    rows = np.flatnonzero(units == unit)
    place = s.place[rows[np.argmax(s.addresses[rows])]]
    return hexagons.to_text([unit])[0], str(areas.places()["name"].iloc[place])


def _site_units(sites: Sequence[Site], indicator: str, units: Ints) -> Ints:
    mine = [site for site in sites if site.kind == SITES[indicator]]
    if indicator == "VG01":
        mine = mine[::2]
    if indicator == "VG02":
        mine = mine[1::2]
    return np.array([units[site.rows[0]] for site in mine], dtype=np.int64)


def _chosen(
    indicator: str, units: Ints, sites: Sequence[Site], expected: dict[str, Floats], busy: set[int]
) -> Ints:
    if indicator in SITES:
        return _site_units(sites, indicator, units)
    if LEVELS[indicator] == "gemeente":
        enough = np.flatnonzero(expected[indicator] >= ENOUGH[indicator])
        return enough[~np.isin(enough, list(busy))]
    names, position = np.unique(units, return_inverse=True)
    return names[np.bincount(position, expected[indicator]) >= ENOUGH[indicator]]


def choose_places(
    s: Settlements, sites: Sequence[Site], expected: dict[str, Floats], seed: int
) -> Plan:
    """Choose the labelled places.

    ``expected`` holds, for the indicators that are not counted at dense sites, the number
    that the base rate gives in the last 12 months: per gemeente, shape (342,), or per row of
    Settlements; 0 where the place is not of the kind to choose from.
    """
    everywhere = Plan(s, (), seed)
    labels: list[Label] = []
    busy: set[int] = set()
    for order, (indicator, level) in enumerate(LEVELS.items()):
        rng = np.random.default_rng([seed, 100 + order])
        units = everywhere.units(level)
        chosen = _chosen(indicator, units, sites, expected, busy)
        for pair in _middle(s, units, chosen).pairs(rng, PAIRS):
            for unit, kind in zip(pair, KINDS, strict=True):
                code, name = _name(s, level, units, unit)
                labels.append(Label(indicator, kind, level, unit, code, name))
                if level == "gemeente":
                    busy.add(unit)
                elif indicator == "CV01" and kind == "planted":
                    busy.update(s.gemeente[units == unit].tolist())
    pairs = choose_pairs(s.of_gemeente, busy)
    busy.update(int(row) for rows in pairs.values() for row in rows)
    return Plan(s, labels, seed, pairs, choose_decoys(s.of_gemeente, busy))
