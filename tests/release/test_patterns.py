"""What neighbours and history say of places: planted patterns are found, and nothing else."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.emerging_hot_spots import Pattern
from analysis.neighbours import from_pairs
from analysis.trend import mann_kendall
from geo import areas
from geo.neighbours import area_pairs
from indicators import CATALOGUE
from release.analysing import analyse
from release.exact import Shown
from release.noise import flow_noise, window_noise
from release.patterns import LEVEL, overlap_factor, patterns
from release.periods import calendar_of
from release.protection import protected_counts
from release.surroundings import Surroundings
from store.release import LEVEL_NUMBERS

PERIODS = calendar_of(date(2023, 7, 1), date(2026, 6, 30))
WINDOWS = [period for period in PERIODS if period.kind == "year"]
MONTHS = [period for period in PERIODS if period.kind == "month"]
GEMEENTE, COUNTRY = LEVEL_NUMBERS["gemeente"], LEVEL_NUMBERS["nederland"]
NOISE = window_noise(flow_noise(5))
INDICATOR = CATALOGUE["VG01"]
EXPOSURE = 1_000.0
RATE = 0.04


def surroundings() -> Surroundings:
    frame = areas.gemeenten()
    pairs = area_pairs(frame)
    middle = frame.geometry.representative_point()
    points = np.column_stack([middle.x, middle.y])
    near = from_pairs(pairs.first, pairs.second, len(frame))
    return Surroundings(np.arange(2, len(frame) + 2), points, near)


AROUND = surroundings()
CENTRE = int(np.flatnonzero(areas.gemeenten()["code"] == "GM0983")[0])
"""Venlo, with its neighbours."""
PLANTED = np.append(AROUND.near[[CENTRE]].indices, CENTRE)


def figures_of(monthly: np.ndarray, indicator: object = INDICATOR) -> pd.DataFrame:
    """Return figures as the build has them, from counts (places, months)."""
    rng, rows = np.random.default_rng(7), []
    for period in PERIODS:
        inside = [n for n, month in enumerate(MONTHS) if period.start <= month.end <= period.end]
        counts = monthly[:, inside].sum(axis=1).astype(float)
        shown = protected_counts(counts, rng.integers(0, 2**32, len(counts)), NOISE[GEMEENTE])
        whole = np.full(len(counts), EXPOSURE * len(inside) / 12)
        own = pd.DataFrame({"area_id": AROUND.ids, "numerator": shown, "denominator": whole})
        rows.append(own.assign(level=GEMEENTE, period_id=period.id))
        total = {"area_id": [1], "numerator": [counts.sum()], "denominator": [whole.sum()]}
        rows.append(pd.DataFrame(total).assign(level=COUNTRY, period_id=period.id))
    frame = pd.concat(rows, ignore_index=True)
    frame = frame.assign(denominator_units=frame["denominator"], width=1.0)
    found, _ = analyse(Shown(frame), INDICATOR, PERIODS, flow_noise(5), {})
    return found


def monthly_counts(ratio: float, since: int = 0) -> np.ndarray:
    """Return counts by chance, ``ratio`` times as many in PLANTED from a month on."""
    mean = np.full((len(AROUND.ids), len(MONTHS)), EXPOSURE * RATE / 12)
    mean[PLANTED, since:] *= ratio
    return np.random.default_rng(11).poisson(mean)


def found_in(counts: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures of the last window with ``hot``, and the patterns."""
    figures = figures_of(counts)
    seen = patterns(figures, INDICATOR, PERIODS, {GEMEENTE: AROUND}, NOISE)
    last = (figures["level"] == GEMEENTE) & (figures["period_id"] == WINDOWS[-1].id)
    return figures.assign(hot=seen.hot)[last], seen.frame.set_index("area_id")


