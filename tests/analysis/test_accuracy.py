"""Predictions held against what came after: published figures, and no credit for luck."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from analysis.accuracy import SHARES, choose, hindcast
from geo.hexagons import index_points, rings

Floats = NDArray[np.float64]

OBSERVED = np.array([6.0, 7, 3, 2, 1, 0])
PREDICTED = np.array([8.0, 4, 4, 2, 1, 0])
SIXTHS = tuple(k / 6 for k in range(1, 7))
PAI = [1.894737, 1.421053, 1.684211, 1.421053, 1.2, 1.0]
PEI = [0.857143, 0.692308, 1, 1, 1, 1]


def test_pai_and_pei_of_the_published_example() -> None:
    found = hindcast(PREDICTED, OBSERVED, np.ones(6), SIXTHS)
    assert found.pai == pytest.approx(PAI, abs=1e-6)
    assert found.pei == pytest.approx(PEI, abs=1e-6)
    assert found.covered == pytest.approx(SIXTHS)


def test_ties_broken_for_the_model_miss_the_published_example() -> None:
    flattered = PREDICTED + OBSERVED * 1e-9
    found = hindcast(flattered, OBSERVED, np.ones(6), SIXTHS)
    assert abs(found.pai[1] - PAI[1]) > 0.1
    assert abs(found.pei[1] - PEI[1]) > 0.1


class City(NamedTuple):
    """Crimes per hexagon before and after a date, and what the neighbourhood would predict."""

    before: Floats
    after: Floats
    smoothed: Floats


@pytest.fixture(scope="module")
def crimes(anchors: Path) -> pd.DataFrame:
    columns = ["date", "longitude", "latitude"]
    found = pd.read_csv(anchors / "chicago_crimes_2017_2019.csv.gz", usecols=columns)
    return found.dropna()


def city(crimes: pd.DataFrame, resolution: int) -> City:
    cells = index_points(crimes["longitude"], crimes["latitude"], resolution)
    known, line = np.unique(cells, return_inverse=True)
    earlier = (pd.to_datetime(crimes["date"]) < pd.Timestamp("2019-01-01")).to_numpy()
    before, after = (
        np.bincount(line[part], minlength=len(known)).astype(float) for part in (earlier, ~earlier)
    )
    number = {cell: place for place, cell in enumerate(known.tolist())}
    smoothed = np.empty(len(known))
    for place, ring in enumerate(rings(known)):
        near = [number[cell] for cell in ring.tolist() if cell in number]
        smoothed[place] = before[[place, *near]].mean()
    return City(before, after, smoothed)


def in_order(counts: Floats) -> Floats:
    """Return ``counts`` with ties kept in the order of the cells, as the known answers have it."""
    return counts - np.arange(len(counts)) * 1e-9


@pytest.mark.parametrize(("resolution", "pai", "pei"), [(8, 5.08, 0.94), (9, 5.15, 0.83)])
def test_the_known_hindcast_of_chicago(
    crimes: pd.DataFrame, resolution: int, pai: float, pei: float
) -> None:
    before, after, _ = city(crimes, resolution)
    found = hindcast(in_order(before), after, np.ones(len(after)))
    assert found.pai[0] == pytest.approx(pai, abs=0.01)
    assert found.pei[0] == pytest.approx(pei, abs=0.01)


@pytest.mark.parametrize(("resolution", "pai", "pei"), [(8, 4.99, 0.925), (9, 5.03, 0.812)])
def test_ties_against_the_model_make_chicago_a_little_worse(
    crimes: pd.DataFrame, resolution: int, pai: float, pei: float
) -> None:
    before, after, _ = city(crimes, resolution)
    found = hindcast(before, after, np.ones(len(after)))
    assert found.pai[0] == pytest.approx(pai, abs=0.005)
    assert found.pei[0] == pytest.approx(pei, abs=0.001)


def test_a_one_ring_mean_is_worse_in_chicago_and_plain_counts_are_shown(
    crimes: pd.DataFrame,
) -> None:
    before, after, smoothed = city(crimes, 8)
    assert hindcast(smoothed, after, np.ones(len(after))).pai[0] == pytest.approx(4.17, abs=0.01)
    chosen = choose({"counts": before, "ring": smoothed}, after, np.ones(len(after)))
    assert chosen.name == "counts"
    assert chosen.pei["ring"] < chosen.pei["counts"]


def test_a_wrong_extent_or_order_misses_chicago(crimes: pd.DataFrame) -> None:
    before, after, _ = city(crimes, 8)
    by_crimes = hindcast(in_order(before), after, before + 1)
    backwards = hindcast(-before, after, np.ones(len(after)))
    for found in (by_crimes, backwards):
        assert abs(found.pai[0] - 5.08) > 0.1


events = arrays(float, 40, elements=st.integers(0, 9).map(float))
sizes = arrays(float, 40, elements=st.integers(1, 5).map(float))


@given(events, events, sizes)
def test_no_prediction_beats_the_perfect_one_by_more_than_the_last_place(
    predicted: Floats, observed: Floats, extent: Floats
) -> None:
    found = hindcast(predicted, observed, extent)
    if not observed.any():
        assert np.isnan([*found]).all()
        return
    perfect = hindcast(observed, observed, extent)
    np.testing.assert_allclose(perfect.pei, 1)
    # By density the best order has the highest PAI of all sets at least as large.
    assert (found.pai <= found.best_pai + 1e-9)[found.covered >= perfect.covered - 1e-9].all()
    assert (found.covered >= np.array(SHARES) - 1e-9).all()
    np.testing.assert_allclose(found.pai * found.covered, found.hit_rate)


@given(events, events)
def test_the_order_of_equal_predictions_does_not_matter(
    predicted: Floats, observed: Floats
) -> None:
    turned = slice(None, None, -1)
    one = hindcast(predicted, observed, np.ones(40))
    other = hindcast(predicted[turned], observed[turned], np.ones(40))
    for left, right in zip(one, other, strict=True):
        np.testing.assert_allclose(left, right)


def test_a_prediction_that_says_nothing_is_never_better_than_its_area() -> None:
    observed = np.random.default_rng(1).poisson(2, 500).astype(float)
    found = hindcast(np.ones(500), observed, np.ones(500))
    assert (found.pai < 0.2).all()


def test_places_are_taken_by_events_per_extent() -> None:
    found = hindcast(np.array([10.0, 6.0]), np.array([1.0, 3.0]), np.array([10.0, 2.0]), (2 / 12,))
    assert found.hit_rate[0] == pytest.approx(0.75)
    assert found.pai[0] == pytest.approx(0.75 * 6)


def test_a_gap_is_no_place_or_no_prediction() -> None:
    observed = np.array([1.0, 5.0, np.nan, 2.0])
    extent = np.array([1.0, 1.0, 1.0, 0.0])
    found = hindcast(np.array([np.nan, 0.0, 9.0, 9.0]), observed, extent, (0.5, 1))
    assert found.hit_rate == pytest.approx([5 / 6, 1])


def simulated(seed: int, places: int = 3000) -> tuple[Floats, Floats, Floats, np.random.Generator]:
    chance = np.random.default_rng(seed)
    rate = chance.gamma(0.5, 2, places)
    return rate, chance.poisson(rate).astype(float), chance.poisson(rate).astype(float), chance


def test_a_model_that_knows_better_is_shown() -> None:
    rate, counts, observed, _ = simulated(3)
    chosen = choose({"counts": counts, "model": rate}, observed, np.ones(len(rate)))
    assert chosen.name == "model"
    assert chosen.chance["model"] < 0.01
    assert chosen.pei["model"] > chosen.pei["counts"]


def test_the_best_of_two_better_models_is_shown() -> None:
    rate, counts, observed, chance = simulated(5)
    half = rate * chance.gamma(8, 1 / 8, len(rate))
    chosen = choose({"counts": counts, "half": half, "all": rate}, observed, np.ones(len(rate)))
    assert chosen.name == "all"


def test_a_model_no_better_than_counts_is_seldom_shown() -> None:
    shown = 0
    for seed in range(400):
        rate, counts, observed, chance = simulated(seed, 800)
        rival = chance.poisson(rate).astype(float)
        shown += choose({"counts": counts, "rival": rival}, observed, np.ones(800)).name == "rival"
    assert 6 <= shown <= 34


def test_many_models_no_better_than_counts_are_seldom_shown_either() -> None:
    shown = 0
    for seed in range(200):
        rate, counts, observed, chance = simulated(seed, 800)
        rivals = {str(i): chance.poisson(rate).astype(float) for i in range(8)}
        shown += choose({"counts": counts, **rivals}, observed, np.ones(800)).name != "counts"
    assert shown <= 20


def test_breaking_the_ties_of_counts_blindly_is_no_merit() -> None:
    shown = 0
    for seed in range(400):
        _, counts, observed, chance = simulated(seed, 800)
        jittered = counts + chance.random(800) / 2
        chosen = choose({"counts": counts, "jittered": jittered}, observed, np.ones(800))
        shown += chosen.name == "jittered"
    assert shown <= 36


def test_plain_counts_win_a_tie_and_where_nothing_was_observed() -> None:
    _, counts, observed, _ = simulated(7, 100)
    same = choose({"counts": counts, "twice": counts * 2}, observed, np.ones(100))
    assert (same.name, same.chance["twice"]) == ("counts", 1)
    nothing = choose({"counts": counts, "rival": observed}, np.zeros(100), np.ones(100))
    assert nothing.name == "counts"
    assert np.isnan([nothing.pei["rival"], nothing.chance["rival"]]).all()


def test_impossible_input_is_refused() -> None:
    ones = np.ones(4)
    with pytest.raises(ValueError, match="share the shape"):
        hindcast(ones, ones[:3], ones)
    with pytest.raises(ValueError, match="shares"):
        hindcast(ones, ones, ones, (0.0,))
    for observed, extent in ((-ones, ones), (ones, -ones)):
        with pytest.raises(ValueError, match="0 or more"):
            hindcast(ones, observed, extent)
    with pytest.raises(ValueError, match="first candidate"):
        choose({}, ones, ones)
