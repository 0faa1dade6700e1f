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
from analysis.rates import gamma_prior, smoothed
from indicators import Indicator
from release.hindsight import (
    TENS,
    Extents,
    Floats,
    Ints,
    Row,
    Windows,
    in_tens,
    measured,
    places_of,
    sizes_of,
    values_of,
    windows,
)
from release.noise import Noise
from release.periods import Period
from release.strata import MIX
from release.surroundings import Surroundings
from store.release import LEVEL_NUMBERS

NAMES = {
    "published": ("numerator", "denominator"),
    "exact": ("amount_numerator", "amount_denominator"),
}
"""Numerator and denominator in each source of a prediction."""


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


def _study(exact: pd.DataFrame, level: str, periods: list[Period]) -> _Study | None:
    kept = windows(periods)
    if kept is None:
        return None
    places = places_of(exact, level, kept)
    observed = values_of(exact, level, kept.later, places, "amount_numerator")
    return _Study(level, kept, places, np.nan_to_num(observed))


def _levels(indicator: Indicator) -> list[str]:
    """Return the finest hexagon level and gemeente, as far as a flow indicator has them."""
    names = indicator.level_names if indicator.counting == "flow" else ()
    hexes = [name for name in names if name.startswith("hex")]
    return [*hexes[-1:], *(name for name in names if name == "gemeente")]


def _exact_rates(events: Floats, exposure: Floats) -> Floats:
    """Return what rates would be without protection: drawn to the mean in the same way."""
    prior = gamma_prior(events, exposure)
    rates = np.full(len(events), np.nan) if prior is None else smoothed(events, exposure, prior)
    return np.where(exposure > 0, rates, np.nan)


def _exposure(frame: pd.DataFrame, source: str, level: str, period: int, places: Ints) -> Floats:
    """Return what rates are over, per place: the denominator, corrected for its mix."""
    below = values_of(frame, level, period, places, NAMES[source][1])
    return below * values_of(frame, level, period, places, MIX) if MIX in frame else below


def _predictions(
    frame: pd.DataFrame,
    source: str,
    indicator: Indicator,
    study: _Study,
    near: csr_array | None = None,
) -> dict[str, Floats]:
    """Return the events that each method expects at each place (places,), plain counts first.

    ``plain``: as in the window before; ``smoothed``: its smoothed rate times its denominator;
    ``earlier``: the mean of all windows up to then, where there are more; ``neighbours``: its rate
    drawn to that of the places beside it, where ``near`` tells which those are. A place without a
    figure is expected to see nothing.
    """

    def of(period: int, name: str) -> Floats:
        return values_of(frame, study.level, period, study.places, name)

    numerator = NAMES[source][0]
    train, *before = study.windows.known
    plain = np.nan_to_num(of(train, numerator))
    whole = np.nan_to_num(_exposure(frame, source, study.level, train, study.places))
    expected = {"plain": plain}
    exact = source == "exact"
    rates = _exact_rates(plain, whole) if exact else of(train, "smoothed") / indicator.per
    if np.isfinite(rates).any():
        expected["smoothed"] = np.nan_to_num(rates * whole)
    within = set(frame.loc[frame["level"] == LEVEL_NUMBERS[study.level], "period_id"].unique())
    older = [np.nan_to_num(of(period, numerator)) for period in before if period in within]
    if older:
        expected["earlier"] = np.asarray(np.mean([plain, *older], axis=0))
    if near is not None:
        expected["neighbours"] = np.nan_to_num(marshall_local(plain, whole, near) * whole)
    return expected


