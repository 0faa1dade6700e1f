"""Where counts are higher, or lower, than can be expected: the scan statistic of Kulldorff.

Looks through every circle of neighbouring places, and every run of periods, and asks how often
chance alone gives a window as odd as the oddest: one test in place of one for each window.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.scan_clusters import SAME, Window, most_likely
from analysis.scan_likelihood import Floats, Rates, needed
from analysis.scan_simulations import Draws, Enough, simulated_best
from analysis.scan_study import Run, Study, study, total_over
from analysis.scan_windows import Circles, circles

SPARE = 1_000
"""A Poisson count of mean m exceeds 2 m + SPARE less than once in 1e300."""


@dataclass(frozen=True)
class Search:
    """What to look for: circles of at most ``share`` of the population, "high" or "low" rates.

    ``simulations`` set the smallest p-value, 1/(simulations + 1); at most ``clusters`` are
    returned. With ``exceeded``, simulating ends once so many simulations are as odd as the most
    likely cluster: what chance alone explains needs few. ValueError for a share outside (0, 0.5],
    or less than one simulation, cluster or exceeding.
    """

    share: float = 0.5
    rates: Rates = "high"
    simulations: int = 999
    clusters: int = 20
    seed: int = 0
    exceeded: int | None = None

    def __post_init__(self) -> None:
        if not 0 < self.share <= 0.5:
            raise ValueError(f"share must be above 0 and at most 0.5, not {self.share}")
        if self.rates not in ("high", "low"):
            raise ValueError(f'rates must be "high" or "low", not {self.rates!r}')
        if self.simulations < 1 or self.clusters < 1:
            raise ValueError("simulations and clusters must be at least 1")
        if self.exceeded is not None and self.exceeded < 1:
            raise ValueError(f"exceeded must be at least 1, not {self.exceeded}")


@dataclass(frozen=True, eq=False)
class Cluster:
    """One circle of places, ``members`` nearest to ``centre`` first, in a run of periods.

    Places and periods (``first`` up to and including ``last``) are positions in the arrays that
    were scanned; ``radius`` has the unit of the points. ``relative_risk`` is the rate inside over
    the rate outside, (c/e)/((C - c)/(C - e)), infinite where all cases lie inside.
    """

    centre: int
    members: NDArray[np.int64]
    radius: float
    first: int
    last: int
    cases: int
    expected: float
    relative_risk: float
    log_likelihood_ratio: float
    p: float


@dataclass(frozen=True, eq=False)
class Scan:
    """Clusters, the most likely first, and the best ratio of each simulation (simulations,)."""

    clusters: tuple[Cluster, ...]
    simulated: Floats


def spatial_scan(
    points: Floats,
    cases: Floats,
    expected: Floats,
    search: Search = Search(),
    population: Floats | None = None,
) -> Scan:
    """Return the clusters of places whose rate differs from that elsewhere.

    ``points`` (places, 2) are centroids on a plane, ``cases`` (places,) whole counts and
    ``expected`` (places,) what each place may expect up to one common factor: the population at
    risk, or counts expected from sex, age or any other cause. Every circle around a centroid with
    at most ``search.share`` of ``population`` (places,; by default ``expected``) is compared by
    its log likelihood ratio under the Poisson model; p = rank/(simulations + 1) among the best
    windows of multinomial redistributions of the total. Further clusters are the best of other
    centres, in order, without a place of a cluster before them; their p-values are compared with
    the best of each simulation too, so they err to the safe side. With ``search.exceeded`` = h,
    p = h/l where the h-th simulation as odd is the l-th: a p of at most a has at most a chance of
    a then too. A place with NaN takes no part. ValueError for shapes that do not match, counts
    below zero or not whole, and cases where none are expected.
    Sources: Kulldorff (1997), A spatial scan statistic, Communications in Statistics: Theory and
    Methods 26; overlap as in the SaTScan User Guide, "Secondary clusters"; h/l:
    Besag and Clifford (1991), Sequential Monte Carlo p-values, Biometrika 78.

    Nine places in a row that each expect 10 cases; the three in the middle have 30.

    >>> points = np.column_stack([np.arange(9.0), np.zeros(9)])
    >>> cases = np.where(np.abs(np.arange(9) - 4) <= 1, 30.0, 10.0)
    >>> (first, *_) = spatial_scan(points, cases, np.full(9, 10.0)).clusters
    >>> sorted(first.members.tolist()), first.cases, round(first.relative_risk, 2), first.p
    ([3, 4, 5], 90, 3.0, 0.001)
    """
    given = study(points, _one_period(cases), _one_period(expected), population)
    return _scan(given, [Run(0, 0)], search)


def space_time_scan(
    points: Floats,
    cases: Floats,
    expected: Floats,
    search: Search = Search(),
    population: Floats | None = None,
    longest: int | None = None,
    prospective: bool = True,
) -> Scan:
    """Return the clusters of places and periods whose rate differs from that elsewhere.

    As ``spatial_scan`` with ``cases`` and ``expected`` (places, periods) and cylinders: a circle
    in the last periods, up to ``longest`` of them (``prospective``, clusters alive at the end),
    or in any run of so many (retrospective). ``longest`` is half of the periods unless given. A
    cell with NaN takes no part; a place takes part where it has any figure. ValueError as there,
    and for ``longest`` outside 1 to the number of periods.
    Sources: Kulldorff (2001), Prospective time periodic geographical disease surveillance using a
    scan statistic, Journal of the Royal Statistical Society A 164; Kulldorff et al. (1998),
    American Journal of Public Health 88, for the retrospective form.

    The same places in three periods: the middle ones rise in the last period only.

    >>> points = np.column_stack([np.arange(9.0), np.zeros(9)])
    >>> cases = np.full((9, 3), 10.0)
    >>> cases[3:6, 2] = 30.0
    >>> (first, *_) = space_time_scan(points, cases, np.full((9, 3), 10.0)).clusters
    >>> sorted(first.members.tolist()), first.first, first.last
    ([3, 4, 5], 2, 2)
    """
    given = study(points, cases, expected, population)
    return _scan(given, _runs(given.cases.shape[1], longest, prospective), search)


def exchange_scan(
    points: Floats,
    cases: Floats,
    expected: Floats,
    alike: NDArray[np.int64],
    search: Search = Search(),
    longest: int | None = None,
) -> Scan:
    """Return clusters as a prospective ``space_time_scan``, where places may differ by themselves.

    Simulations exchange the histories of places with the same number in ``alike`` (places,), which
    should expect about as much. A place that is always high is then high in every simulation, and
    only places that are high together are a cluster: p is exact where, without one, places that
    are alike could change places (Dwass 1957, Modified randomization tests for nonparametric
    hypotheses, Annals of Mathematical Statistics 28). ValueError as there.

    The fifth place is high in every period: in every simulation too, wherever its history goes.

    >>> points = np.column_stack([np.arange(9.0), np.zeros(9)])
    >>> cases = np.full((9, 3), 10.0)
    >>> cases[4] = 30.0
    >>> alike = np.zeros(9, int)
    >>> (first, *_) = exchange_scan(points, cases, np.full((9, 3), 10.0), alike).clusters
    >>> first.members.tolist(), first.p
    ([4], 1.0)
    """
    given = study(points, cases, expected, None, alike)
    return _scan(given, _runs(given.cases.shape[1], longest, prospective=True), search)


def _runs(periods: int, longest: int | None, prospective: bool) -> list[Run]:
    longest = max(1, periods // 2) if longest is None else longest
    if not 1 <= longest <= periods:
        raise ValueError(f"longest must be from 1 to {periods} periods, not {longest}")
    lasts = [periods - 1] if prospective else range(periods)
    return [
        Run(last + 1 - length, last)
        for last in lasts
        for length in range(1, min(longest, last + 1) + 1)
    ]


def _one_period(values: Floats) -> Floats:
    if np.ndim(values) != 1:
        raise ValueError(f"a spatial scan takes one figure for each place, not {np.shape(values)}")
    return np.asarray(values, dtype=np.float64)[:, None]


def _scan(given: Study, runs: Sequence[Run], search: Search) -> Scan:
    if given.total == 0:
        return Scan((), np.zeros(search.simulations))
    chunks = list(circles(given.points, given.population, search.share))
    whole = given.expected.sum(axis=1)
    most = max(float(whole[c.nearest].sum(axis=1).max(initial=0)) for c in chunks)
    least = given.expected[given.expected > 0].min()
    need = needed(least, most, given.total, search.rates, _largest(given, chunks, most))
    windows = most_likely(given, (chunks, runs), search.rates, search.clusters)
    enough = None
    if search.exceeded is not None:
        enough = Enough(search.exceeded, windows[0].ratio - SAME if windows else 0.0)
    simulated = simulated_best(
        (chunks, runs), given, need, Draws(search.simulations, search.seed, enough)
    )
    found = (_cluster(given, window, simulated, search.exceeded) for window in windows)
    return Scan(tuple(found), simulated)


def _largest(given: Study, chunks: Sequence[Circles], most: float) -> int:
    """Return a count that no window of a simulation exceeds."""
    if given.alike is None:
        return int(2 * most) + SPARE
    longest = max(chunk.nearest.shape[1] for chunk in chunks)
    return int(np.sort(given.cases.sum(axis=1))[::-1][:longest].sum())


def _p(ratio: float, simulated: Floats, exceeded: int | None) -> float:
    """Return the p-value of a ratio, sequential (Besag and Clifford 1991) with ``exceeded``."""
    as_odd = np.flatnonzero(simulated >= ratio - SAME)
    if exceeded is not None and len(as_odd) >= exceeded:
        return exceeded / (int(as_odd[exceeded - 1]) + 1)
    return (1 + len(as_odd)) / (len(simulated) + 1)


def _cluster(given: Study, window: Window, simulated: Floats, exceeded: int | None) -> Cluster:
    members, run, ratio = window
    cases = float(total_over(given.cases, run)[members].sum())
    expected = float(total_over(given.expected, run)[members].sum())
    outside = (given.total - cases) / (given.total - expected)
    centre, farthest = given.points[members[[0, -1]]]
    return Cluster(
        centre=int(given.places[members[0]]),
        members=given.places[members],
        radius=float(np.hypot(*(farthest - centre))),
        first=run.first,
        last=run.last,
        cases=round(cases),
        expected=expected,
        relative_risk=cases / expected / outside if outside else float("inf"),
        log_likelihood_ratio=ratio,
        p=_p(ratio, simulated, exceeded),
    )
