"""Hot spots: the published z of six points, the oracle of PySAL, and z as sure as it says."""

import esda
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libpysal.weights import WSP
from numpy.typing import NDArray
from scipy.sparse import csr_array, csr_matrix

from analysis.getis_ord import GetisOrd, gi, gi_star
from analysis.neighbours import among, from_pairs, row_standardised, within_distance

Floats = NDArray[np.float64]

X = np.array([10.0, 20.0, 40.0, 15.0, 30.0, 30.0])
Y = np.array([10.0, 10.0, 10.0, 20.0, 20.0, 30.0])
VALUES = np.array([2, 3, 3.2, 5, 8, 7])
BAND = within_distance(X, Y, 15)

STATISTICS = {False: gi, True: gi_star}


def points(n: int, seed: int) -> csr_array:
    rng = np.random.default_rng(seed)
    return within_distance(rng.uniform(0, 100, n), rng.uniform(0, 100, n), 15)


def pysal(values: Floats, w: csr_array, star: bool, transform: str) -> Floats:
    weights = WSP(csr_matrix(w)).to_W(silence_warnings=True)
    found = esda.G_Local(values, weights, transform=transform, permutations=0, star=star)
    return np.asarray(found.Zs)


def test_six_points_have_the_published_z() -> None:
    np.testing.assert_allclose(
        gi(VALUES, BAND),
        [-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941],
        atol=1e-6,
    )
    np.testing.assert_allclose(
        gi_star(VALUES, BAND),
        [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331],
        atol=1e-6,
    )
    shares = row_standardised(BAND)
    assert gi(VALUES, shares)[0] == pytest.approx(-0.62074534, abs=1e-6)
    assert gi_star(VALUES, shares)[0] == pytest.approx(-0.62488094, abs=1e-6)


def test_any_other_statistic_misses_the_published_z() -> None:
    shares = row_standardised(BAND)
    assert abs(gi_star(VALUES, BAND)[0] + 1.0136729) > 1e-2
    assert abs(gi(VALUES, BAND)[0] + 1.39727626) > 1e-2
    assert abs(gi(VALUES, shares, general=True)[0] + 0.62074534) > 1e-2
    assert abs(gi_star(VALUES, shares, general=True)[0] + 0.62488094) > 1e-2
    sample = VALUES.std(ddof=1) / VALUES.std()
    assert abs(gi_star(VALUES, BAND)[0] / sample + 1.39727626) > 1e-2


