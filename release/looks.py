"""What figures are made from: looks at an area, one for what each quarter, month or day holds.

Figures that hold the same records are the same look at them. A 12-month window is the sum of its
four quarters, and so is its noise: windows that overlap tell no more than the quarters do. The
noise of a look follows from the keys of the records in it, so the same records bring the same noise
at every level and for every indicator; that of an empty quarter follows from the area.
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

SUMS = ("amount", "units")

DRAWN = ["amount", "units", "key", "largest", "second", "subjects", "most", "owner"]
"""What a look holds. ``key`` picks its noise; ``subjects`` are those that it is about (of several
kinds of subject the fewest), ``most`` the most units of one of them."""


def empty_keys(con: duckdb.DuckDBPyConnection, level: str) -> "pd.Series[int]":
    """Return the key of each area (the index), for quarters in which nothing is counted."""
    query = "SELECT area_id, key::BIGINT AS key FROM area_key WHERE level = ?"
    found = con.execute(query, [level]).df()
    keys: pd.Series[int] = found.set_index("area_id")["key"]
    return keys


def over_windows(
    windows: pd.DataFrame, quarters: pd.DataFrame, empty: "pd.Series[int]"
) -> pd.DataFrame:
    """Return area_id, period_id, amount, units and key of 12-month windows in which units are.

    ``windows`` has period_id and last_quarter (the year times 4 plus the number of the quarter);
    ``quarters`` has area_id, quarter, amount, units and key (below KEY_RANGE) of quarters that hold
    anything. The key of a window follows from the sum of the normal deviates of its quarters, and
    is as evenly spread. ``empty`` has the keys that `empty_keys` returns.
    """
    ends = windows["last_quarter"].to_numpy(dtype=np.int64)
    areas, row = np.unique(quarters["area_id"].to_numpy(dtype=np.int64), return_inverse=True)
    if not len(areas) or not len(ends):
        return pd.DataFrame(dict.fromkeys(("area_id", "period_id", *SUMS, "key"), ends[:0]))
    known: Ints = np.arange(ends.min() - QUARTERS + 1, ends.max() + 1, dtype=np.int64)
    column = quarters["quarter"].to_numpy(dtype=np.int64) - known[0]
    inside = (column >= 0) & (column < len(known))
    at = row[inside], column[inside]

    def summed(values: Floats) -> Floats:
        sums = np.column_stack([np.zeros(len(areas)), np.cumsum(values, axis=1)])
        last = ends - known[0] + 1
        return np.asarray((sums[:, last] - sums[:, last - QUARTERS]).ravel())

    own = np.asarray(empty.reindex(areas).fillna(0), dtype=np.int64)
    keys = mixed(own[:, None], known[None, :])
    keys[at] = quarters["key"].to_numpy(dtype=np.int64)[inside]
    table = {
        "area_id": np.repeat(areas, len(ends)),
        "period_id": np.tile(windows["period_id"].to_numpy(dtype=np.int64), len(areas)),
    }
    for name in SUMS:
        values = np.zeros(keys.shape)
        values[at] = quarters[name].to_numpy(dtype=float)[inside]
        table[name] = summed(values)
    table["key"] = keys_of(summed(deviates(keys)) / np.sqrt(QUARTERS))
    frame = pd.DataFrame(table)
    frame["units"] = frame["units"].round().astype("int64")
    return frame[frame["units"] > 0].reset_index(drop=True)


def mixed(keys: Ints, numbers: Ints) -> Ints:
    """Return another key (below KEY_RANGE) for each key and number, by splitmix64.

    Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators.
    """
    bits = (keys.astype(np.uint64) << np.uint64(20)) + numbers.astype(np.uint64)
    bits = bits * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray((bits ^ (bits >> np.uint64(31))) % np.uint64(KEY_RANGE), dtype=np.int64)


def deviates(keys: Ints) -> Floats:
    """Return the normal deviates that keys pick, each as likely."""
    return np.asarray(ndtri((keys + 0.5) / KEY_RANGE))


def keys_of(deviates: Floats) -> Ints:
    """Return the keys that pick normal deviates."""
    return np.asarray(np.minimum(ndtr(deviates) * KEY_RANGE, KEY_RANGE - 1), dtype=np.int64)
