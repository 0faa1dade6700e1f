"""Every indicator from its records to figures and patterns, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from indicators import Indicator
from release.analysing import analyse
from release.counting import Counts, count_indicator, count_records, keep_places, units_file
from release.covering import covered
from release.exact import Exact
from release.exact_hindcasts import exact_hindcast_rows
from release.figures import Figures
from release.guarding import guard, protected
from release.hindsight import Counted, Ground
from release.lateness import behind_rates, completeness_rows, lateness
from release.looked import shared_denominators
from release.near_repeats import near_repeat_rows
from release.noise import side_noise, window_noise
from release.open_counting import count_open
from release.parts import Spread, Wanted, can_be_parted
from release.patterns import patterns
from release.score_hindcast import incident_codes
from release.staleness import behind_rows, staleness
from release.standing import Standing
from release.steps import Steps
from release.strata import MIX, count_strata, mixes
from release.support import Support, within
from release.tables import Prepared
from release.worth import count_breaks, indicator_worth, map_choice
from store.evidence import Evidence

ClassLimits = list[tuple[int, int, str, list[float]]]
"""Rows of indicator id (0 for the score), level number, kind of period, limits of classes."""


@dataclass(frozen=True)
class Materials:
    """What indicators are counted from: the tables, the map, k, and what stands.

    ``support`` holds the hexagons that can be published; ``spread`` counts in parts.
    """

    con: duckdb.DuckDBPyConnection
    prepared: Prepared
    chosen: dict[str, Indicator]
    ground: Ground
    k: int
    support: Support
    standing: Standing | None = None
    spread: Spread | None = None

    @cached_property
    def shared(self) -> set[str]:
        """The denominators that several of them count over."""
        return shared_denominators(self.chosen.values())


@dataclass(frozen=True)
class Measured:
    """Patterns, the limits of classes, and evidence of figures.

    ``complete`` holds by code of an indicator what `analyse` completed its figures with, and
    ``incidents`` the protected counts of indicators of incidents.
    """

    patterns: pd.DataFrame
    breaks: ClassLimits
    complete: dict[str, Mapping[int, float]]
    incidents: dict[str, pd.DataFrame]
    evidence: list[Evidence]


def measure(given: Materials, folder: Path, steps: Steps, figures: Figures) -> Measured:
    """Count, protect and analyse the chosen indicators; exact counts go to ``folder`` only.

    What is measured of each goes to ``figures``.
    """
    keep_places(given.con, folder)
    if given.spread is not None:
        steps.spread()
        given.spread(given.con, _parted(given.chosen, folder))
    parts = []
    for number, code in enumerate(given.chosen, start=1):
        steps.count(code, number)
        parts.append(_measure_one(given, number, code, folder, figures))
    return Measured(
        patterns=pd.concat([part.patterns for part in parts], ignore_index=True),
        breaks=[row for part in parts for row in part.breaks],
        complete={code: behind for part in parts for code, behind in part.complete.items()},
        incidents={code: counts for part in parts for code, counts in part.incidents.items()},
        evidence=[row for part in parts for row in part.evidence],
    )


def _parted(chosen: Mapping[str, Indicator], folder: Path) -> list[Wanted]:
    """Return each count once that can be counted in parts."""
    found = {}
    for indicator in chosen.values():
        for count in (indicator.numerator, indicator.denominator):
            if can_be_parted(count):
                name = units_file(count)
                found[name] = Wanted(count, indicator.counting == "value", folder / name)
    return list(found.values())


def _measure_one(
    given: Materials, number: int, code: str, folder: Path, every: Figures
) -> Measured:
    """Measure the indicator with id ``number``: count, protect, rate, and look around."""
    con, periods, indicator = given.con, given.prepared.periods, given.chosen[code]
    noise = side_noise(indicator, given.k)
    if not indicator.open:
        count_records(con, indicator, folder)
    strata = count_strata(con, indicator, given.standing)
    exact, stands = _counts(given, indicator, folder)
    kinds = {period.id: period.kind for period in periods}
    shown = within(protected(stands, indicator, kinds, noise), given.support)
    published = guard(shown, strata, indicator, kinds, noise)
    late = lateness(con, indicator, periods)
    complete = behind_rates(indicator, late)
    behind = staleness(exact, stands, given.standing)
    figures, limits = analyse(published, indicator, periods, noise.numerator, complete, behind)
    mix = None if strata is None else mixes(strata, None)
    last = max((period.id for period in periods if period.kind == "year"), default=0)
    windows = {
        level: behind.wider(own, level, last)
        for level, own in window_noise(noise.numerator).items()
    }
    counted = Counted(shown, figures)
    choice = map_choice(counted, indicator, periods, given.ground)
    evidence = [
        *indicator_worth(counted, indicator, periods, windows, complete, given.ground),
        *([choice] if choice else []),
        *completeness_rows(indicator, late, periods),
        *behind_rows(indicator, behind, periods),
        *exact_hindcast_rows(exact, counted, indicator, periods, given.ground.extents, mix),
        *near_repeat_rows(con, indicator, periods),
    ]
    found = patterns(figures, indicator, periods, given.ground.around, windows)
    every.add(figures.assign(indicator_id=number, hot=found.hot, mix=figures.get(MIX, np.nan)))
    return Measured(
        patterns=found.frame.assign(indicator_id=number),
        breaks=[
            *count_breaks(number, figures, indicator, choice),
            *((number, level, kind, values) for (level, kind), values in limits.items()),
        ],
        complete={code: complete},
        incidents=dict.fromkeys(incident_codes({code: indicator}), shown),
        evidence=evidence,
    )


def _counts(given: Materials, indicator: Indicator, folder: Path) -> Counts:
    """Return exact counts; of an open indicator nothing is kept, for nothing of it is protected."""
    if indicator.open:
        found = count_open(given.con, indicator)
        return Counts(Exact(found), Exact(found))
    by_level = given.prepared.official.groupby("level")["id"]
    ids = {str(level): [int(number) for number in numbers] for level, numbers in by_level}
    counts = count_indicator(given.con, indicator, ids, folder, given.standing, shared=given.shared)
    known = covered(given.con, indicator, given.prepared.periods)
    return Counts(counts.exact.within(known), counts.standing.within(known))
