"""What the robustness of the score costs as places grow: 342 of them, 4 and 16 times as many.

The sizes are timed in turn, in one run, and their medians compared: a ratio says more than seconds
on a machine that does other things too. Run it with
``make bench BENCHMARKS=score``.
"""

import os
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from scipy.special import gammaincinv

from analysis.choices import INPUTS, NOTHING, Figures, Varied
from analysis.robustness import rank_intervals, rank_shift
from analysis.sensitivity import variance_shares
from benchmarks import Quick, Ratios
from benchmarks._least import least

PLACES = 342
TIMES = (1, 4, 16)
INDICATORS = 45
RUNS = 60
QUICK: Quick = {"robustness: 684 places, to 171": "less"}
ROUNDS = 5


def simulated(places: int) -> Figures:
    """Return smoothed rates with 90% intervals; one in ten figures is missing."""
    chance = np.random.default_rng(1)
    exposure = chance.lognormal(4, 1, (places, 1))
    rate = chance.gamma(3, 0.1 / 3, (places, INDICATORS))
    shape, total = chance.poisson(rate * exposure) + 3.0, exposure + 30
    gaps = chance.random(shape.shape) < 0.1
    parts = [shape / total, gammaincinv(shape, 0.05) / total, gammaincinv(shape, 0.95) / total]
    mean, low, high = (np.where(gaps, np.nan, part) for part in parts)
    return Figures(mean, low, high, np.ones(INDICATORS), np.arange(INDICATORS) % 4)


def compared(works: list[Callable[[], object]]) -> list[float]:
    """Return the median seconds of each, run in turn."""
    took: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, measured in zip(works, took, strict=True):
            start = time.perf_counter()
            work()
            measured.append(time.perf_counter() - start)
    return [median(measured) for measured in took]


def report(what: str, works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Print what each takes; return that as times the first."""
    seconds = compared(list(works.values()))
    print(f"{what}; load {os.getloadavg()[0]:.1f}")
    for name, took in zip(works, seconds, strict=True):
        print(f"  {name:24} {took:7.3f} s  {took / seconds[0]:6.2f} times the first")
    first, *others = works
    return {
        f"{what}: {name}, to {first}": took / seconds[0]
        for name, took in zip(others, seconds[1:], strict=True)
    }


def robustness(figures: Figures, varied: Varied) -> Callable[[], object]:
    return lambda: rank_intervals(figures, RUNS, varied=varied)


def sensitivity(figures: Figures, points: int) -> Callable[[], object]:
    shift = rank_shift(figures)
    return lambda: variance_shares(shift, len(INPUTS), points)


def main() -> dict[str, float]:
    figures = {f"{times * PLACES:,} places": simulated(times * PLACES) for times in TIMES}
    ratios = report(
        f"robustness, {INDICATORS} indicators, {RUNS} runs",
        {name: robustness(part, Varied()) for name, part in figures.items()},
    )
    least = figures[f"{PLACES:,} places"]
    kinds = {
        "ranks as published": NOTHING,
        "drawing figures as well": NOTHING._replace(data=True),
        "every choice": Varied(),
    }
    ratios |= report(
        f"what varies, {PLACES} places",
        {name: robustness(least, varied) for name, varied in kinds.items()},
    )
    ratios |= report(
        f"variance shares, {PLACES} places",
        {f"{points} points": sensitivity(least, points) for points in (16, 64)},
    )
    return ratios


def quick() -> Ratios:
    """Compare half and twice the places."""
    half, twice = simulated(PLACES // 2), simulated(PLACES * 2)
    few, many = least(
        {
            "robustness, 171 places": robustness(half, Varied()),
            "robustness, 684 places": robustness(twice, Varied()),
        }
    ).values()
    return dict.fromkeys(QUICK, many / few)
