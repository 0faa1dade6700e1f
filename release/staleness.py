"""How far counts have moved on from what stands, so that intervals know it.

A figure that stands (`release.standing`) was drawn from an earlier count. How far counts are from
what was drawn, over all areas of a level, widens every interval there: a step for the level and
period, never a word about one area.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np

from analysis import noise_tables
from indicators import Indicator
from release.counting import KEYS
from release.exact import Exact
from release.noise import LEVELS, Noise
from release.periods import Period
from release.standing import Standing
from store.evidence import rounded
from store.evidence.of_records import Behind

UNITS = "units_numerator"

STEPS = (0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0)
"""Deviations in subjects, of which the next higher one is used."""

NOTHING = 0.25
"""Less than this is nothing, so that a record or two that wait change no interval."""

FEW = 100
"""With fewer areas their mean could tell of one: there the bound is used, where levels with more
areas are behind in that period."""


@dataclass(frozen=True)
class Staleness:
    """The deviation (in subjects) of counts from what stands, by level number and period id."""

    deviations: Mapping[tuple[int, int], float] = field(default_factory=dict)
    _wider: dict[tuple[int, float], Noise] = field(default_factory=dict, repr=False, compare=False)

    def wider(self, noise: Noise, level: int, period: int) -> Noise:
        """Return the noise to read a figure with: that of its draw, and what changed since."""
        deviation = self.deviations.get((level, period), 0.0)
        if not deviation:
            return noise
        key = (id(noise), deviation)
        if key not in self._wider:
            self._wider[key] = widened(noise, deviation)
        return self._wider[key]


def staleness(exact: Exact, stands: Exact, standing: Standing | None) -> Staleness:
    """Return how far the numerators counted now are from those that stand.

    Both are what ``count_indicator`` returns. Nothing is behind at a first build, nor what is open.
    """
    if standing is None or standing.before is None or UNITS not in exact.unprotected:
        return Staleness()
    names = ["level", *KEYS, UNITS]
    now, then = exact.unprotected[names], stands.unprotected[names]
    both = now.merge(then, on=["level", *KEYS], how="outer", suffixes=("", "_"))
    apart = (both[UNITS].fillna(0) - both[f"{UNITS}_"].fillna(0)) ** 2
    groups = apart.groupby([both["level"], both["period_id"]]).agg(["mean", "size"])
    bound = bound_at(standing.k)
    far: dict[tuple[int, int], float] = {}
    few: list[tuple[int, int]] = []
    for key, mean, areas in zip(groups.index, np.sqrt(groups["mean"]), groups["size"], strict=True):
        if areas < FEW:
            few.append(key)
        else:
            least = 0.9 + 0.1 * _drawn(standing.secret, f"{key[0]} {key[1]}")
            step = next((s for s in STEPS if mean <= max(s, NOTHING) * least), bound)
            far[key] = min(step, bound)
    unsure = {period for (_, period), deviation in far.items() if deviation}
    unsure |= {period for _, period in few} - {period for _, period in far}
    far |= {key: bound if key[1] in unsure else 0.0 for key in few}
    return Staleness({key: deviation for key, deviation in far.items() if deviation})


def bound_at(k: int) -> float:
    """Return the deviation of a count that is as likely anywhere within 2k of what stands."""
    return float(2 * k / np.sqrt(3))


def widened(noise: Noise, deviation: float) -> Noise:
    """Return noise of a count that was drawn when it was other: by about ``deviation`` subjects."""
    table = noise_tables.widened(noise.table, deviation)
    return replace(noise, variance=noise.variance + deviation**2, table=table)


def behind_rows(indicator: Indicator, behind: Staleness, periods: list[Period]) -> list[Behind]:
    """Return what readers may know of it, a row per level and period that is behind.

    Their own intervals follow from it already; so can those of sums.
    """
    codes = {period.id: period.code for period in periods}
    return [
        rounded(Behind(indicator.code, LEVELS[level], codes[period], deviation))
        for (level, period), deviation in sorted(behind.deviations.items())
    ]


def _drawn(secret: bytes, what: str) -> float:
    return sha256(secret + f"behind {what}".encode()).digest()[0] / 255
