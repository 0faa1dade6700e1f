"""When a figure stands out: the one rule by which the project calls a figure a signal.

A figure of a 12-month window is a signal when it is clear of the country's (its 90% interval lies
wholly above the country's rate) and high among its kind: in the highest HIGHEST_PERCENT of the
places of its level, or the highest of them where they are few. How a map is coloured plays no part.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

HIGHEST_PERCENT = 3.0
"""Percent of the places of a level with a figure that are high enough to stand out."""


def clear_of_country(low: Floats, high: Floats, country: Floats) -> Ints:
    """Return where an interval lies wholly above (1) or below (-1) the country's rate, else 0.

    All have shape (figures,); where any is NaN nothing is clear.
    """
    return (low > country).astype(np.int64) - (high < country)


def high_enough(percentiles: Floats) -> Mask:
    """Return which places (n,) of one level and period are among the highest, by percentile rank.

    ``percentiles`` are those of ``percentile_ranks``, NaN for places without a figure. The highest
    of all is among them however few there are, unless it shares its rank.
    """
    places = np.isfinite(percentiles).sum()
    if not places:
        return np.zeros(percentiles.shape, dtype=bool)
    highest = (places - 0.5) / places * 100
    return np.asarray(percentiles >= min(100 - HIGHEST_PERCENT, highest), dtype=bool)


def standing_out_since(area: Ints, window: Ints, signal: Mask) -> Floats:
    """Return the first window of the unbroken run in which a place stands out, (figures,).

    ``area`` and ``window`` are ids, ``window`` rising with time, and ``signal`` says which figures
    are signals. NaN where a figure is none.
    """
    order = np.lexsort((window, area))
    ordered = signal[order]
    same = np.append(False, area[order][1:] == area[order][:-1])
    starts = ordered & ~(same & np.append(False, ordered[:-1]))
    began = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    result = np.full(len(order), np.nan)
    result[order] = np.where(ordered, window[order][began], np.nan)
    return result
