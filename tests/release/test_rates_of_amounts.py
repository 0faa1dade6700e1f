"""Rates of amounts tell places apart, also where each declarant has many declarations."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from indicators import CATALOGUE
from release.analysing import analyse
from release.exact import Exact, Shown
from release.guarding import protected
from release.looks import KEY_RANGE
from release.noise import side_noise
from release.periods import calendar_of
from store.release import LEVEL_NUMBERS

TB03 = CATALOGUE["TB03"]
PERIODS = calendar_of(date(2024, 1, 1), date(2025, 12, 31))
PLACES, DECLARANTS = 60, 30


@pytest.mark.parametrize("declarations", [8, 16])
def test_five_percent_is_far_above_one(declarations: int) -> None:
    """Half of the gemeenten have 1% outside the band and half 5%, of 30 declarants each."""
    rng = np.random.default_rng(declarations)
    high = np.arange(PLACES) < PLACES // 2
    whole, part = 30e6, np.where(high, 0.05, 0.01) * 30e6
    kinds = {period.id: period.kind for period in PERIODS}
    last = max(number for number, kind in kinds.items() if kind == "year")
    frame = pd.DataFrame(
        {
            "level": LEVEL_NUMBERS["gemeente"],
            "area_id": range(PLACES),
            "period_id": last,
            **_side("denominator", whole, DECLARANTS, declarations, rng),
            **_side("numerator", part, 8, declarations, rng),
        }
    )
    noise = side_noise(TB03, 5)
    shown = protected(Exact(frame), TB03, kinds, noise)
    figures, _ = analyse(shown, TB03, PERIODS, noise.numerator, {})
    rates = figures.set_index("area_id")["smoothed"].reindex(range(PLACES)).to_numpy()
    assert np.median(rates[high]) > 2 * np.median(rates[~high])
    assert (figures["clear"] == 0).all(), "without a country nothing is clear of it"


def test_amounts_of_none_or_few_rank_alike() -> None:
    """How many declarations are beside a 0 is noise; nobody ranks higher or lower by it."""
    rng = np.random.default_rng(3)
    amount = np.where(np.arange(PLACES) < 20, 4e5, 0.0)
    last = max(period.id for period in PERIODS if period.kind == "year")
    frame = pd.DataFrame(
        {
            "level": LEVEL_NUMBERS["gemeente"],
            "area_id": range(PLACES),
            "period_id": last,
            "numerator": amount,
            "denominator": 10e6,
            "denominator_units": rng.integers(10, 500, PLACES).astype(float),
            "width": 1.0,
        }
    )
    figures, _ = analyse(Shown(frame), TB03, PERIODS, side_noise(TB03, 5).numerator, {})
    ranks = figures["percentile"].to_numpy()
    assert len(set(ranks[amount == 0])) == 1
    assert len(set(ranks[amount > 0])) > 1


def _side(
    side: str, amount: float | np.ndarray, firms: int, each: int, rng: np.random.Generator
) -> dict[str, object]:
    """Return what one side of an amount holds, its declarants alike."""
    return {
        f"amount_{side}": amount,
        f"units_{side}": firms * each,
        f"key_{side}": rng.integers(0, KEY_RANGE, PLACES),
        f"largest_{side}": amount / firms,
        f"second_{side}": amount / firms,
        f"subjects_{side}": firms,
        f"most_{side}": each,
        f"owner_{side}": rng.integers(0, KEY_RANGE, PLACES),
    }
