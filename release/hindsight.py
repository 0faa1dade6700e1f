"""What was pointed at a year before the last window, held against what that window saw.

What came after is counted exactly, over the whole country. Two maps may differ in a single place;
so that their hits do not tell that place's count, events are told in TENS and rates follow.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.accuracy import SHARES, hindcast
from geo import hexagons
from release.periods import Period
from release.surroundings import Surroundings
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Row = dict[str, Any]
Extents = Mapping[str, "pd.Series[float]"]
"""``area`` (km2) and, where known, ``addresses`` of each place by area id."""

TENS = 10
"""Steps in which exact events are told."""


class Ground(NamedTuple):
    """What maps are held against: how large each place is, and which lie beside each other."""

    extents: Extents
    around: Mapping[int, Surroundings]


class Windows(NamedTuple):
    """Ids of 12-month windows that do not overlap: the last, and those before it, latest first."""

    later: int
    known: list[int]


def windows(periods: list[Period]) -> Windows | None:
    """Return the windows of a hindcast, None while there is none a year before the last."""
    ending = {period.end: period for period in periods if period.kind == "year"}
    window = ending[max(ending)] if ending else None
    chain = []
    while window is not None:
        chain.append(window.id)
        window = ending.get(window.start - timedelta(days=1))
    return Windows(chain[0], chain[1:]) if len(chain) > 1 else None


def surfaces(
    official: pd.DataFrame, cells: pd.DataFrame, gemeenten: gpd.GeoDataFrame
) -> "pd.Series[float]":
    """Return km2 by area id, of gemeenten (within their borders) and of hexagons.

    ``official`` is what ``official_areas`` returns, ``cells`` holds cell and id of hexagons,
    ``gemeenten`` code and geometry (EPSG:28992).
    """
    known = gemeenten.set_index("code").geometry.area / 1e6
    own = official[official["level"] == "gemeente"]
    within = pd.Series(known.reindex(own["code"]).to_numpy(), index=own["id"].to_numpy())
    sizes = pd.Series(hexagons.areas_km2(cells["cell"]), index=cells["id"].to_numpy())
    return pd.concat([within, sizes])


def sizes_of(extent: "pd.Series[float]", places: Ints) -> Floats:
    """Return the extent of each place (places,), NaN where it is not known."""
    return np.asarray(extent.reindex(places), dtype=np.float64)


def values_of(frame: pd.DataFrame, level: str, period: int, places: Ints, name: str) -> Floats:
    """Return a column of one level and period by place (places,), NaN where there is no row."""
    own = frame[(frame["level"] == LEVEL_NUMBERS[level]) & (frame["period_id"] == period)]
    return own.set_index("area_id")[name].reindex(places).to_numpy(dtype=float)


def places_of(frame: pd.DataFrame, level: str, kept: Windows) -> Ints:
    """Return the ids of the places of a level with a row in any of the windows, ascending."""
    within = frame["period_id"].isin([kept.later, *kept.known])
    own = frame.loc[within & (frame["level"] == LEVEL_NUMBERS[level]), "area_id"]
    return np.unique(own.to_numpy(dtype=np.int64))


def in_tens(hits: float, events: int) -> float:
    """Return hits as a part of the events (a multiple of TENS), as finely as TENS allow."""
    return min(TENS * round(hits / TENS) / events, 1.0)


def measured(predicted: Floats, observed: Floats, extent: Floats) -> list[Row]:
    """Return for each of SHARES the hit_rate, pai, pei, best_pai and events of a prediction.

    All have shape (places,), as in `hindcast`. Rates follow from hits and events as told, so none
    is finer than those; [] when fewer events than half of TENS were seen.
    """
    events = float(observed[extent > 0].sum())
    told = TENS * round(events / TENS)
    if not told:
        return []
    tried, best = (hindcast(order, observed, extent) for order in (predicted, observed))
    rows = []
    for number, share in enumerate(SHARES):
        hit_rate, most = (
            in_tens(float(done.hit_rate[number]) * events, told) for done in (tried, best)
        )
        pai, best_pai = (
            float(rate / done.covered[number]) for rate, done in ((hit_rate, tried), (most, best))
        )
        pei = pai / best_pai if best_pai else None
        row = {"share": share, "hit_rate": hit_rate, "pai": pai, "pei": pei}
        rows.append(row | {"best_pai": best_pai, "events": told})
    return rows
