"""Public figures of former areas, carried over to the areas of today before they are counted."""

from typing import Any

import duckdb
import pandas as pd

from geo.code_history import carried
from release.placing import FINE, Placer

OWN = (
    *("figure", "level", "area", "date", "months", "value", "source"),
    *("partner", "received", "sequence"),
)
NAMED = 12
"""So many codes of a loss are named; the others are counted."""

Rows = list[dict[str, Any]]


def carry_over(con: duckdb.DuckDBPyConnection, placer: Placer) -> Rows:
    """Rewrite ``raw_area_figure`` on the areas in use, and return what could not be carried over.

    A delivery is told in one division of the country; of two figures of the same area and day the
    one delivered last stands. A row tells figure, level, reason (of ``geo.code_history``), from and
    until (years), how many areas and figures, their total, and the first codes.
    """
    columns = ", ".join(OWN)
    delivered = con.execute(f"SELECT {columns} FROM raw_area_figure ORDER BY row").df()
    delivered["value"] = delivered["value"].astype(float)
    in_use = {
        level: placer.layers[level]["code"].tolist() for level in FINE if level in placer.layers
    }
    result = carried(delivered, in_use)
    con.register("carried", result.figures)
    con.execute(
        "CREATE OR REPLACE TABLE raw_area_figure AS SELECT row_number() OVER (ORDER BY figure,"
        " level, area, date, months, partner, source, value) AS row, * FROM (SELECT figure, level,"
        " area, date::DATE AS date, months::BIGINT AS months, value::DECIMAL(18,2) AS value,"
        " source, partner, received::DATE AS received, sequence FROM carried QUALIFY row_number()"
        " OVER (PARTITION BY figure, level, area, date, months"
        " ORDER BY sequence DESC, value) = 1)"
    )
    con.unregister("carried")
    return _told(result.lost)


def _told(lost: pd.DataFrame) -> Rows:
    years = pd.to_datetime(lost["date"]).dt.year
    groups = lost.assign(year=years).groupby(["figure", "level", "reason"], sort=True)
    return [
        {
            "figure": figure,
            "level": level,
            "reason": reason,
            "from": int(group["year"].min()),
            "until": int(group["year"].max()),
            "areas": int(group["area"].nunique()),
            "figures": len(group),
            "total": float(group["value"].sum()),
            "codes": sorted(group["area"].unique())[:NAMED],
        }
        for (figure, level, reason), group in groups
    ]
