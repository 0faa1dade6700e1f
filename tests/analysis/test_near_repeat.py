"""The near-repeat test: Knox's own figures, all orders of the dates, and planted repeats."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis import near_repeat
from analysis.near_repeat import Blur, near_repeats

Floats = NDArray[np.float64]

KNOX = 0.83
"""Knox (1964): of 4560 pairs of 96 cases 25 lay within 1 km and 152 within 59 days."""


def grouped(sizes: list[int], gap: float, total: int = 96) -> Floats:
    """Positions of ``total`` events in groups at one place each, the others alone."""
    sizes = sizes + [1] * (total - sum(sizes))
    return np.repeat(np.arange(len(sizes)) * gap, sizes)


def like_knox() -> tuple[Floats, Floats]:
    """96 events of which 25 pairs are close in space and 152 in time, at random otherwise."""
    spots = grouped([7, 3, 2], gap=5000)
    days = np.random.default_rng(4).permutation(grouped([17, 6, 2], gap=100))
    return np.column_stack([spots, np.zeros(96)]), days


def test_expected_pairs_are_those_that_knox_published() -> None:
    points, days = like_knox()
    found = near_repeats(points, days, [1000], [59], simulations=1)
    assert found.expected.item() == pytest.approx(KNOX, abs=0.005)


def test_pairs_counted_twice_miss_what_knox_published(monkeypatch: pytest.MonkeyPatch) -> None:
    right = near_repeat._pairs_in_time
    monkeypatch.setattr(near_repeat, "_pairs_in_time", lambda day, soon: 2 * right(day, soon))
    points, days = like_knox()
    found = near_repeats(points, days, [1000], [59], simulations=1)
    assert abs(found.expected.item() - KNOX) > 0.005


def test_expected_pairs_and_p_are_those_of_all_orders_of_the_dates() -> None:
    points = np.array([[0, 0], [0, 30], [0, 80], [500, 0], [500, 90], [900, 900]], dtype=float)
    days = np.array([1, 3, 2, 40, 41, 90], dtype=float)
    found = near_repeats(points, days, [50, 100], [2, 10], simulations=9_999)
    orders = [
        near_repeats(points, np.array(order), [50, 100], [2, 10], simulations=1).pairs
        for order in permutations(days)
    ]
    np.testing.assert_allclose(found.expected, np.mean(orders, axis=0))
    as_many = np.mean([pairs >= found.pairs for pairs in orders], axis=0)
    np.testing.assert_allclose(found.p, as_many, atol=0.015)


events = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 12)), min_size=2, max_size=25
)


@settings(max_examples=150, deadline=None)
@given(events)
def test_pairs_are_those_of_a_plain_count(listed: list[tuple[int, int, int]]) -> None:
    metres, within = [0, 2, 5], [0, 3, 6]
    counted = np.zeros((3, 3), dtype=int)
    for n, (x, y, day) in enumerate(listed):
        for other_x, other_y, other_day in listed[:n]:
            row = sum(math.hypot(x - other_x, y - other_y) > limit for limit in metres)
            column = sum(abs(day - other_day) > limit for limit in within)
            if row < 3 and column < 3:
                counted[row, column] += 1
    given_events = np.array(listed, dtype=float)
    found = near_repeats(given_events[:, :2], given_events[:, 2], metres, within, simulations=1)
    np.testing.assert_array_equal(found.pairs, counted)


def test_limits_belong_to_the_nearer_band() -> None:
    points = np.array([[0, 0], [0, 100], [0, 300]], dtype=float)
    found = near_repeats(points, np.array([0.0, 7, 14]), [100, 200], [7, 14], simulations=9)
    assert found.pairs.tolist() == [[1, 0], [1, 0]]


def test_the_same_spot_can_be_a_band() -> None:
    points = np.array([[5, 5], [5, 5], [5, 6], [90, 90]], dtype=float)
    found = near_repeats(points, np.arange(4.0), [0], [1], simulations=9)
    assert found.pairs.tolist() == [[1]]


def test_a_band_where_nothing_is_expected_has_no_ratio() -> None:
    points = np.array([[0, 0], [0, 100], [0, 900]], dtype=float)
    found = near_repeats(points, np.arange(3.0), [0, 100], [1], simulations=9)
    assert np.isnan(found.ratio[0, 0])
    assert found.p[0, 0] == 1
    assert found.ratio[1, 0] == pytest.approx(1 / (1 * 2 / 3))


def city(rng: np.random.Generator, size: int) -> tuple[Floats, Floats]:
    """Events with busy places and busy weeks, but no link between the two."""
    spots = rng.uniform(0, 4000, (30, 2))
    points = spots[rng.integers(0, 30, size)] + rng.normal(0, 150, (size, 2))
    return points, np.floor(365 * rng.beta(2, 3, size))


def test_busy_places_and_busy_weeks_give_p_values_that_are_about_uniform() -> None:
    rng = np.random.default_rng(21)
    p = []
    for seed in range(200):
        points, days = city(rng, 120)
        p.append(near_repeats(points, days, [200], [14], simulations=99, seed=seed).p.item())
    assert 2 <= sum(value <= 0.05 for value in p) <= 20
    assert 0.45 < float(np.mean(p)) < 0.62  # whole counts tie, which counts against a repeat


def with_repeats(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """A city where 40 of 300 events come again within 85 metres and a week."""
    points, days = city(rng, 300)
    repeated = rng.choice(300, 40, replace=False)
    points = np.vstack([points, points[repeated] + rng.uniform(-60, 60, (40, 2))])
    return points, np.append(days, days[repeated] + rng.integers(1, 8, 40))


def test_planted_repeats_are_found_in_their_bands_only() -> None:
    rng = np.random.default_rng(22)
    found = [
        near_repeats(*with_repeats(rng), [100, 200, 400], [7, 14, 28], simulations=99, seed=seed)
        for seed in range(30)
    ]
    assert min(one.ratio[0, 0] for one in found) > 1.5
    assert max(one.p[0, 0] for one in found) == 0.01
    elsewhere = np.array([one.p[1:, 1:] for one in found])
    assert np.mean(elsewhere <= 0.05) < 0.15


def test_an_event_without_place_or_day_does_not_count() -> None:
    points, days = city(np.random.default_rng(23), 80)
    gone = np.isin(np.arange(80), [4, 5])
    without = near_repeats(points[~gone], days[~gone], [200], [14])
    points[4, 1], days[5] = np.nan, np.nan
    for one, other in zip(near_repeats(points, days, [200], [14]), without, strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_calendar_may_begin_on_any_day() -> None:
    points, days = city(np.random.default_rng(24), 80)
    one, other = (near_repeats(points, days + d, [200], [14]) for d in (0, 738_000))
    np.testing.assert_array_equal(one.p, other.p)


TWO = np.zeros((2, 2))


@pytest.mark.parametrize(
    ("points", "days", "metres", "within", "message"),
    [
        (TWO, np.zeros(3), [1], [1], "do not match"),
        (TWO[:1], np.zeros(1), [1], [1], "two events"),
        (TWO, np.array([0, np.nan]), [1], [1], "two events"),
        (TWO, np.array([0, 0.5]), [1], [1], "whole"),
        (TWO, np.zeros(2), [], [1], "metres"),
        (TWO, np.zeros(2), [2, 1], [1], "metres"),
        (TWO, np.zeros(2), [1], [-1], "within"),
    ],
)
def test_impossible_input_is_refused(
    points: Floats, days: Floats, metres: list[float], within: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        near_repeats(points, days, metres, within)


def test_no_simulation_is_refused() -> None:
    with pytest.raises(ValueError, match="simulations"):
        near_repeats(TWO, np.zeros(2), [1], [1], simulations=0)


def test_blurred_pairs_are_no_surer_than_they_should_be() -> None:
    """Events without any link: the p of blurred pairs is as uniform as that of the pairs."""
    chance = np.random.default_rng(6)
    p, pairs = [], []
    for secret in range(150):
        points = chance.uniform(0, 3_000, (150, 2))
        days = chance.integers(0, 300, 150).astype(float)
        exact = near_repeats(points, days, [200], [14], simulations=1)
        found = near_repeats(points, days, [200], [14], 99, seed=1, blur=Blur(5.0, secret))
        p.append(found.p.item())
        pairs.append((found.pairs - exact.pairs).item())
    assert np.mean(np.array(p) <= 0.1) == pytest.approx(0.1, abs=0.06)
    assert np.mean(np.array(p) <= 0.5) == pytest.approx(0.5, abs=0.1)
    assert np.std(pairs) == pytest.approx(5, abs=1.2)
