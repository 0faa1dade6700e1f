"""Outliers held back before figures are put on one scale, or one place would stretch it for all.

Percentile ranks need none of this; min-max and z-scores do.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_SKEW, MOST_KURTOSIS = 2.0, 3.5
"""An indicator beyond both has outliers (the defaults of COINr; see `treatment`)."""

MOST_POINTS = 5
"""Figures pulled in at most; an indicator that needs more is skewed as a whole."""

OFFSET = 0.01
"""Part of the range added before the logarithm, so that the least figure has one."""


class Treatment(NamedTuple):
    """Figures are held between ``low`` and ``high``; then, if ``log``, their logarithm is taken."""

    low: float
    high: float
    log: bool


UNTREATED = Treatment(-np.inf, np.inf, False)


def skewness(values: Floats) -> float:
    """Return the sample skewness of ``values`` (places,), NaN left out, no unit.

    G1 = g1 sqrt(n (n - 1))/(n - 2) with g1 = m3/m2^1.5; NaN below three figures or without spread.
    Source: Joanes and Gill (1998), Comparing measures of sample skewness and kurtosis.

    >>> skewness(np.array([1.0, 2.0, 3.0])), round(skewness(np.array([1.0, 2.0, 9.0])), 3)
    (0.0, 1.63)
    """
    n, second, third, _ = _moments(values)
    if n < 3 or second == 0:
        return np.nan
    return float(third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: Floats) -> float:
    """Return the sample excess kurtosis of ``values`` (places,), NaN left out, no unit.

    G2 = ((n + 1) g2 + 6)(n - 1)/((n - 2)(n - 3)) with g2 = m4/m2^2 - 3; NaN below four figures or
    without spread. Source: Joanes and Gill (1998).

    >>> round(kurtosis(np.arange(1.0, 11.0)), 3)
    -1.2
    """
    n, second, _, fourth = _moments(values)
    if n < 4 or second == 0:
        return np.nan
    excess = fourth / second**2 - 3
    return float(((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3)))


def treatment(values: Floats) -> Treatment:
    """Return how the outliers of one indicator are to be treated; ``values`` has shape (places,).

    With abs(skewness) >= MOST_SKEW and kurtosis >= MOST_KURTOSIS, the figure farthest out on the
    side of the skew takes the value of the next, until one of the two is below its limit or
    MOST_POINTS figures have been pulled in; when that is not enough all figures get a logarithm
    instead. Winsorising that would leave no spread is no treatment. ValueError unless
    one-dimensional. Sources: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3
    (outliers become unintended benchmarks); Becker and others (2022), COINr, Journal
    of Open Source Software 7(78), 4567, whose defaults these are.

    >>> treatment(np.array([1.0, 2, 3, 4, 5, 6, 7, 100]))
    Treatment(low=-inf, high=7.0, log=False)
    """
    if values.ndim != 1:
        raise ValueError(f"values must have shape (places,), not {values.shape}")
    known = np.sort(values[np.isfinite(values)])
    if not _has_outliers(known):
        return UNTREATED
    low, high = -np.inf, np.inf
    held, pulled = known, 0
    while pulled < MOST_POINTS and _has_outliers(held):
        if skewness(held) >= 0:
            high = float(held[held < held[-1]][-1])
        else:
            low = float(held[held > held[0]][0])
        if low >= high or known[0] >= high or known[-1] <= low:
            return Treatment(-np.inf, np.inf, True)
        held = known.clip(low, high)
        pulled = int((known > high).sum() + (known < low).sum())
    if _has_outliers(held):
        return Treatment(-np.inf, np.inf, True)
    return Treatment(low, high, False)


def treated(values: Floats, how: Treatment) -> Floats:
    """Return ``values`` (places,) treated as ``how`` says; NaN stays.

    Held within [low, high], or ln(x - min + OFFSET (max - min)), which keeps the order; figures
    without spread stay as they are. The treatment of one set may be applied to another of the same
    indicator. Source: as `treatment`; the logarithm is COINr's log_CT.

    >>> values = np.array([1.0, 2, 3, 4, 5, 6, 7, 100])
    >>> treated(values, treatment(values)).tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 7.0]
    """
    if not how.log:
        return np.clip(values, how.low, how.high)
    least, most = np.fmin.reduce(values, initial=np.nan), np.fmax.reduce(values, initial=np.nan)
    if not most > least:
        return values
    return np.asarray(np.log(values - (least - OFFSET * (most - least))))


def without_outliers(values: Floats) -> Floats:
    """Return each indicator of ``values`` (places, indicators) with its outliers treated.

    `treatment` and `treated` per column, in the indicator's unit or its logarithm. ValueError
    unless two-dimensional.

    >>> without_outliers(np.array([[1.0], [2], [3], [4], [5], [6], [7], [100]])).ravel().tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 7.0]
    """
    if values.ndim != 2:
        raise ValueError(f"values must have shape (places, indicators), not {values.shape}")
    columns = [treated(column, treatment(column)) for column in values.T]
    return np.column_stack(columns) if columns else values.copy()


def _moments(values: Floats) -> tuple[int, float, float, float]:
    known = values[np.isfinite(values)]
    n = len(known)
    if n == 0 or known.min() == known.max():
        return n, 0.0, 0.0, 0.0
    distance = known - known.mean()
    square = distance * distance
    second, third, fourth = square.mean(), (square * distance).mean(), (square * square).mean()
    return n, float(second), float(third), float(fourth)


def _has_outliers(known: Floats) -> bool:
    return bool(abs(skewness(known)) >= MOST_SKEW and kurtosis(known) >= MOST_KURTOSIS)
