"""What the release knows of its own worth, indicator by indicator."""

from collections.abc import Mapping
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analysis.breaks import class_breaks
from analysis.moran import moran
from indicators import Indicator
from release.gazetteer import HEXAGON_LEVELS
from release.hindcasts import calibration_rows, hindcast_rows, shown_row
from release.hindsight import Counted, Extents, Ground, surfaces
from release.lateness import Lateness, behind_rates, completeness_rows
from release.near_repeats import near_repeat_rows
from release.noise import Noise
from release.periods import Period
from release.placing import Placer
from release.score_hindcast import incident_codes
from release.surroundings import Surroundings
from release.tables import Prepared
from store.release import COUNTS, LEVEL_NUMBERS

Rows = list[dict[str, Any]]
NAMES = {number: level for level, number in LEVEL_NUMBERS.items()}


def extents_of(con: duckdb.DuckDBPyConnection, prepared: Prepared, placer: Placer) -> Extents:
    """Return km2, and addresses where they are known, of gemeenten and hexagons by area id."""
    parts = " UNION ALL ".join(
        f"SELECT {level} AS id, sum(value)::DOUBLE AS addresses FROM figure_at JOIN place USING"
        " (place) WHERE figure = 'addresses' AND level = 'hex9'"
        f" AND moment = (SELECT max(moment) FROM moments) AND {level} > 0 GROUP BY 1"
        for level in ("gemeente", *HEXAGON_LEVELS)
    )
    addresses = con.execute(parts).df().set_index("id")["addresses"]
    area = {"area": surfaces(prepared.official, prepared.hexagons, placer.layers["gemeente"])}
    return area | ({"addresses": addresses} if len(addresses) else {})


def indicator_worth(
    con: duckdb.DuckDBPyConnection,
    counted: Counted,
    indicator: Indicator,
    periods: list[Period],
    noise: Mapping[int, Noise],
    late: Lateness,
    ground: Ground,
) -> dict[str, Rows]:
    """Return evidence of one indicator by name: how complete, how right a year ago, how sure.

    And how alike neighbours are, and how often incidents come again nearby. ``con`` holds the
    records.
    """
    of_incidents = incident_codes({indicator.code: indicator})
    chosen = shown_row(counted, indicator, periods, ground.extents) if of_incidents else None
    behind = behind_rates(indicator, late)
    return {
        "completeness": completeness_rows(indicator, late, periods),
        "hindcast": hindcast_rows(counted, indicator, periods, ground),
        "shown": [chosen] if chosen else [],
        "calibration": calibration_rows(counted, indicator, periods, noise, behind),
        "moran": moran_rows(counted.figures, indicator, periods, ground.around),
        "near_repeats": near_repeat_rows(con, indicator, periods),
    }


def count_breaks(
    number: int, figures: pd.DataFrame, indicator: Indicator, shown: Rows
) -> list[tuple[int, int, str, list[float]]]:
    """Return the class limits of plain counts at hexagons, where a map shows those.

    It does where smoothed rates pointed at the next year no better than plain counts.
    """
    if not any(row["method"] == "plain" for row in shown):
        return []
    last = figures["period_id"] == figures["period_id"].max()
    breaks = []
    for level in indicator.level_names:
        rows = figures[last & (figures["level"] == LEVEL_NUMBERS[level])]
        counts = rows["numerator"].to_numpy(dtype=float)
        if level.startswith("hex") and (counts > 0).any():
            limits = class_breaks(counts[counts > 0], whole=True)
            breaks.append((number, LEVEL_NUMBERS[level], COUNTS, limits))
    return breaks


def moran_rows(
    figures: pd.DataFrame,
    indicator: Indicator,
    periods: list[Period],
    around: Mapping[int, Surroundings],
) -> Rows:
    """Return how alike neighbours are in the last window, per level with at least ten places."""
    last = max((period.id for period in periods if period.kind == "year"), default=0)
    rows = []
    for number, places in around.items():
        own = figures[(figures["level"] == number) & (figures["period_id"] == last)]
        values = np.full(len(places.ids), np.nan)
        values[np.searchsorted(places.ids, own["area_id"])] = own["smoothed"]
        if np.isfinite(values).sum() < 10:
            continue
        found = moran(values, places.near)
        if np.isfinite(found.i) and np.isfinite(found.z_random):
            about = {"indicator": indicator.code, "level": NAMES[number], "source": "published"}
            rows.append(about | {"i": float(found.i), "z": float(found.z_random)})
    return rows
