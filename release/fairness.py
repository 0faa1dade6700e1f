"""Whether scores follow characteristics that no indicator may read: the test of fairness.

This file alone reads those characteristics, from the table as delivered: the views that
indicators read leave them out. A score can follow one that it never saw, through something that
goes with both; the method page shows how strongly, and a flag asks the owner to look why.
"""

from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analysis.association import THRESHOLD, Associations, associations
from indicators.contract import SCORED
from records.area_figure import TEST_LEVELS
from records.figures import TEST_ONLY

PARTS = ["total", *SCORED]
COVERAGE = 0.90


def characteristics(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return characteristic, level, code and value: the last one delivered of each area."""
    figures = ", ".join(f"'{figure}'" for figure in TEST_ONLY)
    levels = ", ".join(f"'{level}'" for level in TEST_LEVELS)
    found: pd.DataFrame = con.execute(
        "SELECT figure AS characteristic, level, area AS code, value::DOUBLE AS value"
        f" FROM raw_area_figure WHERE figure IN ({figures}) AND level IN ({levels})"
        " QUALIFY row_number() OVER (PARTITION BY figure, level, area"
        " ORDER BY date DESC, row DESC) = 1 ORDER BY ALL"
    ).df()
    return found


def _rows(level: str, names: list[str], found: Associations) -> list[dict[str, Any]]:
    return [
        {
            "score": level,
            "part": PARTS[part],
            "characteristic": names[name],
            "n": int(found.places[part, name]),
            "rho": float(found.rho[part, name]),
            "low": float(found.low[part, name]),
            "high": float(found.high[part, name]),
            "flagged": bool(found.flagged[part, name]),
        }
        for part, name in np.argwhere(np.isfinite(found.rho)).tolist()
    ]


def fairness(
    con: duckdb.DuckDBPyConnection,
    scores: pd.DataFrame,
    official: pd.DataFrame,
    threshold: float = THRESHOLD,
) -> list[dict[str, Any]]:
    """Return how strongly each score goes with each characteristic, over the whole country.

    ``con`` holds what ``prepare`` filled, ``scores`` is what ``score`` returns, of which the last
    window counts, and ``official`` what ``official_areas`` returns. A row has ``score`` (the
    level: gemeente, wijk or buurt), ``part`` (``total`` or a focus area), ``characteristic``, ``n``
    (places that have both), ``rho`` (Spearman's, -1 to 1), ``low`` and ``high`` (its 90% interval)
    and ``flagged`` (the interval lies wholly beyond ``threshold``, on either side). There is no
    row where ``associations`` finds no correlation; [] when no characteristic was delivered.
    """
    known = characteristics(con)
    if known.empty or scores.empty:
        return []
    last = scores[scores["period_id"] == scores["period_id"].max()].set_index("area_id")
    areas = known.merge(official[["level", "code", "id"]], on=["level", "code"])
    rows = []
    for level, own in areas.groupby("level"):
        traits = own.pivot(index="id", columns="characteristic", values="value")
        both = last[PARTS].join(traits, how="inner").astype(float)
        names = traits.columns.tolist()
        found = associations(
            both[PARTS].to_numpy(), both[names].to_numpy(), threshold, coverage=COVERAGE
        )
        rows += _rows(str(level), names, found)
    return rows
