"""How a rate is written, and in which class of a map it falls as written.

The build chooses limits, pages print them and colour by them: all three round here, so no legend
prints one limit twice and no place is coloured otherwise than its printed figure says.
"""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

TIE = 1e-9
"""What lies this close to halfway between two written numbers is rounded by its decimal digits."""


def decimals_of(rate: float) -> int:
    """Return how many decimals a rate is written with: those that matter.

    >>> decimals_of(0.417), decimals_of(12.34), decimals_of(140.2)
    (2, 1, 0)
    """
    return 2 if abs(rate) < 1 else 1 if abs(rate) < 100 else 0


def as_written(rates: ArrayLike) -> Floats:
    """Return rates as they are written, halves to even, shape (n,); NaN stays NaN.

    >>> as_written([0.417, 4.16, 99.96, 140.2]).tolist()
    [0.42, 4.2, 100.0, 140.0]
    """
    values = np.atleast_1d(np.asarray(rates, dtype=np.float64))
    size = np.abs(values)
    scale = np.where(size < 1, 100.0, np.where(size < 100, 10.0, 1.0))
    scaled = values * scale
    rounded = np.rint(scaled) / scale
    with np.errstate(invalid="ignore"):
        ties = np.flatnonzero(np.abs(np.abs(scaled - np.trunc(scaled)) - 0.5) < TIE)
    for place in ties:
        value = float(values[place])
        rounded[place] = float(round(Decimal(str(value)), decimals_of(value)))
    return rounded


def classify(rates: ArrayLike, limits: Sequence[float]) -> NDArray[np.int64]:
    """Return the class of each rate, 0 (lowest) to len(limits), or -1 for NaN, shape (n,).

    A class is the number of ``limits``, rising and in the unit of ``rates`` (n,), that a rate has
    reached as it is written: one on a limit is in the class above.

    >>> classify([1.0, 4.16, np.nan], [2.0, 4.2]).tolist()
    [0, 2, -1]
    """
    written = as_written(rates)
    classes = np.searchsorted(np.asarray(limits, dtype=np.float64), written, side="right")
    return np.where(np.isfinite(written), classes, -1).astype(np.int64)
