"""Protects small counts with the cell-key method, so that no figure points at a person or firm.

Every record has a random key; the keys of the units in a cell add up to the cell's key, and that
key picks the noise from a published table. The same units get the same noise wherever they are
shown, so repeating a question teaches nothing. Sources: Fraser and Wooton (2005), Marley and Leaver
(2011), and the maximum-entropy table of Giessing (2016).
"""

from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import root

MAX_NOISE = 4
VARIANCE = 2.0
KEY_RANGE = 2**32

LEAST_SHIFT, MOST_SHIFT = 0.3, 0.7
"""An amount is shifted by this part of its largest contributor's amount."""

AMOUNT_STEP = 1_000.0
"""Protected amounts are rounded to this many euro (or kg)."""


@cache
def perturbation_table() -> NDArray[np.float64]:
    """Return P(noise | count), shape (MAX_NOISE + 1, 2 * MAX_NOISE + 1).

    Row c holds counts of c (the last row also larger ones), columns noise -4..4. Each row from 1
    on has mean 0, variance VARIANCE, the largest entropy, and no mass below -c; row 0 is no noise.
    """
    noise = np.arange(-MAX_NOISE, MAX_NOISE + 1, dtype=float)
    table = np.zeros((MAX_NOISE + 1, noise.size))
    table[0, MAX_NOISE] = 1.0
    for count in range(1, MAX_NOISE + 1):
        allowed = noise >= -count

        def moments(
            free: NDArray[np.float64], allowed: NDArray[np.bool_] = allowed
        ) -> NDArray[np.float64]:
            p = _maximum_entropy(free, noise, allowed)
            return np.array([p @ noise, p @ noise**2 - VARIANCE])

        solved = root(moments, np.array([0.0, -0.1]), tol=1e-12)
        table[count] = _maximum_entropy(solved.x, noise, allowed).round(9)
        table[count] /= table[count].sum()
    return table


def _maximum_entropy(
    free: NDArray[np.float64], noise: NDArray[np.float64], allowed: NDArray[np.bool_]
) -> NDArray[np.float64]:
    weight = np.where(allowed, np.exp(free[0] * noise + free[1] * noise**2), 0.0)
    return np.asarray(weight / weight.sum())


def protected_counts(counts: NDArray[np.float64], keys: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return whole counts of subjects with noise, shape (n,): zeros stay zero, none is negative."""
    thresholds = perturbation_table().cumsum(axis=1)
    row = np.minimum(counts, MAX_NOISE).astype(int)
    drawn = keys / KEY_RANGE
    noise = (drawn[:, None] >= thresholds[row]).sum(axis=1).clip(0, 2 * MAX_NOISE) - MAX_NOISE
    return np.maximum(counts + np.where(counts > 0, noise, 0), 0.0)


def protected_amounts(
    amounts: NDArray[np.float64], largest: NDArray[np.float64], keys: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return amounts shifted by 30-70% of their largest contributor, shape (n,).

    So nobody, also not the second largest, can tell the largest contributor's amount closely.
    """
    drawn = keys / KEY_RANGE
    sign = np.where(drawn < 0.5, -1.0, 1.0)
    part = LEAST_SHIFT + (MOST_SHIFT - LEAST_SHIFT) * (drawn * 2 % 1)
    shifted = np.maximum(amounts + sign * part * largest, 0.0)
    return np.where(amounts > 0, np.round(shifted / AMOUNT_STEP) * AMOUNT_STEP, 0.0)


def protect(counted: pd.DataFrame, *, value: bool, share: bool, open_below: bool) -> pd.DataFrame:
    """Return level, area_id, period_id, numerator, denominator and their units, protected.

    ``counted`` is what ``count_indicator`` returns. ``value``: amounts of money or weight;
    ``share``: the numerator is part of the denominator; ``open_below``: the denominator is a
    public figure.
    """
    result = counted[["level", "area_id", "period_id"]].copy()
    for side in ("numerator", "denominator"):
        amounts, keys, units = (
            counted[f"{what}_{side}"].to_numpy() for what in ("amount", "key", "units")
        )
        is_open = side == "denominator" and open_below
        noisy_units = protected_counts(units.astype(float), keys)
        if is_open:
            result[side] = result[f"{side}_units"] = amounts
        elif value:
            largest = counted[f"largest_{side}"].to_numpy()
            result[side] = protected_amounts(amounts, largest, keys)
            result[f"{side}_units"] = noisy_units
        else:
            result[side] = result[f"{side}_units"] = protected_counts(amounts, keys)
    if share:
        for suffix in ("", "_units"):
            capped = np.minimum(result[f"numerator{suffix}"], result[f"denominator{suffix}"])
            result[f"numerator{suffix}"] = capped
    return result
