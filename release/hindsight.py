"""What was pointed at a year before the last window, held against what that window saw.

What came after is counted as protected, so that no result gives away more than protected counts do.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

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
Extents = Mapping[str, "pd.Series[float]"]
"""``area`` (km2) and, where known, ``addresses`` of each place by area id."""


class Ground(NamedTuple):
    """What maps are held against: how large each place is, and which lie beside each other."""

    extents: Extents
    around: Mapping[int, Surroundings]


class Counted(NamedTuple):
    """One indicator, as protected, and what is published of it with its rates.

    Frames of ``protected`` and ``analyse``; exact counts are not at hand where they are read.
    """

    shown: pd.DataFrame
    figures: pd.DataFrame


class Found(NamedTuple):
    """What a prediction found at one share of the extent; fields as of `store.evidence` ``Hits``.

    ``pei`` is None where nothing better than nothing was possible.
    """

    share: float
    hit_rate: float
    pai: float
    pei: float | None
    best_pai: float
    events: int


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


def measured(predicted: Floats, observed: Floats, extent: Floats) -> list[Found]:
    """Return what a prediction found at each of SHARES; all have shape (places,), as in `hindcast`.

    ``observed`` are counts as protected. [] when nothing was seen.
    """
    events = float(np.nansum(observed[extent > 0]))
    if not events > 0:
        return []
    found = hindcast(predicted, observed, extent)
    return [
        Found(
            share,
            float(found.hit_rate[number]),
            float(found.pai[number]),
            float(found.pei[number]),
            float(found.best_pai[number]),
            round(events),
        )
        for number, share in enumerate(SHARES)
    ]
