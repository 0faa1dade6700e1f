"""Would it have been right? Each indicator's map of a year before, and how sure it said it was.

Plain counts always stand beside the model, and are what the map shows where the model does no
better.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.accuracy import choose
from analysis.calibration import calibration, posterior, predictive_interval
from analysis.empirical_bayes import marshall_local
from indicators import Indicator
from release.hindsight import (
    Counted,
    Extents,
    Floats,
    Ground,
    Ints,
    Windows,
    measured,
    places_of,
    sizes_of,
    values_of,
    windows,
)
from release.noise import Noise
from release.periods import Period
from release.strata import MIX, mix_of
from release.surroundings import Surroundings
from release.widths import WIDTH
from store.evidence import rounded
from store.evidence.of_maps import Calibration, Hindcast, MapChoice
from store.release import LEVEL_NUMBERS

SHOWABLE = ("plain", "smoothed")


class _Study(NamedTuple):
    """One level of an indicator: its places, and what was counted there a year later."""

    level: str
    windows: Windows
    places: Ints
    observed: Floats

    def near(self, around: Mapping[int, Surroundings]) -> csr_array | None:
        """Return which of the places lie beside each other, None where that is not known."""
        own = around.get(LEVEL_NUMBERS[self.level])
        if own is None:
            return None
        rows = np.searchsorted(own.ids, self.places)
        return csr_array(own.near[rows][:, rows])


def _study(shown: pd.DataFrame, level: str, periods: list[Period]) -> _Study | None:
    kept = windows(periods)
    if kept is None:
        return None
    places = places_of(shown, level, kept)
    observed = values_of(shown, level, kept.later, places, "numerator")
    return _Study(level, kept, places, np.nan_to_num(observed))


def _levels(indicator: Indicator) -> list[str]:
    """Return the finest hexagon level and gemeente, as far as a flow indicator has them."""
    names = indicator.level_names if indicator.counting == "flow" else ()
    hexes = [name for name in names if name.startswith("hex")]
    return [*hexes[-1:], *(name for name in names if name == "gemeente")]


def _exposure(frame: pd.DataFrame, level: str, period: int, places: Ints) -> Floats:
    """Return what rates are over, per place: the denominator, corrected for its mix."""
    below = values_of(frame, level, period, places, "denominator")
    return below * mix_of(values_of(frame, level, period, places, MIX)) if MIX in frame else below


def _predictions(
    frame: pd.DataFrame,
    indicator: Indicator,
    study: _Study,
    near: csr_array | None = None,
) -> dict[str, Floats]:
    """Return the events that each method expects at each place (places,), plain counts first.

    ``plain``: as in the window before; ``smoothed``: its smoothed rate times its denominator;
    ``earlier``: the mean of all windows up to then, where there are more; ``neighbours``: its rate
    drawn to that of the places beside it, where ``near`` says which those are. A place without a
    figure is expected to see nothing.
    """

    def of(period: int, name: str) -> Floats:
        return values_of(frame, study.level, period, study.places, name)

    train, *before = study.windows.known
    plain = np.nan_to_num(of(train, "numerator"))
    whole = np.nan_to_num(_exposure(frame, study.level, train, study.places))
    expected = {"plain": plain}
    rates = of(train, "smoothed") / indicator.per
    if np.isfinite(rates).any():
        expected["smoothed"] = np.nan_to_num(rates * whole)
    within = set(frame.loc[frame["level"] == LEVEL_NUMBERS[study.level], "period_id"].unique())
    older = [np.nan_to_num(of(period, "numerator")) for period in before if period in within]
    if older:
        expected["earlier"] = np.asarray(np.mean([plain, *older], axis=0))
    if near is not None:
        expected["neighbours"] = np.nan_to_num(marshall_local(plain, whole, near) * whole)
    return expected


def hindcast_rows(
    counted: Counted, indicator: Indicator, periods: list[Period], ground: Ground
) -> list[Hindcast]:
    """Return how well each method would have pointed at the events of the last window.

    At the finest hexagons and gemeente. [] when the indicator is no flow, or no window lies a year
    before the last.
    """
    rows = []
    for level in _levels(indicator):
        study = _study(counted.shown, level, periods)
        if study is None:
            continue
        near = study.near(ground.around)
        expected = _predictions(counted.figures, indicator, study, near)
        for extent, sizes in ground.extents.items():
            size = sizes_of(sizes, study.places)
            rows += [
                rounded(Hindcast(*found, indicator.code, level, extent, method))
                for method, own in expected.items()
                for found in measured(own, study.observed, size)
            ]
    return rows


def shown_row(
    counted: Counted, indicator: Indicator, periods: list[Period], extents: Extents
) -> MapChoice | None:
    """Return which prediction the map of hexagons shows, chosen by ``choose`` on ``area``.

    Of published figures of one window, plain or smoothed: all that a map can show. PEI are means
    over the shares. None without hexagons, a window a year before, or events.
    """
    hexes = [level for level in _levels(indicator) if level.startswith("hex")]
    study = _study(counted.shown, hexes[0], periods) if hexes else None
    if study is None:
        return None
    size = sizes_of(extents["area"], study.places)
    if not study.observed[size > 0].sum() > 0:
        return None
    candidates = _predictions(counted.figures, indicator, study)
    candidates = {name: candidates[name] for name in SHOWABLE if name in candidates}
    choice = choose(candidates, study.observed, size)
    pei = choice.pei["plain"], choice.pei[choice.name]
    return rounded(MapChoice(indicator.code, study.level, choice.name, *pei))


def calibration_rows(
    counted: Counted,
    indicator: Indicator,
    periods: list[Period],
    noise: Mapping[int, Noise],
    complete: Mapping[int, float],
) -> list[Calibration]:
    """Return how often the count of the last window lay in the 90% interval of a year before.

    ``noise`` is that of each level by its number and ``complete`` what ``analyse`` completed the
    figures with. Intervals come from published figures, and the later counts that they are held
    against are as published, with the noise in the interval: exact ones would show whether a count
    that somebody looks for lies in its interval. [] as ``hindcast_rows``; no row where no place has
    an interval.
    """
    rows = []
    figures = counted.figures
    for level in _levels(indicator):
        study = _study(counted.shown, level, periods)
        if study is None:
            continue
        later, known = study.windows.later, study.windows.known[0]
        rate, low, high = (
            values_of(figures, level, known, study.places, name) / indicator.per
            for name in ("smoothed", "low", "high")
        )
        numerator = values_of(figures, level, later, study.places, "numerator")
        below = _exposure(figures, level, later, study.places)
        below = below * complete.get(later, 1.0)
        width = values_of(counted.shown, level, later, study.places, WIDTH)
        width = np.maximum(np.nan_to_num(width), 1.0)
        added = noise[LEVEL_NUMBERS[level]].variance
        limits = predictive_interval(posterior(rate, low, high), below / width, noise=added)
        found = calibration(numerator / width, *limits)
        if found.places:
            shares = found.inside, found.below, found.above
            rows.append(rounded(Calibration(indicator.code, level, found.places, *shares)))
    return rows
