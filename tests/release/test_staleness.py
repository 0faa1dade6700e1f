"""Intervals know that a figure stands while its count moves on."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.noisy_rates import posterior_rates
from indicators import CATALOGUE
from release.exact import Exact
from release.noise import noise_at
from release.periods import calendar_of
from release.protection import protected_counts
from release.staleness import STEPS, Staleness, behind_rows, bound_at, staleness, widened
from release.standing import Standing
from store.evidence.contract import fault_of
from store.evidence.of_records import Behind
from store.release import LEVEL_NUMBERS

K = 5
GEMEENTE = LEVEL_NUMBERS["gemeente"]
PERIODS = calendar_of(date(2024, 1, 1), date(2025, 12, 31))
SECOND = Standing(Path("before"), Path("now"), b"secret", K)


def _frame(units: np.ndarray, level: int = GEMEENTE) -> Exact:
    areas = np.arange(len(units))
    return Exact(
        pd.DataFrame({"level": level, "area_id": areas, "period_id": 7, "units_numerator": units})
    )


@pytest.mark.parametrize("deviation", [1.0, 3.0, 8.0])
def test_wider_noise_still_shows_nothing_small(deviation: float) -> None:
    noise = noise_at("gemeente")
    found = widened(noise, deviation)
    np.testing.assert_allclose(found.table.sum(axis=1), 1.0)
    for count in range(len(found.table) - 1):
        shown = count + found.deviations()
        assert found.table[count, (shown > 0) & (shown < K)].sum() == 0
    last = found.table[-1]
    variance = last @ found.deviations() ** 2
    assert abs(variance / (noise.variance + deviation**2) - 1) < 0.05


def test_a_first_build_is_not_behind() -> None:
    first = Standing(None, Path("now"), b"secret", K)
    rows = _frame(np.full(342, 9))
    assert staleness(rows, _frame(np.full(342, 4)), first) == Staleness()
    assert staleness(rows, rows, None) == Staleness()


def test_how_far_is_said_in_steps_over_many_areas_only() -> None:
    before = np.full(342, 40)
    single, many = before.copy(), before.copy()
    single[3] += 4
    many[:60] += 3
    assert staleness(_frame(before), _frame(before), SECOND).deviations == {}
    assert staleness(_frame(single), _frame(before), SECOND).deviations == {}, "not of one place"
    step = staleness(_frame(many), _frame(before), SECOND).deviations[GEMEENTE, 7]
    assert step in STEPS
    assert 1 <= step <= 2
    many[99] += 1
    assert staleness(_frame(many), _frame(before), SECOND).deviations == {(GEMEENTE, 7): step}


def test_where_there_are_few_areas_a_bound_says_nothing_of_one() -> None:
    riec, regions = LEVEL_NUMBERS["riec"], np.full(10, 40)
    alone = _frame(regions, riec)
    assert staleness(alone, alone, SECOND).deviations == {(riec, 7): bound_at(K)}
    before, many = np.full(342, 40), np.full(342, 40)
    many[:60] += 3
    for moved in (regions, regions + np.arange(10)):
        for now, behind in ((before, set()), (many, {(riec, 7), (GEMEENTE, 7)})):
            found = staleness(
                _both(_frame(now), _frame(moved, riec)), _both(_frame(before), alone), SECOND
            )
            assert set(found.deviations) == behind
            assert found.deviations.get((riec, 7), 0.0) == (bound_at(K) if behind else 0.0)


def _both(first: Exact, second: Exact) -> Exact:
    frames = [first.unprotected, second.unprotected]
    return Exact(pd.concat(frames, ignore_index=True))


def test_intervals_hold_the_rates_of_now() -> None:
    """Figures stand while counts move on by up to seven records: 90% intervals still hold."""
    rng = np.random.default_rng(2026)
    noise = noise_at("gemeente")
    held: dict[str, list[float]] = {"as drawn": [], "wider": []}
    for _ in range(15):
        exposure = rng.uniform(400, 4_000, 342)
        rate = rng.gamma(3, 0.01 / 3, 342)
        now = rng.poisson(rate * exposure)
        drawn = np.maximum(now + rng.integers(-7, 8, 342), 0)
        shown = protected_counts(drawn.astype(float), rng.integers(0, 2**32, 342), noise)
        behind = staleness(_frame(now), _frame(drawn), SECOND)
        for name, own in (("as drawn", noise), ("wider", behind.wider(noise, GEMEENTE, 7))):
            rates = posterior_rates(shown, exposure, own.table)
            assert rates is not None
            inside = (rates.low <= rate) & (rate <= rates.high)
            held[name].append(float(inside.mean()))
    assert 0.88 <= np.mean(held["wider"]) <= 0.93
    assert np.mean(held["as drawn"]) < np.mean(held["wider"]) - 0.05


def test_what_widens_every_interval_is_evidence_in_steps() -> None:
    before, many = np.full(342, 40), np.full(342, 40)
    many[:60] += 3
    found = staleness(_frame(many), _frame(before), SECOND)
    (step,) = found.deviations.values()
    (window,) = (period for period in PERIODS if period.id == 7)
    assert behind_rows(CATALOGUE["VG01"], found, PERIODS) == [
        Behind("VG01", "gemeente", window.code, round(step, 1))
    ]
    assert behind_rows(CATALOGUE["VG01"], Staleness(), PERIODS) == []
    for deviation in (*STEPS[1:], bound_at(K), bound_at(50)):
        (row,) = behind_rows(CATALOGUE["VG01"], Staleness({(GEMEENTE, 7): deviation}), PERIODS)
        known = {"indicator": ["VG01"], "period": [window.code]}
        assert fault_of(row, known) == ""
        assert row.deviation == pytest.approx(deviation, abs=0.05)
