"""Protection keeps its promises, whatever the counts and amounts are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import WeerbeeldError
from release.analysing import _value_rates
from release.looks import KEY_RANGE
from release.noise import KINDS, LEAST_K, Noise, SideTables, flow_noise, noise_at, variance_at
from release.periods import PeriodKind
from release.protection import (
    AMOUNT_STEP,
    DOMINANCE,
    MOST_SHIFT,
    dominated,
    protect,
    protected_amounts,
    protected_counts,
)
from release.thinness import least_at, standing
from store.release import LEVEL_NUMBERS

GEMEENTE, HEX9 = LEVEL_NUMBERS["gemeente"], LEVEL_NUMBERS["hex9"]
COUNTS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, KEY_RANGE - 1)), min_size=1)
NOISES = [
    noise_at(level, k, kind)
    for level in ("gemeente", "riec", "nederland")
    for k in (3, 5, 10)
    for kind in KINDS
]
BOTH = SideTables(flow_noise(5), flow_noise(5))
YEAR: dict[int, PeriodKind] = {1: "year"}


@pytest.mark.parametrize("noise", NOISES, ids=lambda n: f"k{n.k} variance {n.variance:g}")
def test_the_table_has_no_bias_and_the_stated_variance(noise: Noise) -> None:
    steps = noise.deviations()
    np.testing.assert_allclose(noise.table.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(noise.table @ steps, 0, atol=1e-5)
    variance = noise.table @ steps**2
    assert variance[0] == 0
    for count in range(1, len(noise.table)):
        stated = variance_at(count, noise.k, noise.variance)
        assert variance[count] == pytest.approx(stated, rel=1e-4)
        if count >= noise.k + 2 * noise.variance**0.5:
            assert stated == noise.variance


@pytest.mark.parametrize("noise", NOISES, ids=lambda n: f"k{n.k} variance {n.variance:g}")
def test_nothing_from_one_to_k_is_ever_shown(noise: Noise) -> None:
    shown = np.arange(len(noise.table))[:, None] + noise.deviations()[None, :]
    never = (shown < 0) | ((shown > 0) & (shown < noise.k))
    assert noise.table[never].sum() == 0
    assert noise.table[1:, :][shown[1:] == 0].max() > 0.2


@pytest.mark.parametrize("noise", NOISES, ids=lambda n: f"k{n.k} variance {n.variance:g}")
def test_no_small_count_can_be_ruled_out(noise: Noise) -> None:
    """Whatever is shown for a count of 1 to k-1, k counts from there on could have shown it."""
    for count in range(1, noise.k):
        for step in noise.deviations()[noise.row(count) > 1e-9]:
            shown = count + step
            for other in range(count, count + noise.k):
                assert noise.row(other)[shown - other + noise.most] > 0


def test_k_is_never_below_three() -> None:
    assert LEAST_K == 3
    with pytest.raises(WeerbeeldError, match="WEERBEELD_K to 3 or more"):
        noise_at("gemeente", 2)


@given(COUNTS, st.sampled_from(NOISES))
def test_counts_stay_close_and_zeros_stay_zero(pairs: list[tuple[int, int]], noise: Noise) -> None:
    counts, keys = (np.array(column) for column in zip(*pairs, strict=True))
    shown = protected_counts(counts.astype(float), keys, noise)
    assert (np.abs(shown - counts) <= noise.most).all()
    assert ((shown == 0) | (shown >= noise.k)).all()
    assert (shown[counts == 0] == 0).all()
    assert (shown == np.round(shown)).all()
    np.testing.assert_array_equal(shown, protected_counts(counts.astype(float), keys, noise))


def test_deviations_follow_the_table() -> None:
    keys = np.random.default_rng(3).integers(0, KEY_RANGE, 200_000)
    noise = noise_at("gemeente")
    for count in (1, 2, 4, 7, 60):
        drawn = protected_counts(np.full(len(keys), float(count)), keys, noise) - count
        share = [(drawn == step).mean() for step in noise.deviations()]
        np.testing.assert_allclose(share, noise.row(count), atol=0.005)


DRAWN = st.integers(0, KEY_RANGE - 1)


@given(st.floats(0, 1e9), st.floats(0, 1), DRAWN, DRAWN)
def test_amounts_move_by_no_more_than_the_most_of_the_largest(
    total: float, part: float, owner: int, key: int
) -> None:
    amounts, largest = np.array([total]), np.array([total * part])
    shifted = protected_amounts(amounts, largest, np.array([owner]), np.array([key]))
    assert shifted[0] >= 0
    if total == 0:
        assert shifted[0] == 0
    assert abs(shifted[0] - total) <= MOST_SHIFT * largest[0] + AMOUNT_STEP


def test_any_part_of_the_largest_is_as_likely() -> None:
    """A quarter of the shifts is less than a quarter of the most, and as many go up as down."""
    owners, keys = np.random.default_rng(4).integers(0, KEY_RANGE, (2, 100_000))
    largest = np.full(len(owners), 1e8)
    shift = protected_amounts(3 * largest, largest, owners, keys) / largest - 3
    assert abs((shift > 0).mean() - 0.5) < 0.01
    assert abs((np.abs(shift) < 0.25).mean() - 0.25) < 0.01
    assert np.abs(shift).max() > MOST_SHIFT - 0.05


@given(st.lists(st.floats(1, 1e8), min_size=1, max_size=40), st.integers(3, 8))
def test_an_amount_is_shown_only_if_the_second_cannot_work_out_the_first(
    contributions: list[float], k: int
) -> None:
    """The p% rule: the second largest knows the sum and itself; the rest hides the largest."""
    ordered = sorted(contributions, reverse=True)
    second = ordered[1] if len(ordered) > 1 else 0.0
    cell = pd.DataFrame(
        {
            "amount_numerator": [sum(ordered)],
            "largest_numerator": [ordered[0]],
            "second_numerator": [second],
            "subjects_numerator": [len(ordered)],
        }
    )
    if not dominated(cell, "numerator", k)[0]:
        assert len(ordered) >= k
        estimate = sum(ordered) - second
        assert estimate - ordered[0] >= DOMINANCE * ordered[0] * (1 - 1e-9)


@pytest.mark.parametrize("side", ["numerator", "denominator"])
def test_few_contributors_show_as_none_do_and_dominated_amounts_are_left_out(side: str) -> None:
    """A row that is there for none and absent for few would give away that there are some."""
    other = "denominator" if side == "numerator" else "numerator"
    columns = ("amount", "units", "key", "largest", "second", "subjects", "most", "owner")
    plain = (90_000.0, 9, 77, 20_000.0, 15_000.0, 9, 1, 5)
    cells = {
        "none": (0.0, 0, 0, 0.0, 0.0, 0, 0, 0),
        "few": (80_000.0, 4, 3 * 2**30, 30_000.0, 25_000.0, 4, 1, 2**31),
        "dominated": (80_000.0, 6, 9, 50_000.0, 28_000.0, 6, 1, 2**31),
        "many": plain,
    }
    frame = pd.DataFrame(
        [
            dict(zip([f"{name}_{side}" for name in columns], own, strict=True))
            | dict(zip([f"{name}_{other}" for name in columns], plain, strict=True))
            | {"level": GEMEENTE, "area_id": number, "period_id": 1}
            for number, own in enumerate(cells.values())
        ]
    )
    shown = protect(frame, YEAR, BOTH, value=True, share=False, open_below=False)
    assert [list(cells)[number] for number in shown["area_id"]] == ["none", "few", "many"]
    none, few, many = shown.drop(columns="area_id").to_dict("records")
    assert none == few
    assert none[side] == none[f"{side}_units"] == 0
    assert many[side] > 0
    assert many[f"{side}_units"] >= 5


def test_an_amount_that_shows_as_none_is_not_surely_low() -> None:
    """It may be of four declarants: the interval reaches as far up as theirs, and down to none."""
    units, whole = np.full(60, 80.0), np.full(60, 8e5)
    events = np.repeat([0.0, 4.0, 9.0], 20)
    rates = _value_rates(events / 80 * 8e5, whole, units, noise_at("gemeente"))
    assert rates is not None
    none, four, nine = 0, 20, 40
    assert rates.high[none] == pytest.approx(rates.high[four])
    assert rates.low[none] < rates.low[four] < rates.low[nine]
    assert rates.mean[none] < rates.mean[four]
    assert rates.high[none] < rates.high[nine]


def counted(counts: np.ndarray, keys: np.ndarray, level: int = GEMEENTE) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "level": level,
            "area_id": range(len(counts)),
            "period_id": 1,
            "amount_numerator": counts // 2 * 1.0,
            "units_numerator": counts // 2,
            "key_numerator": keys[::-1],
            "amount_denominator": counts * 1.0,
            "units_denominator": counts,
            "key_denominator": keys,
            "subjects_numerator": counts // 2,
            "subjects_denominator": counts,
            "most_numerator": 1,
            "most_denominator": 1,
        }
    )


@given(COUNTS, st.booleans())
@settings(deadline=None)
def test_a_share_never_exceeds_its_whole(pairs: list[tuple[int, int]], open_below: bool) -> None:
    counts, keys = (np.array(column) for column in zip(*pairs, strict=True))
    frame = counted(counts, keys)
    result = protect(frame, YEAR, BOTH, value=False, share=True, open_below=open_below)
    assert (result["numerator"] <= result["denominator"]).all()
    if open_below:
        np.testing.assert_array_equal(result["denominator"], counts)


def test_the_same_units_show_the_same_at_every_level_below_gemeente() -> None:
    counts, keys = np.arange(200), np.random.default_rng(1).integers(0, KEY_RANGE, 200)
    shown = [
        protect(
            counted(counts, keys, level), YEAR, BOTH, value=False, share=False, open_below=False
        )
        for level in (LEVEL_NUMBERS["buurt"], HEX9)
    ]
    pd.testing.assert_series_equal(shown[0]["numerator"], shown[1]["numerator"])


def test_thin_places_and_thin_months_are_left_out() -> None:
    kinds: dict[int, PeriodKind] = {1: "month", 2: "month", 3: "year", 4: "year"}
    rows = [
        (HEX9, 1, 3, 0.0, 26.0),
        (HEX9, 2, 3, 0.0, 0.0),
        (GEMEENTE, 3, 1, 18.0, 50.0),
        (GEMEENTE, 3, 2, 19.0, 50.0),
        (GEMEENTE, 4, 1, 0.0, 50.0),
        (GEMEENTE, 4, 2, 0.0, 50.0),
        (GEMEENTE, 4, 3, 0.0, 50.0),
        (GEMEENTE, 4, 4, 0.0, 50.0),
        (HEX9, 3, 3, 0.0, 13.0),
    ]
    names = ["level", "area_id", "period_id", "numerator_units", "denominator_units"]
    kept = standing(pd.DataFrame(rows, columns=names), kinds, BOTH, open_below=False)
    assert kept.tolist() == [True, False, True, True, False, False, True, True, False], (
        "a window without a row counts as one of nothing"
    )
    everywhere = standing(pd.DataFrame(rows, columns=names), kinds, BOTH, open_below=True)
    assert everywhere[:2].tolist() == [True, False], "where nobody lives there is no rate"
    assert least_at(noise_at("gemeente")) == pytest.approx(5 * np.sqrt(7 / 4))
    assert least_at(noise_at("riec")) == 25
