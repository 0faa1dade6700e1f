"""Scan statistics: SaTScan's published clusters, every window by brute force, and chance alone."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis import scan_clusters, scan_likelihood, scan_simulations
from analysis.scan import Cluster, Scan, Search, exchange_scan, space_time_scan, spatial_scan
from analysis.scan_likelihood import Needed
from analysis.scan_study import study

Floats = NDArray[np.float64]

NEW_YORK, SECOND = 14.083511, 9.019716
TOLERANCE = 1e-6


class Tracts(NamedTuple):
    points: Floats
    cases: Floats
    population: Floats


@pytest.fixture(scope="session")
def new_york(anchors: Path) -> Tracts:
    cases, points, population = (
        np.loadtxt(anchors / f"satscan_ny_{part}.txt") for part in ("cases", "coords", "pop")
    )
    return Tracts(points[:, 1:], cases[:, 1], population[:, 2])


def test_most_likely_clusters_are_those_that_satscan_published(new_york: Tracts) -> None:
    first, second = spatial_scan(*new_york, Search(share=0.5)).clusters[:2]
    assert first.centre + 1 == 52
    assert len(first.members) == 28
    assert first.cases == 100
    assert first.expected == pytest.approx(58.28, abs=0.005)
    assert first.log_likelihood_ratio == pytest.approx(NEW_YORK, abs=TOLERANCE)
    assert first.p <= 0.002
    assert second.cases == 38
    assert second.log_likelihood_ratio == pytest.approx(SECOND, abs=TOLERANCE)
    assert 0.01 < second.p < 0.05


def test_more_simulations_approach_the_published_p(new_york: Tracts) -> None:
    first = spatial_scan(*new_york, Search(simulations=19_999, clusters=1)).clusters[0]
    assert first.p == pytest.approx(0.00015, abs=0.0002)


def test_places_in_place_of_population_miss_the_published_ratio(new_york: Tracts) -> None:
    wrong = spatial_scan(new_york.points, new_york.cases, np.ones(len(new_york.cases)))
    assert abs(wrong.clusters[0].log_likelihood_ratio - NEW_YORK) > TOLERANCE


def test_a_ratio_without_the_outside_misses_the_published_ratio(
    new_york: Tracts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inside_only(cases: Floats, expected: Floats, *_: object) -> Floats:
        return np.where(cases > expected, cases * np.log(np.maximum(cases, 1) / expected), 0.0)

    monkeypatch.setattr(scan_clusters, "log_likelihood_ratio", inside_only)
    first = spatial_scan(*new_york, Search(simulations=1)).clusters[0]
    assert abs(first.log_likelihood_ratio - NEW_YORK) > TOLERANCE


def test_smaller_circles_only_miss_the_published_second_cluster(new_york: Tracts) -> None:
    ratios = [
        c.log_likelihood_ratio for c in spatial_scan(*new_york, Search(share=0.02)).clusters[:2]
    ]
    assert min(abs(ratio - SECOND) for ratio in ratios) > TOLERANCE


def every_window(points: Floats, sizes: Floats, share: float) -> list[tuple[int, frozenset[int]]]:
    """All circles by their radius, one centre after the other, without any of the code above."""
    windows = []
    for centre, point in enumerate(points):
        squared = ((points - point) ** 2).sum(axis=1)
        for radius in np.unique(squared):
            members = np.flatnonzero(squared <= radius)
            if sizes[members].sum() <= share * sizes.sum() + 1e-9:
                windows.append((centre, frozenset(members.tolist())))
    return windows


def ratio_of(cases: float, expected: float, total: float, rates: str) -> float:
    if cases == expected or (cases > expected) != (rates == "high"):
        return 0.0
    parts = ((cases, expected), (total - cases, total - expected))
    return float(sum(c * np.log(c / e) for c, e in parts if c > 0))


def best_of(
    cases: Floats, expected: Floats, windows: list[tuple[int, frozenset[int]]], rates: str
) -> float:
    """Highest ratio of (places, periods) over windows and the runs that end with the periods."""
    total = float(cases.sum())
    best = 0.0
    for _, members in windows:
        rows = sorted(members)
        for first in range(cases.shape[1] // 2 if cases.shape[1] > 1 else 0, cases.shape[1]):
            inside = float(cases[rows, first:].sum()), float(expected[rows, first:].sum())
            if 0 < inside[1] < total:
                best = max(best, ratio_of(*inside, total, rates))
    return best


@st.composite
def regions(draw: st.DrawFn, periods: int = 1) -> tuple[Floats, Floats, Floats]:
    """Places on a small lattice, so with many ties, and some on the same spot."""
    places = draw(st.integers(2, 12))
    spot = st.tuples(st.integers(0, 3), st.integers(0, 3))
    points = draw(st.lists(spot, min_size=places, max_size=places))
    counts = st.lists(st.integers(0, 9), min_size=places * periods, max_size=places * periods)
    people = st.lists(st.integers(1, 50), min_size=places * periods, max_size=places * periods)
    shape = (places, periods)
    cases = np.array(draw(counts), dtype=float).reshape(shape)
    return np.array(points, dtype=float), cases, np.array(draw(people), dtype=float).reshape(shape)


@settings(max_examples=150, deadline=None)
@given(regions(), st.sampled_from(["high", "low"]), st.sampled_from([0.1, 0.3, 0.5]))
def test_the_best_circle_is_the_best_of_all_circles(
    region: tuple[Floats, Floats, Floats], rates: scan_likelihood.Rates, share: float
) -> None:
    points, cases, people = region
    found = spatial_scan(
        points, cases[:, 0], people[:, 0], Search(share, rates, simulations=1)
    ).clusters
    expected = people * cases.sum() / people.sum()
    windows = every_window(points, people[:, 0], share)
    best = best_of(cases, expected, windows, rates)
    assert (found[0].log_likelihood_ratio if found else 0.0) == pytest.approx(best, abs=1e-9)
    taken: set[int] = set()
    for cluster in found:
        members = set(cluster.members.tolist())
        assert (cluster.centre, frozenset(members)) in windows
        assert not members & taken
        taken |= members
        inside = cases[cluster.members].sum(), expected[cluster.members].sum()
        assert (cluster.cases, cluster.expected) == pytest.approx(inside)
        assert cluster.log_likelihood_ratio == pytest.approx(
            ratio_of(*inside, cases.sum(), rates), abs=1e-9
        )
    ratios = [cluster.log_likelihood_ratio for cluster in found]
    assert ratios == sorted(ratios, reverse=True)


def simulated_by_brute_force(
    points: Floats, cases: Floats, people: Floats, search: Search
) -> Floats:
    """The same draws, every window of each worked out."""
    order = study(points, cases, people, None).places
    expected = people[order] * cases.sum() / people.sum()
    windows = every_window(points[order], people[order].sum(axis=1), search.share)
    draws = np.random.default_rng(search.seed).multinomial(
        int(cases.sum()), (expected / expected.sum()).ravel(), size=search.simulations
    )
    return np.array(
        [
            best_of(d.reshape(cases.shape).astype(float), expected, windows, search.rates)
            for d in draws
        ]
    )


@pytest.mark.parametrize("rates", ["high", "low"])
@pytest.mark.parametrize("total", [8, 200, 5_000, 300_000])
@pytest.mark.parametrize("periods", [1, 4])
def test_simulations_find_the_best_of_all_their_windows(
    rates: scan_likelihood.Rates, total: int, periods: int
) -> None:
    rng = np.random.default_rng(total + periods)
    points = rng.integers(0, 6, (25, 2)).astype(float)
    people = rng.integers(1, 200, (25, periods)).astype(float)
    cases = rng.multinomial(total, people.ravel() / people.sum()).reshape(25, periods).astype(float)
    search = Search(0.4, rates, simulations=40, seed=3)
    scan = scanned(points, cases, people, search)
    expected = simulated_by_brute_force(points, cases, people, search)
    np.testing.assert_allclose(scan.simulated, expected, atol=1e-9)


def scanned(points: Floats, cases: Floats, people: Floats, search: Search) -> Scan:
    if cases.shape[1] == 1:
        return spatial_scan(points, cases[:, 0], people[:, 0], search)
    return space_time_scan(points, cases, people, search)


@given(
    total=st.integers(2, 2_000),
    shares=st.tuples(st.floats(1e-6, 0.9), st.floats(0, 1)),
    best=st.floats(0, 80),
    rates=st.sampled_from(["high", "low"]),
)
@settings(max_examples=80, deadline=None)
def test_a_window_that_beats_the_best_has_the_count_that_is_asked_for(
    total: int, shares: tuple[float, float], best: float, rates: scan_likelihood.Rates
) -> None:
    expected = np.array([total * shares[0]])
    least = max(expected[0] * shares[1], total * 1e-7)
    need = scan_likelihood.needed(least, total * 0.9, total, rates)
    asked = need.to_beat(np.array([best]))[need.classes(expected, np.array([True]))[0], 0]
    counts = np.arange(total + 1)
    ratio = scan_likelihood.log_likelihood_ratio(counts.astype(float), expected, total, rates)
    met = counts >= asked if rates == "high" else counts < asked
    assert met[ratio > best].all()
    if best < 39 and expected[0] > least:
        assert not met[ratio < best - 2].any()
    assert need.to_beat(np.array([best]))[need.classes(expected, np.array([False]))[0], 0] in (
        0,
        total + 1,
    )


def test_a_bound_that_asks_too_much_would_miss_best_windows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(7)
    points, people = rng.integers(0, 6, (25, 2)).astype(float), np.full((25, 1), 10.0)
    cases = rng.poisson(8, (25, 1)).astype(float)
    search = Search(0.4, simulations=40)
    right = Needed.to_beat
    monkeypatch.setattr(Needed, "to_beat", lambda self, best: right(self, best) + 4)
    expected = simulated_by_brute_force(points, cases, people, search)
    assert np.abs(scanned(points, cases, people, search).simulated - expected).max() > 0.01


def test_simulations_in_parts_are_the_same_simulations(
    new_york: Tracts, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = spatial_scan(*new_york, Search(simulations=50)).simulated
    monkeypatch.setattr(scan_simulations, "BATCH", 7)
    monkeypatch.setattr(scan_simulations, "DRAWN", 281 * 3)
    in_parts = spatial_scan(*new_york, Search(simulations=50)).simulated
    np.testing.assert_array_equal(at_once, in_parts)


def test_places_at_the_same_distance_enter_a_circle_together() -> None:
    points = np.array([[0, 0], [1, 0], [-1, 0], [0, 5], [0, 6], [9, 9]], dtype=float)
    cases = np.array([9, 9, 0, 1, 1, 1], dtype=float)
    top = spatial_scan(points, cases, np.ones(6), Search(simulations=9)).clusters[0]
    assert set(top.members.tolist()) == {0, 1}
    assert top.centre == 1  # around place 0, place 2 would come in with place 1


def test_places_on_one_spot_are_in_every_cluster_together() -> None:
    points = np.array([[0, 0], [0, 0], [5, 0], [7, 0], [9, 0], [11, 0]], dtype=float)
    cases = np.array([9, 0, 1, 1, 1, 1], dtype=float)
    top = spatial_scan(points, cases, np.ones(6), Search(simulations=9)).clusters[0]
    assert set(top.members.tolist()) == {0, 1}
    assert top.radius == 0


def test_expectations_count_up_to_a_common_factor(new_york: Tracts) -> None:
    points, cases, people = new_york
    plain, scaled = (spatial_scan(points, cases, people * f).clusters[0] for f in (1, 0.001))
    assert scaled.expected == pytest.approx(plain.expected)
    assert scaled.log_likelihood_ratio == pytest.approx(plain.log_likelihood_ratio)


def test_expected_counts_explain_a_cluster_away(new_york: Tracts) -> None:
    points, cases, people = new_york
    first = spatial_scan(points, cases, people, Search(clusters=1)).clusters[0]
    adjusted = people.copy()
    adjusted[first.members] *= first.relative_risk
    now = spatial_scan(points, cases, adjusted, population=people).clusters
    overlapping = [c.p for c in now if set(c.members.tolist()) & set(first.members.tolist())]
    assert min(overlapping, default=1.0) > 0.2


def test_population_limits_the_circles_whatever_is_expected() -> None:
    points = np.column_stack([np.arange(10.0), np.zeros(10)])
    cases = np.array([9, 9, 9, 1, 1, 1, 1, 1, 1, 1], dtype=float)
    people = np.array([30, 30, 30, 1, 1, 1, 1, 1, 1, 1], dtype=float)
    wide = spatial_scan(points, cases, np.ones(10), Search(0.5, simulations=9))
    narrow = spatial_scan(points, cases, np.ones(10), Search(0.5, simulations=9), people)
    assert set(wide.clusters[0].members.tolist()) == {0, 1, 2}
    assert len(narrow.clusters[0].members) == 1


def test_a_place_without_figure_takes_no_part(new_york: Tracts) -> None:
    points, cases, people = (a.copy() for a in new_york)
    gone = np.zeros(len(cases), dtype=bool)
    gone[[3, 50, 51, 200]] = True
    cases[3], people[50], points[51, 0], people[200] = np.nan, np.nan, np.nan, np.inf
    with_gaps = spatial_scan(points, cases, people)
    without = spatial_scan(points[~gone], cases[~gone], people[~gone])
    np.testing.assert_array_equal(with_gaps.simulated, without.simulated)
    kept = np.flatnonzero(~gone)
    for one, other in zip(with_gaps.clusters, without.clusters, strict=True):
        np.testing.assert_array_equal(one.members, kept[other.members])
        assert (one.p, one.cases, one.expected) == (other.p, other.cases, other.expected)


def test_a_cell_without_figure_takes_no_part() -> None:
    rng = np.random.default_rng(1)
    points, people = rng.normal(size=(30, 2)), rng.uniform(10, 20, (30, 4))
    cases = rng.poisson(5, (30, 4)).astype(float)
    gaps, zeros = (cases.copy(), people.copy()), (cases.copy(), people.copy())
    gaps[0][4, 3] = gaps[1][9, 1] = np.nan
    for cell in ((4, 3), (9, 1)):
        zeros[0][cell] = zeros[1][cell] = 0
    one, other = (space_time_scan(points, *pair) for pair in (gaps, zeros))
    np.testing.assert_array_equal(one.simulated, other.simulated)
    assert one.clusters[0].cases == other.clusters[0].cases


def test_the_order_of_places_does_not_matter(new_york: Tracts) -> None:
    order = np.random.default_rng(2).permutation(len(new_york.cases))
    points, cases, people = new_york
    shuffled = spatial_scan(points[order], cases[order], people[order], Search(simulations=9))
    plain = spatial_scan(points, cases, people, Search(simulations=9))
    for one, other in zip(shuffled.clusters[:5], plain.clusters[:5], strict=True):
        assert set(order[one.members].tolist()) == set(other.members.tolist())


def test_nothing_counted_gives_no_cluster() -> None:
    scan = spatial_scan(np.eye(2), np.zeros(2), np.ones(2), Search(simulations=9))
    assert scan.clusters == ()
    assert not scan.simulated.any()


def test_all_cases_in_one_place_make_an_infinite_relative_risk() -> None:
    points = np.column_stack([np.arange(6.0), np.zeros(6)])
    cases = np.array([0, 0, 0, 0, 0, 20.0])
    top = spatial_scan(points, cases, np.ones(6)).clusters[0]
    assert top.members.tolist() == [5]
    assert top.relative_risk == np.inf
    assert top.p == 0.001


def test_relative_risk_compares_inside_with_outside(new_york: Tracts) -> None:
    first = spatial_scan(*new_york, Search(simulations=1)).clusters[0]
    people, cases = new_york.population, new_york.cases
    inside = np.isin(np.arange(len(cases)), first.members)
    rates = [cases[part].sum() / people[part].sum() for part in (inside, ~inside)]
    assert first.relative_risk == pytest.approx(rates[0] / rates[1])


ONES = np.ones(3)


@pytest.mark.parametrize(
    ("points", "cases", "expected", "message"),
    [
        (np.zeros((2, 2)), ONES, ONES, "do not match"),
        (np.zeros((3, 2)), ONES, np.ones(4), "do not match"),
        (np.zeros((3, 2)), np.ones((3, 2)), np.ones((3, 2)), "one figure for each place"),
        (np.zeros((3, 2)), -ONES, ONES, "below zero"),
        (np.zeros((3, 2)), ONES, -ONES, "below zero"),
        (np.zeros((3, 2)), ONES / 2, ONES, "whole"),
        (np.zeros((3, 2)), ONES * 0, ONES * 0, "nothing is expected"),
        (np.zeros((3, 2)), ONES, np.array([1.0, 1.0, 0.0]), "where none are expected"),
    ],
)
def test_impossible_input_is_refused(
    points: Floats, cases: Floats, expected: Floats, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        spatial_scan(points, cases, expected)


@pytest.mark.parametrize("population", [np.ones(2), -ONES, ONES * 0])
def test_an_impossible_population_is_refused(population: Floats) -> None:
    with pytest.raises(ValueError, match="population"):
        spatial_scan(np.zeros((3, 2)), ONES, ONES, population=population)


@pytest.mark.parametrize(
    "choice",
    [
        {"share": 0},
        {"share": 0.6},
        {"simulations": 0},
        {"clusters": 0},
        {"rates": "odd"},
        {"exceeded": 0},
    ],
)
def test_an_impossible_search_is_refused(choice: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(choice))):
        Search(**choice)  # type: ignore[arg-type]


@pytest.mark.parametrize("longest", [0, 5])
def test_impossible_periods_are_refused(longest: int) -> None:
    with pytest.raises(ValueError, match="longest"):
        space_time_scan(np.eye(2), np.ones((2, 4)), np.ones((2, 4)), longest=longest)


LATTICE = np.array([(x, y) for x in range(7) for y in range(7)], dtype=float)


@pytest.mark.parametrize("rates", ["high", "low"])
def test_chance_alone_gives_p_values_that_are_about_uniform(rates: scan_likelihood.Rates) -> None:
    rng = np.random.default_rng(11)
    people = rng.uniform(50, 150, len(LATTICE))
    p = []
    for seed in range(200):
        cases = rng.multinomial(250, people / people.sum()).astype(float)
        search = Search(0.3, rates, simulations=99, clusters=1, seed=seed)
        p.append(spatial_scan(LATTICE, cases, people, search).clusters[0].p)
    assert 3 <= sum(value <= 0.05 for value in p) <= 20  # 10 expected, all but 1 in 300 inside
    assert 0.43 < float(np.mean(p)) < 0.57


def planted(rng: np.random.Generator, rate: float) -> tuple[Floats, Floats, set[int]]:
    """Counts with ``rate`` times what can be expected, 12.5 or more, around (2, 2)."""
    people = rng.uniform(200, 400, len(LATTICE))
    inside = np.flatnonzero(((LATTICE - 2) ** 2).sum(axis=1) <= 1)
    risk = np.full(len(LATTICE), 0.01)
    risk[inside] *= rate
    return rng.poisson(people * risk).astype(float), people, set(inside.tolist())


@pytest.mark.parametrize(("rate", "rates"), [(3.0, "high"), (0.05, "low")])
def test_a_planted_cluster_is_found(rate: float, rates: scan_likelihood.Rates) -> None:
    rng = np.random.default_rng(5)
    found = 0
    for seed in range(40):
        cases, people, inside = planted(rng, rate)
        top = spatial_scan(LATTICE, cases, people, Search(0.3, rates, 99, 1, seed)).clusters[0]
        members = set(top.members.tolist())
        found += top.p <= 0.05 and len(members & inside) >= 4 and len(members) <= 9
    assert found >= 34


def test_a_planted_cluster_is_not_found_among_rates_of_the_other_side() -> None:
    rng = np.random.default_rng(5)
    hits = 0
    for seed in range(20):
        cases, people, inside = planted(rng, 3.0)
        top = spatial_scan(LATTICE, cases, people, Search(0.1, "low", 99, 1, seed)).clusters[0]
        hits += bool(set(top.members.tolist()) & inside)
    assert hits <= 2


def with_cluster(rng: np.random.Generator, first: int, last: int) -> tuple[Floats, Floats]:
    """Twelve periods with three times the rate around (2, 2) from ``first`` to ``last``."""
    people = rng.uniform(200, 400, (len(LATTICE), 12))
    risk = np.full(people.shape, 0.01)
    inside = ((LATTICE - 2) ** 2).sum(axis=1) <= 1
    risk[inside, first : last + 1] *= 3
    return rng.poisson(people * risk).astype(float), people


def test_a_cluster_that_is_alive_is_found_with_the_period_it_began() -> None:
    rng = np.random.default_rng(9)
    tops: list[Cluster] = []
    for seed in range(20):
        cases, people = with_cluster(rng, 9, 11)
        scan = space_time_scan(LATTICE, cases, people, Search(0.3, simulations=99, seed=seed))
        tops.append(scan.clusters[0])
    assert all(top.last == 11 and top.p <= 0.05 for top in tops)
    assert all(10 in top.members or 16 in top.members for top in tops)
    assert sum(top.first == 9 for top in tops) >= 15


def test_a_cluster_that_is_over_is_found_looking_back_only() -> None:
    rng = np.random.default_rng(10)
    cases, people = with_cluster(rng, 3, 5)
    search = Search(0.3, simulations=99)
    back = space_time_scan(LATTICE, cases, people, search, prospective=False).clusters[0]
    assert (back.first, back.last) == (3, 5)
    assert back.p == 0.01
    alive = space_time_scan(LATTICE, cases, people, search, longest=3).clusters[0]
    assert alive.first >= 9
    assert alive.p > 0.05


def test_chance_alone_gives_uniform_p_values_in_space_and_time() -> None:
    rng = np.random.default_rng(12)
    people = rng.uniform(50, 150, (len(LATTICE), 4))
    p = []
    for seed in range(100):
        cases = rng.multinomial(400, people.ravel() / people.sum()).reshape(people.shape)
        search = Search(0.3, simulations=99, clusters=1, seed=seed)
        scan = space_time_scan(LATTICE, cases.astype(float), people, search, prospective=False)
        p.append(scan.clusters[0].p)
    assert sum(value <= 0.05 for value in p) <= 12
    assert 0.4 < float(np.mean(p)) < 0.6


@settings(max_examples=60, deadline=None)
@given(regions(periods=4), st.sampled_from(["high", "low"]))
def test_the_best_cylinder_is_the_best_of_all_cylinders(
    region: tuple[Floats, Floats, Floats], rates: scan_likelihood.Rates
) -> None:
    points, cases, people = region
    found = space_time_scan(points, cases, people, Search(0.4, rates, simulations=1)).clusters
    expected = people * cases.sum() / people.sum()
    best = best_of(cases, expected, every_window(points, people.sum(axis=1), 0.4), rates)
    assert (found[0].log_likelihood_ratio if found else 0.0) == pytest.approx(best, abs=1e-9)
    for cluster in found:
        cell = cluster.members, slice(cluster.first, cluster.last + 1)
        assert cluster.cases == cases[cell].sum()
        assert cluster.expected == pytest.approx(expected[cell].sum())


def test_one_period_gives_the_spatial_scan(new_york: Tracts) -> None:
    points, cases, people = new_york
    space = spatial_scan(points, cases, people)
    both = space_time_scan(points, cases[:, None], people[:, None])
    np.testing.assert_array_equal(space.simulated, both.simulated)
    assert space.clusters[0].p == both.clusters[0].p


@pytest.mark.parametrize("exceeded", [1, 5, 20])
def test_simulating_ends_with_the_simulation_that_is_enough(
    new_york: Tracts, exceeded: int
) -> None:
    """Sequential p-values: h/l, or the rank where h is not reached (Besag and Clifford 1991)."""
    points, cases, people = new_york
    quiet = np.random.default_rng(4).multinomial(int(cases.sum()), people / people.sum())
    for counts in (cases, quiet.astype(float)):
        every = spatial_scan(points, counts, people, Search(simulations=600))
        found = spatial_scan(points, counts, people, Search(simulations=600, exceeded=exceeded))
        done = len(found.simulated)
        np.testing.assert_array_equal(found.simulated, every.simulated[:done])
        first = every.clusters[0].log_likelihood_ratio
        assert done == 600 or (found.simulated >= first).sum() == exceeded
        for one in found.clusters:
            as_odd = np.flatnonzero(every.simulated >= one.log_likelihood_ratio)
            reached = len(as_odd) >= exceeded
            p = exceeded / (as_odd[exceeded - 1] + 1) if reached else (1 + len(as_odd)) / 601
            assert one.p == pytest.approx(p)
    assert done < 600


def test_a_quiet_country_needs_few_simulations_and_is_called_odd_no_more_often() -> None:
    rng = np.random.default_rng(12)
    people = rng.uniform(50, 150, len(LATTICE))
    p, done = [], []
    for seed in range(300):
        cases = rng.multinomial(250, people / people.sum()).astype(float)
        search = Search(0.3, simulations=199, clusters=1, seed=seed, exceeded=10)
        scan = spatial_scan(LATTICE, cases, people, search)
        p.append(scan.clusters[0].p)
        done.append(len(scan.simulated))
    assert 5 <= sum(value <= 0.05 for value in p) <= 25  # 15 expected, all but 1 in 200 inside
    assert np.mean(done) < 60


def test_exchanged_histories_are_those_of_places_alike_and_their_best_window_is_found() -> None:
    rng = np.random.default_rng(13)
    points = rng.integers(0, 6, (25, 2)).astype(float)
    people = rng.uniform(90, 110, (25, 3))
    cases = rng.poisson(8, (25, 3)).astype(float)
    alike = rng.integers(0, 4, 25)
    search = Search(0.4, simulations=30, seed=3)
    scan = exchange_scan(points, cases, people, alike, search, longest=2)
    given = study(points, cases, people, None, alike)
    drawn = scan_simulations._exchange(
        np.random.default_rng(3), given.cases.astype(np.uint16), alike[given.places], 30
    )
    windows = every_window(given.points, given.population, 0.4)
    for number, best in enumerate(scan.simulated):
        one = drawn[:, :, number].astype(float)
        for group in range(4):
            inside = alike[given.places] == group
            assert sorted(map(tuple, one[inside])) == sorted(map(tuple, given.cases[inside]))
        assert best == pytest.approx(best_of(one, given.expected, windows, "high"), abs=1e-9)
    assert len(np.unique(scan.simulated)) > 20


def test_places_that_last_to_differ_are_a_cluster_to_drawn_cases_only() -> None:
    rng = np.random.default_rng(14)
    drawn, exchanged = [], []
    people, one = np.full((len(LATTICE), 3), 20.0), np.zeros(len(LATTICE), dtype=np.int64)
    for seed in range(60):
        lasting = rng.gamma(4, 1 / 4, len(LATTICE))
        cases = rng.poisson(people * lasting[:, None]).astype(float)
        search = Search(0.3, simulations=99, clusters=1, seed=seed)
        drawn.append(space_time_scan(LATTICE, cases, people, search, longest=3).clusters[0].p)
        exchanged.append(exchange_scan(LATTICE, cases, people, one, search, 3).clusters[0].p)
    assert np.mean(np.array(drawn) <= 0.05) > 0.5
    assert np.mean(np.array(exchanged) <= 0.05) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 60)


def test_a_planted_cluster_is_found_among_exchanged_histories() -> None:
    rng, found = np.random.default_rng(15), 0
    for seed in range(20):
        cases, people = with_cluster(rng, 9, 11)
        alike = np.zeros(len(LATTICE), dtype=np.int64)
        top = exchange_scan(LATTICE, cases, people, alike, Search(0.3, simulations=99, seed=seed))
        found += top.clusters[0].p <= 0.05 and 16 in top.clusters[0].members
    assert found >= 18


def test_groups_of_places_alike_must_match_the_places() -> None:
    with pytest.raises(ValueError, match="alike"):
        exchange_scan(np.eye(2), np.ones((2, 2)), np.ones((2, 2)), np.zeros(3, dtype=np.int64))