@pytest.mark.parametrize("star", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_z_agrees_with_pysal(star: bool, seed: int) -> None:
    w = points(150, seed)
    values = np.random.default_rng(seed).gamma(1.5, 20, 150)
    statistic = STATISTICS[star]
    beside = np.diff(w.indptr) > 0
    assert beside.all()
    np.testing.assert_allclose(statistic(values, w), pysal(values, w, star, "B"), atol=1e-9)
    shares = row_standardised(w)
    np.testing.assert_allclose(statistic(values, shares), pysal(values, w, star, "R"), atol=1e-9)


@pytest.mark.parametrize("star", [False, True])
@pytest.mark.parametrize("kind", ["binary", "standardised", "general"])
def test_an_unknown_place_is_as_if_it_were_not_there(star: bool, kind: str) -> None:
    binary = points(150, 4)
    w = binary if kind == "binary" else row_standardised(binary)
    values = np.random.default_rng(5).gamma(1.5, 20, 150)
    values[::4] = np.nan
    known = np.isfinite(values)
    found = STATISTICS[star](values, w, general=kind == "general")
    alone = STATISTICS[star](values[known], among(w, known), general=kind == "general")
    assert np.isnan(found[~known]).all()
    assert np.isfinite(found).sum() > 100
    np.testing.assert_allclose(found[known], alone, atol=1e-12)


@pytest.mark.parametrize("star", [False, True])
def test_a_place_may_say_itself_that_it_is_its_own_neighbour(star: bool) -> None:
    first, second = np.argwhere(points(80, 6).toarray()).T
    without = from_pairs(first, second, 80)
    within = from_pairs(first, second, 80, itself=True)
    values = np.random.default_rng(7).gamma(1.5, 20, 80)
    expected = STATISTICS[star](values, without)
    np.testing.assert_allclose(STATISTICS[star](values, within), expected, atol=1e-12)
    if star:
        shares = gi_star(values, row_standardised(within))
        np.testing.assert_allclose(shares, gi_star(values, row_standardised(without)), atol=1e-12)


@given(st.floats(-1e4, 1e4), st.floats(0.01, 100), st.booleans(), st.booleans())
def test_z_knows_no_origin_and_no_unit(
    origin: float, unit: float, star: bool, general: bool
) -> None:
    w = points(60, 8)
    values = np.random.default_rng(9).gamma(1.5, 20, 60)
    z = STATISTICS[star](values, w, general=general)
    moved = STATISTICS[star](origin + unit * values, w, general=general)
    np.testing.assert_allclose(moved, z, atol=1e-6)


@given(st.permutations(range(30)))
def test_z_follows_the_place_in_whatever_order(order: list[int]) -> None:
    w, values = points(30, 10), np.random.default_rng(11).gamma(1.5, 20, 30)
    moved = csr_array(w[order][:, order])
    np.testing.assert_allclose(gi_star(values[order], moved), gi_star(values, w)[order], atol=1e-12)


def test_general_weights_have_a_z_with_variance_one_and_standardised_rows_do_not() -> None:
    """Over random orders of the values, at every place with several neighbours."""
    rng = np.random.default_rng(12)
    w = points(150, 13)
    shares = row_standardised(w)
    decay = csr_array(w.multiply(np.random.default_rng(14).uniform(0.2, 1, w.shape)))
    several = np.diff(w.indptr) >= 4
    orders = [rng.permutation(150) for _ in range(2_000)]
    values = rng.gamma(1.5, 20, 150)

    def spread(weights: csr_array, general: bool) -> Floats:
        drawn = [gi_star(values[order], weights, general=general) for order in orders]
        return np.asarray(np.std(drawn, axis=0)[several])

    for weights, general in ((w, False), (shares, True), (decay, True)):
        np.testing.assert_allclose(spread(weights, general), 1, atol=0.07)
    assert (spread(shares, False) < 0.6).all()


@pytest.mark.parametrize("kind", ["binary", "standardised", "general"])
def test_weights_that_were_used_before_give_the_same(kind: str) -> None:
    """Whatever was known of the values before: all of it, or less."""
    w = points(150, 4) if kind == "binary" else row_standardised(points(150, 4))
    rng = np.random.default_rng(15)
    columns = rng.gamma(1.5, 20, (150, 6))
    columns[rng.random(150) < 0.3, 1] = np.nan
    columns[rng.random((150, 6)) < [0, 0, 0.2, 0, 1, 0]] = np.nan
    used = GetisOrd(w, general=kind == "general")
    for values in columns.T:
        for statistic, again in ((gi, used.gi), (gi_star, used.gi_star)):
            expected = statistic(values, w, general=kind == "general")
            np.testing.assert_array_equal(again(values), expected)


def test_there_is_no_z_without_spread_or_neighbours() -> None:
    line = from_pairs(np.array([0, 1]), np.array([1, 2]), 5)
    values = np.array([0.1, 0.3, 0.1, 0.1, 0.1])
    assert np.isnan(gi(values, line)).tolist() == [False, True, False, True, True]
    assert np.isfinite(gi_star(values, line)).all()
    assert np.isnan(gi_star(np.full(5, 0.1), line)).all()
    assert np.isnan(gi(np.full(5, np.nan), line)).all()
    assert np.isnan(gi_star(np.full(5, np.nan), line)).all()
    everyone = from_pairs(np.array([0, 0, 1]), np.array([1, 2, 2]), 3)
    assert np.isnan(gi_star(np.array([1.0, 2.0, 4.0]), everyone)).all()


@pytest.mark.parametrize("n", [6, 7, 12])
def test_equal_values_whose_mean_is_rounded_have_no_spread(n: int) -> None:
    equal = np.full(n, 0.1)
    assert equal.mean() != 0.1
    line = from_pairs(np.arange(n - 1), np.arange(1, n), n)
    assert np.isnan(gi_star(equal, line)).all()
    assert np.isnan(gi(equal, line)).all()


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        gi(np.ones(5), BAND)
    with pytest.raises(ValueError, match="shape"):
        gi_star(np.ones((6, 2)), BAND)
    with pytest.raises(ValueError, match="general=True"):
        gi_star(VALUES, BAND * 0.3)
