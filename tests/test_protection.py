"""Noise on small counts keeps its promises, whatever the counts are."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from release.protection import (
    KEY_RANGE,
    MAX_NOISE,
    VARIANCE,
    perturbation_table,
    protect,
    protected_amounts,
    protected_counts,
)

COUNTS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, KEY_RANGE - 1)), min_size=1)


def test_the_table_has_no_bias_and_the_stated_variance() -> None:
    noise = np.arange(-MAX_NOISE, MAX_NOISE + 1)
    table = perturbation_table()
    np.testing.assert_allclose(table.sum(axis=1), 1, atol=1e-9)
    np.testing.assert_allclose(table[1:] @ noise, 0, atol=1e-6)
    np.testing.assert_allclose(table[1:] @ noise**2, VARIANCE, atol=1e-5)
    for count in range(1, MAX_NOISE + 1):
        assert table[count][noise < -count].sum() == 0


@given(COUNTS)
def test_counts_stay_close_and_zeros_stay_zero(pairs: list[tuple[int, int]]) -> None:
    counts, keys = (np.array(column) for column in zip(*pairs, strict=True))
    noisy = protected_counts(counts.astype(float), keys)
    assert (np.abs(noisy - counts) <= MAX_NOISE).all()
    assert (noisy >= 0).all()
    assert (noisy[counts == 0] == 0).all()
    assert (noisy == np.round(noisy)).all()
    np.testing.assert_array_equal(noisy, protected_counts(counts.astype(float), keys))


def test_noise_follows_the_table() -> None:
    keys = np.random.default_rng(3).integers(0, KEY_RANGE, 200_000)
    for count in (1, 2, 3, 7):
        drawn = protected_counts(np.full(len(keys), float(count)), keys) - count
        share = [(drawn == noise).mean() for noise in range(-MAX_NOISE, MAX_NOISE + 1)]
        expected = perturbation_table()[min(count, MAX_NOISE)]
        np.testing.assert_allclose(share, expected, atol=0.005)


@given(st.floats(0, 1e9), st.floats(0, 1), st.integers(0, KEY_RANGE - 1))
def test_amounts_move_by_a_good_part_of_the_largest(total: float, part: float, key: int) -> None:
    amounts, largest = np.array([total]), np.array([total * part])
    shifted = protected_amounts(amounts, largest, np.array([key]))
    assert shifted[0] >= 0
    if total == 0:
        assert shifted[0] == 0
    elif largest[0] > 10_000:
        moved = abs(shifted[0] - total)
        assert 0.3 * largest[0] - 1_000 <= moved <= 0.7 * largest[0] + 1_000


@given(COUNTS, st.booleans())
def test_a_share_never_exceeds_its_whole(pairs: list[tuple[int, int]], open_below: bool) -> None:
    counts, keys = (np.array(column) for column in zip(*pairs, strict=True))
    frame = pd.DataFrame(
        {
            "level": 2,
            "area_id": range(len(counts)),
            "period_id": 1,
            "amount_numerator": counts // 2 * 1.0,
            "units_numerator": counts // 2,
            "key_numerator": keys[::-1],
            "largest_numerator": 0.0,
            "amount_denominator": counts * 1.0,
            "units_denominator": counts,
            "key_denominator": keys,
            "largest_denominator": 0.0,
        }
    )
    result = protect(frame, value=False, share=True, open_below=open_below)
    assert (result["numerator"] <= result["denominator"]).all()
    if open_below:
        np.testing.assert_array_equal(result["denominator"], counts)
