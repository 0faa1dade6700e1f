"""Names for the arrays that the example data are made of."""

import numpy as np
from numpy.typing import NDArray

from records.contract import INVENTED_MARK

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.str_]


def coded(letter: str, numbers: Ints) -> list[str]:
    """Return an identifier per number that says that it is invented."""
    return [f"{INVENTED_MARK}-{letter}{number:07d}" for number in numbers.tolist()]
