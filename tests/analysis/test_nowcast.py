"""Nowcasts: the reserves of Taylor and Ashe, and months that were cut short in a simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.nowcast import Completeness, complete, completeness

Floats = NDArray[np.float64]

TAYLOR_ASHE = (
    (357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948),
    (352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046),
    (290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405),
    (310608, 1108250, 776189, 1562400, 272482, 352053, 206286),
    (443160, 693190, 991983, 769488, 504851, 470639),
    (396132, 937085, 847498, 805037, 705960),
    (440832, 847631, 1131398, 1063269),
    (359480, 1061648, 1443370),
    (376686, 986608),
    (344014,),
)
"""The claims of Taylor and Ashe (1983), with which England and Verrall (2002) work."""

RESERVES = (0, 94634, 469511, 709638, 984889, 1419459, 2177641, 3920301, 4278972, 4625811)
"""Their chain-ladder reserves, 18,680,856 in all."""

ERRORS = (116, 46, 37, 31, 26, 23, 20, 24, 43)
"""Their prediction errors under the over-dispersed Poisson model, in % of the reserves."""

DELAYS = np.array([0.35, 0.25, 0.13, 0.08, 0.05, 0.04, 0.03, 0.025, 0.02, 0.012, 0.008, 0.005])
PERIODS = 48
RECENT = slice(PERIODS - len(DELAYS) + 1, PERIODS)


def taylor_ashe() -> Floats:
    triangle = np.full((10, 10), np.nan)
    for year, row in enumerate(TAYLOR_ASHE):
        triangle[year, : len(row)] = row
    return triangle


def registered(triangle: Floats) -> Floats:
    return np.asarray(np.nansum(triangle, axis=-1))


def cut_short(full: NDArray[np.int64]) -> Floats:
    """Return what is known of a full triangle in the last period."""
    periods, delays = full.shape[-2:]
    triangle = full.astype(float)
    triangle[..., np.arange(periods)[:, None] + np.arange(delays) >= periods] = np.nan
    return triangle


def simulated(
    places: int, mean: float, seed: int, batches: float = 0
) -> tuple[NDArray[np.int64], Floats]:
    """Return true counts and the triangle; with ``batches``, events come in together."""
    chance = np.random.default_rng(seed)
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(PERIODS) / 12)
    true = chance.poisson(mean * season, (places, PERIODS))
    delays = DELAYS / DELAYS.sum()
    shares = chance.dirichlet(delays * batches, true.shape) if batches else delays
    return true, cut_short(chance.multinomial(true, shares))


def test_the_chain_ladder_reserves_of_taylor_and_ashe() -> None:
    triangle = taylor_ashe()
    counts = registered(triangle)
    ahead = complete(counts, completeness(triangle)).mean - counts
    np.testing.assert_allclose(ahead, RESERVES, atol=0.51)
    assert ahead.sum() == pytest.approx(18_680_856, abs=0.51)


def test_ratios_averaged_over_years_miss_the_reserves() -> None:
    triangle = taylor_ashe()
    totals = np.cumsum(triangle, axis=1)
    growth = np.nanmean(totals[:, 1:] / totals[:, :-1], axis=0)
    ultimate = [row[9 - i] * np.prod(growth[9 - i :]) for i, row in enumerate(totals)]
    assert abs(sum(ultimate) - registered(triangle).sum() - 18_680_856) > 100_000


def test_the_uncertainty_is_that_of_the_over_dispersed_poisson_model() -> None:
    triangle = taylor_ashe()
    counts, known = registered(triangle), completeness(triangle)
    found = complete(counts, known, coverage=2 * 0.8413447 - 1)
    half = 50 * (found.high - found.low)[1:] / (found.mean - counts)[1:]
    np.testing.assert_allclose(half[2:], ERRORS[2:], atol=2.5)
    without = complete(counts, known._replace(dispersion=1.0, deviation=0 * known.deviation))
    assert ((without.high - without.low) < 0.1 * (found.high - found.low))[1:].all()


@pytest.mark.parametrize(("mean", "batches"), [(100.0, 0), (400.0, 0), (200.0, 100)])
def test_intervals_cover_what_they_say(mean: float, batches: float) -> None:
    true, triangle = simulated(300, mean, 4, batches)
    found = complete(registered(triangle), completeness(triangle))
    covered = ((found.low <= true) & (true <= found.high))[:, RECENT]
    assert 0.88 <= covered.mean() <= 0.95
    assert 0.85 <= covered[:, -4:].mean() <= 0.95


def test_intervals_of_places_by_themselves_cover_what_they_say() -> None:
    true, triangle = simulated(150, 60, 4)
    covered = []
    for counts, own in zip(true, triangle, strict=True):
        found = complete(registered(own), completeness(own))
        covered.append(((found.low <= counts) & (counts <= found.high))[RECENT])
    assert 0.88 <= np.mean(covered) <= 0.95


def test_batches_taken_for_single_events_would_make_intervals_too_narrow() -> None:
    true, triangle = simulated(300, 200, 3, batches=50)
    known = completeness(triangle)
    assert known.dispersion > 3
    found = complete(registered(triangle), known._replace(dispersion=1.0))
    assert ((found.low <= true) & (true <= found.high))[:, -4:].mean() < 0.75


def test_the_dispersion_of_single_events_is_about_one() -> None:
    assert completeness(simulated(300, 30, 5)[1]).dispersion == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("mean", [2.0, 20.0])
def test_recent_periods_are_corrected_without_bias_and_old_ones_untouched(mean: float) -> None:
    true, triangle = simulated(4000, mean, 6)
    counts, known = registered(triangle), completeness(triangle)
    found = complete(counts, known)
    old = slice(0, RECENT.start)
    assert (known.share[:, old] == 1).all()
    assert (known.deviation[:, old] == 0).all()
    for figures in found:
        np.testing.assert_array_equal(figures[:, old], true[:, old])
    shortfall = counts[:, RECENT].sum(axis=0) / true[:, RECENT].sum(axis=0)
    assert shortfall[-1] < 0.5
    corrected = found.mean[:, RECENT].sum(axis=0) / true[:, RECENT].sum(axis=0)
    np.testing.assert_allclose(corrected, 1, atol=0.03)


def test_the_share_follows_the_delays_and_is_less_sure_for_recent_periods() -> None:
    known = completeness(simulated(1, 300, 7)[1][0])
    expected = np.cumsum(DELAYS / DELAYS.sum())[:-1][::-1]
    np.testing.assert_allclose(known.share[RECENT], expected, atol=0.02)
    assert (np.abs(known.share[RECENT] - expected) < 4 * known.deviation[RECENT]).all()
    assert (np.diff(known.share) <= 0).all()
    width = complete(np.full(PERIODS, 40.0), known)
    assert (np.diff((width.high - width.low)[RECENT.start - 1 :]) >= 0).all()
    assert (width.high - width.low)[-1] > 4 * (width.high - width.low)[-6]


def test_the_deviation_of_the_share_is_how_much_it_varies() -> None:
    each = [completeness(one) for one in simulated(600, 20, 8)[1]]
    shares = np.array([known.share for known in each])[:, RECENT]
    deviations = np.array([known.deviation for known in each])[:, RECENT]
    np.testing.assert_allclose(deviations.mean(axis=0), shares.std(axis=0), rtol=0.15)


def test_small_places_lean_on_the_others() -> None:
    chance = np.random.default_rng(9)
    own = chance.dirichlet(DELAYS / DELAYS.sum() * 60, 300)
    counts = chance.poisson(3, (300, PERIODS))
    triangle = cut_short(chance.multinomial(counts, own[:, None, :]))
    errors = {
        strength: ((completeness(triangle, strength).share[:, -1] - own[:, 0]) ** 2).mean()
        for strength in (0, 60, 1e6)
    }
    assert errors[60] < 0.9 * errors[0]
    assert errors[60] < 0.9 * errors[1e6]


def test_a_place_without_events_gets_the_delays_of_the_others() -> None:
    triangle = simulated(20, 50, 10)[1]
    triangle[0][np.isfinite(triangle[0])] = 0
    known = completeness(triangle)
    np.testing.assert_allclose(known.share[0], known.share[1:].mean(axis=0), atol=0.02)
    alone = completeness(triangle[0])
    assert np.isnan(alone.share[RECENT]).all()
    found = complete(registered(triangle)[0], alone)
    for figures in found:
        assert np.isnan(figures[RECENT]).all()
        assert (figures[: RECENT.start] == 0).all()


def test_none_registered_yet_is_not_none_for_sure() -> None:
    known = Completeness(np.array([1.0, 0.9, 0.3]), np.array([0, 0.01, 0.02]), 1.0)
    found = complete(np.zeros(3), known)
    assert found.mean.tolist() == [0, 0, 0]
    assert found.low.tolist() == [0, 0, 0]
    assert found.high[0] == 0
    assert found.high[2] > found.high[1] >= 0


def test_unknown_cells_do_not_count() -> None:
    triangle = simulated(1, 400, 11)[1][0]
    whole = completeness(triangle)
    triangle[5, 3] = np.nan
    triangle[20] = np.nan
    triangle[-2, 0] = np.nan
    found = completeness(triangle)
    np.testing.assert_allclose(found.share, whole.share, atol=0.01)
    assert (found.share != whole.share).any()
    triangle[5, 3:] = 1e6
    triangle[5, 2] = np.nan
    np.testing.assert_allclose(completeness(triangle).share, whole.share, atol=0.01)
    counts = np.full(PERIODS, 10.0)
    counts[[3, -1]] = np.nan
    for figures in complete(counts, found):
        assert np.isnan(figures).nonzero()[0].tolist() == [3, PERIODS - 1]


def test_zeros_ahead_are_as_good_as_nan() -> None:
    triangle = simulated(5, 30, 12)[1]
    for one, other in zip(
        completeness(triangle), completeness(np.nan_to_num(triangle)), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_impossible_input_is_refused() -> None:
    triangle = taylor_ashe()
    with pytest.raises(ValueError, match="periods and delays"):
        completeness(np.ones(4))
    with pytest.raises(ValueError, match="periods and delays"):
        completeness(np.ones((2, 5, 0)))
    with pytest.raises(ValueError, match="oldest period first"):
        completeness(triangle[::-1])
    with pytest.raises(ValueError, match="negative"):
        completeness(-triangle)
    with pytest.raises(ValueError, match="negative"):
        completeness(triangle, strength=-1)
    known = completeness(triangle)
    with pytest.raises(ValueError, match="differ in shape"):
        complete(np.ones(9), known)
    with pytest.raises(ValueError, match="negative"):
        complete(np.full(10, -1.0), known)
    with pytest.raises(ValueError, match="within 0 and 1"):
        complete(np.ones(10), known, coverage=90)


@given(st.lists(st.integers(0, 40), min_size=30, max_size=30), st.integers(0, 2**32 - 1))
def test_the_share_is_a_share_and_the_interval_holds_what_is_registered(
    numbers: list[int], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    full = chance.multinomial(np.array(numbers).reshape(3, 10), [0.4, 0.3, 0.2, 0.1])
    triangle = cut_short(full)
    counts, known = registered(triangle), completeness(triangle)
    stated = np.isfinite(known.share)
    assert ((known.share[stated] >= 0) & (known.share[stated] <= 1)).all()
    assert (known.deviation[stated] <= 0.5).all()
    found = complete(counts, known)
    some = np.isfinite(found.mean)
    assert (counts[some] <= found.low[some]).all()
    assert (found.low[some] <= found.high[some]).all()
    assert (found.mean[some] >= counts[some]).all()
