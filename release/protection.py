"""Protects counts and amounts, so that no figure points at a person or firm.

Every record has a random key; the keys of the units in a cell give the cell's key
(``release.looks``), and that key picks the deviation from the published table (``release.noise``).
The same units get the same deviation wherever they are shown, so repeating a question teaches
nothing.

What is protected are subjects, of which one may have many records. Where fewer than k are behind a
count, each counts once. Elsewhere the count is made, protected and shown in units as large as what
one subject may have in it (`release.widths`): so the noise is as much wider.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from release.exact import Shown
from release.looks import KEY_RANGE
from release.noise import Noise, SideTables, Tables
from release.periods import PeriodKind
from release.widths import WIDTH, in_units
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

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


def protected_counts(counts: Floats, keys: Ints, noise: Noise) -> Floats:
    """Return counts of subjects as shown, shape (n,): zero stays zero, none is from 1 to k-1."""
    drawn = keys / KEY_RANGE
    row = np.minimum(counts, len(noise.table) - 1).astype(int)
    shown = counts.astype(float)
    for count in np.unique(row[row > 0]):
        chosen = row == count
        column = np.searchsorted(noise.table[count].cumsum(), drawn[chosen], side="right")
        shown[chosen] += column.clip(0, 2 * noise.most) - noise.most
    return np.asarray(np.maximum(shown, 0.0))


class Held(NamedTuple):
    """What counts hold, each of shape (n,): see `release.looks.DRAWN`."""

    units: Ints
    key: Ints
    subjects: Ints
    most: Ints


class InUnits(NamedTuple):
    """Protected counts, and how wide a unit of each is: its noise is so many times the table's."""

    shown: Floats
    width: Floats


def protected_subjects(held: Held, noise: Noise) -> InUnits:
    """Return counts as shown: zero stays zero, none is from 1 to k-1, all in units of its width."""
    units, width = in_units(held.units, held.subjects, held.most, held.key, noise.k)
    return InUnits(width * protected_counts(units, held.key, noise), width)


def protected_amounts(amounts: Floats, largest: Floats, owners: Ints, keys: Ints) -> Floats:
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
) -> Shown:
    """Return level, area_id, period_id, numerator, denominator and their units, protected.

    And ``width``, that of the counts whose noise rates know, never published; of amounts 1: those
    are shifted, and not made in units. What `_one_has_most` says is left out. ``counted`` is what
    ``count_indicator`` returns, ``kinds`` the kind of each period by its id. ``value``: amounts of
    money or weight: 0 with fewer than k contributors, and dominated ones are left out; ``share``:
    the numerator is part of the denominator; ``open_below``: the denominator is a public figure.
    """
    k = next(iter(noise.numerator.values())).k
    if value:
        # Few contributors show as 0, as few subjects do: left out they would be surely there.
        withheld = np.zeros(len(counted), dtype=bool)
        for side in SideTables._fields:
            withheld |= dominated(counted, side, k) & (counted[f"subjects_{side}"] >= k)
        counted = counted[~withheld]
    result = counted[["level", "area_id", "period_id"]].copy()
    kind, below = counted["period_id"].map(kinds), np.ones(len(counted))
    for side, tables in zip(SideTables._fields, noise, strict=True):
        amounts, keys = (counted[f"{what}_{side}"].to_numpy() for what in ("amount", "key"))
        if side == "denominator" and open_below:
            result[side] = result[f"{side}_units"] = amounts
        elif value:
            largest = counted[f"largest_{side}"].to_numpy()
            owners = counted[f"owner_{side}"].to_numpy()
            many = (counted[f"subjects_{side}"] >= k).to_numpy()
            amount = protected_amounts(amounts, largest, owners, keys)
            result[side] = np.where(many, amount, 0.0)
            found = _by_table(counted, side, kind, tables)
            # An amount that is shown has k subjects or more: that is known, so it is kept.
            result[f"{side}_units"] = np.where(many, np.maximum(found.shown, k), 0.0)
            result[WIDTH] = 1.0
        else:
            found = _by_table(counted, side, kind, tables)
            result[side] = result[f"{side}_units"] = found.shown
            if side == "numerator":
                result[WIDTH] = found.width
            else:
                below = found.width
    if share:
        for suffix in ("", "_units"):
            part, whole = (result[f"{side}{suffix}"].to_numpy() for side in SideTables._fields)
            result[f"numerator{suffix}"] = np.minimum(part, whole)
        if not value:
            result["numerator"] = result["numerator_units"] = _whole_units(result, k)
    return Shown(result[~_one_has_most(result, below)].reset_index(drop=True))


def _one_has_most(result: pd.DataFrame, below: Floats) -> NDArray[np.bool_]:
    """Return where a denominator shows as 0 because one subject has most of it, shape (n,).

    Such a 0 may be a hundred: it is left out from gemeente up, where every area has a figure and a
    0 would be taken for few. ``below`` are the widths of denominators.
    """
    above = result["level"] <= LEVEL_NUMBERS["gemeente"]
    return np.asarray(above & (below > 1) & (result["denominator"] == 0))


def _whole_units(result: pd.DataFrame, k: int) -> Floats:
    """Return numerators that were cut to their denominator in whole units: k of them, or none."""
    width = result[WIDTH].to_numpy()
    units = np.floor(result["numerator"].to_numpy() / width)
    return np.asarray(np.where(units < k, 0.0, units * width))


def _by_table(
    counted: pd.DataFrame, side: str, kind: "pd.Series[PeriodKind]", tables: Tables
) -> InUnits:
    held = Held(*(counted[f"{what}_{side}"].to_numpy(dtype=np.int64) for what in Held._fields))
    found = InUnits(np.zeros(len(counted)), np.ones(len(counted)))
    for (number, name), noise in tables.items():
        rows = ((counted["level"] == number) & (kind == name)).to_numpy()
        own = protected_subjects(Held(*(values[rows] for values in held)), noise)
        found.shown[rows], found.width[rows] = own
    return found
