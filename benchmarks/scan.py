"""How long a scan of the whole country takes: 14,500 places, 999 simulations, one process.

Places lie in towns and in the open, with uneven populations; circles hold up to 5% of the
population. Target: 60 seconds and 1 GB. Then the scans of a release, which end early where chance
explains what is seen: with a group to find, and without. Seconds of the processor stand beside
those of the clock, for a machine that others use. Run it with
``make bench BENCHMARKS=scan``.
"""

import resource
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from analysis.near_repeat import near_repeats
from analysis.scan import Search, exchange_scan, space_time_scan, spatial_scan

Floats = NDArray[np.float64]

PLACES = 14_500
TARGET = 60.0
MUNICIPALITIES, MOSTLY, MONTHS = 342, 3_300, 24
EVENTS = 10_000


def country(rng: np.random.Generator, places: int) -> tuple[Floats, Floats]:
    towns = rng.uniform(0, 300_000, (60, 2))
    weights = rng.pareto(1.2, 60) + 1
    urban = towns[rng.choice(60, places * 2 // 3, p=weights / weights.sum())]
    urban = urban + rng.normal(0, 6_000, urban.shape)
    rural = rng.uniform(0, 300_000, (places - len(urban), 2))
    people = np.round(rng.lognormal(6.5, 1.0, places)) + 1
    return np.vstack([urban, rural]), np.asarray(people, dtype=np.float64)


def release_like(
    rng: np.random.Generator, places: int, ratio: float
) -> tuple[Floats, Floats, Floats, NDArray[np.int64]]:
    """Return points, cases, expected and who is alike, with one group ``ratio`` times as high."""
    points, people = country(rng, places)
    expected = np.repeat(people[:, None], 3, axis=1) * (2 * places / people.sum())
    near = np.hypot(*(points - points[0]).T).argsort()[:20]
    rates = np.ones((places, 1))
    rates[near] = ratio
    cases = rng.poisson(expected * rates).astype(np.float64)
    return points, cases, expected, np.floor(np.log(people) / np.log(1.2)).astype(np.int64)


def timed(what: str, work: Callable[[], object], target: float | None = None) -> float:
    """Print what some work takes; return its seconds of the processor."""
    start, worked = time.perf_counter(), time.process_time()
    work()
    taken, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    verdict = "" if target is None else "  within" if taken < target else "  MISSED"
    print(
        f"{what:44s} {taken:6.1f} s, processor {worked:5.1f} s, peak {peak:4.0f} MB{verdict}",
        flush=True,
    )
    return worked


def main() -> dict[str, float]:
    took: dict[str, float] = {}
    rng = np.random.default_rng(0)
    points, population = country(rng, PLACES)
    for total in (2_000, 20_000, 200_000):
        cases = rng.multinomial(total, population / population.sum()).astype(np.float64)
        for search in (Search(share=0.05), Search(share=0.05, rates="low")):
            took[f"{total:,} cases, {search.rates}"] = timed(
                f"places, {total:,} cases, {search.rates}",
                lambda c=cases, s=search: spatial_scan(points, c, population, s),  # type: ignore[misc]
                TARGET,
            )
    centres, people = country(rng, MUNICIPALITIES)
    months = np.repeat(people[:, None], MONTHS, axis=1)
    counts = rng.poisson(months * (20_000 / months.sum())).astype(np.float64)
    for prospective in (True, False):
        timed(
            f"municipalities x months, prospective {prospective}",
            lambda p=prospective: space_time_scan(centres, counts, months, prospective=p),  # type: ignore[misc]
        )
    for places, search in (
        (MUNICIPALITIES, Search(share=0.05, exceeded=10)),
        (MOSTLY, Search(share=0.01, simulations=199, exceeded=10)),
        (PLACES, Search(share=0.01, simulations=199, exceeded=10)),
    ):
        for ratio in (1.0, 3.0):
            given = release_like(rng, places, ratio)
            took[f"{places:,} places, ratio {ratio:.0f}"] = timed(
                f"release, {places:,} places x 3 years, ratio {ratio:.0f}",
                lambda g=given, s=search: exchange_scan(*g, search=s, longest=3),  # type: ignore[misc]
            )
    spots, days = rng.normal(0, 3_000, (EVENTS, 2)), rng.integers(0, 365, EVENTS)
    timed(
        f"near repeats, {EVENTS:,} events up to 500 m",
        lambda: near_repeats(spots, days.astype(np.float64), range(0, 501, 100), (7, 14, 21, 28)),
    )
    pairs = [(f"{PLACES:,} places, ratio {n}", f"{MOSTLY:,} places, ratio {n}") for n in (1, 3)]
    pairs += [
        ("200,000 cases, high", "2,000 cases, high"),
        ("2,000 cases, low", "2,000 cases, high"),
    ]
    return {f"{one}, to {other}": took[one] / took[other] for one, other in pairs}
