"""Who is behind a 12-month window: the window's own subjects, which stand as its figure does.

A window adds up quarters, but its subjects do not add up: who bought in two quarters is one buyer
of the window. So they are counted over the window, and kept until one of its quarters is drawn
anew: else a figure that stands would move by what changed behind it.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from indicators.contract import Count
from release.standing import Standing, identity

KEPT = ["area", "look", "key", "subjects", "most"]

SAME_KEY = 64
"""Keys of a window this near are the same, but for the rounding of a longer sum."""


def with_subjects(windows: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Return windows (area_id, look, units) with the subjects and most of ``spans``, made to fit.

    Quarters may stand as they were, so a window may hold more or less than is counted over it now:
    each subject has a unit, and none has more than there are.
    """
    held = windows.merge(spans[["area_id", "look", "subjects", "most"]], how="left")
    return _fitting(held.fillna({"subjects": 0, "most": 0}))


def stand_subjects(
    standing: Standing, count: Count, level: str, windows: pd.DataFrame
) -> pd.DataFrame:
    """Return windows with the subjects and most that are published; keep them for the next build.

    ``windows`` has area (a code), look, units, key, subjects and most, as counted now. Those with
    the key of the build before hold the same draws, and so the same subjects.
    """
    name = f"{identity(count)}.{level}.windows.parquet"
    before = _read(standing.before, name)
    merged = windows.merge(before, on=["area", "look"], how="left", suffixes=("", "_before"))
    stands = ((merged["key"] - merged["key_before"]).abs() <= SAME_KEY).to_numpy()
    for column in ("subjects", "most"):
        merged[column] = np.where(stands, merged[f"{column}_before"], merged[column])
    held = _fitting(merged.drop(columns=[f"{column}_before" for column in KEPT[2:]]))
    kept = held[KEPT].sort_values(["area", "look"], ignore_index=True)
    pq.write_table(
        pa.Table.from_pandas(kept, preserve_index=False), standing.folder / name, compression="zstd"
    )
    return held


def _fitting(held: pd.DataFrame) -> pd.DataFrame:
    units = held["units"].to_numpy(dtype=np.int64)
    subjects = np.clip(held["subjects"].to_numpy(dtype=np.int64), 1, units)
    most = np.clip(held["most"].to_numpy(dtype=np.int64), 1, units)
    return held.assign(subjects=subjects, most=most)


def _read(folder: Path | None, name: str) -> pd.DataFrame:
    path = folder / name if folder else None
    if path is not None and path.exists():
        found: pd.DataFrame = pq.read_table(path).to_pandas()
        return found
    texts = {"area": pd.Series(dtype=str), "look": pd.Series(dtype=str)}
    return pd.DataFrame(texts | {column: pd.Series(dtype="int64") for column in KEPT[2:]})
