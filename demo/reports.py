"""Reports: which gemeenten make them, how an incident comes to light, how late it is registered."""

import numpy as np
from scipy.stats import lognorm

from demo.arrays import Floats, Ints, Texts
from demo.incident_types import REPORTING_GEMEENTEN
from demo.period import DAYS, WINDOW_DAY
from demo.settlements import Settlements
from geo import areas
from records.incident import DISCOVERIES

DISCOVERY_CHANCES = (0.36, 0.42, 0.16, 0.06)
STEERED_FROM = 650
"""Day from which checks may follow from the map; before it they are the police's own."""
_PROMPT, _LATE = 0.75, 0.25
_PROMPT_DAYS, _PROMPT_SPREAD = 3.0, 1.2
_LATE_DAYS, _LATE_SPREAD = 60.0, 0.8


def reporting_gemeenten(s: Settlements) -> Texts:
    """Return the partner code of each gemeente that delivers, else an empty text, (342,)."""
    largest = np.argsort(-s.of_gemeente, kind="stable")[:REPORTING_GEMEENTEN]
    codes = np.full(len(s.of_gemeente), "", dtype="U20")
    codes[largest] = "gemeente:" + areas.gemeenten()["code"].to_numpy(dtype=str)[largest]
    return codes


def discoveries(day: Ints, rng: np.random.Generator) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    """Return how each incident came to light."""
    found = rng.choice(DISCOVERIES, len(day), p=DISCOVERY_CHANCES)
    return np.where((found == "steered_check") & (day < STEERED_FROM), "own_initiative", found)


def registration_lags(n: int, rng: np.random.Generator) -> Ints:
    """Return days between an incident and its registration: a quarter comes months late."""
    prompt = rng.lognormal(np.log(_PROMPT_DAYS), _PROMPT_SPREAD, n)
    late = rng.lognormal(np.log(_LATE_DAYS), _LATE_SPREAD, n)
    lags: Ints = np.where(rng.uniform(size=n) < _LATE, late, prompt).astype(np.int64)
    return lags


def completeness(first: int = WINDOW_DAY) -> float:
    """Return the share of the incidents from day ``first`` that are registered by the end."""
    left = np.arange(DAYS - first, dtype=float) + 1
    prompt: Floats = lognorm.cdf(left, _PROMPT_SPREAD, scale=_PROMPT_DAYS)
    late: Floats = lognorm.cdf(left, _LATE_SPREAD, scale=_LATE_DAYS)
    return float((_PROMPT * prompt + _LATE * late).mean())
