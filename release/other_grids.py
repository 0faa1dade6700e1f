"""How far the score rests on where hexagons begin and end: in others, does a place keep its class?

The modifiable areal unit problem: counts of the same points differ with the areas drawn over them,
by scale and by zoning (Openshaw 1984, The Modifiable Areal Unit Problem, CATMOD 38). Scores are
compared on the indicators that both grids have, else another class would only say that something
else was counted. A class here is a fixed group, whatever the colours of the map.
"""

from collections.abc import Mapping
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.ranks import value_groups
from geo import hexagons
from geo.coordinates import to_rd
from indicators import Indicator
from release.figures import Figures
from release.gazetteer import HEXAGON_LEVELS
from release.scoring import score
from release.shifted_grid import SHIFTED, shifted_cells, shifted_figures
from release.tables import Prepared
from store.evidence import rounded
from store.evidence.of_score import GridAgreement
from store.release import LEVEL_NUMBERS

Ints = NDArray[np.int64]
Rows = list[GridAgreement]

LEVEL_OF = {resolution: level for level, resolution in HEXAGON_LEVELS.items()}
USED = ["indicator_id", "level", "period_id", "cell", "percentile"]


class Agreement(NamedTuple):
    """Fields as of `GridAgreement`."""

    places: int
    same: float
    near: float
    chance: float
    highest: float | None


def agreement(base: Ints, against: Ints) -> Agreement:
    """Return what becomes of classes (n,) in others (n,)."""
    apart = np.abs(base - against)
    top = base == base.max()
    most = max(base.max(), against.max()) + 1
    dealt = (
        np.bincount(base, minlength=most) @ np.bincount(against, minlength=most) / len(base) ** 2
    )
    return Agreement(
        places=len(base),
        same=float((apart == 0).mean()),
        near=float((apart <= 1).mean()),
        chance=float(dealt),
        highest=float((against[top] == base.max()).mean()) if base.max() > 0 else None,
    )


def _scored(
    figures: pd.DataFrame, level: str, shared: set[int], catalogue: dict[str, Indicator]
) -> pd.DataFrame:
    """Return total and class by cell, of one level and window, from shared indicators only."""
    own = (figures["level"] == LEVEL_NUMBERS[level]) & figures["indicator_id"].isin(shared)
    rows = figures[own].rename(columns={"cell": "area_id"}).reset_index(drop=True)
    scores = rows
    if len(rows):
        _, scores = score(rows, catalogue)
    if scores.empty:
        return pd.DataFrame(columns=["total", "class"], index=pd.Index([], dtype="int64"))
    classes = value_groups(scores["total"].to_numpy(dtype=float))
    return scores.assign(**{"class": classes}).set_index("area_id")[["total", "class"]]


def _ranked(figures: pd.DataFrame, level: str) -> set[int]:
    """Return the indicators that rank places of a level."""
    own = (figures["level"] == LEVEL_NUMBERS[level]) & figures["percentile"].notna()
    return set(figures.loc[own, "indicator_id"])


def _met(
    base: pd.DataFrame, found: NDArray[np.float64], level: str, other: str, moved: bool = False
) -> Rows:
    """Return a row for base cells against the classes found for them, NaN where there is none."""
    both = np.isfinite(found)
    if not both.any():
        return []
    own = base["class"].to_numpy(dtype=np.int64)[both]
    against = agreement(own, found[both].astype(np.int64))
    return [rounded(GridAgreement(level, other, moved, *against))]


def coarser(figures: pd.DataFrame, level: str, catalogue: dict[str, Indicator]) -> Rows:
    """Compare cells with the cell of the next level up that they are part of, by its class."""
    resolution = HEXAGON_LEVELS[level] - 1
    other = LEVEL_OF[resolution]
    shared = _ranked(figures, level) & _ranked(figures, other)
    base = _scored(figures, level, shared, catalogue)
    above = _scored(figures, other, shared, catalogue)["class"]
    parents = hexagons.parents(base.index.to_numpy(), resolution)
    return _met(base, above.reindex(parents).to_numpy(dtype=float), level, other)


def finer(figures: pd.DataFrame, level: str, catalogue: dict[str, Indicator]) -> Rows:
    """Compare cells with the mean score of their parts at the next level down.

    Every part with a score counts once (weights by address made no difference that shows); the
    means get classes of their own, in the same way. Whole and parts rest on the same records, so
    here even chance keeps much of its class.
    """
    resolution = HEXAGON_LEVELS[level]
    other = LEVEL_OF[resolution + 1]
    shared = _ranked(figures, level) & _ranked(figures, other)
    base = _scored(figures, level, shared, catalogue)
    parts = _scored(figures, other, shared, catalogue)["total"].astype(float)
    means = parts.groupby(hexagons.parents(parts.index.to_numpy(), resolution)).mean()
    values = np.asarray(means, dtype=np.float64)
    classes = value_groups(values)
    found = pd.Series(classes, index=means.index, dtype=float).reindex(base.index)
    return _met(base, found.to_numpy(dtype=float), level, other)


def shifted(
    figures: pd.DataFrame, moved: pd.DataFrame, level: str, catalogue: dict[str, Indicator]
) -> Rows:
    """Compare cells with the cell of the shifted grid (``moved``) that holds their centre."""
    shared = _ranked(figures, level) & _ranked(moved, level)
    base = _scored(figures, level, shared, catalogue)
    others = _scored(moved, level, shared, catalogue)["class"]
    centres = to_rd(*hexagons.centres(base.index.to_numpy()))
    holding = shifted_cells(centres, HEXAGON_LEVELS[level])
    found = others.reindex(holding).to_numpy(dtype=float)
    return _met(base, found, level, level, moved=True)


def grid_stability(
    con: duckdb.DuckDBPyConnection,
    figures: Figures,
    prepared: Prepared,
    catalogue: dict[str, Indicator],
    k: int,
    complete: Mapping[str, Mapping[int, float]],
) -> Rows:
    """Return for each two grids what share of the country's hexagons keeps its class.

    Over the cells that have a score in both in the last 12-month window; two grids without such
    cells have no row. ``figures`` are those of the release,
    ``complete`` what they were completed with, by indicator code. The shifted grid is counted anew
    in ``con`` and protected as the other.
    """
    last = max((p.id for p in prepared.periods if p.kind == "year"), default=None)
    if last is None:
        return []
    cell_of = prepared.hexagons.set_index("id")["cell"]
    window = figures.at(["percentile"], [last], [LEVEL_NUMBERS[level] for level in HEXAGON_LEVELS])
    window = window.assign(cell=cell_of.loc[window["area_id"]].to_numpy())[USED]
    moved = shifted_figures(con, catalogue, prepared.periods, k, complete)[USED]
    rows: Rows = []
    for level, resolution in HEXAGON_LEVELS.items():
        rows += coarser(window, level, catalogue) if resolution - 1 in LEVEL_OF else []
        rows += finer(window, level, catalogue) if resolution + 1 in LEVEL_OF else []
        rows += shifted(window, moved, level, catalogue) if level in SHIFTED else []
    return rows
