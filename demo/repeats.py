"""Declarations that are alike: some are handed in twice, and standing orders repeat by nature."""

import numpy as np
import pandas as pd

from demo.arrays import Ints, coded
from demo.period import DAYS, dates, days_of

TWICE = 0.006
"""Share of the declarations that come again within LATER days."""
LATER = (2, 28)
ORDERS = 0.0008
"""Share that are the first of a standing order."""
WEEKS = 12
"""How often one repeats, once a week."""


def with_repeats(items: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return declarations by day, with repeats, which differ from the first in day and number."""
    day = days_of(items["date"].to_numpy())
    weighed = np.flatnonzero(items["weight_kg"].notna().to_numpy())
    count = len(items)
    twice = rng.choice(weighed, round(TWICE * count), replace=False)
    ordered = rng.choice(np.setdiff1d(weighed, twice), round(ORDERS * count), replace=False)
    first: Ints = np.concatenate([twice, np.repeat(ordered, WEEKS)])
    after: Ints = np.concatenate(
        [rng.integers(*LATER, len(twice)), np.tile(7 * np.arange(1, WEEKS + 1), len(ordered))]
    )
    within = day[first] + after < DAYS
    first, again = first[within], (day[first] + after)[within]
    repeats = items.iloc[first].assign(
        date=dates(again), declaration_id=coded("D", count + np.arange(len(first)))
    )
    every = pd.concat([items, repeats], ignore_index=True)
    return every.sort_values("date", kind="stable", ignore_index=True)
