"""What places are made of, so that a rate says more than that: indirect standardisation.

A place where branches are common in which much is founded has more foundings than another, without
anything standing out. Its figure is held against what such a mix would have at the rates of the
country; the mix comes from protected counts, so it gives away no more than they do.
"""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.standardisation import expected, reference_rates, shrunken_shares
from indicators import Indicator
from indicators.contract import Count
from release.counting import KEYS
from release.cubes import cube_of
from release.look_sql import PLACES
from release.looking import Looking
from release.noise import Noise
from release.protection import Held, protected_subjects
from release.standing import Standing
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]

MIX = "mix"
"""The column of figures: the expected rate of the place's mix over that of the country."""

PLACE = ["level", *KEYS]
SIDES = ("numerator", "denominator")
HELD = ("units", "key", "subjects", "most")
"""What is counted of a stratum; see `release.looks`."""

LEAST = 50.0
"""A place whose protected strata add up to fewer has no mix: it is not corrected."""

TYPICAL = 50.0
"""Every place gets this many establishments of the country's mix on top of its own."""

DECIMALS = 2


def count_strata(
    con: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    standing: Standing | None = None,
    places: str = PLACES,
) -> pd.DataFrame | None:
    """Return what both counts hold by stratum, exactly; None for an indicator without.

    Over windows of twelve months only: those of months and quarters that end on the same day would
    count the same strata over and over. Columns: level (number), area_id, period_id, stratum, and
    for either side HELD, e.g. ``units_numerator``; a row where either counts anything.
    """
    if indicator.strata is None:
        return None
    counted = {
        side: _per_stratum(con, getattr(indicator, side), indicator.level_names, standing, places)
        for side in SIDES
    }
    frames = []
    for level in indicator.level_names:
        over, under = (counted[side][level] for side in SIDES)
        both = under.merge(
            over, on=[*KEYS, "stratum"], how="outer", suffixes=("_denominator", "_numerator")
        )
        frames.append(both.fillna(0).assign(level=LEVEL_NUMBERS[level]))
    every = pd.concat(frames, ignore_index=True)
    whole = {f"{what}_{side}": "int64" for what in HELD for side in SIDES}
    return every.astype(whole)


def _per_stratum(
    con: duckdb.DuckDBPyConnection,
    count: Count,
    levels: Sequence[str],
    standing: Standing | None,
    places: str,
) -> dict[str, pd.DataFrame]:
    """Return area_id, period_id, stratum and HELD of 12-month windows, by level."""
    cube_of(con, count)
    found = {}
    for level in levels:
        looking = Looking(con, count, level, places=places)
        spans = looking.spans(by_stratum=True)
        parts = [pd.DataFrame(columns=[*KEYS, "stratum", *HELD])]
        for name, own in looking.strata().groupby("stratum"):
            stratum, looks = str(name), own.drop(columns="stratum")
            if standing is not None:
                looks = looking.standing_of(stratum, looks, standing)
            windows = looking.windows_of(stratum, looks, spans, standing)
            parts.append(windows.assign(stratum=name)[[*KEYS, "stratum", *HELD]])
        found[level] = pd.concat(parts[1:] or parts, ignore_index=True)
    return found


def mixes(strata: pd.DataFrame, noise: Mapping[int, Noise] | None) -> pd.DataFrame:
    """Return PLACE and MIX for every place in ``strata``, as ``count_strata`` returns it.

    1: a place of the country's mix; 1.2: one where 1.2 times as much is expected; NaN: too few to
    say. ``noise`` is that of each level by its number; None takes exact counts, which only the
    build may see.
    """
    frames = [pd.DataFrame(columns=[*PLACE, MIX])]
    for (level, period), rows in strata.groupby(["level", "period_id"]):
        own = None if noise is None else noise[int(str(level))]
        over, under = (_table(rows, side, own) for side in SIDES)
        found = _mix(over.to_numpy(), under.to_numpy())
        frames.append(
            pd.DataFrame({"level": level, "area_id": under.index, "period_id": period, MIX: found})
        )
    return pd.concat(frames[1:] or frames, ignore_index=True)


def _table(rows: pd.DataFrame, side: str, noise: Noise | None) -> pd.DataFrame:
    """Return the counts of one side by area_id (rows) and stratum (columns)."""
    held = Held(*(rows[f"{what}_{side}"].to_numpy() for what in HELD))
    shown = held.units.astype(float) if noise is None else protected_subjects(held, noise).shown
    table: pd.DataFrame = rows.assign(shown=shown).pivot_table(
        index="area_id", columns="stratum", values="shown", aggfunc="sum", fill_value=0.0
    )
    return table


def _mix(over: Floats, under: Floats) -> Floats:
    """Return the mix of places from counts (places, strata) of events and of what they are of."""
    rates, whole = reference_rates(over, under), under.sum(axis=0, keepdims=True)
    if not (whole.sum() > 0 and over.sum() > 0):
        return np.full(len(under), np.nan)
    ordinary = expected(whole / whole.sum(), rates)
    if not (ordinary > 0).all():
        return np.full(len(under), np.nan)
    mix = expected(shrunken_shares(under, TYPICAL), rates) / ordinary
    known = (under.sum(axis=1) >= LEAST) & np.isfinite(mix) & (mix > 0)
    return np.asarray(np.where(known, mix, np.nan).round(DECIMALS))


def with_mix(figures: pd.DataFrame, mix: pd.DataFrame) -> pd.DataFrame:
    """Return ``figures`` with their MIX, NaN where none is known."""
    return figures.merge(mix.astype({MIX: float}), on=PLACE, how="left")


def exposure(figures: pd.DataFrame) -> Floats:
    """Return what rates are over: the denominator, corrected for the mix where figures have one."""
    below: Floats = figures["denominator"].to_numpy(dtype=np.float64)
    return below * mix_of(figures[MIX]) if MIX in figures else below


def mix_of(mix: "pd.Series[float] | Floats") -> Floats:
    """Return the mix to correct with: 1 where none is known."""
    return np.nan_to_num(np.asarray(mix, dtype=np.float64), nan=1.0)
