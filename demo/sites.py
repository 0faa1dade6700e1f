"""Dense sites: the few hexagons where much happens, so that small areas can have real numbers.

Shopping streets and business centres fill one res-9 hexagon; distribution parks and new
housing districts a res-8 hexagon.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from demo.arrays import Ints
from demo.gateways import HUBS, LOGISTIC_TOWNS, OTHER_TOWNS
from demo.settlements import POINT_REACH_M, Settlements
from geo import areas

SiteKind = Literal["street", "offices", "park", "district"]

STREETS, OFFICES, PARKS, DISTRICTS = 48, 26, 64, 30
PARKS_APART_M = 4_000.0


@dataclass(frozen=True)
class Site:
    """``rows`` are rows of Settlements; ``size`` is the number of establishments, for a
    district the transactions a year in each of its rows."""

    kind: SiteKind
    rows: Ints
    size: int


def _full(s: Settlements, rows: Ints) -> Ints:
    return rows[s.reach[rows] >= POINT_REACH_M]


def _streets(s: Settlements, rng: np.random.Generator) -> Iterable[Site]:
    population = areas.places()["population"].to_numpy()
    for place in np.argsort(-population, kind="stable"):
        rows = _full(s, np.flatnonzero(s.place == place))
        if rows.size:
            row = rows[np.argmax(s.centre[rows])]
            yield Site("street", np.array([row]), int(rng.integers(125, 170)))


def _offices(s: Settlements, rng: np.random.Generator) -> Iterable[Site]:
    for gemeente in np.argsort(-s.of_gemeente, kind="stable"):
        rows = _full(s, np.flatnonzero(s.gemeente == gemeente))
        middle = rows[np.argmax(s.centre[rows])]
        away = np.hypot(s.x[rows] - s.x[middle], s.y[rows] - s.y[middle])
        near = rows[(away > 700) & (away < 3_000) & (s.addresses[rows] > 50)]
        if near.size:
            yield Site("offices", rng.choice(near, 1), int(rng.integers(330, 400)))


def _hex8_sites(
    s: Settlements, gemeente: int, wanted: Callable[[Ints], float]
) -> list[tuple[float, Ints]]:
    rows = _full(s, np.flatnonzero(s.gemeente == gemeente))
    groups = pd.Series(rows).groupby(s.hex8[rows], sort=True)
    scored = [(wanted(group.to_numpy()), group.to_numpy()) for _, group in groups]
    return sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])


def _parks(s: Settlements, rng: np.random.Generator) -> Iterable[Site]:
    def estate(rows: Ints) -> float:
        sparse = s.addresses[rows].sum() < 1_500
        return float(s.estate[rows].sum()) if len(rows) >= 4 and sparse else 0.0

    codes = areas.gemeenten()["code"].tolist()
    for code in (*HUBS, *LOGISTIC_TOWNS, *OTHER_TOWNS):
        best = [rows for _, rows in _hex8_sites(s, codes.index(code), estate)]
        if not best:
            continue
        x, y = s.x[best[0]].mean(), s.y[best[0]].mean()
        apart = [
            rows
            for rows in best[1:]
            if np.hypot(s.x[rows].mean() - x, s.y[rows].mean() - y) > PARKS_APART_M
        ]
        for rows in [best[0], *apart[: code not in OTHER_TOWNS]]:
            yield Site("park", rows, int(rng.integers(130, 166)))


def _districts(s: Settlements, rng: np.random.Generator) -> Iterable[Site]:
    def new_houses(rows: Ints) -> float:
        homes = s.addresses[rows]
        built_up = len(rows) >= 6 and homes.min() >= 40 and homes.sum() < 2_500
        return float(rng.uniform(0.1, 1)) if built_up else 0.0

    for gemeente in np.argsort(-s.of_gemeente, kind="stable"):
        for _, rows in _hex8_sites(s, int(gemeente), new_houses)[:1]:
            busiest = rows[np.argsort(-s.addresses[rows], kind="stable")[:2]]
            yield Site("district", busiest, int(rng.integers(165, 190)))


def choose(s: Settlements, rng: np.random.Generator) -> list[Site]:
    """Return the sites of the country; no res-8 hexagon of a park or district holds another."""
    taken8: set[int] = set()
    taken9: set[int] = set()
    sites: list[Site] = []

    def add(found: Iterable[Site], most: int, alone: bool) -> None:
        added = 0
        for site in found:
            if added == most:
                return
            hex8 = int(s.hex8[site.rows[0]])
            if hex8 in taken8 or (alone and any(int(row) in taken9 for row in site.rows)):
                continue
            if not alone and int(site.rows[0]) in taken9:
                continue
            taken9.update(int(row) for row in site.rows)
            if alone:
                taken8.add(hex8)
            sites.append(site)
            added += 1

    add(_parks(s, rng), PARKS, alone=True)
    add(_districts(s, rng), DISTRICTS, alone=True)
    add(_streets(s, rng), STREETS, alone=False)
    add(_offices(s, rng), OFFICES, alone=False)
    return sites
