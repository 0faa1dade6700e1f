"""The trend of a place: the same figures as published tests, and as sure as it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.stats import kendalltau, theilslopes

from analysis import trend
from analysis.trend import mann_kendall, theil_sen

Floats = NDArray[np.float64]

SEN_TIMES = (1, 2, 3, 4, 10, 12, 18)
SEN_VALUES = (9, 15, 19, 20, 45, 55, 78)
"""The worked example of Sen (1968), with slope 4."""


def sen() -> Floats:
    values = np.full((1, 18), np.nan)
    values[0, np.array(SEN_TIMES) - 1] = SEN_VALUES
    return values


def counts(places: int = 60, periods: int = 24, gaps: float = 0.2) -> Floats:
    chance = np.random.default_rng(7)
    values = chance.poisson(np.linspace(1, 4, periods), (places, periods)).astype(float)
    values[chance.random(values.shape) < gaps] = np.nan
    return values


@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_mann_kendall_agrees_with_pymannkendall_with_ties_and_gaps(gaps: float) -> None:
    pymannkendall = pytest.importorskip("pymannkendall")
    values = counts(gaps=gaps)
    found = mann_kendall(values)
    for i, row in enumerate(values):
        known = pymannkendall.original_test(row)
        assert found.s[i] == known.s
        assert found.variance[i] == pytest.approx(known.var_s, rel=1e-12)
        assert found.z[i] == pytest.approx(known.z, abs=1e-12)
        assert found.p[i] == pytest.approx(known.p, abs=1e-12)


def test_without_the_correction_for_ties_the_variance_is_off() -> None:
    values = counts()
    n = np.isfinite(values).sum(axis=1)
    untied = n * (n - 1) * (2 * n + 5) / 18
    assert (np.abs(untied / mann_kendall(values).variance - 1) > 1e-3).all()


def test_tau_is_kendalls_tau_b_over_the_known_periods() -> None:
    values = counts()
    found = mann_kendall(values)
    for i, row in enumerate(values):
        known = np.isfinite(row)
        expected = kendalltau(np.flatnonzero(known), row[known]).statistic
        assert found.tau[i] == pytest.approx(expected, abs=1e-12)
        tau_a = found.s[i] / (known.sum() * (known.sum() - 1) / 2)
        assert abs(tau_a - expected) > 1e-6 or tau_a == 0


def test_slope_agrees_with_pymannkendall_with_ties_and_gaps() -> None:
    pymannkendall = pytest.importorskip("pymannkendall")
    values = counts()
    expected = [pymannkendall.sens_slope(row).slope for row in values]
    np.testing.assert_allclose(theil_sen(values).slope, expected, atol=1e-12)


def test_the_example_of_sen_has_slope_four() -> None:
    assert theil_sen(sen()).slope == pytest.approx([4], abs=1e-12)


def test_without_the_gaps_in_time_the_example_of_sen_is_missed() -> None:
    squeezed = np.array([SEN_VALUES], dtype=float)
    assert abs(theil_sen(squeezed).slope[0] - 4) > 1


def test_limits_lie_within_a_rank_of_those_of_scipy() -> None:
    values = np.random.default_rng(3).normal(size=(40, 20))
    found = theil_sen(values, 0.9)
    first, second = np.triu_indices(20, 1)
    for i, row in enumerate(values):
        known = theilslopes(row, alpha=0.9)
        slopes = np.sort((row[second] - row[first]) / (second - first))
        for limit, theirs in ((found.low[i], known.low_slope), (found.high[i], known.high_slope)):
            at = int(np.searchsorted(slopes, theirs))
            assert slopes[at - 1] <= limit <= slopes[at + 1]


def test_the_interval_covers_the_slope_as_often_as_it_says() -> None:
    chance = np.random.default_rng(11)
    true = 0.3 * np.arange(24)
    found = theil_sen(true + chance.normal(0, 2, (4000, 24)))
    assert 0.88 <= ((found.low <= 0.3) & (found.high >= 0.3)).mean() <= 0.92
    assert found.slope.mean() == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize("mean", [0.5, 20.0])
def test_without_a_trend_it_finds_one_as_often_as_it_says(mean: float) -> None:
    values = np.random.default_rng(5).poisson(mean, (8000, 36)).astype(float)
    assert 0.04 <= (mann_kendall(values).p < 0.05).mean() <= 0.055


def test_a_planted_rise_is_found() -> None:
    values = np.random.default_rng(6).poisson(np.linspace(5, 15, 36), (500, 36)).astype(float)
    assert (mann_kendall(values).p < 0.05).mean() > 0.99
    assert theil_sen(values).slope.mean() == pytest.approx(10 / 35, rel=0.05)


def test_a_place_without_figures_stays_without() -> None:
    values = np.array([[np.nan] * 4, [np.nan, 5, np.nan, np.nan], [1, np.inf, np.nan, 3]])
    found, slope = mann_kendall(values), theil_sen(values)
    for figures in (*found, *slope):
        assert np.isnan(figures[:2]).all()
    assert found.s[2] == 1
    assert slope.slope[2] == pytest.approx(2 / 3)


def test_equal_values_have_no_trend_and_no_tau() -> None:
    found, slope = mann_kendall(np.ones((1, 9))), theil_sen(np.ones((1, 9)))
    assert (found.s[0], found.variance[0], found.z[0], found.p[0]) == (0, 0, 0, 1)
    assert np.isnan(found.tau[0])
    assert [limit[0] for limit in slope] == [0, 0, 0]


@pytest.mark.parametrize("shape", [(0, 5), (3, 0), (3, 1)])
def test_too_few_places_or_periods_give_no_figures(shape: tuple[int, int]) -> None:
    for figures in (*mann_kendall(np.ones(shape)), *theil_sen(np.ones(shape))):
        assert figures.shape == (shape[0],)
        assert np.isnan(figures).all()


def test_places_in_parts_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    values = counts()
    whole = (*mann_kendall(values), *theil_sen(values))
    monkeypatch.setattr(trend, "AT_ONCE", 7 * 24 * 23 // 2)
    for part, expected in zip((*mann_kendall(values), *theil_sen(values)), whole, strict=True):
        np.testing.assert_array_equal(part, expected)


def test_impossible_input_is_refused() -> None:
    with pytest.raises(ValueError, match="places, periods"):
        mann_kendall(np.ones(5))
    with pytest.raises(ValueError, match="places, periods"):
        theil_sen(np.ones((2, 2, 2)))
    for coverage in (0.0, 1.0, 90.0):
        with pytest.raises(ValueError, match="between 0 and 1"):
            theil_sen(np.ones((2, 5)), coverage)


figure = st.integers(-20, 20).map(float) | st.just(np.nan)


@given(arrays(float, (4, 9), elements=figure), st.integers(1, 5), st.integers(-9, 9))
def test_a_change_of_scale_leaves_the_test_and_multiplies_the_slope(
    values: Floats, factor: int, shift: int
) -> None:
    before, after = mann_kendall(values), mann_kendall(values * factor + shift)
    for one, other in zip(before, after, strict=True):
        np.testing.assert_array_equal(one, other)
    one_slope, other_slope = theil_sen(values), theil_sen(values * factor + shift)
    for one, other in zip(one_slope, other_slope, strict=True):
        np.testing.assert_allclose(other, one * factor, atol=1e-9)


@given(arrays(float, (4, 9), elements=figure))
def test_backwards_in_time_the_trend_turns_round(values: Floats) -> None:
    before, after = mann_kendall(values), mann_kendall(values[:, ::-1])
    np.testing.assert_array_equal(after.s, -before.s)
    np.testing.assert_array_equal(after.p, before.p)
    forth, back = theil_sen(values), theil_sen(values[:, ::-1])
    np.testing.assert_allclose(back.slope, -forth.slope, atol=1e-12)
    np.testing.assert_allclose(back.low, -forth.high, atol=1e-12)


@given(arrays(float, (4, 9), elements=figure))
def test_the_slope_lies_within_its_interval(values: Floats) -> None:
    found = theil_sen(values)
    known = np.isfinite(found.slope)
    assert (found.low[known] <= found.slope[known]).all()
    assert (found.slope[known] <= found.high[known]).all()
