"""Protects counts and amounts, so that no figure points at a person or firm.

Every record has a random key; the keys of the units in a cell give the cell's key
(``release.looks``), and that key picks the deviation from the published table (``release.noise``).
The same units get the same deviation wherever they are shown, so repeating a question teaches
nothing.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from release.looks import KEY_RANGE
from release.noise import Noise, SideTables, Tables
from release.periods import PeriodKind

Floats = NDArray[np.float64]

OWN_SHIFT, REST_SHIFT = 1.0, 0.1
"""An amount is shifted, up or down, by at most OWN_SHIFT of its largest contributor's amount by who
that is, and by at most REST_SHIFT more by what else there is: so the same contributor is shifted
alike wherever its amount is shown, and the mean of many figures is no better than one. Any shift in
between is as likely: a least shift would help an attacker, who could leave what is near out."""

MOST_SHIFT = OWN_SHIFT + REST_SHIFT

AMOUNT_STEP = 1_000.0
"""Protected amounts are rounded to this many euro (or kg)."""

DOMINANCE = 0.1
"""The p% rule: all but the two largest contributors must add up to this part of the largest."""


def protected_counts(counts: Floats, keys: NDArray[np.int64], noise: Noise) -> Floats:
    """Return counts of subjects as shown, shape (n,): zero stays zero, none is from 1 to k-1."""
    drawn = keys / KEY_RANGE
    row = np.minimum(counts, len(noise.table) - 1).astype(int)
    shown = counts.astype(float)
    for count in np.unique(row[row > 0]):
        chosen = row == count
        column = np.searchsorted(noise.table[count].cumsum(), drawn[chosen], side="right")
        shown[chosen] += column.clip(0, 2 * noise.most) - noise.most
    return np.asarray(np.maximum(shown, 0.0))


def protected_amounts(
    amounts: Floats, largest: Floats, owners: NDArray[np.int64], keys: NDArray[np.int64]
) -> Floats:
    """Return amounts shifted by at most MOST_SHIFT of their largest contributor, shape (n,).

    So nobody, also not the second largest, can work out the largest contributor's amount closely.
    ``owners`` are the keys of the largest contributors, ``keys`` those of all records.
    """
    part = OWN_SHIFT * (owners / KEY_RANGE * 2 - 1) + REST_SHIFT * (keys / KEY_RANGE * 2 - 1)
    shifted = np.maximum(amounts + part * largest, 0.0)
    return np.where(amounts > 0, np.round(shifted / AMOUNT_STEP) * AMOUNT_STEP, 0.0)


def dominated(counted: pd.DataFrame, side: str, k: int) -> NDArray[np.bool_]:
    """Return where an amount gives away too much of its largest contributors, shape (n,).

    That is with fewer than ``k`` contributors, or where all but the two largest add up to less
    than DOMINANCE of the largest: the p% rule of the Handbook on Statistical Disclosure Control
    (Hundepool et al. 2010, section 4.2).
    """
    amount, largest, second, subjects = (
        counted[f"{what}_{side}"].to_numpy(dtype=float)
        for what in ("amount", "largest", "second", "subjects")
    )
    rest = amount - largest - second
    return np.asarray((amount > 0) & ((subjects < k) | (rest < DOMINANCE * largest)))


def protect(
    counted: pd.DataFrame,
    kinds: Mapping[int, PeriodKind],
    noise: SideTables,
    *,
    value: bool,
    share: bool,
    open_below: bool,
) -> pd.DataFrame:
    """Return level, area_id, period_id, numerator, denominator and their units, protected.

    ``counted`` is what ``count_indicator`` returns, ``kinds`` the kind of each period by its id.
    ``value``: amounts of money or weight: 0 with fewer than k contributors, and dominated ones are
    left out; ``share``: the numerator is part of the denominator; ``open_below``: the denominator
    is a public figure.
    """
    k = next(iter(noise.numerator.values())).k
    if value:
        # Few contributors show as 0, as few subjects do: left out they would be surely there.
        withheld = np.zeros(len(counted), dtype=bool)
        for side in SideTables._fields:
            withheld |= dominated(counted, side, k) & (counted[f"subjects_{side}"] >= k)
        counted = counted[~withheld]
    result = counted[["level", "area_id", "period_id"]].copy()
    kind = counted["period_id"].map(kinds)
    for side, tables in zip(SideTables._fields, noise, strict=True):
        amounts, keys, units = (
            counted[f"{what}_{side}"].to_numpy() for what in ("amount", "key", "units")
        )
        if side == "denominator" and open_below:
            result[side] = result[f"{side}_units"] = amounts
        elif value:
            largest = counted[f"largest_{side}"].to_numpy()
            owners = counted[f"owner_{side}"].to_numpy()
            many = (counted[f"subjects_{side}"] >= k).to_numpy()
            amount = protected_amounts(amounts, largest, owners, keys)
            result[side] = np.where(many, amount, 0.0)
            shown = _by_table(counted["level"], kind, units, keys, tables)
            # An amount that is shown has k subjects or more: that is known, so it is kept.
            result[f"{side}_units"] = np.where(many, np.maximum(shown, k), 0.0)
        else:
            result[side] = _by_table(counted["level"], kind, amounts, keys, tables)
            result[f"{side}_units"] = result[side]
    if share:
        for suffix in ("", "_units"):
            capped = np.minimum(result[f"numerator{suffix}"], result[f"denominator{suffix}"])
            result[f"numerator{suffix}"] = capped
    return result.reset_index(drop=True)


def _by_table(
    level: "pd.Series[int]",
    kind: "pd.Series[PeriodKind]",
    counts: Floats,
    keys: NDArray[np.int64],
    tables: Tables,
) -> Floats:
    shown = np.zeros(len(counts))
    for (number, name), noise in tables.items():
        rows = ((level == number) & (kind == name)).to_numpy()
        shown[rows] = protected_counts(counts[rows].astype(float), keys[rows], noise)
    return shown
