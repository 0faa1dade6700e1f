"""Every indicator from its records to figures and patterns, one after the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from indicators import Indicator
from release.analysing import analyse
from release.counting import count_indicator, keep_places
from release.covering import covered
from release.guarding import guard, protected
from release.hindsight import Counted, Extents, Ground
from release.lateness import behind_rates, lateness
from release.near_repeats import near_repeat_rows
from release.noise import level_noise, no_noise
from release.open_counting import count_open
from release.patterns import patterns
from release.score_hindcast import incident_codes
from release.strata import MIX, count_strata, mixes, with_mix
from release.surroundings import Surroundings
from release.tables import Prepared
from release.worth import count_breaks, indicator_worth, moran_rows


@dataclass(frozen=True)
class Analysed:
    """Figures and patterns of all indicators, and the limits of their classes."""

    figures: pd.DataFrame
    patterns: pd.DataFrame
    breaks: list[tuple[int, int, str, list[float]]]
    complete: dict[str, Mapping[int, float]]
    incidents: dict[str, pd.DataFrame]
    evidence: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Materials:
    """What indicators are counted from: the tables, the map, and who is protected (``k``)."""

    con: duckdb.DuckDBPyConnection
    prepared: Prepared
    chosen: dict[str, Indicator]
    around: dict[int, Surroundings]
    extents: Extents
    k: int


def measure(given: Materials, folder: Path, say: Callable[[str, int], None]) -> Analysed:
    """Count, protect and analyse the chosen indicators; exact counts go to ``folder`` only.

    ``say`` is told which indicator is at hand, and its number from 1. Open figures are counted
    apart: they are not protected, and nothing of them is kept.
    """
    con, prepared, chosen = given.con, given.prepared, given.chosen
    by_level = prepared.official.groupby("level")["id"]
    ids = {str(level): [int(number) for number in numbers] for level, numbers in by_level}
    kinds = {period.id: period.kind for period in prepared.periods}
    frames, found, breaks = [], [], []
    complete: dict[str, Mapping[int, float]] = {}
    names = ("completeness", "hindcast", "shown", "calibration", "moran", "near_repeats")
    evidence: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    incidents: dict[str, pd.DataFrame] = {}
    ground = Ground(given.extents, given.around)
    keep_places(con, folder)
    for number, (code, indicator) in enumerate(chosen.items(), start=1):
        say(f"count {code}", number)
        noise = no_noise(given.k) if indicator.open else level_noise(given.k)
        strata = count_strata(con, indicator)
        if indicator.open:
            exact = count_open(con, indicator)
        else:
            exact = count_indicator(con, indicator, ids, folder)
            known = covered(con, indicator, prepared.periods)
            exact = exact[exact["period_id"].isin(known)].reset_index(drop=True)
        shown = protected(exact, indicator, noise)
        guarded = guard(shown, strata, indicator, kinds, noise)
        if strata is not None:
            exact = with_mix(exact, mixes(strata, None))
        late = lateness(con, indicator, prepared.periods)
        complete[code] = behind_rates(indicator, late)
        figures, limits = analyse(guarded, indicator, prepared.periods, noise, complete[code])
        worth = indicator_worth(
            Counted(exact, shown, figures), indicator, prepared.periods, noise, late, ground
        )
        for name, rows in worth.items():
            evidence[name] += rows
        breaks += count_breaks(number, figures, indicator, worth["shown"])
        if code in incident_codes(chosen):
            incidents[code] = shown
        seen = patterns(figures, indicator, prepared.periods, given.around, noise)
        evidence["near_repeats"] += near_repeat_rows(con, indicator, prepared.periods)
        evidence["moran"] += moran_rows(figures, indicator, prepared.periods, given.around)
        mix = figures.get(MIX, np.nan)
        frames.append(figures.assign(indicator_id=number, hot=seen.hot, mix=mix))
        found.append(seen.frame.assign(indicator_id=number))
        breaks += [(number, level, kind, values) for (level, kind), values in limits.items()]
    every = pd.concat(frames, ignore_index=True), pd.concat(found, ignore_index=True)
    return Analysed(*every, breaks, complete, incidents, evidence)
