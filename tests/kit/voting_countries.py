"""Invented countries whose figures are protected and analysed as those of a release: who votes?"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from access.verdicts import Voice, independent
from indicators import CATALOGUE, Indicator
from release.analysing import analyse
from release.exact import Exact
from release.guarding import protected
from release.looks import KEY_RANGE
from release.noise import side_noise
from release.periods import calendar_of
from release.unlikeliness import CHANCE
from release.votes import votes, votes_since
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PLACES = 342
COUNTRY, GEMEENTE = LEVEL_NUMBERS["nederland"], LEVEL_NUMBERS["gemeente"]
PERIODS = calendar_of(date(2022, 1, 1), date(2025, 12, 31))
"""Enough for what looks back two years."""
KINDS = {period.id: period.kind for period in PERIODS}
WINDOW = max(number for number, kind in KINDS.items() if kind == "year")

EXPECTED: dict[str, tuple[float, float]] = {
    "BD01": (60, 0.15),
    "BD03": (20, 0.05),
    "BD04": (40, 0.1),
    "BD06": (10, 0.004),
    "BD08": (0.6, 0.2),
    "BD10": (7, 0.026),
    "BD11": (6, 0.087),
    "BD13": (0.2, 0.05),
    "CV01": (8, 0.0003),
    "CV02": (1.3, 0.17),
    "CV09": (14, 0.0008),
    "FI01": (290, 0.0055),
    "LO01": (12, 0.11),
    "LO07": (0.8, 0.0025),
    "LO08": (0.3, 0.32),
    "TB01": (0.6, 0.18),
    "TB03": (12, 0.02),
    "TB10": (2, 0.037),
    "VG01": (25, 0.12),
    "VG02": (15, 0.06),
    "VG12": (100, 0.07),
}
"""Of each indicator that votes on gemeenten: what one of mean size expects, and the rate, as in
the example."""

RATIO = 3.0
LARGEST = 1.0e5
"""What the largest declarant of a gemeente declares, of some hundred that declare alike."""


class Planted(NamedTuple):
    """A place where two indicators of independent partners are RATIO times as high."""

    place: int
    indicators: tuple[str, str]


class Country(NamedTuple):
    """Figures with votes, what was planted, and the indicators by number from 1."""

    figures: pd.DataFrame
    planted: list[Planted]
    chosen: dict[str, Indicator]

    def partners(self) -> Ints:
        """Return how many independent partners stand out in each place, shape (PLACES,)."""
        rows = self.figures[(self.figures["level"] == GEMEENTE) & (self.figures["vote"] > 0)]
        known = [voice_of(indicator) for indicator in self.chosen.values()]
        found = np.zeros(PLACES, dtype=np.int64)
        for place, own in rows.groupby("area_id")["indicator_id"]:
            found[int(str(place)) - 1] = independent(known[number - 1] for number in own)
        return found


def voice_of(indicator: Indicator) -> Voice:
    return Voice(frozenset(indicator.partners), frozenset(indicator.over))


def cloned(times: int) -> dict[str, Indicator]:
    """Return the catalogue ``times`` over, each clone of the same partner as the original."""
    return {
        f"{code}{'' if not n else f'-{n}'}": indicator
        for n in range(times)
        for code, indicator in CATALOGUE.items()
    }


def simulate(
    chosen: dict[str, Indicator],
    chance: Generator,
    *,
    differ: float = 0.0,
    pairs: int = 0,
    between: tuple[float, float] = (30.0, np.inf),
    wrong: Mapping[str, Ints] | None = None,
) -> Country:
    """Return a country of which the window that counts is published.

    ``differ``: how much rates differ by themselves (coefficient of variation). ``pairs`` places are
    planted in which both indicators expect a number within ``between``. ``wrong``: by what
    denominators are made of, the places where it was counted for a third.
    """
    voting = {code: indicator for code, indicator in chosen.items() if _votes_here(indicator)}
    size = chance.lognormal(0, 1, PLACES)
    size /= size.mean()
    expected = {
        code: size * EXPECTED[code[:4]][0] * chance.lognormal(0, 0.2, PLACES) for code in voting
    }
    rates = {code: own_rates(differ, chance) for code in voting}
    planted = _plant(voting, expected, pairs, between, chance)
    for place, indicators in planted:
        for code in indicators:
            rates[code][place] = RATIO
    parts = []
    for number, (code, indicator) in enumerate(chosen.items(), start=1):
        if code in voting:
            mistaken = [places for name, places in (wrong or {}).items() if name in indicator.over]
            figures = published(indicator, expected[code], rates[code], mistaken, chance)
            parts.append(figures.assign(indicator_id=number))
    return Country(with_votes(pd.concat(parts, ignore_index=True), chosen), planted, chosen)


def with_votes(figures: pd.DataFrame, chosen: Mapping[str, Indicator]) -> pd.DataFrame:
    """Return figures of several levels, windows and indicators with their votes."""
    judged = {int(period) for period in figures["period_id"][figures[CHANCE].notna()].unique()}
    every = figures.assign(vote=np.nan).reset_index(drop=True)
    for rows in every.groupby(["level", "period_id"]).indices.values():
        every.loc[rows, "vote"] = votes(every.iloc[rows], chosen)
    dated = [own.assign(vote=votes_since(own, judged)) for _, own in every.groupby("indicator_id")]
    return pd.concat(dated).sort_index()


def _votes_here(indicator: Indicator) -> bool:
    return indicator.votes and "gemeente" in indicator.level_names


def own_rates(differ: float, chance: Generator) -> Floats:
    """Return rates with mean 1 (PLACES,)."""
    return chance.gamma(differ**-2, differ**2, PLACES) if differ else np.ones(PLACES)


def _plant(
    voting: dict[str, Indicator],
    expected: dict[str, Floats],
    pairs: int,
    between: tuple[float, float],
    chance: Generator,
) -> list[Planted]:
    found: list[Planted] = []
    while len(found) < pairs:
        first, second = chance.choice(list(voting), 2, replace=False)
        enough = [
            (expected[code] >= between[0]) & (expected[code] < between[1])
            for code in (first, second)
        ]
        places = np.setdiff1d(np.flatnonzero(enough[0] & enough[1]), [one.place for one in found])
        if len(places) and voice_of(voting[first]).apart(voice_of(voting[second])):
            found.append(Planted(int(chance.choice(places)), (str(first), str(second))))
    return found


def published(
    indicator: Indicator, expected: Floats, rate: Floats, wrong: list[Ints], chance: Generator
) -> pd.DataFrame:
    """Return the figures of one indicator: of each place, and of the country.

    Of places that are ``rate`` times as high as the base rate, over ``whole_of`` them.
    """
    base, whole = EXPECTED[indicator.code][1], whole_of(indicator, expected)
    if indicator.share:
        part = chance.binomial(whole, np.minimum(base * rate, 0.95))
    else:
        part = chance.poisson(base * rate * whole)
    for places in wrong:
        whole[places] = np.maximum(whole[places] // 3, 1)
    sides = {"numerator": part, "denominator": whole}
    columns: dict[str, Any] = {}
    for side, counts in sides.items():
        columns |= _counted(side, np.append(counts, counts.sum()), indicator, chance)
    frame = pd.DataFrame(columns).assign(
        level=np.append(np.full(PLACES, GEMEENTE), COUNTRY),
        area_id=np.append(np.arange(1, PLACES + 1), PLACES + 1),
        period_id=WINDOW,
    )
    noise = side_noise(indicator, 5)
    shown = protected(Exact(frame), indicator, KINDS, noise)
    figures, _ = analyse(shown, indicator, PERIODS, noise.numerator, {})
    return figures


def whole_of(indicator: Indicator, expected: Floats) -> Ints:
    """Return the true denominators of places that expect so many at the base rate, (PLACES,)."""
    return np.maximum(np.round(expected / EXPECTED[indicator.code][1]), 1).astype(np.int64)


def _counted(side: str, counts: Ints, indicator: Indicator, chance: Generator) -> dict[str, Any]:
    """Return what one side counts, each subject once; of amounts LARGEST a declaration."""
    each = LARGEST if indicator.counting == "value" else 1.0
    most = np.minimum(each, each * counts)
    return {
        f"amount_{side}": counts * each,
        f"units_{side}": counts,
        f"key_{side}": chance.integers(0, KEY_RANGE, len(counts)),
        f"largest_{side}": most,
        f"second_{side}": most * (counts > 1),
        f"subjects_{side}": counts,
        f"most_{side}": np.minimum(counts, 1),
        f"owner_{side}": chance.integers(0, KEY_RANGE, len(counts)),
    }
