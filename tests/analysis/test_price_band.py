"""Wrong prices: known answers on customs data, planted unit errors, and too little to say."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.price_band import log_band, side_of, sides_by_group, tukey_band
from demo.goods import GOODS
from demo.trade import deviations

FACTORS = (10.0, 100.0, 1000.0)
EACH = 300
"""Declarations of each goods."""


@pytest.fixture(scope="module")
def fishery(anchors: Path) -> NDArray[np.float64]:
    """Prices of one fish product from the EU's work against fraud.

    Of a few the weight is rounded to 0; their price is infinite, and so too high.
    """
    quantity, value = np.loadtxt(anchors / "fishery.csv", delimiter=",", skiprows=1).T
    prices = np.full(len(value), np.inf)
    np.divide(value, quantity, out=prices, where=quantity > 0)
    return prices


def test_quartiles_and_tukey_of_published_prices(fishery: NDArray[np.float64]) -> None:
    quartiles = tukey_band(fishery, reach=0)
    assert quartiles.comparables == 677
    assert quartiles.middle == pytest.approx(14.256, abs=0.001)
    assert (quartiles.low, quartiles.high) == pytest.approx((12.480, 16.575), abs=0.001)
    assert np.count_nonzero(side_of(fishery, tukey_band(fishery))) == 55


@pytest.mark.parametrize(("cut_off", "flagged", "low"), [(3.5, 61, 33), (5, 27, 1)])
def test_robust_band_of_published_prices(
    fishery: NDArray[np.float64], cut_off: float, flagged: int, low: int
) -> None:
    sides = side_of(fishery, log_band(fishery, cut_off))
    assert np.count_nonzero(sides) == flagged
    assert np.count_nonzero(sides < 0) == low


@pytest.mark.parametrize("seed", range(5))
def test_unit_errors_are_found_and_little_else(seed: int) -> None:
    """One in fifty is off by a factor of 10, 100 or 1000, in prices as the example has them."""
    rng = np.random.default_rng(seed)
    usual, spread = np.array(list(GOODS.values())).T
    goods = np.repeat(np.arange(len(GOODS)), EACH)
    prices = usual[goods] * np.exp(spread[goods] * deviations(np.zeros_like(goods), rng))
    planted = rng.uniform(size=len(prices)) < 0.02
    factor = rng.choice(FACTORS, len(prices)) ** rng.choice([-1, 1], len(prices))
    sides = sides_by_group(np.where(planted, prices * factor, prices), goods)
    assert (sides[planted] == np.sign(np.log(factor[planted]))).mean() >= 0.95
    assert (sides[~planted] != 0).mean() <= 0.02


def test_too_few_comparables_are_no_signal() -> None:
    prices = np.append(np.linspace(9, 11, 48), 1_000.0)
    few, enough = log_band(prices), log_band(np.append(prices, 10.0))
    assert (few.known, few.comparables) == (False, 49)
    assert not side_of(prices, few).any()
    assert np.isnan(sides_by_group(prices, np.zeros(49, dtype=int))).all()
    assert enough.known
    assert side_of(prices, enough).sum() == 1


def test_one_price_for_most_is_no_band() -> None:
    """A fixed price would make every other one odd."""
    prices = np.append(np.full(60, 10.0), np.linspace(9, 11, 40))
    assert not log_band(prices).known
    assert not side_of(prices, log_band(prices)).any()


def test_what_has_no_price_does_not_count() -> None:
    prices = np.append(np.linspace(9, 11, 50), [np.nan, 0.0, -1.0])
    assert log_band(prices) == log_band(prices[:50])
    assert not side_of(prices, log_band(prices)).any()
    assert np.isnan(sides_by_group(prices, np.zeros(53, dtype=int))[50:]).all()


def test_the_odd_ones_do_not_widen_the_band() -> None:
    prices = np.linspace(9, 11, 100)
    odd = np.append(prices, np.full(10, 1e6))
    assert log_band(odd).high < 1.2 * log_band(prices).high
    assert (side_of(odd, log_band(odd)) == 1).sum() == 10


def test_where_most_weights_are_rounded_to_nothing_there_is_no_band() -> None:
    assert not log_band(np.append(np.linspace(9, 11, 40), np.full(60, np.inf))).known


def test_groups_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="do not match"):
        sides_by_group(np.ones(3), np.zeros(2, dtype=int))
