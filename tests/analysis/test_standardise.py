"""Standardised figures: a worked example, the oracle of PySAL, and what must cancel out."""

import numpy as np
import pytest
from esda.smoothing import direct_age_standardization, indirect_age_standardization
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from analysis.standardisation import (
    direct_rate,
    expected,
    reference_rates,
    shrunken_shares,
    standardised_ratio,
)

Floats = NDArray[np.float64]

EVENTS = np.array([[1.0, 8.0], [9.0, 12.0]])
EXPOSURE = np.array([[100.0, 100.0], [900.0, 100.0]])
"""Two places and two branches: rates of 0.01 and 0.10 over all."""

TABLES = arrays(float, (6, 3), elements=st.integers(1, 60).map(float))


def test_a_worked_example() -> None:
    rates = reference_rates(EVENTS, EXPOSURE)
    np.testing.assert_allclose(rates, [0.01, 0.10])
    usual = expected(EXPOSURE, rates)
    np.testing.assert_allclose(usual, [11, 19])
    np.testing.assert_allclose(standardised_ratio(EVENTS.sum(axis=1), usual), [9 / 11, 21 / 19])
    direct = direct_rate(EVENTS, EXPOSURE, EXPOSURE.sum(axis=0))
    np.testing.assert_allclose(direct, [(0.01 * 1000 + 0.08 * 200) / 1200, (10 + 24) / 1200])


def test_a_crude_rate_would_say_the_opposite() -> None:
    """The second place does worse in its branches, yet its crude rate is lower."""
    crude = EVENTS.sum(axis=1) / EXPOSURE.sum(axis=1)
    ratio = standardised_ratio(
        EVENTS.sum(axis=1), expected(EXPOSURE, reference_rates(EVENTS, EXPOSURE))
    )
    assert crude[0] > crude[1]
    assert ratio[0] < ratio[1]


@given(TABLES, TABLES)
def test_rates_agree_with_pysal(events: Floats, exposure: Floats) -> None:
    reference = exposure.sum(axis=0)
    flat = events.ravel(), exposure.ravel(), np.tile(reference, 6)
    known = direct_age_standardization(*flat, 6)
    found = direct_rate(events, exposure, reference)
    np.testing.assert_allclose(found, np.array([row[0] for row in known]), rtol=1e-12)
    totals = np.tile(events.sum(axis=0), 6), np.tile(reference, 6)
    known = indirect_age_standardization(flat[0], flat[1], *totals, 6)
    usual = expected(exposure, reference_rates(events, exposure))
    overall = events.sum() / exposure.sum()
    ratio = standardised_ratio(events.sum(axis=1), usual)
    np.testing.assert_allclose(ratio * overall, [row[0] for row in known], rtol=1e-12)


@given(TABLES, TABLES)
def test_over_all_places_as_much_was_expected_as_happened(events: Floats, exposure: Floats) -> None:
    usual = expected(exposure, reference_rates(events, exposure))
    assert usual.sum() == pytest.approx(events.sum())


@given(TABLES, arrays(float, 3, elements=st.floats(0.01, 5)))
def test_a_place_that_follows_the_reference_stands_at_one(exposure: Floats, rates: Floats) -> None:
    usual = expected(exposure, rates)
    np.testing.assert_allclose(standardised_ratio((exposure * rates).sum(axis=1), usual), 1)


def test_unknown_counts_do_not_count_and_stay_unknown() -> None:
    gaps = EXPOSURE.copy()
    gaps[1, 0] = np.nan
    rates = reference_rates(EVENTS, gaps)
    np.testing.assert_allclose(rates, [0.01, 0.10])
    assert np.isnan(expected(gaps, rates)).tolist() == [False, True]
    ratio = standardised_ratio(np.array([2.0, np.nan, 3.0]), np.array([4.0, 1.0, 0.0]))
    np.testing.assert_array_equal(ratio, [0.5, np.nan, np.nan])


def test_a_stratum_without_a_rate_only_matters_to_who_has_it() -> None:
    rates = reference_rates(np.zeros((2, 2)), np.array([[0.0, 5.0], [0.0, 5.0]]))
    np.testing.assert_array_equal(rates, [np.nan, 0.0])
    found = expected(np.array([[0.0, 5.0], [2.0, 5.0]]), rates)
    np.testing.assert_array_equal(found, [0.0, np.nan])
    direct = direct_rate(EVENTS, np.array([[0.0, 100.0], [900.0, 100.0]]), np.array([1.0, 3.0]))
    assert np.isnan(direct).tolist() == [True, False]
    unweighted = direct_rate(EVENTS, np.array([[0.0, 100.0], [900.0, 100.0]]), np.array([0.0, 3.0]))
    np.testing.assert_allclose(unweighted, [0.08, 0.12])


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="shapes differ"):
        reference_rates(EVENTS, EXPOSURE[:1])
    with pytest.raises(ValueError, match="do not fit"):
        expected(EXPOSURE, np.ones(3))
    with pytest.raises(ValueError, match="reference exposure"):
        direct_rate(EVENTS, EXPOSURE, np.ones(3))
    with pytest.raises(ValueError, match="above 0"):
        direct_rate(EVENTS, EXPOSURE, np.zeros(2))
    for counts, rates in ((-EXPOSURE, np.ones(2)), (EXPOSURE, -np.ones(2))):
        with pytest.raises(ValueError, match="negative"):
            expected(counts, rates)
    with pytest.raises(ValueError, match="negative"):
        standardised_ratio(np.array([-1.0]), np.array([1.0]))


@given(TABLES, st.floats(0.1, 500))
def test_shares_are_drawn_to_those_of_all_places(counts: Floats, typical: float) -> None:
    drawn, own = shrunken_shares(counts, typical), counts / counts.sum(axis=1, keepdims=True)
    everywhere = counts.sum(axis=0) / counts.sum()
    np.testing.assert_allclose(drawn.sum(axis=1), 1)
    assert (np.abs(drawn - everywhere) <= np.abs(own - everywhere) + 1e-12).all()
    np.testing.assert_allclose(shrunken_shares(counts, 1e-9), own, atol=1e-9)


def test_a_worked_example_of_shares() -> None:
    drawn = shrunken_shares(np.array([[30.0, 10.0], [0.0, 0.0], [10.0, 30.0]]), 20)
    np.testing.assert_allclose(drawn, [[40 / 60, 20 / 60], [0.5, 0.5], [20 / 60, 40 / 60]])


def test_shares_of_nothing_are_refused() -> None:
    for counts, typical in ((np.zeros((2, 2)), 1.0), (np.ones((2, 2)), 0.0), (-EVENTS, 1.0)):
        with pytest.raises(ValueError, match="above 0"):
            shrunken_shares(counts, typical)
