"""Moran's I: published answers, the oracle of PySAL, and exact chances on a small map."""

from itertools import permutations

import esda
import libpysal
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.getis_ord import gi
from analysis.moran import Quadrant, local_moran, moran
from analysis.neighbours import among, from_pairs, row_standardised, within_distance

Floats = NDArray[np.float64]

PUBLISHED = {
    "stl_hom.txt": ("stl.gal", "HR8893", 0.24365582621771659),
    "sids2.dbf": ("sids2.gal", "SIDR74", 0.24772519320480135),
}


def example(name: str) -> tuple[Floats, libpysal.weights.W, csr_array, float]:
    """Return values, weights of PySAL, the same as an array, and the published I."""
    weights, column, known = PUBLISHED[name]
    w = libpysal.io.open(libpysal.examples.get_path(weights)).read()
    table = libpysal.io.open(libpysal.examples.get_path(name))
    return np.array(table.by_col(column), dtype=float), w, csr_array(w.sparse), known


def points(n: int, seed: int) -> csr_array:
    rng = np.random.default_rng(seed)
    return within_distance(rng.uniform(0, 100, n), rng.uniform(0, 100, n), 15)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_i(name: str) -> None:
    values, _, w, known = example(name)
    assert moran(values, row_standardised(w)).i == pytest.approx(known, abs=1e-9)


@pytest.mark.parametrize("name", PUBLISHED)
def test_other_weights_or_another_denominator_miss_the_published_i(name: str) -> None:
    values, _, w, known = example(name)
    assert abs(moran(values, w).i - known) > 1e-4
    n = len(values)
    assert abs(moran(values, row_standardised(w)).i * (n - 1) / n - known) > 1e-4


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("transform", ["r", "b"])
def test_expectation_and_z_agree_with_pysal(name: str, transform: str) -> None:
    values, weights, w, _ = example(name)
    found = moran(values, row_standardised(w) if transform == "r" else w)
    known = esda.Moran(values, weights, transformation=transform, permutations=0)
    assert found == pytest.approx((known.I, known.EI, known.z_norm, known.z_rand), abs=1e-9)
    assert abs(found.z_normal - found.z_random) > 1e-3


@pytest.mark.parametrize("name", PUBLISHED)
def test_local_i_z_and_quadrant_agree_with_pysal(name: str) -> None:
    values, weights, w, _ = example(name)
    found = local_moran(values, row_standardised(w))
    known = esda.Moran_Local(values, weights, permutations=0)
    n = len(values)
    np.testing.assert_allclose(found.i, known.Is * n / (n - 1), atol=1e-9)
    z = (known.Is * n / (n - 1) - known.EIc) / np.sqrt(known.VIc)
    np.testing.assert_allclose(found.z, z, atol=1e-9)
    np.testing.assert_array_equal(found.quadrant, known.q)


@pytest.mark.parametrize("standardised", [False, True])
def test_local_is_add_up_to_the_global_i(standardised: bool) -> None:
    w, values = points(120, 1), np.random.default_rng(2).gamma(2, 1, 120)
    w = row_standardised(w) if standardised else w
    assert np.nansum(local_moran(values, w).i) == pytest.approx(w.sum() * moran(values, w).i)


def test_local_z_is_that_of_gi_with_the_sign_of_the_place() -> None:
    """Both ask whether the sum over neighbours is strange, given the place itself."""
    values = np.random.default_rng(3).gamma(2, 1, 120)
    for w in (points(120, 4), row_standardised(points(120, 4))):
        side = np.where(values > values.mean(), 1, -1)
        expected = side * gi(values, w, general=True)
        np.testing.assert_allclose(local_moran(values, w).z, expected, atol=1e-9)


def test_chances_by_permutation_agree_with_all_orders_of_the_others() -> None:
    """Seven places have 720 orders of the other six: draws must come near, per place."""
    values = np.array([1.0, 2.0, 2.5, 4.0, 7.0, 11.0, 3.0])
    w = from_pairs(np.array([0, 1, 2, 3, 4, 5, 1]), np.array([1, 2, 3, 4, 5, 6, 5]), 7)
    exact, loose = np.empty(7), np.empty(7)
    for place in range(7):
        others = np.delete(values, place)
        beside = np.delete(w.toarray()[place], place)
        sums = np.array([beside @ order for order in map(np.array, permutations(others))])
        exact[place] = _two_sided(sums, beside @ others)
        everyone = np.array([w.toarray()[place] @ o for o in map(np.array, permutations(values))])
        loose[place] = _two_sided(everyone, beside @ others)
    found = local_moran(values, w, permutations=20_000, seed=5).p
    np.testing.assert_allclose(found, exact, atol=0.02)
    assert np.abs(found - loose).max() > 0.04


