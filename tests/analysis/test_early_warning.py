"""Early warning: published limits, a plain regression beside it, and simulated months."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import norm

from analysis.early_warning import Baseline, farrington, upper_limit

Floats = NDArray[np.float64]

MEAN, DEVIATION, DISPERSION, ALPHA, EVENTS = 5.0, 0.2, 1.0, 0.05, 8.0
"""The case of the tests of R's surveillance package, farringtonFlexible, threshold 'delta'."""

PUBLISHED_LIMIT, PUBLISHED_SCORE = 9.115482, 0.7289546
OTHER_POWERS = {1.0: 8.6926872, 0.5: 9.3744842}
"""What the same tests publish for events that are not transformed, and for their square root."""


def published_case(alpha: float = ALPHA) -> float:
    mean, variance, dispersion = (np.array([n]) for n in (MEAN, DEVIATION**2, DISPERSION))
    return float(upper_limit(mean, variance, dispersion, alpha)[0])


def limit_at_power(power: float) -> float:
    spread = power * MEAN ** (power - 0.5) * np.sqrt(DISPERSION + DEVIATION**2 / MEAN)
    return float((MEAN**power + norm.ppf(1 - ALPHA) * spread) ** (1 / power))


def test_the_published_limit_and_score_are_found() -> None:
    limit = published_case()
    assert limit == pytest.approx(PUBLISHED_LIMIT, abs=1e-6)
    assert (EVENTS - MEAN) / (limit - MEAN) == pytest.approx(PUBLISHED_SCORE, abs=1e-6)


def test_another_power_or_two_sides_miss_the_published_limit() -> None:
    for power, published in OTHER_POWERS.items():
        assert limit_at_power(power) == pytest.approx(published, abs=1e-6)
        assert abs(published_case() - published) > 0.2
    assert abs(published_case(ALPHA / 2) - PUBLISHED_LIMIT) > 0.2


class Plain(NamedTuple):
    expected: float
    threshold: float


def by_likelihood(y: Floats, time: Floats, weights: Floats) -> Floats:
    """Coefficients with the largest Poisson likelihood, by a general optimiser."""
    design = np.column_stack([np.ones_like(time), time])

    def loss(beta: Floats) -> float:
        return float((weights * (np.exp(design @ beta) - y * (design @ beta))).sum())

    def slope(beta: Floats) -> Floats:
        return np.asarray(design.T @ (weights * (np.exp(design @ beta) - y)))

    start = np.array([np.log(y.mean()), 0.0])
    return np.asarray(minimize(loss, start, jac=slope, method="BFGS", options={"gtol": 1e-9}).x)


def plain(series: Floats, baseline: Baseline, reweight: bool = True) -> Plain:
    """Farrington's steps for one place, from the likelihood up; the trend is always kept."""
    last = len(series) - 1
    months = [
        last - 12 * year + step
        for year in range(1, baseline.years + 1)
        for step in range(-baseline.window, baseline.window + 1)
    ]
    y = series[months]
    time = (np.array(months) - last)[np.isfinite(y)] / 12.0
    y = y[np.isfinite(y)]
    design = np.column_stack([np.ones_like(time), time])
    weights = np.ones_like(y)
    for _ in range(2 if reweight else 1):
        beta = by_likelihood(y, time, weights)
        m = np.exp(design @ beta)
        phi = max(1.0, float((weights * (y - m) ** 2 / m).sum()) / (len(y) - 2))
        covariance = np.linalg.inv(design.T @ np.diag(weights * m) @ design)
        hat = weights * m * np.array([x @ covariance @ x for x in design])
        s = 1.5 * (y ** (2 / 3) / m ** (1 / 6) - m**0.5) / np.sqrt(phi * (1 - hat))
        weights = np.array([1 / r**2 if r > baseline.cut else 1.0 for r in s])
        weights *= len(y) / weights.sum()
    expected = float(np.exp(beta[0]))
    tau = phi + phi * covariance[0, 0] * expected
    deviation = np.sqrt(4 / 9 * expected ** (1 / 3) * tau)
    quantile = norm.ppf(1 - baseline.alpha)
    return Plain(expected, float((expected ** (2 / 3) + quantile * deviation) ** 1.5))


