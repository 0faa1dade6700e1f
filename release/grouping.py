"""Groups of rows of a frame, by keys that are Python's own values."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def group_rows(*keys: "pd.Series[Any]") -> list[tuple[Any, NDArray[np.int64]]]:
    """Return each combination of the keys, as Python's own values, with the numbers of its rows.

    SQLite would keep NumPy's whole numbers as bytes.
    """
    groups = pd.DataFrame(dict(enumerate(keys))).groupby(list(range(len(keys)))).indices
    return [
        (_plain(key[0] if len(keys) == 1 and isinstance(key, tuple) else key), np.asarray(rows))
        for key, rows in groups.items()
    ]


def _plain(key: Any) -> Any:  # noqa: ANN401 - a value or a tuple of values
    if isinstance(key, tuple):
        return tuple(_plain(part) for part in key)
    return key.item() if isinstance(key, np.generic) else key
