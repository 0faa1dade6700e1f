"""How long it takes to follow 48,000 places through 36 months, against pymannkendall.

pymannkendall takes one place at a time, so it gets some of the places and its seconds are scaled
up. Seconds of the processor stand beside those of the clock, for a machine that others use. Run it
with ``make bench BENCHMARKS=change``.
"""

import resource
import time
from collections.abc import Callable
from importlib import import_module

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.early_warning import farrington
from analysis.emerging_hot_spots import classify, space_time_gi_star
from analysis.nowcast import complete, completeness
from analysis.trend import mann_kendall, theil_sen
from benchmarks import Quick, Ratios
from benchmarks._least import least

Floats = NDArray[np.float64]

PLACES, MONTHS = 48_000, 36
SOME = 500
MUNICIPALITIES, DELAYS = 342, 12

QUICK: Quick = {
    "pymannkendall, to Mann-Kendall": "more",
    "pymannkendall, to Theil-Sen with interval": "more",
}


def seconds(what: str, work: Callable[[], object]) -> float:
    """Print and return the seconds of the processor."""
    start, worked = time.perf_counter(), time.process_time()
    work()
    taken, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:46s} {taken:6.2f} s, processor {worked:6.2f} s, peak {peak:5.0f} MB", flush=True)
    return worked


def grid(places: int) -> csr_array:
    """Return six neighbours of each place, as hexagons in rows have."""
    width = 200
    steps = np.array([-width - 1, -width, -1, 1, width, width + 1])
    near = np.arange(places)[:, None] + steps
    inside = (near >= 0) & (near < places)
    row = np.broadcast_to(np.arange(places)[:, None], near.shape)[inside]
    return csr_array((np.ones(len(row)), (row, near[inside])), shape=(places, places))


def triangle(rng: np.random.Generator) -> Floats:
    shares = 0.6 ** np.arange(DELAYS)
    events = rng.poisson(20, (MUNICIPALITIES, MONTHS))
    full = rng.multinomial(events, shares / shares.sum()).astype(float)
    full[:, np.arange(MONTHS)[:, None] + np.arange(DELAYS) >= MONTHS] = np.nan
    return full


def main() -> dict[str, float]:
    rng = np.random.default_rng(0)
    counts = rng.poisson(3, (PLACES, MONTHS)).astype(float)
    known = import_module("pymannkendall")
    print(f"{PLACES:,} places, {MONTHS} months")
    ours = seconds("Mann-Kendall", lambda: mann_kendall(counts))
    ours += seconds("Theil-Sen with interval", lambda: theil_sen(counts))
    theirs = seconds(
        f"pymannkendall, test and slope, {SOME} places",
        lambda: [known.original_test(row) for row in counts[:SOME]],
    )
    ratio = theirs * PLACES / SOME / ours
    print(f"ratio: {ratio:.0f} times faster")
    near = grid(PLACES)
    z = space_time_gi_star(counts, near)
    seconds("space-time Gi*", lambda: space_time_gi_star(counts, near))
    seconds("emerging hot spots", lambda: classify(z, z > 1.96, z < -1.96))
    history = rng.poisson(3, (PLACES, 72)).astype(float)
    seconds("early warning, 25 months of 72", lambda: farrington(history))
    registered = triangle(rng)
    counted = np.nansum(registered, axis=-1)
    seconds(
        f"nowcast, {MUNICIPALITIES} municipalities",
        lambda: complete(counted, completeness(registered)),
    )
    return {"pymannkendall, to Mann-Kendall and Theil-Sen": ratio}


def quick() -> Ratios:
    """Compare on a quarter of the places."""
    counts = np.random.default_rng(0).poisson(3, (PLACES // 4, MONTHS)).astype(float)
    some, known = counts[: SOME // 4], import_module("pymannkendall")
    theirs, *ours = least(
        {
            "pymannkendall, some places": lambda: [known.original_test(row) for row in some],
            "Mann-Kendall": lambda: mann_kendall(counts),
            "Theil-Sen with interval": lambda: theil_sen(counts),
        }
    ).values()
    every = theirs * len(counts) / len(some)
    return {what: every / own for what, own in zip(QUICK, ours, strict=True)}
