"""What the release knows of its own worth, indicator by indicator."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.breaks import class_breaks
from analysis.moran import moran
from indicators import Indicator
from release.hindcasts import calibration_rows, hindcast_rows, shown_row
from release.hindsight import Counted, Ground
from release.noise import Noise
from release.periods import Period
from release.score_hindcast import incident_codes
from release.surroundings import Surroundings
from store.evidence import Evidence, rounded
from store.evidence.of_maps import MapChoice, Moran
from store.release import COUNTS, LEVEL_NUMBERS

NAMES = {number: level for level, number in LEVEL_NUMBERS.items()}


def indicator_worth(
    counted: Counted,
    indicator: Indicator,
    periods: list[Period],
    noise: Mapping[int, Noise],
    complete: Mapping[int, float],
    ground: Ground,
) -> list[Evidence]:
    """Return evidence of one indicator: how right its maps were, how sure, how alike neighbours.

    All of it from figures as they are shown.
    """
    return [
        *hindcast_rows(counted, indicator, periods, ground),
        *calibration_rows(counted, indicator, periods, noise, complete),
        *moran_rows(counted.figures, indicator, periods, ground.around),
    ]


def map_choice(
    counted: Counted, indicator: Indicator, periods: list[Period], ground: Ground
) -> MapChoice | None:
    """Return what the map of hexagons of an indicator of incidents shows; None where not tested."""
    if not incident_codes({indicator.code: indicator}):
        return None
    return shown_row(counted, indicator, periods, ground.extents)


def count_breaks(
    number: int, figures: pd.DataFrame, indicator: Indicator, choice: MapChoice | None
) -> list[tuple[int, int, str, list[float]]]:
    """Return the class limits of plain counts at hexagons, where a map shows those.

    It does where smoothed rates pointed at the next year no better than plain counts.
    """
    if choice is None or choice.method != "plain":
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
) -> list[Moran]:
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
            about = indicator.code, NAMES[number]
            rows.append(rounded(Moran(*about, float(found.i), float(found.z_random))))
    return rows
