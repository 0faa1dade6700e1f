"""Gemeenten in which much rises for an innocent reason, and at one partner only."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from demo.arrays import Floats, Ints, coded
from demo.period import PATTERN_DAY, YEAR, dates, days_of
from demo.settlements import Settlements

NEW_PARK, NEW_YEAR = "new business park", "fireworks at New Year"
SIZES = {NEW_PARK: (30_000, 45_000), NEW_YEAR: (25_000, 60_000)}
"""Inhabitants of the gemeenten to choose from."""
EACH = 2

PARK_SHARE = 0.5
"""Firms of every kind that come to a park, over those that were in the gemeente."""

BANGS = 40
NEW_YEARS_EVE = int(days_of(np.array("2025-12-31", "M8[D]")))

FIRST_NUMBER = 5_000_000
"""Of what is founded at a park; other numbers are far below."""


def choose_decoys(inhabitants: Floats, taken: Collection[int]) -> dict[str, Ints]:
    """Return for each reason the rows of its gemeenten, (EACH,); none of ``taken`` is chosen."""
    free = ~np.isin(np.arange(len(inhabitants)), list(taken))
    found = {}
    for reason, (least, most) in SIZES.items():
        fits = np.flatnonzero(free & (inhabitants >= least) & (inhabitants <= most))
        found[reason] = fits[[len(fits) // 3, 2 * len(fits) // 3]]
        free[found[reason]] = False
    return found


def with_parks(
    firms: pd.DataFrame, s: Settlements, gemeenten: Ints, rng: np.random.Generator
) -> pd.DataFrame:
    """Return establishments, oldest first, with those that come to a new park in ``gemeenten``.

    They are like those that are there, founded within a year at the spot with most estate.
    """
    parts = [firms]
    for number, gemeente in enumerate(gemeenten):
        there = firms[firms["dissolved"].isna() & (s.gemeente[firms["row"]] == gemeente)]
        come = there.sample(frac=PARK_SHARE, random_state=rng)
        within = np.flatnonzero(s.gemeente == gemeente)
        row = np.full(len(come), within[np.argmax(s.estate[within])])
        x, y = s.scatter(row, rng)
        numbers = FIRST_NUMBER * (number + 1) + np.arange(len(come))
        day = rng.integers(PATTERN_DAY, PATTERN_DAY + int(YEAR), len(come))
        parts.append(
            come.assign(
                establishment_id=coded("V", numbers),
                firm_id=coded("F", numbers),
                address_id=coded("A", numbers),
                founded=dates(day),
                x=x,
                y=y,
                row=row,
            )
        )
    every = pd.concat(parts, ignore_index=True)
    return every.sort_values("founded", kind="stable", ignore_index=True)


def bangs(
    s: Settlements, gemeenten: Ints, scale: float, rng: np.random.Generator
) -> list[pd.DataFrame]:
    """Return fireworks that the police book as attacks: as `demo.incidents` has them."""
    frames = []
    for gemeente in gemeenten:
        within = np.flatnonzero(s.gemeente == gemeente)
        weight = s.addresses[within] / s.addresses[within].sum()
        many = min(max(round(BANGS * scale), 1), int((weight > 0).sum()))
        row = rng.choice(within, many, replace=False, p=weight)  # each at a spot of its own
        x, y = s.scatter(row, rng)
        frames.append(
            pd.DataFrame(
                {
                    "type": "explosive_attack",
                    "partner": "politie",
                    "day": NEW_YEARS_EVE + rng.integers(0, 2, len(row)),
                    "x": x,
                    "y": y,
                    "gemeente": gemeente,
                }
            )
        )
    return frames
