"""The steps of a composite index: those of a published one, and what each must keep."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.stats import kurtosis as scipy_kurtosis
from scipy.stats import skew as scipy_skew

from analysis.aggregation import Mean, aggregate, arithmetic, geometric
from analysis.coherence import REDUNDANT, coherence, correlation, cronbach_alpha, item_rest
from analysis.imputation import group_means
from analysis.normalisation import denominated, directed, min_max, rank_scores, t_scores, z_scores
from analysis.outliers import (
    MOST_POINTS,
    UNTREATED,
    kurtosis,
    skewness,
    treated,
    treatment,
    without_outliers,
)
from analysis.ranks import percentile_ranks

Floats = NDArray[np.float64]

TOLERANCE = 0.005
INDEX = {"CHE": 68.38, "NLD": 64.82, "DNK": 64.80, "NOR": 64.47, "BEL": 63.54, "SWE": 63.00}
RANKS = {"AUT": 7, "BGR": 30, "AUS": 35, "BRN": 40, "BGD": 46}


class Asem(NamedTuple):
    """The ASEM connectivity index as delivered with COINr."""

    countries: list[str]
    raw: Floats
    size: Floats
    continents: NDArray[np.object_]
    direction: Floats
    parents: NDArray[np.int64]
    weights: Floats
    nodes: list[str]


@pytest.fixture(scope="module")
def asem(anchors: Path) -> Asem:
    data = pd.read_csv(anchors / "asem_data.csv")
    meta = pd.read_csv(anchors / "asem_meta.csv")
    meta = meta[meta["Type"].isin(["Indicator", "Aggregate"])]
    leaves = meta[meta["Type"] == "Indicator"]
    codes = list(meta["iCode"])
    ones = pd.Series(1.0, data.index)
    sizes = [ones if pd.isna(name) else data[name] for name in leaves["Denominator"]]
    return Asem(
        list(data["uCode"]),
        data[leaves["iCode"]].to_numpy(float),
        np.column_stack(sizes).astype(float),
        data["EurAsia_group"].to_numpy(object).astype(str),
        leaves["Direction"].to_numpy(float),
        np.array([-1 if pd.isna(p) else codes.index(p) for p in meta["Parent"]]),
        meta["Weight"].to_numpy(float),
        codes,
    )


def index_of(asem: Asem, size: Floats | None = None, outliers: bool = True) -> pd.DataFrame:
    values = denominated(asem.raw, asem.size if size is None else size)
    values = group_means(values, asem.continents)
    values = without_outliers(values) if outliers else values
    scaled = min_max(directed(values, asem.direction))
    nodes = aggregate(scaled, asem.parents, asem.weights)
    return pd.DataFrame(nodes, index=asem.countries, columns=asem.nodes)


def test_the_published_asem_index_is_reproduced(asem: Asem) -> None:
    found = index_of(asem)
    for country, value in INDEX.items():
        assert found["Index"][country] == pytest.approx(value, abs=TOLERANCE)
    assert found["Physical"]["NLD"] == pytest.approx(64.87, abs=TOLERANCE)
    assert found["Environ"]["NLD"] == pytest.approx(58.73, abs=TOLERANCE)
    ranks = found["Index"].rank(ascending=False)
    assert {country: ranks[country] for country in RANKS} == RANKS


def test_a_wrong_step_misses_the_published_asem_index(asem: Asem) -> None:
    wrong_denominator = index_of(asem, np.roll(asem.size, 1, axis=1))
    no_treatment = index_of(asem, outliers=False)
    for found in (wrong_denominator, no_treatment):
        away = [abs(found["Index"][country] - value) for country, value in INDEX.items()]
        assert min(away) > 2 * TOLERANCE


figure = st.integers(-50, 50).map(float)
gappy = figure | st.just(np.nan)
table = arrays(float, (12, 3), elements=gappy)
lone = arrays(float, 30, elements=figure)


@given(table)
def test_scales_keep_the_order_and_the_gaps(values: Floats) -> None:
    for scale in (min_max, z_scores, t_scores, rank_scores):
        scaled = scale(values)
        np.testing.assert_array_equal(np.isnan(scaled), np.isnan(values))
        for before, after in zip(values.T, scaled.T, strict=True):
            known = np.isfinite(before)
            np.testing.assert_allclose(
                percentile_ranks(np.round(after[known], 9)), percentile_ranks(before[known])
            )


@given(table, st.integers(1, 9), st.integers(-9, 9))
def test_scales_do_not_depend_on_the_unit(values: Floats, factor: int, shift: int) -> None:
    for scale in (min_max, z_scores, rank_scores):
        np.testing.assert_allclose(scale(values * factor + shift), scale(values), atol=1e-9)


def test_each_scale_has_its_own_middle_and_width() -> None:
    values = np.random.default_rng(1).gamma(2, 1, (300, 4))
    values[:40, 1] = np.nan
    assert np.nanmin(min_max(values), axis=0) == pytest.approx(0)
    assert np.nanmax(min_max(values), axis=0) == pytest.approx(100)
    np.testing.assert_allclose(np.nanmean(z_scores(values), axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(np.nanstd(z_scores(values), axis=0, ddof=1), 1)
    np.testing.assert_allclose(np.nanmean(t_scores(values), axis=0), 50)
    np.testing.assert_allclose(np.nanstd(t_scores(values), axis=0, ddof=1), 10)


@given(table)
def test_rank_scores_are_percentile_ranks_with_and_without_ties(values: Floats) -> None:
    apart = values + np.arange(len(values))[:, None] / 100
    for given_values in (values, apart):
        for column, ranked in enumerate(rank_scores(given_values).T):
            np.testing.assert_allclose(ranked, percentile_ranks(given_values[:, column]))


def test_an_indicator_that_is_the_same_everywhere_is_in_the_middle() -> None:
    same = np.column_stack([np.full(7, 0.1), np.full(7, np.nan)])
    for scale, middle in ((min_max, 50), (z_scores, 0), (t_scores, 50), (rank_scores, 50)):
        np.testing.assert_allclose(scale(same)[:, 0], middle)
        assert np.isnan(scale(same)[:, 1]).all()


def test_an_infinite_figure_is_no_figure() -> None:
    values = np.array([[1.0], [np.inf], [3.0], [-np.inf]])
    for scale in (min_max, z_scores, t_scores, rank_scores):
        np.testing.assert_array_equal(np.isnan(scale(values)[:, 0]), [False, True, False, True])


def test_denomination_needs_a_size_above_zero() -> None:
    values = np.array([[6.0, 1.0], [4.0, 1.0], [np.nan, 1.0], [5.0, 1.0]])
    found = denominated(values, np.array([[2.0], [0.0], [1.0], [-1.0]]))
    np.testing.assert_array_equal(found[:, 0], [3, np.nan, np.nan, np.nan])
    with pytest.raises(ValueError, match="does not fit"):
        denominated(values, np.ones(4))
    with pytest.raises(ValueError, match="does not fit"):
        denominated(values, np.ones((3, 2)))


def test_direction_is_one_or_minus_one() -> None:
    values = np.array([[1.0, 2.0], [np.nan, 3.0]])
    np.testing.assert_array_equal(directed(values, np.array([-1.0, 1.0])), [[-1, 2], [np.nan, 3]])
    for wrong in (np.array([0.0, 1.0]), np.array([1.0])):
        with pytest.raises(ValueError, match="direction"):
            directed(values, wrong)


def test_skewness_and_kurtosis_are_sample_corrected() -> None:
    values = np.random.default_rng(2).gamma(1, 1, 40)
    with_gap = np.append(values, np.nan)
    assert skewness(with_gap) == pytest.approx(scipy_skew(values, bias=False))
    assert kurtosis(with_gap) == pytest.approx(scipy_kurtosis(values, bias=False))
    assert skewness(with_gap) > scipy_skew(values) + 0.01
    assert np.isnan([skewness(values[:2]), kurtosis(values[:3]), skewness(np.ones(9))]).all()


@given(lone)
def test_treatment_keeps_the_order(values: Floats) -> None:
    found = treated(values, treatment(values))
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= -1e-12).all()
    assert np.ptp(found) > 0 or np.ptp(values) == 0


@given(lone, st.integers(100, 3000), st.booleans())
def test_few_outliers_are_pulled_in_and_no_more_than_needed(
    values: Floats, far: int, above: bool
) -> None:
    values = values.copy()
    values[:2] = (far, far + 7) if above else (-far, -far - 7)
    how = treatment(values)
    assume(not how.log and how != UNTREATED)
    found = treated(values, how)
    changed = np.flatnonzero(found != values)
    assert 0 < len(changed) <= MOST_POINTS
    assert abs(skewness(found)) < 2 or kurtosis(found) < 3.5
    beyond = values > found if above else values < found
    assert beyond[changed].all()


def test_a_table_skewed_as_a_whole_gets_a_logarithm() -> None:
    values = np.random.default_rng(3).lognormal(0, 1.3, (500, 2))
    values[:, 1] = np.random.default_rng(4).normal(0, 1, 500)
    values[7, 0] = np.nan
    found = without_outliers(values)
    assert treatment(values[:, 0]).log
    assert abs(skewness(found[:, 0])) < 2
    assert np.isnan(found[7, 0])
    np.testing.assert_array_equal(found[:, 1], values[:, 1])


def test_a_rare_yes_is_not_winsorised_away() -> None:
    values = np.zeros(60)
    values[3] = 1.0
    found = treated(values, treatment(values))
    assert found[3] > found[4]


def test_outliers_need_a_fitting_shape() -> None:
    with pytest.raises(ValueError, match="places,"):
        treatment(np.ones((2, 2)))
    with pytest.raises(ValueError, match="places, indicators"):
        without_outliers(np.ones(3))


@given(arrays(float, (10, 2), elements=gappy), arrays(int, 10, elements=st.integers(0, 2)))
def test_gaps_are_filled_with_the_mean_of_the_group(
    values: Floats, groups: NDArray[np.int64]
) -> None:
    found = group_means(values, groups)
    frame = pd.DataFrame(values)
    expected = frame.fillna(frame.groupby(groups).transform("mean")).to_numpy()
    np.testing.assert_allclose(found, expected)


def test_imputation_needs_a_group_for_each_place() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        group_means(np.ones((3, 2)), np.zeros(2, int))


def test_means_share_weights_out_over_what_is_known() -> None:
    values = np.array([[1.0, 4.0], [np.nan, 4.0], [np.nan, np.nan]])
    weights = np.array([3.0, 1.0])
    np.testing.assert_allclose(arithmetic(values, weights), [1.75, 4, np.nan])
    np.testing.assert_allclose(geometric(values, weights), [4**0.25, 4, np.nan])
    np.testing.assert_allclose(arithmetic(values, np.array([1.0, 0.0])), [1, np.nan, np.nan])


@given(arrays(float, (6, 4), elements=st.integers(1, 100).map(float)))
def test_the_geometric_mean_is_never_above_the_arithmetic(values: Floats) -> None:
    weights = np.array([1.0, 2.0, 0.5, 1.0])
    high, low = arithmetic(values, weights), geometric(values, weights)
    assert (low <= high + 1e-9).all()
    assert (low >= values.min(axis=1) - 1e-9).all()


def test_impossible_means_are_refused() -> None:
    values = np.ones((3, 2))
    with pytest.raises(ValueError, match="do not fit"):
        arithmetic(values, np.ones(3))
    with pytest.raises(ValueError, match="0 or more"):
        arithmetic(values, np.array([1.0, -1.0]))
    with pytest.raises(ValueError, match="above 0"):
        geometric(values * 0, np.ones(2))


@pytest.mark.parametrize("mean", [arithmetic, geometric])
def test_a_tree_may_be_numbered_in_any_order_above_its_leaves(mean: Mean) -> None:
    values = np.array([[10.0, 20.0, 60.0], [10.0, np.nan, np.nan]])
    top_first = np.array([4, 4, 3, -1, 3])
    weights = np.array([1.0, 3.0, 1.0, 1.0, 2.0])
    found = aggregate(values, top_first, weights, mean)
    lower = mean(values[:, :2], np.array([1.0, 3.0]))
    top = mean(np.column_stack([values[:, 2], lower]), np.array([1.0, 2.0]))
    np.testing.assert_allclose(found[:, 4], lower)
    np.testing.assert_allclose(found[:, 3], top)


@pytest.mark.parametrize("parents", [[1, 2, -1], [2, 3, -1], [2, 9, -1], [2, -2, -1]])
def test_an_impossible_tree_is_refused(parents: list[int]) -> None:
    with pytest.raises(ValueError, match="a parent must be"):
        aggregate(np.ones((4, 2)), np.array(parents), np.ones(3))


def test_a_tree_that_goes_round_is_refused() -> None:
    with pytest.raises(ValueError, match="round"):
        aggregate(np.ones((4, 1)), np.array([1, 2, 1]), np.ones(3))
    with pytest.raises(ValueError, match="every node"):
        aggregate(np.ones((4, 2)), np.array([1, -1]), np.ones(3))


def related(places: int = 400) -> Floats:
    chance = np.random.default_rng(8)
    common = chance.normal(0, 1, (places, 1))
    values = common + chance.normal(0, 1, (places, 5))
    values[chance.random(values.shape) < 0.1] = np.nan
    return values


@given(arrays(float, (15, 3), elements=gappy))
def test_correlations_are_over_the_places_with_both(values: Floats) -> None:
    # pandas calls a spread of rounding errors a correlation; ours is NaN then.
    expected = pd.DataFrame(values).corr(min_periods=2).to_numpy()
    found = correlation(values)
    both = np.isfinite(found)
    np.testing.assert_allclose(found[both], expected[both], atol=1e-9)
    assert (np.isfinite(found) <= np.isfinite(expected)).all()


def test_correlations_with_spread_are_all_there() -> None:
    np.testing.assert_allclose(correlation(related()), pd.DataFrame(related()).corr(), atol=1e-12)


def test_alpha_is_that_of_parallel_items() -> None:
    """Items with one common part: alpha = k r/(1 + (k - 1) r), here with r = 1/2 (Cronbach)."""
    values = np.random.default_rng(9).normal(0, 1, (50_000, 1)) + np.random.default_rng(10).normal(
        0, 1, (50_000, 6)
    )
    assert cronbach_alpha(values) == pytest.approx(6 * 0.5 / (1 + 5 * 0.5), abs=0.01)
    assert cronbach_alpha(np.repeat(values[:, :1], 4, axis=1)) == pytest.approx(1)


def test_alpha_needs_two_items_two_places_and_spread() -> None:
    assert np.isnan(cronbach_alpha(np.arange(5.0)[:, None]))
    assert np.isnan(cronbach_alpha(np.array([[1.0, 2.0], [np.nan, 3.0]])))
    assert np.isnan(cronbach_alpha(np.ones((5, 3))))


def test_an_item_is_held_against_the_others_without_itself() -> None:
    values = related()
    frame = pd.DataFrame(values)
    expected = [frame[i].corr(frame.drop(columns=i).mean(axis=1)) for i in frame]
    np.testing.assert_allclose(item_rest(values), expected)
    with_itself = [frame[i].corr(frame.mean(axis=1)) for i in frame]
    assert (np.array(with_itself) - item_rest(values) > 0.05).all()


def test_redundant_and_opposed_pairs_are_named() -> None:
    values = related()
    twin = values[:, :1] + np.random.default_rng(11).normal(0, 0.5, (len(values), 1))
    found = coherence(np.column_stack([values, twin, -values[:, 1]]))
    assert found.redundant == [(0, 5)]
    assert found.correlation[0, 5] > REDUNDANT == 0.92
    assert {pair for pair in found.opposed if 6 not in pair} == set()
    assert {pair[0] for pair in found.opposed} == {0, 1, 2, 3, 4, 5}
    assert found.item_rest[6] < 0


def test_unrelated_indicators_are_seldom_called_opposed() -> None:
    found = coherence(np.random.default_rng(12).normal(0, 1, (100, 60)))
    assert 0.02 < len(found.opposed) / (60 * 59 / 2) < 0.08


def test_coherence_needs_a_table() -> None:
    for check in (correlation, cronbach_alpha, item_rest, coherence):
        with pytest.raises(ValueError, match="places, indicators"):
            check(np.ones(4))
