"""Characteristics that no indicator may read, invented, for the test whether a score follows them.

They rise or fall with the size of a town, as in any country, and know nothing of the patterns.
"""

import numpy as np
import pandas as pd

from demo.figures import STATES
from demo.settlements import Settlements
from geo import areas
from records.contract import INVENTED_SOURCE

MIDDLING = 35_000
"""Inhabitants of the town that ``SHARES`` are about."""

SHARES = {
    "share_low_income": (6.0, 0.45, 0.28),
    "share_origin_outside_nl": (11.0, 0.85, 0.40),
    "share_age_15_to_24": (11.2, 0.15, 0.13),
    "share_single_parent_households": (6.4, 0.30, 0.17),
}
"""Per figure its percentage in a middling town, and in log odds: more per tenfold inhabitants,
and the standard deviation between towns of one size."""


def shares(s: Settlements, rng: np.random.Generator) -> pd.DataFrame:
    """Return the percentages of each gemeente, in one decimal, on the last day with a state."""
    tenfold = np.log10(s.of_gemeente / MIDDLING)
    frames = []
    for figure, (percent, more, spread) in SHARES.items():
        odds = np.log(percent / (100 - percent)) + more * tenfold
        odds += rng.normal(0, spread, len(tenfold))
        value = (100 / (1 + np.exp(-odds))).round(1)
        frames.append(pd.DataFrame({"figure": figure, "value": value}))
        frames[-1]["area"] = areas.gemeenten()["code"].to_numpy()
    every = pd.concat(frames, ignore_index=True)
    return every.assign(
        level="gemeente", date=pd.Timestamp(STATES[-1]), months=0, source=INVENTED_SOURCE
    )
