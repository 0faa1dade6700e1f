"""How long all statistics of a full-size release take, and how much memory.

65 indicators, 36 months, 342 gemeenten, 14,500 buurten, 7,000 and 48,000 hexagons, on counts made
by chance, with one group of 19 places at every level that is three times as high: where a scan
finds a group, it takes all of its simulations. Figures lie on disk, as in a build. Prints seconds
per step (300 are meant to be enough for all), and what a quarter and a sixteenth of the places cost
in the same run. Run it on a quiet machine:
``make bench BENCHMARKS=release_statistics``.
"""

import resource
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import h3.api.basic_int as h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.neighbours import from_pairs
from benchmarks import Ratios
from geo import hexagons
from geo.coordinates import to_rd
from geo.neighbours import hexagon_pairs
from indicators import CATALOGUE, Indicator
from operations.build import counting_database
from release.analysing import analyse
from release.exact import Shown
from release.figures import Figures
from release.noise import flow_noise, window_noise
from release.patterns import patterns
from release.periods import Period, calendar_of
from release.protection import protected_counts
from release.scoring_levels import score_levels
from release.surroundings import Surroundings
from store.release import LEVEL_NUMBERS
from tools.goals import at_most

INDICATORS = 65
PEAK = f"peak of all statistics of {INDICATORS} indicators, GB"
GOALS = {PEAK: at_most(2)}
SIZES = {"gemeente": 342, "buurt": 14_500, "hex7": 7_000, "hex8": 48_000}
EXPECTED = {"gemeente": 60.0, "buurt": 6.0, "hex7": 10.0, "hex8": 3.0}
RATIO = 3.0
MIDDLE = h3.latlng_to_cell(52.1, 5.3, 8)


def _around(level: str, count: int, first: int) -> Surroundings:
    """Return places on a lattice of hexagons, whatever the level calls them."""
    rings = int(np.ceil(np.sqrt(count / 3))) + 1
    cells = np.sort(np.array(h3.grid_disk(MIDDLE, rings), dtype=np.int64)[:count])
    pairs = hexagon_pairs(cells)
    points = np.column_stack(to_rd(*hexagons.centres(cells)))
    near = from_pairs(pairs.first, pairs.second, count)
    return Surroundings(np.arange(first, first + count), points, near)


def _group(places: Surroundings) -> NDArray[np.bool_]:
    """Return which places lie around one, up to two steps away."""
    within = np.arange(len(places.ids)) == len(places.ids) // 2
    for _ in range(2):
        within |= places.near @ within > 0
    return np.asarray(within)


def _counts(
    around: dict[int, Surroundings], periods: list[Period], rng: np.random.Generator
) -> pd.DataFrame:
    """Return protected counts of one indicator, as ``protect`` does."""
    noise, frames = flow_noise(5), []
    for level in SIZES:
        number = LEVEL_NUMBERS[level]
        ids = around[number].ids
        exposure = rng.gamma(2.0, EXPECTED[level] * 10 / 2, len(ids))
        rate = np.where(_group(around[number]), RATIO, 1.0) / 10
        for period in periods:
            if period.kind != "year" and level != "gemeente":
                continue
            part = {"month": 1 / 12, "quarter": 1 / 4, "year": 1.0}[period.kind]
            counts = rng.poisson(exposure * part * rate).astype(float)
            keys = rng.integers(0, 2**32, len(ids))
            shown = protected_counts(counts, keys, noise[number, period.kind])
            frame = pd.DataFrame({"area_id": ids, "numerator": shown, "denominator": exposure})
            frames.append(frame.assign(level=number, period_id=period.id))
    every = pd.concat(frames, ignore_index=True)
    whole = every.groupby("period_id")[["numerator", "denominator"]].sum().reset_index()
    country = whole.assign(level=LEVEL_NUMBERS["nederland"], area_id=1)
    both = pd.concat([country, every], ignore_index=True)
    return both.assign(denominator_units=both["denominator"], width=1.0)


def _release(part: float, figures: Figures) -> dict[str, float]:
    """Return the seconds of each step for a release with this part of the places."""
    rng, periods = np.random.default_rng(1), calendar_of(date(2023, 7, 1), date(2026, 6, 30))
    first, around = 2, {}
    for level, size in SIZES.items():
        around[LEVEL_NUMBERS[level]] = _around(level, int(size * part), first)
        first += size
    model = CATALOGUE["CV01"]
    catalogue: dict[str, Indicator] = {
        f"B{number:03}": replace(model, code=f"B{number:03}") for number in range(INDICATORS)
    }
    seconds = dict.fromkeys(("rates and classes", "patterns", "scores"), 0.0)
    for number, indicator in enumerate(catalogue.values(), start=1):
        counted = _counts(around, periods, rng)
        begin = time.perf_counter()
        frame, _ = analyse(Shown(counted), indicator, periods, flow_noise(5), {})
        middle = time.perf_counter()
        found = patterns(frame, indicator, periods, around, window_noise(flow_noise(5)))
        seconds["rates and classes"] += middle - begin
        seconds["patterns"] += time.perf_counter() - middle
        figures.add(frame.assign(indicator_id=number, hot=found.hot, mix=np.nan))
    begin = time.perf_counter()
    score_levels(figures, catalogue, periods)
    seconds["scores"] = time.perf_counter() - begin
    return seconds


def _timed(part: float) -> float:
    with tempfile.TemporaryDirectory() as folder, counting_database(Path(folder)) as con:
        seconds = _release(part, Figures(con))
    total = sum(seconds.values())
    steps = ", ".join(f"{name} {spent:.1f}" for name, spent in seconds.items())
    print(f"{part:6.2%} of the places  {total:7.1f} s  ({steps})", flush=True)
    return total


def main() -> Ratios:
    totals: NDArray[np.float64] = np.array([_timed(part) for part in (1 / 16, 1 / 4, 1.0)])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"ratio 1 : {totals[1] / totals[0]:.1f} : {totals[2] / totals[0]:.1f}")
    print(f"peak of memory {peak:.2f} GB")
    return {
        PEAK: peak,
        "a quarter of the places, to a sixteenth": float(totals[1] / totals[0]),
        "all places, to a sixteenth": float(totals[2] / totals[0]),
    }