def test_a_planted_region_is_hot_and_a_cluster_since_it_began() -> None:
    figures, found = found_in(monthly_counts(3.0, since=24))
    planted = set(AROUND.ids[PLANTED])
    hot = set(figures.loc[figures["hot"] > 0, "area_id"])
    assert AROUND.ids[CENTRE] in hot
    assert len(hot & planted) >= len(planted) - 1
    beside = set(AROUND.ids[np.unique(AROUND.near[PLANTED].indices)])
    assert hot <= planted | beside
    clustered = found[found["cluster_p"] <= LEVEL]
    assert AROUND.ids[CENTRE] in clustered.index
    own = clustered.loc[AROUND.ids[CENTRE]]
    assert own["cluster_ratio"] > 1.5
    assert own["cluster_since"] == WINDOWS[-1].id, "the year in which it began"
    assert found.loc[AROUND.ids[CENTRE], "lisa"] == 1
    named = Pattern(found.loc[AROUND.ids[CENTRE], "emerging"])
    assert named in (Pattern.NEW_HOT, Pattern.CONSECUTIVE_HOT)
    assert found.loc[AROUND.ids[CENTRE], "slope"] > 0


def test_a_region_that_was_always_high_is_called_persistent() -> None:
    _, found = found_in(monthly_counts(3.0))
    own = found.loc[AROUND.ids[CENTRE]]
    assert own["emerging"] == Pattern.PERSISTENT_HOT
    assert own["cluster_since"] < WINDOWS[-1].id
    assert own["trend_p"] > LEVEL


def test_without_a_pattern_there_is_none() -> None:
    figures, found = found_in(monthly_counts(1.0))
    assert (figures["hot"] != 0).sum() <= 1
    assert found["cluster_p"].notna().sum() == 0
    assert (found["trend_p"] <= LEVEL).mean() <= 0.08


def test_a_last_month_out_of_line_is_an_alarm_and_amounts_have_trends_only() -> None:
    counts = monthly_counts(1.0)
    counts[CENTRE, -1] += 40
    _, found = found_in(counts)
    assert found.loc[AROUND.ids[CENTRE], "alarm"] > 1
    assert (found["alarm"] > 1).mean() < 0.05
    money = replace(INDICATOR, counting="value")
    seen = patterns(figures_of(counts), money, PERIODS, {GEMEENTE: AROUND}, NOISE)
    assert (seen.hot == 0).all()
    assert seen.frame["gi"].isna().all()
    assert seen.frame["slope"].notna().all()


@pytest.mark.parametrize("windows", [9, 17])
def test_overlapping_windows_vary_as_much_as_the_factor_says(windows: int) -> None:
    rng = np.random.default_rng(2)
    quarters = rng.normal(size=(20_000, windows + 3))
    values = sum(quarters[:, n : n + windows] for n in range(4))
    test = mann_kendall(np.asarray(values))
    assert test.s.var() / test.variance.mean() == pytest.approx(overlap_factor(windows), rel=0.04)


def test_windows_that_do_not_overlap_need_no_correction() -> None:
    assert overlap_factor(12, overlap=1) == pytest.approx(1.0)
    assert overlap_factor(1) == 1.0


def test_rates_that_differ_in_their_last_digits_only_are_no_trend() -> None:
    figures = figures_of(np.full((len(AROUND.ids), len(MONTHS)), 3))
    yearly = (figures["level"] == GEMEENTE) & figures["period_id"].isin([w.id for w in WINDOWS])
    flat = np.where(yearly, 7.1, figures["smoothed"])
    chance = np.random.default_rng(3)
    for noise in (0.0, 1e-14):
        noisy = figures.assign(smoothed=flat * (1 + noise * chance.standard_normal(len(flat))))
        frame = patterns(noisy, INDICATOR, PERIODS, {GEMEENTE: AROUND}, NOISE).frame
        assert (frame["trend_p"] == 1).all()
        assert (frame[["slope", "slope_low", "slope_high"]] == 0).all(axis=None)
