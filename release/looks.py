"""How figures that hold the same records share their noise, so that they are one look at them.

The noise of a 12-month window is the sum of that of its quarters: four windows that overlap tell no
more than the quarters do. A quarter's noise follows from the keys of the records in it, so the same
records bring the same noise at every level and for every indicator; in an empty quarter it follows
from the area itself.
"""

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from release.periods import QUARTERS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KEY_RANGE = 2**32

_MIX = np.uint64(0x9E3779B97F4A7C15)
_ROUNDS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


def window_keys(con: duckdb.DuckDBPyConnection, held: pd.DataFrame) -> pd.DataFrame:
    """Return area_id, period_id and key of every 12-month window of the areas in ``held``.

    ``held`` has area_id, quarter (year times 4 plus its number) and the key (below KEY_RANGE) of
    what it holds, for quarters that hold anything. The key of a window follows from the sum of the
    normal deviates of its quarters, and is as evenly spread. ``con`` holds ``period`` and
    ``area_key``.
    """
    areas, row = np.unique(held["area_id"].to_numpy(dtype=np.int64), return_inverse=True)
    windows = con.execute(
        "SELECT id, last_quarter FROM period WHERE kind = 'year' ORDER BY id"
    ).df()
    ends = windows["last_quarter"].to_numpy(dtype=np.int64)
    if not len(areas) or not len(ends):
        return pd.DataFrame({"area_id": areas[:0], "period_id": ends[:0], "key": ends[:0]})
    quarters = np.arange(ends.min() - QUARTERS + 1, ends.max() + 1)
    keys = _empty_keys(_area_keys(con, areas), quarters)
    column = held["quarter"].to_numpy(dtype=np.int64) - quarters[0]
    inside = (column >= 0) & (column < len(quarters))
    keys[row[inside], column[inside]] = held["key"].to_numpy(dtype=np.int64)[inside]
    sums = np.cumsum(_deviates(keys), axis=1)
    before = np.column_stack([np.zeros(len(areas)), sums])
    last = ends - quarters[0] + 1
    drawn = _keys((before[:, last] - before[:, last - QUARTERS]) / np.sqrt(QUARTERS))
    return pd.DataFrame(
        {
            "area_id": np.repeat(areas, len(ends)),
            "period_id": np.tile(windows["id"].to_numpy(dtype=np.int64), len(areas)),
            "key": drawn.ravel(),
        }
    )


def _area_keys(con: duckdb.DuckDBPyConnection, areas: Ints) -> NDArray[np.uint64]:
    known = con.execute("SELECT area_id, key FROM area_key").df().set_index("area_id")["key"]
    found = known.reindex(areas).fillna(0).to_numpy(dtype=np.uint64)
    return np.asarray(found)


def _empty_keys(areas: NDArray[np.uint64], quarters: Ints) -> Ints:
    """Return the key of each quarter (columns) of each area (rows) while it is empty.

    Hashed by splitmix64 (Steele, Lea and Flood 2014).
    """
    number = (areas[:, None] << np.uint64(20)) + quarters.astype(np.uint64)[None, :]
    mixed = number * _MIX
    for shift, factor in _ROUNDS:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray((mixed ^ (mixed >> np.uint64(31))) % np.uint64(KEY_RANGE), dtype=np.int64)


def _deviates(keys: Ints) -> Floats:
    return np.asarray(ndtri((keys + 0.5) / KEY_RANGE))


def _keys(deviates: Floats) -> Ints:
    return np.asarray(np.minimum(ndtr(deviates) * KEY_RANGE, KEY_RANGE - 1), dtype=np.int64)
