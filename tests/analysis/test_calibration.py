"""Intervals of later counts: as often right as they say, and caught when they are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import gammaincinv

from analysis.calibration import (
    Posterior,
    calibration,
    interval_score,
    pit_histogram,
    posterior,
    predictive_interval,
)

Floats = NDArray[np.float64]


def simulated(places: int = 20_000, seed: int = 3) -> tuple[Posterior, Floats, Floats, Floats]:
    """Return posteriors, the rates behind them, a later exposure and later counts."""
    chance = np.random.default_rng(seed)
    exposure = chance.lognormal(4, 1, places)
    rate = chance.gamma(3, 0.1 / 3, places)
    shape = chance.poisson(rate * exposure) + 3.0
    later = exposure * chance.uniform(0.5, 1.5, places)
    return (
        Posterior(shape.astype(float), exposure + 30),
        rate,
        later,
        chance.poisson(rate * later).astype(float),
    )


@given(st.floats(0.5, 500), st.floats(0.01, 100), st.sampled_from([0.5, 0.9, 0.95]))
def test_the_gamma_behind_an_interval_is_found(shape: float, rate: float, cover: float) -> None:
    tail = (1 - cover) / 2
    low, high = (np.array([gammaincinv(shape, q) / rate]) for q in (tail, 1 - tail))
    found = posterior(np.array([shape / rate]), low, high, cover)
    assert found.shape[0] == pytest.approx(shape, rel=2e-3)
    assert found.rate[0] == pytest.approx(rate, rel=2e-3)


def test_a_predictive_interval_is_that_of_drawn_counts() -> None:
    """A negative binomial is a Poisson count of a gamma rate: draw both and look."""
    chance = np.random.default_rng(1)
    known = Posterior(np.array([4.0]), np.array([20.0]))
    drawn = chance.poisson(chance.gamma(4, 1 / 20, 400_000) * 60)
    low, high = predictive_interval(known, np.array([60.0]))
    assert [low[0], high[0]] == pytest.approx(np.quantile(drawn, [0.05, 0.95]), abs=0.5)


def test_noise_widens_a_predictive_interval_by_its_variance() -> None:
    chance = np.random.default_rng(1)
    known = Posterior(np.array([30.0]), np.array([30.0]))
    drawn = chance.poisson(chance.gamma(30, 1 / 30, 400_000) * 40)
    noisy = np.quantile(drawn + chance.normal(0, 8, 400_000), [0.05, 0.95])
    low, high = predictive_interval(known, np.array([40.0]), noise=64.0)
    assert [low[0], high[0]] == pytest.approx(noisy, abs=2.5)
    without = predictive_interval(known, np.array([40.0]))
    assert low[0] < without[0][0] - 2
    assert high[0] > without[1][0] + 2


def test_intervals_hold_as_often_as_they_say() -> None:
    known, _, later, counts = simulated()
    found = calibration(counts, *predictive_interval(known, later))
    assert 0.9 <= found.inside <= 0.96
    assert max(found.below, found.above) <= 0.05
    assert found.places == len(counts)


def test_intervals_of_large_counts_hold_exactly_as_often_as_they_say() -> None:
    known, _, later, counts = simulated()
    large = known.shape > 20
    part = Posterior(known.shape[large], known.rate[large])
    found = calibration(counts[large], *predictive_interval(part, later[large]))
    assert found.inside == pytest.approx(0.91, abs=0.015)


def test_an_interval_of_the_rate_alone_is_too_sure_of_a_count() -> None:
    """The mutation: without the chance of the count itself the coverage is far off."""
    known, _, later, counts = simulated()
    low, high = (gammaincinv(known.shape, q) / known.rate * later for q in (0.05, 0.95))
    assert calibration(counts, low, high).inside < 0.8


def test_the_interval_score_is_gneiting_and_rafterys() -> None:
    later = np.array([5.0, 1.0, 12.0, np.nan])
    low, high = np.full(4, 3.0), np.full(4, 8.0)
    np.testing.assert_allclose(
        interval_score(later, low, high, 0.9), [5, 5 + 20 * 2, 5 + 20 * 4, np.nan]
    )
    np.testing.assert_allclose(interval_score(later, low, high, 0.5)[:3], [5, 13, 21])


def test_the_true_interval_has_the_lowest_score() -> None:
    known, _, later, counts = simulated()
    low, high = predictive_interval(known, later)
    right = calibration(counts, low, high).score
    for factor in (0.5, 0.7, 1.5, 2.0):
        half = (high - low) / 2 * factor
        middle = (high + low) / 2
        assert calibration(counts, middle - half, middle + half).score > right


def test_places_with_something_missing_do_not_count() -> None:
    later = np.array([4.0, np.nan, 9.0, 2.0])
    low, high = np.array([3.0, 3, 3, np.nan]), np.array([5.0, 5, 5, 5])
    found = calibration(later, low, high)
    assert (found.places, found.inside, found.below, found.above) == (2, 0.5, 0, 0.5)
    nothing = calibration(later[1:2], low[1:2], high[1:2])
    assert nothing.places == 0
    assert np.isnan(nothing[1:]).all()


def test_a_place_without_a_rate_or_exposure_has_no_interval() -> None:
    mean, low = np.array([0.1, np.nan, 0.0, 0.1]), np.array([0.05, 0.05, 0.0, 0.05])
    known = posterior(mean, low, np.array([0.2, 0.2, 0.2, 0.2]))
    np.testing.assert_array_equal(np.isnan(known.shape), [False, True, True, False])
    found = predictive_interval(known, np.array([10.0, 10, 10, 0]))
    for limit in found:
        np.testing.assert_array_equal(np.isnan(limit), [False, True, True, True])
    counts = np.array([1.0, 1, 1, 1])
    assert np.isfinite(pit_histogram(counts, known, np.array([10.0, 10, 10, 0]))).all()
    nothing = Posterior(known.shape[1:3], known.rate[1:3])
    assert np.isnan(pit_histogram(counts[1:3], nothing, counts[1:3])).all()


def test_the_pit_is_flat_when_calibrated_and_its_shape_shows_why_when_not() -> None:
    known, _, later, counts = simulated()
    flat = pit_histogram(counts, known, later)
    assert flat == pytest.approx(np.ones(10), abs=0.06)
    surer = Posterior(known.shape * 5, known.rate * 5)
    narrow = pit_histogram(counts, surer, later)
    assert min(narrow[0], narrow[-1]) > 1.2 > 1 > narrow[4:6].mean()
    vague = Posterior(known.shape / 5, known.rate / 5)
    wide = pit_histogram(counts, vague, later)
    assert max(wide[0], wide[-1]) < 0.8 < 1 < wide[4:6].mean()
    low = pit_histogram(counts, known, later / 2)
    assert low[-1] > 2
    assert low.mean() == pytest.approx(1)


def test_the_pit_of_an_impossible_count_is_in_the_last_bin() -> None:
    known = Posterior(np.array([1e6]), np.array([1e6]))
    found = pit_histogram(np.array([500.0]), known, np.array([1.0]))
    assert found.sum() == pytest.approx(10)
    assert found[-1] == pytest.approx(10)


def test_impossible_input_is_refused() -> None:
    one = np.ones(2)
    known = Posterior(one, one)
    for coverage in (0.0, 1.0, 90.0):
        with pytest.raises(ValueError, match="coverage"):
            posterior(one, one, one, coverage)
        with pytest.raises(ValueError, match="coverage"):
            predictive_interval(known, one, coverage)
        with pytest.raises(ValueError, match="coverage"):
            interval_score(one, one, one, coverage)
    with pytest.raises(ValueError, match="above its high"):
        posterior(one, one * 2, one)
    with pytest.raises(ValueError, match="above"):
        interval_score(one, one * 2, one)
    with pytest.raises(ValueError, match="noise"):
        predictive_interval(known, one, noise=-1)
    with pytest.raises(ValueError, match="bins"):
        pit_histogram(one, known, one, 0)