def with_an_old_peak(places: int = 30) -> Floats:
    chance = np.random.default_rng(8)
    series = chance.negative_binomial(8, 0.5, (places, 70)).astype(float)
    series[:, 69 - 24] += 24
    series[:, 69 - 36] = np.nan
    return series


@pytest.mark.parametrize("cut", [1.0, 2.58])
def test_it_agrees_with_a_plain_regression_place_by_place(cut: float) -> None:
    series, baseline = with_an_old_peak(), Baseline(cut=cut)
    found = farrington(series, baseline)
    for i, row in enumerate(series):
        expected = plain(row, baseline)
        assert found.expected[i] == pytest.approx(expected.expected, rel=1e-6)
        assert found.threshold[i] == pytest.approx(expected.threshold, rel=1e-6)
        score = (row[-1] - expected.expected) / (expected.threshold - expected.expected)
        assert found.score[i] == pytest.approx(score, abs=1e-5)


def test_without_new_weights_an_old_peak_would_hide_a_new_one() -> None:
    series, baseline = with_an_old_peak(), Baseline()
    found = farrington(series, baseline)
    unweighted = np.array([plain(row, baseline, reweight=False).threshold for row in series])
    assert (found.threshold < 0.9 * unweighted).mean() > 0.9
    never_cut = farrington(series, Baseline(cut=1e9))
    np.testing.assert_allclose(never_cut.threshold, unweighted, rtol=1e-6)


@pytest.mark.parametrize("mean", [3.0, 10.0, 50.0])
def test_months_in_line_exceed_as_often_as_it_says(mean: float) -> None:
    series = np.random.default_rng(21).poisson(mean, (20_000, 64)).astype(float)
    rare = farrington(series, Baseline(least=0)).out_of_line.mean()
    often = farrington(series, Baseline(least=0, alpha=0.05)).out_of_line.mean()
    assert 0.003 <= rare <= 0.008
    assert 0.035 <= often <= 0.055


@pytest.mark.parametrize("mean", [5.0, 20.0])
def test_months_that_vary_more_exceed_not_much_more_often(mean: float) -> None:
    series = np.random.default_rng(22).negative_binomial(mean, 0.5, (20_000, 64)).astype(float)
    assert farrington(series, Baseline(least=0)).out_of_line.mean() <= 0.02
    often = farrington(series, Baseline(least=0, alpha=0.05)).out_of_line.mean()
    assert 0.045 <= often <= 0.07


def test_as_poisson_months_that_vary_more_would_exceed_far_too_often() -> None:
    series = np.random.default_rng(22).negative_binomial(20, 0.5, (20_000, 64)).astype(float)
    expected = farrington(series).expected
    ones = np.ones_like(expected)
    assert (series[:, -1] > upper_limit(expected, expected / 10, ones, 0.005)).mean() > 0.03


def growing(places: int, growth: float, season: float) -> tuple[Floats, Floats]:
    """Return months of 25 events, more each year and most in the last month, and their means."""
    month = np.arange(-71, 1)
    curve = 25 * np.exp(growth * month / 12) * (1 + season * np.cos(2 * np.pi * month / 12))
    return np.random.default_rng(23).poisson(curve, (places, 72)).astype(float), curve


def test_a_planted_outbreak_is_found_and_season_and_growth_are_not() -> None:
    series, curve = growing(5000, growth=0.04, season=0.2)
    assert farrington(series).out_of_line.mean() <= 0.015
    series[:, -1] = np.random.default_rng(1).poisson(2 * curve[-1], 5000)
    assert farrington(series).out_of_line.mean() >= 0.9


def test_expectations_follow_growth_without_bias() -> None:
    series, curve = growing(5000, growth=0.04, season=0)
    found = farrington(series)
    assert found.expected.mean() == pytest.approx(curve[-1], rel=0.01)
    assert abs(series[:, -63:].mean() / curve[-1] - 1) > 0.05


