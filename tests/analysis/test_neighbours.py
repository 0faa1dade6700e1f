"""Neighbours are who they should be, on both sides, and sums over them are products."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.neighbours import among, from_pairs, is_row_standardised, row_standardised
from analysis.neighbours import within_distance as within

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30)
POINTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=25)


def ints(*values: int) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def path(n: int, *, itself: bool = False) -> csr_array:
    return from_pairs(np.arange(n - 1), np.arange(1, n), n, itself=itself)


@given(PAIRS, st.booleans())
def test_pairs_are_neighbours_on_both_sides_however_often_named(
    pairs: list[tuple[int, int]], itself: bool
) -> None:
    apart = [(a, b) for a, b in pairs if a != b]
    w = from_pairs(ints(*(a for a, _ in apart)), ints(*(b for _, b in apart)), 10, itself=itself)
    expected = np.eye(10) * itself
    for a, b in apart:
        expected[a, b] = expected[b, a] = 1
    np.testing.assert_array_equal(w.toarray(), expected)


@pytest.mark.parametrize(
    ("first", "second"),
    [((0, 1), (1,)), ((0, 3), (1, 2)), ((0, -1), (1, 2)), ((0, 2), (1, 2))],
)
def test_impossible_pairs_are_refused(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="pair"):
        from_pairs(ints(*first), ints(*second), 3)


@given(POINTS, st.integers(1, 40))
def test_a_distance_band_has_all_places_up_to_the_distance(
    points: list[tuple[int, int]], metres: int
) -> None:
    x, y = (np.array([point[axis] for point in points], dtype=float) for axis in (0, 1))
    apart = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    expected = (apart <= metres**2) & ~np.eye(len(x), dtype=bool)
    np.testing.assert_array_equal(within(x, y, metres).toarray(), expected)


def test_a_place_without_coordinates_has_no_neighbours() -> None:
    w = within(np.array([0.0, np.nan, 1.0, 2.0]), np.array([0.0, 0.0, 0.0, np.nan]), 5)
    np.testing.assert_array_equal(np.argwhere(w.toarray()), [(0, 2), (2, 0)])


@pytest.mark.parametrize("metres", [0.0, -1.0, float("nan")])
def test_a_distance_of_nothing_is_refused(metres: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        within(np.zeros(2), np.zeros(2), metres)
    with pytest.raises(ValueError, match="one length"):
        within(np.zeros(2), np.zeros(3), 1.0)


@given(PAIRS)
def test_a_product_with_standardised_rows_is_the_mean_of_the_neighbours(
    pairs: list[tuple[int, int]],
) -> None:
    apart = [(a, b) for a, b in pairs if a != b]
    w = from_pairs(ints(*(a for a, _ in apart)), ints(*(b for _, b in apart)), 10)
    values = np.arange(10.0) ** 2
    means = row_standardised(w) @ values
    for place, mean in enumerate(means):
        beside = values[w.toarray()[place] > 0]
        assert mean == pytest.approx(beside.mean() if len(beside) else 0.0)


def test_standardised_rows_are_recognised_beside_binary_ones() -> None:
    assert is_row_standardised(row_standardised(path(5)))
    assert not is_row_standardised(path(5))
    assert not is_row_standardised(path(5) * 0.3)
    assert not is_row_standardised(from_pairs(ints(0), ints(1), 3))


def test_negative_or_oblong_weights_have_no_shares() -> None:
    with pytest.raises(ValueError, match="negative"):
        row_standardised(path(3) * -1.0)
    with pytest.raises(ValueError, match="do not fit"):
        row_standardised(csr_array(np.ones((2, 3))))
    with pytest.raises(ValueError, match="do not fit"):
        among(path(3), np.ones(4, dtype=bool))


def test_who_remains_shares_the_weight_of_who_is_left_out() -> None:
    known = np.array([True, False, True, True, True])
    np.testing.assert_array_equal(
        among(path(5), known).toarray(),
        [[0, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]],
    )
    shared = among(row_standardised(path(5)), known).toarray()
    np.testing.assert_allclose(shared.sum(axis=1), [0, 1, 1, 1])
    assert among(path(5), np.ones(5, dtype=bool)).toarray().sum() == 8