def hindcast_rows(
    exact: pd.DataFrame,
    figures: pd.DataFrame,
    indicator: Indicator,
    periods: list[Period],
    extents: Extents,
    around: Mapping[int, Surroundings],
) -> list[Row]:
    """Return how well each method would have pointed at the events of the last window.

    ``exact`` is what ``count_indicator`` returns, ``figures`` what ``analyse`` does, ``around`` the
    surroundings of each level by its number. A row has ``indicator``, ``level`` (the finest
    hexagons, or gemeente), ``extent``, ``source`` (published or exact counts of a year before),
    ``method`` (plain, smoothed, earlier or neighbours) and what ``measured`` gives. [] when the
    indicator is no flow, or no window lies a year before the last.
    """
    rows = []
    for level in _levels(indicator):
        study = _study(exact, level, periods)
        if study is None:
            continue
        near = study.near(around)
        for source, frame in (("published", figures), ("exact", exact)):
            for method, expected in _predictions(frame, source, indicator, study, near).items():
                about = {"indicator": indicator.code, "level": level}
                about |= {"source": source, "method": method}
                for extent, sizes in extents.items():
                    size = sizes_of(sizes, study.places)
                    found = measured(expected, study.observed, size)
                    rows += [about | {"extent": extent} | row for row in found]
    return rows


def shown_row(
    exact: pd.DataFrame,
    figures: pd.DataFrame,
    indicator: Indicator,
    periods: list[Period],
    extents: Extents,
) -> Row | None:
    """Return which prediction the map of hexagons shows, chosen by ``choose`` on ``area``.

    Of published figures of one window, plain or smoothed: all that a map can show. A row has
    ``indicator``, ``level``, ``method``, ``pei_plain`` and ``pei_shown`` (means over the shares, as
    finely as TENS allow). None without hexagons, a window a year before, or events.
    """
    hexes = [level for level in _levels(indicator) if level.startswith("hex")]
    study = _study(exact, hexes[0], periods) if hexes else None
    if study is None:
        return None
    size = sizes_of(extents["area"], study.places)
    told = TENS * round(float(study.observed[size > 0].sum()) / TENS)
    if not told:
        return None
    candidates = _predictions(figures, "published", indicator, study)
    candidates = {name: candidates[name] for name in SHOWABLE if name in candidates}
    choice = choose(candidates, study.observed, size)
    plain, shown = (in_tens(choice.pei[name] * told, told) for name in ("plain", choice.name))
    about = {"indicator": indicator.code, "level": study.level, "method": choice.name}
    return about | {"pei_plain": plain, "pei_shown": shown}


def calibration_rows(
    exact: pd.DataFrame,
    figures: pd.DataFrame,
    indicator: Indicator,
    periods: list[Period],
    noise: Mapping[int, Noise],
    complete: Mapping[int, float],
) -> list[Row]:
    """Return how often the count of the last window lay in the 90% interval of a year before.

    ``noise`` is that of each level by its number and ``complete`` what ``analyse`` completed the
    figures with. Intervals come from published figures; the later counts that they are held
    against are exact, or published with the noise in the interval (``source``). A row has
    ``indicator``, ``level``, ``source``, ``places`` and the shares ``inside``, ``below`` and
    ``above``. [] as ``hindcast_rows``; no row where no place has an interval.
    """
    rows = []
    for level in _levels(indicator):
        study = _study(exact, level, periods)
        if study is None:
            continue
        later, known = study.windows.later, study.windows.known[0]
        rate, low, high = (
            values_of(figures, level, known, study.places, name) / indicator.per
            for name in ("smoothed", "low", "high")
        )
        for source, frame in (("exact", exact), ("published", figures)):
            numerator = values_of(frame, level, later, study.places, NAMES[source][0])
            added = noise[LEVEL_NUMBERS[level]].variance if source == "published" else 0.0
            below = _exposure(frame, source, level, later, study.places)
            below = below * complete.get(later, 1.0)
            limits = predictive_interval(posterior(rate, low, high), below, noise=added)
            found = calibration(numerator, *limits)
            if found.places:
                about = {"indicator": indicator.code, "level": level, "source": source}
                shares = {name: getattr(found, name) for name in ("inside", "below", "above")}
                rows.append(about | {"places": found.places, **shares})
    return rows