def test_a_trend_needs_three_years_and_does_not_run_past_what_was_seen() -> None:
    rising = np.repeat([10.0, 20.0, 40.0, 80.0, 160.0, 320.0], 12)[None, :]
    same_month = Baseline(window=0)
    assert farrington(rising, same_month).expected[0] <= 160
    steady = np.repeat([40.0, 44.0, 41.0, 43.0, 42.0, 44.0], 12)[None, :]
    assert farrington(steady, Baseline(years=2, window=0)).expected[0] == pytest.approx(42.5)
    assert farrington(steady, same_month).expected[0] > 42.2


def test_a_trend_that_cannot_be_fitted_is_left_out() -> None:
    series = np.zeros((1, 63))
    series[0, 52] = 9
    found = farrington(series, Baseline(cut=1e9))
    assert found.expected[0] == pytest.approx(9 / 25)


def test_a_place_where_nothing_was_counted_expects_nothing() -> None:
    series = np.zeros((3, 64))
    series[1:, -1] = (4, 5)
    found = farrington(series)
    assert found.expected.tolist() == found.threshold.tolist() == [0, 0, 0]
    assert np.isnan(found.score).all()
    assert found.out_of_line.tolist() == [False, False, True]


def test_unknown_months_do_not_count_and_too_few_known_give_no_figure() -> None:
    series = np.random.default_rng(25).poisson(20, (4, 64)).astype(float)
    whole = farrington(series, Baseline(years=2))
    series[0, -1] = np.nan
    series[1, 63 - 26 : 63 - 21] = np.nan
    series[1, 63 - 12] = np.nan
    series[2, 63 - 26 : 63 - 21] = np.nan
    found = farrington(series, Baseline(years=2))
    assert np.isnan(found.score[0])
    assert found.expected[0] == whole.expected[0]
    assert np.isnan([found.expected[1], found.threshold[1], found.score[1]]).all()
    assert not found.out_of_line[:2].any()
    assert found.expected[2] == pytest.approx(series[2, 49:54].mean(), rel=0.1)
    assert found.expected[3] == whole.expected[3]


def test_impossible_baselines_are_refused() -> None:
    with pytest.raises(ValueError, match="places, months"):
        farrington(np.ones(64))
    with pytest.raises(ValueError, match="63 months, not 62"):
        farrington(np.ones((2, 62)))
    assert farrington(np.ones((2, 63))).expected.shape == (2,)
    for wrong in (Baseline(years=0), Baseline(window=6), Baseline(window=-1), Baseline(cut=0)):
        with pytest.raises(ValueError, match="window of 0 to 5"):
            farrington(np.ones((2, 200)), wrong)
    with pytest.raises(ValueError, match="alpha"):
        farrington(np.ones((2, 64)), Baseline(alpha=0.5))


@given(st.lists(st.integers(0, 12), min_size=63, max_size=63), st.integers(1, 30))
def test_only_the_baseline_sets_the_threshold(counts: list[int], more: int) -> None:
    series = np.array([counts, counts, counts], dtype=float)
    series[1, -1] += more
    series[2, :-1][[i for i in range(62) if (62 - i) % 12 not in (10, 11, 0, 1, 2)]] += more
    found = farrington(series)
    assert len(set(found.threshold.tolist())) == len(set(found.expected.tolist())) == 1
    if found.expected[0] > 0:
        assert found.score[1] > found.score[0]
        assert (found.out_of_line == ((found.score > 1) & (series[:, -1] >= 5))).all()


def test_a_place_gets_the_same_alone_as_among_others() -> None:
    series = np.random.default_rng(26).poisson(0.4, (300, 64)).astype(float)
    together = farrington(series)
    for i in range(0, 300, 13):
        alone = farrington(series[i : i + 1])
        for one, many in zip(alone, together, strict=True):
            np.testing.assert_allclose(one[0], many[i], rtol=1e-12)
