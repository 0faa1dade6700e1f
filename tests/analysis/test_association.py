"""Does a score follow a trait of people: the rank correlation and how sure it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.stats import spearmanr

from analysis.association import associations

Floats = NDArray[np.float64]


def pairs(rho: float, places: int, times: int, seed: int = 1) -> tuple[Floats, Floats]:
    """Return normal pairs whose Spearman correlation is ``rho``, (places, times) each."""
    chance = np.random.default_rng(seed)
    pearson = 2 * np.sin(rho * np.pi / 6)
    first, other = chance.normal(0, 1, (2, places, times))
    return first, pearson * first + np.sqrt(1 - pearson**2) * other


@given(
    arrays(float, (15, 2), elements=st.integers(0, 9).map(float) | st.just(np.nan)),
    arrays(float, (15, 3), elements=st.integers(0, 9).map(float) | st.just(np.nan)),
)
def test_rho_is_spearmans_over_the_places_with_both(scores: Floats, traits: Floats) -> None:
    found = associations(scores, traits)
    for i in range(2):
        for j in range(3):
            both = np.isfinite(scores[:, i]) & np.isfinite(traits[:, j])
            x, y = scores[both, i], traits[both, j]
            assert found.places[i, j] == both.sum()
            if len(x) < 4 or np.ptp(x) == 0 or np.ptp(y) == 0:
                assert np.isnan(found.rho[i, j])
                assert not found.flagged[i, j]
            else:
                assert found.rho[i, j] == pytest.approx(spearmanr(x, y).statistic)
                assert found.low[i, j] <= found.rho[i, j] <= found.high[i, j]


def test_the_interval_is_bonett_and_wrights() -> None:
    """By hand for rho = 0.5 over 7 places: artanh 0.549306, spread sqrt(1.125/4) = 0.530330."""
    score = np.arange(7.0)[:, None]
    trait = np.array([1.0, 4, 0, 2, 5, 3, 6])[:, None]
    rho = float(spearmanr(score[:, 0], trait[:, 0]).statistic)
    found = associations(score, trait)
    spread = np.sqrt((1 + rho**2 / 2) / 4)
    limits = np.tanh(np.arctanh(rho) + np.array([-1, 1]) * 1.959964 * spread)
    assert [found.low[0, 0], found.high[0, 0]] == pytest.approx(limits, abs=1e-6)


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.8])
def test_the_interval_covers_as_often_as_it_says(rho: float) -> None:
    first, second = pairs(rho, 60, 1500)
    held = []
    for i in range(first.shape[1]):
        found = associations(first[:, [i]], second[:, [i]])
        held.append(found.low[0, 0] <= rho <= found.high[0, 0])
    assert 0.93 <= np.mean(held) <= 0.97


def test_fishers_variance_of_pearson_would_cover_too_little() -> None:
    """The mutation: with 1/(n - 3), the variance for Pearson, the interval is too narrow."""
    first, second = pairs(0.8, 60, 1500)
    held = []
    for i in range(first.shape[1]):
        rho = float(spearmanr(first[:, i], second[:, i]).statistic)
        reach = 1.96 / np.sqrt(57)
        held.append(abs(np.arctanh(rho) - np.arctanh(0.8)) <= reach)
    assert np.mean(held) < 0.925


def test_only_what_is_surely_strong_is_flagged() -> None:
    first, second = pairs(0.7, 342, 1)
    assert associations(first, second).flagged[0, 0]
    assert associations(first, -second).flagged[0, 0]
    few = associations(first[:12], second[:12])
    assert few.rho[0, 0] > 0.5
    assert not few.flagged[0, 0]
    assert not associations(first, second, threshold=0.75).flagged[0, 0]
    weak = pairs(0.3, 342, 1)
    assert not associations(*weak).flagged[0, 0]


def test_a_score_that_is_the_trait_is_flagged() -> None:
    score = np.random.default_rng(4).random((50, 1))
    found = associations(score, np.column_stack([score**3, -score]))
    np.testing.assert_allclose(found.rho, [[1, -1]])
    np.testing.assert_allclose(found.low, [[1, -1]], atol=1e-9)
    assert found.flagged.all()


def test_impossible_input_is_refused() -> None:
    ones = np.ones((5, 2))
    for scores, traits in ((np.ones(5), ones), (ones, np.ones((4, 2)))):
        with pytest.raises(ValueError, match="same places"):
            associations(scores, traits)
    for threshold, coverage in ((1.0, 0.9), (-0.1, 0.9), (0.5, 95.0)):
        with pytest.raises(ValueError, match="coverage"):
            associations(ones, ones, threshold, coverage)
