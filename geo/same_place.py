"""When two accounts are about one place: points of different registers are metres apart."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.coordinates import to_rd

SAME_PLACE_M = 250.0
"""Two partners that tell of one event put it at most this far apart."""


def same_place(
    lon: ArrayLike, lat: ArrayLike, other_lon: ArrayLike, other_lat: ArrayLike
) -> NDArray[np.bool_]:
    """Return which points (degrees, shape (n,)) lie within SAME_PLACE_M of the other one."""
    (x, y), (other_x, other_y) = to_rd(lon, lat), to_rd(other_lon, other_lat)
    apart = np.hypot(np.asarray(x) - np.asarray(other_x), np.asarray(y) - np.asarray(other_y))
    near: NDArray[np.bool_] = apart <= SAME_PLACE_M
    return near
