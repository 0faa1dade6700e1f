"""Quantiles that are looked up are those of the distribution itself."""

import numpy as np
import pytest
from scipy.stats import gamma

from analysis import gamma_quantiles
from analysis.gamma_quantiles import LEAST, MOST, gamma_quantile

SHAPES = np.exp(np.random.default_rng(3).uniform(np.log(LEAST), np.log(MOST), 2_000))


@pytest.mark.parametrize("probability", [0.05, 0.5, 0.95])
def test_they_are_those_of_the_distribution(probability: float) -> None:
    found = gamma_quantile(SHAPES, probability)
    np.testing.assert_allclose(found, gamma.ppf(probability, SHAPES), rtol=1e-8)


def test_shapes_beyond_the_table_are_worked_out() -> None:
    shapes = np.array([0.01, 0.1, 1e9, np.nan])
    np.testing.assert_allclose(gamma_quantile(shapes, 0.95), gamma.ppf(0.95, shapes), rtol=1e-8)


def test_a_coarser_table_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gamma_quantiles, "KNOTS", 12)
    gamma_quantiles._spline.cache_clear()
    try:
        found = gamma_quantile(SHAPES, 0.05)
        assert np.abs(found / gamma.ppf(0.05, SHAPES) - 1).max() > 1e-8
    finally:
        gamma_quantiles._spline.cache_clear()


def test_a_probability_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="within 0 and 1"):
        gamma_quantile(SHAPES, 1.0)
