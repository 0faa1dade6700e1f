"""Measures work in a process of its own, so that what one part leaves behind weighs on no other."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec

Given = ParamSpec("Given")


@dataclass(frozen=True)
class Cost:
    """Seconds of the clock and of the processor (all threads), and the peak of memory in GB."""

    seconds: float
    processor: float
    peak: float


def _timed(work: Callable[Given, object], /, *args: Given.args, **kwargs: Given.kwargs) -> Cost:
    start, worked = time.perf_counter(), time.process_time()
    work(*args, **kwargs)
    taken, worked = time.perf_counter() - start, time.process_time() - worked
    return Cost(taken, worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)


def alone(
    what: str, work: Callable[Given, object], /, *args: Given.args, **kwargs: Given.kwargs
) -> Cost:
    """Run work in a fresh process; print and return what it cost.

    What its module imports is not in the seconds, but is in the memory.
    """
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        cost = process.submit(_timed, work, *args, **kwargs).result()
    print(
        f"{what:44} {cost.seconds:7.1f} s, processor {cost.processor:7.1f} s,"
        f" peak {cost.peak:5.2f} GB",
        flush=True,
    )
    return cost
