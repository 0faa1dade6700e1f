"""Sources that agree: after a signal another organisation may report on the same spot."""

import numpy as np
import pandas as pd

from demo.arrays import Floats, Texts
from demo.incident_types import COMPANIONS
from demo.period import DAYS
from demo.variation import Rates

AGREE_SHARE = 0.22
"""Share of the hexagons with a signal in 12 months that two or more organisations report, in
ordinary places; in BY_CHANCE of them no report follows from another."""
BY_CHANCE = 0.07
WITHIN_DAYS = 45
LOST = 0.13
"""Share of these reports that fall outside the 12 months or are not yet registered."""
NOT_INDEPENDENT = ("riec", "privaat")


def organisation(partners: "pd.Series[str]") -> Texts:
    """Return the part of each partner code before the colon."""
    return partners.astype("string").str.split(":").str[0].to_numpy(dtype=str)


def _chance(multiplier: Floats) -> Floats:
    share = np.minimum(AGREE_SHARE * multiplier, 0.9)
    chance: Floats = np.clip(1 - (1 - share) / (1 - BY_CHANCE), 0, 1) / (1 - LOST)
    return chance


def companions(
    signals: pd.DataFrame, reporting: Texts, rates: Rates, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the incidents that other organisations report where there was a signal.

    ``signals`` has partner, day, x, y and gemeente; ``reporting`` is the partner code of each
    gemeente, empty where it does not deliver, shape (342,); ``rates`` are per gemeente.
    """
    first = organisation(signals["partner"])
    gemeente = signals["gemeente"].to_numpy()
    chance = _chance(rates.at(gemeente, signals["day"].to_numpy()))
    chance[np.isin(first, NOT_INDEPENDENT)] = 0
    found = np.flatnonzero(rng.uniform(size=len(signals)) < chance)
    names = np.array(list(COMPANIONS))
    weight = np.array([weight for weight, _ in COMPANIONS.values()])
    allowed = names[None, :] != first[found, None]
    allowed &= (names != "gemeente")[None, :] | (reporting[gemeente[found]] != "")[:, None]
    key = np.where(allowed, np.log(weight) + rng.gumbel(size=allowed.shape), -np.inf)
    second = names[np.argmax(key, axis=1)]
    draw = rng.uniform(size=len(found))
    types = [COMPANIONS[name][1] for name in second]
    day = signals["day"].to_numpy()[found] + rng.integers(-WITHIN_DAYS, WITHIN_DAYS + 1, len(found))
    return pd.DataFrame(
        {
            "type": [kind[int(u * len(kind))] for kind, u in zip(types, draw, strict=True)],
            "partner": np.where(second == "gemeente", reporting[gemeente[found]], second),
            "day": np.clip(day, 0, DAYS - 1),
            "x": signals["x"].to_numpy()[found],
            "y": signals["y"].to_numpy()[found],
            "gemeente": gemeente[found],
        }
    )
