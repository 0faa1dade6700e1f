"""What maps of exact counts would have found: beside it stands what protection costs.

Which places such a map points at follows from exact counts, so hits get a deviation and are whole
percents.
"""

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
import pandas as pd

from analysis.rates import gamma_prior, smoothed
from indicators import Indicator
from release.exact import Exact
from release.hindcasts import SHOWABLE, _levels, _predictions, _Study, _study
from release.hindsight import Counted, Extents, Floats, Found, measured, sizes_of, values_of
from release.periods import Period
from release.strata import MIX, mix_of, with_mix
from store.evidence import rounded
from store.evidence.of_maps import ExactHindcast

BLUR = 10.0
"""Deviation of the hits, in events: more than what one place of few adds."""

MASK = 2**63 - 1


def exact_hindcast_rows(
    exact: Exact,
    counted: Counted,
    indicator: Indicator,
    periods: list[Period],
    extents: Extents,
    mix: pd.DataFrame | None = None,
) -> list[ExactHindcast]:
    """Return how well exact counts would have pointed at the events of the last window.

    ``exact`` is what ``count_indicator`` returns (or ``count_open``, of which nothing is blurred),
    ``mix`` the exact mix of its areas, where it is corrected for one.
    [] as `release.hindcasts.hindcast_rows`.
    """
    frame = exact.unprotected if mix is None else with_mix(exact.unprotected, mix)
    rows = []
    for level in _levels(indicator):
        study = _study(counted.shown, level, periods)
        if study is None:
            continue
        published = _predictions(counted.figures, indicator, study)
        expected = _expected(frame, study)
        for extent, sizes in extents.items():
            size = sizes_of(sizes, study.places)
            like = measured(published["plain"], study.observed, size)
            for method in SHOWABLE:
                if method not in expected:
                    continue
                found = measured(expected[method], study.observed, size)
                about = (indicator.code, level, extent, method)
                if not indicator.open:
                    found = blurred(found, like, _secret(frame, *about))
                rows += [_row(one, *about) for one in found]
    return rows


def _row(found: Found, *about: str) -> ExactHindcast:
    return rounded(ExactHindcast(found.share, found.hit_rate, found.pai, found.pei, *about))


def _expected(exact: pd.DataFrame, study: _Study) -> Mapping[str, Floats]:
    """Return the events that plain and smoothed maps of exact counts expect (places,)."""

    def of(name: str) -> Floats:
        return values_of(exact, study.level, study.windows.known[0], study.places, name)

    plain, below = np.nan_to_num(of("amount_numerator")), of("amount_denominator")
    whole = np.nan_to_num(below * mix_of(of(MIX)) if MIX in exact else below)
    prior = gamma_prior(plain, whole)
    if prior is None or not (whole > 0).any():
        return {"plain": plain}
    rates = np.where(whole > 0, smoothed(plain, whole, prior), 0.0)
    return {"plain": plain, "smoothed": np.nan_to_num(rates * whole)}


def _secret(exact: pd.DataFrame, *about: str) -> tuple[int, int]:
    """Return a number that nobody can know without the records' keys, another for each question."""
    return int(exact["key_numerator"].sum()), crc32("/".join(about).encode())


def blurred(found: list[Found], like: list[Found], secret: Sequence[int]) -> list[Found]:
    """Return what exact counts found, so that it gives away no place's count.

    Hits get a normal deviation of BLUR events, drawn from ``secret``, and then become whole
    percents: whatever a place counts, any result remains possible. PAI is over what ``like``, of a
    published prediction, took of the extent: its own would show which places these are.
    """
    rng = np.random.default_rng([number & MASK for number in secret])
    published = []
    for own, other in zip(found, like, strict=True):
        taken = other.hit_rate / other.pai if other.pai else other.share
        hits = own.hit_rate * own.events + BLUR * rng.standard_normal()
        hit_rate = round(float(np.clip(hits / own.events, 0.0, 1.0)), 2)
        pai = hit_rate / taken
        published.append(own._replace(hit_rate=hit_rate, pai=pai, pei=pai / own.best_pai))
    return published