def _two_sided(sums: Floats, seen: float) -> float:
    tails = (sums <= seen + 1e-9).mean(), (sums >= seen - 1e-9).mean()
    return float(min(1.0, 2 * min(tails)))


def test_permutations_are_twice_those_of_pysal_within_chance() -> None:
    values, weights, w, _ = example("sids2.dbf")
    found = local_moran(values, row_standardised(w), permutations=4_999, seed=1).p
    known = esda.Moran_Local(values, weights, permutations=4_999, seed=1).p_sim
    np.testing.assert_allclose(found, np.minimum(1, 2 * known), atol=0.05)


def test_a_seed_gives_the_same_chances_again() -> None:
    values, _, w, _ = example("sids2.dbf")
    runs = [local_moran(values, w, permutations=99, seed=seed).p for seed in (1, 1, 2)]
    np.testing.assert_array_equal(runs[0], runs[1])
    assert (runs[0] != runs[2]).any()


def test_chances_are_even_where_there_is_nothing_to_find() -> None:
    w = points(400, 6)
    found = [
        local_moran(np.random.default_rng(seed).normal(size=400), w, permutations=99, seed=seed)
        for seed in range(20)
    ]
    p = np.concatenate([each.p[np.diff(w.indptr) > 0] for each in found])
    for level in (0.1, 0.3, 0.6):
        assert (p <= level).mean() == pytest.approx(level, abs=0.03)


def test_an_unknown_place_is_as_if_it_were_not_there() -> None:
    w, values = row_standardised(points(150, 7)), np.random.default_rng(8).gamma(2, 1, 150)
    values[::5] = np.nan
    known = np.isfinite(values)
    assert moran(values, w) == moran(values[known], among(w, known))
    found = local_moran(values, w, permutations=9)
    alone = local_moran(values[known], among(w, known), permutations=9)
    np.testing.assert_array_equal(np.array(found)[:, known], np.array(alone))
    assert np.isnan(np.array(found[:3])[:, ~known]).all()
    assert (found.quadrant[~known] == Quadrant.NONE).all()


@given(st.floats(-1e3, 1e3), st.floats(0.01, 100))
def test_i_knows_no_origin_and_no_unit(origin: float, unit: float) -> None:
    w, values = points(60, 9), np.random.default_rng(10).gamma(2, 1, 60)
    assert moran(origin + unit * values, w) == pytest.approx(moran(values, w), abs=1e-6)


def test_quadrants_say_who_lies_beside_whom() -> None:
    w = from_pairs(np.array([0, 1, 3, 4]), np.array([1, 2, 4, 5]), 7)
    found = local_moran(np.array([9.0, 8.0, 7.0, 1.0, 9.0, 0.0, 5.0]), w).quadrant
    high, low = Quadrant.HIGH_HIGH, Quadrant.LOW_HIGH
    assert found.tolist() == [high, high, high, low, Quadrant.HIGH_LOW, low, Quadrant.NONE]
    quiet = local_moran(np.array([0.0, 1.0, 0.0, 9.0, 9.0, 9.0, 9.0]), w).quadrant
    assert (quiet[:3] == Quadrant.LOW_LOW).all()


def test_there_is_no_i_without_spread_or_neighbours() -> None:
    line = from_pairs(np.array([0, 1]), np.array([1, 2]), 5)
    nobody = csr_array((5, 5))
    values = np.array([1.0, 5.0, 2.0, 8.0, 3.0])
    for x, w in ((np.full(5, 0.1), line), (values, nobody), (np.full(5, np.nan), line)):
        assert np.isnan(moran(x, w)).all()
        found = local_moran(x, w, permutations=9)
        assert np.isnan(np.array(found[:3])).all()
        assert (found.quadrant == Quadrant.NONE).all()
    assert np.isnan(local_moran(values, line).i).tolist() == [False, False, False, True, True]


def test_equal_values_whose_mean_is_rounded_have_no_spread() -> None:
    equal = np.full(7, 0.1)
    assert equal.mean() != 0.1
    line = from_pairs(np.arange(6), np.arange(1, 7), 7)
    assert np.isnan(moran(equal, line)).all()
    assert np.isnan(local_moran(equal, line).i).all()


def test_what_does_not_fit_is_refused() -> None:
    line = from_pairs(np.array([0, 1]), np.array([1, 2]), 3)
    with pytest.raises(ValueError, match="do not fit"):
        moran(np.ones(4), line)
    with pytest.raises(ValueError, match="shape"):
        local_moran(np.ones((3, 2)), line)
    with pytest.raises(ValueError, match="own neighbour"):
        moran(np.ones(3), from_pairs(np.array([0]), np.array([1]), 3, itself=True))
    with pytest.raises(ValueError, match="permutations"):
        local_moran(np.ones(3), line, permutations=-1)
