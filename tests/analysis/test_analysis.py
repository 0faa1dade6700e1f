"""The statistics of a release: known shapes and properties, on arrays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma

from analysis.breaks import PERCENTILES, class_breaks
from analysis.composite import contributions
from analysis.ranks import percentile_ranks
from analysis.rates import LEAST_SHAPE, MOST_SHAPE, Prior, gamma_prior, interval, smoothed
from map_classes import classify
from release.signals import standing_out_since


def test_the_prior_finds_the_spread_that_made_the_data() -> None:
    rng = np.random.default_rng(5)
    exposure = rng.uniform(200, 2_000, 4_000)
    rates = rng.gamma(4.0, 0.05 / 4.0, 4_000)
    prior = gamma_prior(rng.poisson(rates * exposure).astype(float), exposure)
    assert prior is not None
    assert prior.shape == pytest.approx(4.0, rel=0.1)
    assert prior.mean == pytest.approx(0.05, rel=0.03)


def test_noise_of_protection_is_not_taken_for_spread() -> None:
    """Without knowing of the noise, the estimate sees places differ that do not."""
    rng = np.random.default_rng(6)
    exposure = np.full(20_000, 30.0)
    events = rng.poisson(0.2 * exposure).astype(float)
    noisy = np.maximum(events + rng.choice([-2.0, -1.0, 0.0, 1.0, 2.0], len(events)), 0)
    naive, aware = gamma_prior(noisy, exposure), gamma_prior(noisy, exposure, noise=2.0)
    assert naive is not None
    assert aware is not None
    assert aware.shape > naive.shape * 0.999
    assert aware.shape == MOST_SHAPE


def test_the_prior_keeps_its_bounds_and_needs_events() -> None:
    assert gamma_prior(np.zeros(5), np.ones(5)) is None
    assert gamma_prior(np.array([]), np.array([])) is None
    wild = gamma_prior(np.array([0.0, 0.0, 0.0, 900.0]), np.full(4, 1_000.0))
    assert wild is not None
    assert wild.shape == LEAST_SHAPE


def test_intervals_are_quantiles_of_the_posterior_and_widen_with_noise() -> None:
    events, exposure, prior = np.array([0.0, 3.0, 40.0]), np.array([10.0, 20.0, 100.0]), Prior(2, 8)
    low, high = interval(events, exposure, prior)
    posterior = gamma(events + 2, scale=1 / (exposure + 8))
    np.testing.assert_allclose(low, posterior.ppf(0.05))
    np.testing.assert_allclose(high, posterior.ppf(0.95))
    wider_low, wider_high = interval(events, exposure, prior, noise=2.0)
    assert (wider_low[1:] < low[1:]).all()
    assert (wider_high[1:] > high[1:]).all()


def test_intervals_cover_what_they_promise() -> None:
    rng = np.random.default_rng(7)
    exposure = rng.uniform(50, 500, 5_000)
    rates = rng.gamma(3.0, 0.1 / 3.0, 5_000)
    events = rng.poisson(rates * exposure).astype(float)
    prior = gamma_prior(events, exposure)
    assert prior is not None
    low, high = interval(events, exposure, prior)
    assert 0.88 < ((low <= rates) & (rates <= high)).mean() < 0.92


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 500)), min_size=2, max_size=40),
)
def test_smoothing_lies_between_the_place_and_the_mean(pairs: list[tuple[int, int]]) -> None:
    events, exposure = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    prior = gamma_prior(events, exposure)
    if prior is None:
        return
    rate, smooth = events / exposure, smoothed(events, exposure, prior)
    low, high = np.minimum(rate, prior.mean), np.maximum(rate, prior.mean)
    assert ((smooth >= low - 1e-12) & (smooth <= high + 1e-12)).all()


def test_percentile_ranks_share_ties_and_leave_out_unknown() -> None:
    ranks = percentile_ranks(np.array([1.0, 3.0, 3.0, np.nan, 9.0]))
    np.testing.assert_allclose(ranks[[0, 1, 2, 4]], [12.5, 50.0, 50.0, 87.5])
    assert np.isnan(ranks[3])


RANKS = st.lists(
    st.lists(st.one_of(st.floats(0, 100), st.just(float("nan"))), min_size=4, max_size=4),
    min_size=1,
    max_size=20,
)


@given(RANKS, st.lists(st.floats(0.1, 3), min_size=4, max_size=4))
def test_contributions_add_up_to_the_score(ranks: list[list[float]], weights: list[float]) -> None:
    table, weight = np.array(ranks), np.array(weights)
    groups = np.array([0, 0, 1, 2])
    added = contributions(table, weight, groups)
    for row, parts in zip(table, added, strict=True):
        means = []
        for group in (0, 1, 2):
            own = (groups == group) & np.isfinite(row)
            if own.any():
                means.append(np.average(row[own], weights=weight[own]))
        expected = np.mean(means) if means else 0.0
        assert parts.sum() == pytest.approx(expected, abs=1e-9)
        assert (parts[~np.isfinite(row)] == 0).all()


@given(st.lists(st.floats(0, 1e6), max_size=200))
def test_classes_rise_with_values(values: list[float]) -> None:
    data = np.array(values)
    limits = class_breaks(data)
    assert limits == sorted(set(limits))
    assert len(limits) <= len(PERCENTILES)
    classes = classify(np.sort(data), limits)
    assert (np.diff(classes) >= 0).all()


def test_no_value_has_no_class() -> None:
    assert classify(np.array([np.nan, 5.0]), [1.0, 4.0]).tolist() == [-1, 2]


def test_since_is_the_start_of_the_unbroken_run() -> None:
    area = np.array([1, 1, 1, 1, 2, 2, 2, 2])
    period = np.array([3, 6, 9, 12, 3, 6, 9, 12])
    stands = np.array([True, False, True, True, False, False, False, True])
    since = standing_out_since(area, period, stands)
    np.testing.assert_array_equal(since, [3, np.nan, 9, 9, np.nan, np.nan, np.nan, 12])
