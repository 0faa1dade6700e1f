"""How long a scan of the whole country takes: 14,500 places, 999 simulations, one process.

Places lie in towns and in the open, with uneven populations; circles hold up to 5% of the
population. Target: 60 seconds and 1 GB. Seconds of the processor stand beside those of the clock,
for a machine that others use. Run it with ``PYTHONPATH=. python benchmarks/scan.py``.
"""

import resource
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from analysis.near_repeat import near_repeats
from analysis.scan import Search, space_time_scan, spatial_scan

Floats = NDArray[np.float64]

PLACES = 14_500
TARGET = 60.0
MUNICIPALITIES, MONTHS = 342, 24
EVENTS = 10_000


def country(rng: np.random.Generator, places: int) -> tuple[Floats, Floats]:
    towns = rng.uniform(0, 300_000, (60, 2))
    weights = rng.pareto(1.2, 60) + 1
    urban = towns[rng.choice(60, places * 2 // 3, p=weights / weights.sum())]
    urban = urban + rng.normal(0, 6_000, urban.shape)
    rural = rng.uniform(0, 300_000, (places - len(urban), 2))
    people = np.round(rng.lognormal(6.5, 1.0, places)) + 1
    return np.vstack([urban, rural]), np.asarray(people, dtype=np.float64)


def timed(what: str, work: Callable[[], object], target: float | None = None) -> None:
    start, worked = time.perf_counter(), time.process_time()
    work()
    taken, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    verdict = "" if target is None else "  within" if taken < target else "  MISSED"
    print(
        f"{what:44s} {taken:6.1f} s, processor {worked:5.1f} s, peak {peak:4.0f} MB{verdict}",
        flush=True,
    )


def main() -> None:
    rng = np.random.default_rng(0)
    points, population = country(rng, PLACES)
    for total in (2_000, 20_000, 200_000):
        cases = rng.multinomial(total, population / population.sum()).astype(np.float64)
        for search in (Search(share=0.05), Search(share=0.05, rates="low")):
            timed(
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
    spots, days = rng.normal(0, 3_000, (EVENTS, 2)), rng.integers(0, 365, EVENTS)
    timed(
        f"near repeats, {EVENTS:,} events up to 500 m",
        lambda: near_repeats(spots, days.astype(np.float64), range(0, 501, 100), (7, 14, 21, 28)),
    )


if __name__ == "__main__":
    main()
