"""Leaves out what is too thin to stand alone, in space and in time.

A small hexagon in which hardly anything was counted says nothing by itself: there the larger
hexagon, or the gemeente, speaks. A month in which hardly anything happens says nothing either:
there the 12-month window speaks. Decided on protected figures only, so that what is left out
gives nothing more away.
"""

from collections.abc import Mapping
from math import sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from release.noise import Noise, SideTables, window_noise
from release.periods import FINE_LEVELS, PeriodKind
from release.support import HEXAGONS, windows_of
from store.release import LEVEL_NUMBERS

FINE_NUMBERS = tuple(LEVEL_NUMBERS[level] for level in FINE_LEVELS)


USUAL_VARIANCE = 4.0
"""Of the noise with which a figure that usually holds k can stand alone."""


def least_at(noise: Noise) -> float:
    """Return what a figure must usually hold to stand alone: k, more where noise is wider."""
    return noise.k * sqrt(max(noise.variance, USUAL_VARIANCE) / USUAL_VARIANCE)


LEAST_OPEN = 200.0
"""A rate over fewer inhabitants or dwellings than this is about visitors, not about the place."""


def standing_open(published: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows of open figures stand alone, shape (n,): below gemeente not the emptiest.

    Those are industrial estates and parks, where many come and hardly anybody lives.
    """
    fine = published["level"].isin(FINE_NUMBERS)
    return np.asarray(~fine | (published["denominator"] >= LEAST_OPEN), dtype=bool)


def standing(
    protected: pd.DataFrame, kinds: Mapping[int, PeriodKind], noise: SideTables, *, open_below: bool
) -> NDArray[np.bool_]:
    """Return which rows of ``protect`` stand alone, shape (n,).

    Below gemeente: places whose mean denominator over all windows reaches ``least_at``, 0 where a
    place has no row. Of a public denominator (``open_below``) any will do, and areas with borders
    all stand. From gemeente up: 12-month windows always, months and quarters (``kinds`` by period
    id) where the median numerator reaches it.
    """
    level, kind = protected["level"], protected["period_id"].map(kinds)
    below = window_noise(noise.denominator)
    least_below = level.map({number: least_at(own) for number, own in below.items()})
    above = {table: least_at(own) for table, own in noise.numerator.items()}
    least_above = pd.Series(pd.MultiIndex.from_arrays([level, kind]).map(above), level.index)
    fine = level.isin(FINE_NUMBERS)
    place = [protected["level"], protected["area_id"]]
    windows = len(windows_of(protected, kinds))
    usual = protected["denominator_units"].groupby(place).transform("sum") / max(windows, 1)
    typical = protected["numerator_units"].groupby([*place, kind]).transform("median")
    stands_below = usual >= least_below
    if open_below:
        stands_below = (usual > 0) | ~level.isin(HEXAGONS)
    stands_above = (kind == "year") | (typical >= least_above)
    return np.asarray(np.where(fine, stands_below, stands_above), dtype=bool)
