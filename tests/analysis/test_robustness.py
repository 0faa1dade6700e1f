"""Ranks under other choices: as sure as they say, and the published score when nothing differs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import gammaincinv
from scipy.stats.qmc import LatinHypercube

from analysis import robustness
from analysis.aggregation import aggregate, arithmetic, geometric
from analysis.choices import (
    EVERYTHING,
    INPUTS,
    NOTHING,
    Figures,
    Varied,
    _chance,
    _drawn,
    prepared,
    scores,
)
from analysis.composite import contributions
from analysis.normalisation import min_max, rank_scores, t_scores
from analysis.outliers import without_outliers
from analysis.ranks import percentile_ranks
from analysis.robustness import (
    MOVING,
    STABLE,
    UNSURE,
    rank_intervals,
    rank_shift,
    stability,
    standing_of,
)
from analysis.sensitivity import variance_shares

Floats = NDArray[np.float64]
DATA = NOTHING._replace(data=True)


def simulated(
    places: int = 120, indicators: int = 8, gaps: float = 0.15, seed: int = 1
) -> tuple[Figures, Floats]:
    """Return figures from Poisson counts of known rates, and those rates."""
    chance = np.random.default_rng(seed)
    exposure = chance.lognormal(4, 1, (places, 1))
    rate = chance.gamma(3, 0.1 / 3, (places, indicators))
    shape = chance.poisson(rate * exposure) + 3.0
    total = exposure + 3 / 0.1
    low, high = (gammaincinv(shape, quantile) / total for quantile in (0.05, 0.95))
    mean = shape / total
    missing = chance.random(mean.shape) < gaps
    for part in (mean, low, high):
        part[missing] = np.nan
    weights = chance.uniform(0.5, 2, indicators)
    return Figures(mean, low, high, weights, np.arange(indicators) % 4), rate


def certain(values: Floats, groups: list[int]) -> Figures:
    return Figures(values, values, values, np.ones(values.shape[1]), np.array(groups))


def published(figures: Figures) -> Floats:
    added = contributions(rank_scores(figures.mean), figures.weights, figures.groups)
    return np.asarray(added.sum(axis=1))


def test_when_nothing_differs_it_is_the_published_score() -> None:
    figures, _ = simulated()
    found = scores(prepared(figures), np.full(5, 0.7), NOTHING)
    np.testing.assert_allclose(found, published(figures), atol=1e-9)


def test_when_nothing_differs_every_place_is_stable() -> None:
    figures, _ = simulated()
    found = rank_intervals(figures, 20, varied=NOTHING)
    expected = len(found.rank) + 0.5 - percentile_ranks(published(figures)) / 100 * len(found.rank)
    for ranks in (found.rank, found.low, found.median, found.high):
        np.testing.assert_allclose(ranks, expected, atol=1e-6)
    assert (found.same_class == 1).all()
    assert (found.stability == STABLE).all()


@pytest.mark.parametrize(("third", "scale"), [(0, rank_scores), (1, min_max), (2, t_scores)])
@pytest.mark.parametrize("times", [0, 1])
def test_each_choice_is_the_step_that_it_names(third: int, scale: object, times: int) -> None:
    """Normalisation, treatment of outliers and means, as the steps on their own give them."""
    assert callable(scale)
    figures, _ = simulated()
    point = np.array([(third + 0.5) / 3, 0, times * 0.75, 0, 0])
    found = scores(prepared(figures), point, Varied(True, 0, True, False, False))
    values = figures.mean if third == 0 else without_outliers(figures.mean)
    scaled = scale(values)
    mean = geometric if times else arithmetic
    tree = np.concatenate([figures.groups + 8, np.full(4, 12), [-1]])
    weights = np.concatenate([figures.weights, np.ones(5)])
    expected = aggregate(np.maximum(scaled, 1) if times else scaled, tree, weights, mean)
    np.testing.assert_allclose(found, expected[:, -1], rtol=1e-9)


def test_weights_stay_within_their_quarter() -> None:
    values = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]])
    ready = prepared(certain(values, [0, 0]))
    only = NOTHING._replace(weights=0.25)
    ratios = []
    for u in np.linspace(0, 0.999, 400):
        first, second, _ = scores(ready, np.array([0, u, 0, 0, 0]), only) - 100 / 6
        ratios.append(first / second)
    assert 0.75 / 1.25 - 1e-9 <= min(ratios) < 0.68
    assert 1.45 < max(ratios) <= 1.25 / 0.75 + 1e-9


def test_one_indicator_or_none_is_left_out_each_as_likely() -> None:
    values = np.eye(3) * 2 + np.arange(3)[:, None] * 0.1
    ready = prepared(certain(values, [0, 0, 0]))
    only = NOTHING._replace(left_out=True)
    found = [scores(ready, np.array([0, 0, 0, u, 0]), only) for u in (0.1, 0.3, 0.6, 0.9)]
    ranks = rank_scores(values)
    for out, score in enumerate(found):
        kept = [column for column in range(3) if column != out]
        np.testing.assert_allclose(score, ranks[:, kept].mean(axis=1))


def test_leaving_out_the_only_indicator_of_an_area_shares_its_weight_out() -> None:
    values = np.array([[1.0, 9.0], [2.0, 8.0], [np.nan, 7.0]])
    ready = prepared(certain(values, [0, 1]))
    found = scores(ready, np.array([0, 0, 0, 0.5, 0]), NOTHING._replace(left_out=True))
    np.testing.assert_allclose(found[:2], rank_scores(values)[:2, 0])
    assert np.isnan(found[2])


@pytest.mark.parametrize("shape", [1.0, 3.0, 20.0])
def test_figures_are_drawn_from_their_gamma(shape: float) -> None:
    rate, places = 7.0, 60_000
    low, mid, high = (gammaincinv(shape, q) / rate for q in (0.05, 0.5, 0.95))
    one = np.ones((places, 1))
    figures = Figures(one * shape / rate, one * low, one * high, np.ones(1), np.zeros(1, int))
    drawn = _drawn(prepared(figures), _chance(3, 0, 0.4))
    assert np.quantile(drawn, [0.05, 0.95]) == pytest.approx([low, high], rel=0.03)
    assert np.median(drawn) == pytest.approx(mid, rel=0.07 if shape == 1 else 0.015)
    assert drawn.mean() == pytest.approx(shape / rate, rel=0.04)
    assert drawn.std() == pytest.approx(np.sqrt(shape) / rate, rel=0.06)
    assert drawn.min() >= 0


def test_a_figure_without_an_interval_is_certain_and_a_gap_stays_one() -> None:
    mean = np.array([[0.3, 0.3], [np.nan, 0.2]])
    low = np.array([[np.nan, 0.3], [0.1, 0.1]])
    high = np.array([[0.9, 0.3], [0.2, 0.4]])
    figures = Figures(mean, low, high, np.ones(2), np.zeros(2, int))
    drawn = _drawn(prepared(figures), _chance(3, 0, 0.4))
    assert drawn[0] == pytest.approx([0.3, 0.3])
    assert np.isnan(drawn[1, 0])
    assert drawn[1, 1] != pytest.approx(0.2)


def covered(figures: Figures, rate: Floats) -> float:
    truth = Figures(rate, rate, rate, figures.weights, figures.groups)
    places = len(rate)
    true_rank = places + 0.5 - percentile_ranks(published(truth)) / 100 * places
    found = rank_intervals(figures, 300, varied=DATA)
    return float(((found.low <= true_rank) & (true_rank <= found.high)).mean())


def test_rank_intervals_cover_the_true_rank_as_often_as_they_say() -> None:
    shares = []
    for seed in range(8):
        figures, rate = simulated(200, gaps=0, seed=seed)
        shares.append(covered(figures, rate))
    assert 0.86 <= np.mean(shares) <= 0.94


def test_figures_taken_for_certain_do_not_cover_the_true_rank() -> None:
    figures, rate = simulated(200, gaps=0)
    sure = Figures(figures.mean, figures.mean, figures.mean, figures.weights, figures.groups)
    assert covered(sure, rate) < 0.2


def test_a_place_that_stands_out_in_everything_is_stable_and_a_vague_one_is_not() -> None:
    figures, _ = simulated(200, gaps=0)
    mean, low, high = figures.mean.copy(), figures.low.copy(), figures.high.copy()
    mean[0], low[0], high[0] = 2.0, 1.9, 2.1
    mean[1], low[1], high[1] = np.nanmedian(mean), 1e-4, 3.0
    found = rank_intervals(Figures(mean, low, high, figures.weights, figures.groups), 300)
    assert found.rank[0] == found.median[0] == 1
    assert found.own_class[0] == 4
    assert found.stability[0] == STABLE
    assert found.stability[1] == UNSURE
    assert found.high[1] - found.low[1] > 40


def test_a_place_without_figures_has_no_rank_and_counts_for_none() -> None:
    figures, _ = simulated(gaps=0)
    for part in (figures.mean, figures.low, figures.high):
        part[5] = np.nan
    found = rank_intervals(figures, 30)
    for ranks in (found.rank, found.low, found.median, found.high, found.same_class):
        assert np.isnan(ranks[5])
        assert np.isfinite(np.delete(ranks, 5)).all()
    assert found.own_class[5] == found.stability[5] == -1
    assert np.delete(found.rank, 5).max() == len(found.rank) - 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_intervals_hold_their_median_and_lie_among_the_ranks(seed: int) -> None:
    figures, _ = simulated(30, 5, 0.3, seed)
    found = rank_intervals(figures, 25, seed)
    known = np.isfinite(found.rank)
    low, median, high = (part[known] for part in (found.low, found.median, found.high))
    assert (low <= median).all()
    assert (median <= high).all()
    assert (low >= 1 - 1e-9).all()
    assert (high <= known.sum() + 1e-9).all()
    assert ((found.same_class[known] >= 0) & (found.same_class[known] <= 1)).all()


def test_the_share_in_the_own_class_counts_the_runs_in_that_class() -> None:
    figures, _ = simulated(30)
    found = rank_intervals(figures, 15, 2)
    ready = prepared(figures)
    points = LatinHypercube(len(INPUTS), rng=np.random.default_rng(2)).random(15)
    runs = [percentile_ranks(scores(ready, point, seed=2)) for point in points]
    classes = [[sum(rank >= limit for limit in (50, 75, 90, 97)) for rank in run] for run in runs]
    same = np.mean(np.array(classes) == found.own_class, axis=0)
    np.testing.assert_allclose(found.same_class, same)
    assert 0 < found.same_class.min() < found.same_class.max()


def test_the_same_seed_gives_the_same_and_another_does_not() -> None:
    figures, _ = simulated()
    one, same, other = (rank_intervals(figures, 40, seed) for seed in (4, 4, 5))
    for left, right in zip(one, same, strict=True):
        np.testing.assert_array_equal(left, right)
    assert (one.low != other.low).any()


def test_equal_places_share_their_rank() -> None:
    values = np.tile(np.array([[1.0, 2.0], [3.0, 4.0]]), (3, 1))
    found = rank_intervals(certain(values, [0, 1]), 50)
    np.testing.assert_allclose(found.rank, [5, 2] * 3)
    np.testing.assert_allclose(found.low, found.rank)
    np.testing.assert_allclose(found.high, found.rank)


def test_stability_has_clear_limits() -> None:
    same = np.array([0.8, 0.79, 0.8, 0.5, 0.49, 0.9, np.nan, 0.9])
    span = np.array([19.9, 10, 20, 40, 10, 40.1, 10, np.nan])
    expected = [STABLE, MOVING, MOVING, MOVING, UNSURE, UNSURE, -1, -1]
    np.testing.assert_array_equal(stability(same, span), expected)


def test_quantiles_are_over_the_runs_that_scored_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(2).random((40, 9))
    values[np.random.default_rng(3).random(values.shape) < 0.3] = np.nan
    values[:, 4] = np.nan
    monkeypatch.setattr(robustness, "SORTED_AT_ONCE", 80)
    found = robustness._quantiles(values, (0.05, 0.5, 0.95))
    kept = np.delete(values, 4, axis=1)
    expected = np.nanquantile(kept, (0.05, 0.5, 0.95), axis=0)
    np.testing.assert_allclose(np.delete(found, 4, axis=1), expected)
    assert np.isnan(found[:, 4]).all()


def test_rank_shift_is_nothing_without_variation_and_grows_with_it() -> None:
    figures, _ = simulated()
    points = np.random.default_rng(6).random((30, len(INPUTS)))
    assert rank_shift(figures, varied=NOTHING)(points) == pytest.approx(0)
    little = rank_shift(figures, varied=NOTHING._replace(weights=0.05))(points).mean()
    much = rank_shift(figures, varied=EVERYTHING)(points).mean()
    assert 0 < little < much


def test_a_choice_that_is_not_made_explains_nothing() -> None:
    figures, _ = simulated(60)
    varied = NOTHING._replace(data=True, normalisation=True)
    found = variance_shares(rank_shift(figures, varied=varied), len(INPUTS), 64)
    assert found.total.value[[1, 2, 3]] == pytest.approx(0, abs=1e-12)
    assert found.total.value[4] > 0.2


def test_one_places_standing_can_be_taken_apart() -> None:
    figures, _ = simulated(60)
    points = np.random.default_rng(7).random((5, len(INPUTS)))
    found = standing_of(figures, 3, varied=NOTHING)(points)
    np.testing.assert_allclose(found, percentile_ranks(published(figures))[3])
    assert np.ptp(standing_of(figures, 3)(points)) > 0


def test_impossible_figures_are_refused() -> None:
    ones = np.ones((3, 2))
    fine = certain(ones, [0, 1])
    wrong = {
        "share the shape": Figures(ones, ones[:2], ones, np.ones(2), np.zeros(2, int)),
        "shape .indicators": Figures(ones, ones, ones, np.ones(3), np.zeros(2, int)),
        "0 or more": certain(-ones, [0, 1]),
        "above high": Figures(ones, ones * 2, ones, np.ones(2), np.zeros(2, int)),
        "coverage": Figures(ones, ones, ones, np.ones(2), np.zeros(2, int), 90),
    }
    for message, figures in wrong.items():
        with pytest.raises(ValueError, match=message):
            rank_intervals(figures, 5)
    with pytest.raises(ValueError, match="runs"):
        rank_intervals(fine, 0)
    for point in (np.zeros(4), np.ones(5)):
        with pytest.raises(ValueError, match="five numbers"):
            scores(prepared(fine), point)


@pytest.mark.parametrize("shape", [(0, 4), (3, 0), (1, 2)])
def test_too_few_places_or_indicators_give_no_error(shape: tuple[int, int]) -> None:
    found = rank_intervals(certain(np.ones(shape), list(range(shape[1]))), 12)
    assert found.rank.shape == (shape[0],)
    assert np.isnan(found.rank).all() == (shape != (1, 2))
