"""Runs inputs in forked workers of bounded memory, under a watchdog that ends what hangs.

A worker says in shared memory which input it is at and since when. The parent makes the input of
a worker that hung or crashed again from the seed, and lets another go on behind it.
"""

import faulthandler
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkContext
from multiprocessing.process import BaseProcess
from multiprocessing.queues import SimpleQueue
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from errors import WeerbeeldError
from tools.fuzz.contract import Reader
from tools.fuzz.judging import faults_of_message, place_of

HANG_SECONDS = 10.0
MEMORY = 4 * 2**30
"""Address space of a worker in bytes (RLIMIT_AS); libraries and threads take over 1 GiB of it."""

SLOW_START = 120.0
"""Seconds that a worker may take to prepare its readers."""


@dataclass(frozen=True)
class Plan:
    """Which inputs: ``count`` at most, for ``seconds`` at most, spread over ``readers``."""

    readers: tuple[Reader, ...]
    count: int
    seconds: float
    seed: int
    processes: int = 2

    def reader_of(self, number: int) -> int:
        """Return which reader gets input ``number``."""
        shares = [reader.share for reader in self.readers]
        chance = Random(f"{self.seed}/{number}/reader")  # noqa: S311 - chance, not a secret
        return chance.choices(range(len(shares)), shares)[0]

    def input_of(self, number: int) -> tuple[Reader, bytes]:
        """Return the reader and the bytes of input ``number``: always the same."""
        reader = self.readers[self.reader_of(number)]
        chance = Random(f"{self.seed}/{number}")  # noqa: S311
        return reader, reader.make(chance)


@dataclass(frozen=True)
class FoundFault:
    """A fault: what kind (trace, message, half, hang, crash), where, and at which input."""

    sort: str
    reader: str
    number: int
    where: str


@dataclass
class Tally:
    """What happened. ``answers``: inputs, accepted, and seconds, per reader."""

    answers: dict[str, list[float]] = field(default_factory=dict)
    found: list[FoundFault] = field(default_factory=list)
    seconds: float = 0.0
    peak_bytes: int = 0

    @property
    def inputs(self) -> int:
        """How many inputs were read."""
        return int(sum(row[0] for row in self.answers.values()))


def answer(reader: Reader, state: object, data: bytes) -> tuple[bool, str, str]:
    """Return whether an input was accepted, and the sort and place of its fault (empty: none)."""
    try:
        said, accepted = reader.read(state, data), True
    except WeerbeeldError as refusal:
        said, accepted = str(refusal), False
    except Exception as error:
        sort = "half" if type(error).__name__ == "PartlyLoadedError" else "trace"
        return False, sort, f"{place_of(error)}: {str(error)[:160]}"
    wrong = faults_of_message(said)
    return (
        accepted,
        "message" if wrong else "",
        f"{'; '.join(wrong)}: {said[:160]!r}" if wrong else "",
    )


def _bound_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _work(
    plan: Plan,
    numbers: Sequence[int],
    at: "Synchronized[float]",
    since: "Synchronized[float]",
    results: "SimpleQueue[tuple[str, int, bool, float, str, str]]",
) -> None:
    """Read the inputs ``numbers``; runs in a worker."""
    _bound_memory()
    faulthandler.enable()
    sys.stderr = sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    shared = Path("/dev/shm")  # noqa: S108 - memory, so that syncing costs nothing
    end = time.monotonic() + plan.seconds
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as scratch:
        states: dict[str, object] = {}
        for number in numbers:
            if time.monotonic() > end:
                break
            reader = plan.readers[plan.reader_of(number)]
            at.value, since.value = number, time.monotonic() + SLOW_START
            if reader.name not in states:
                folder = Path(scratch) / reader.name.replace(" ", "-")
                folder.mkdir()
                states[reader.name] = reader.prepare(folder)
            reader, data = plan.input_of(number)
            begun = time.monotonic()
            since.value = begun
            accepted, sort, where = answer(reader, states[reader.name], data)
            spent = time.monotonic() - begun
            results.put((reader.name, number, accepted, spent, sort, where))
    at.value = -1


class _Worker:
    """One worker and what is left for it to do."""

    def __init__(self, plan: Plan, numbers: Sequence[int], context: ForkContext) -> None:
        self._plan, self._context = plan, context
        self.left = numbers
        self.results: SimpleQueue[tuple[str, int, bool, float, str, str]] = context.SimpleQueue()
        self.start()

    def start(self) -> None:
        """Start a process on what is left."""
        self.at = self._context.Value("d", -1.0, lock=False)
        self.since = self._context.Value("d", time.monotonic() + SLOW_START, lock=False)
        arguments = (self._plan, self.left, self.at, self.since, self.results)
        self.process: BaseProcess = self._context.Process(target=_work, args=arguments)
        self.process.start()

    def hangs(self) -> bool:
        """Return whether the current input takes too long."""
        return bool(time.monotonic() - self.since.value > HANG_SECONDS)

    def stop(self) -> int:
        """End the process with a trace of where it was; return the input that it was at."""
        if self.process.is_alive() and self.process.pid:
            os.kill(self.process.pid, signal.SIGABRT)
            self.process.join(2)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        return int(self.at.value)

    def skip(self, number: int) -> None:
        """Go on behind input ``number`` in a new process."""
        self.left = [n for n in self.left if n > number]
        self.start()


def run(plan: Plan) -> Tally:
    """Read the inputs of ``plan`` and return what happened."""
    tally, begun = Tally(), time.monotonic()
    context = multiprocessing.get_context("fork")
    workers = [
        _Worker(plan, range(first, plan.count, plan.processes), context)
        for first in range(plan.processes)
    ]
    busy = list(workers)
    while busy:
        time.sleep(0.05)
        for worker in list(busy):
            _collect(worker, tally)
            if worker.process.is_alive() and not worker.hangs():
                continue
            hung = worker.process.is_alive()
            number = worker.stop()
            _collect(worker, tally)
            if number < 0 or (not hung and worker.process.exitcode == 0):
                busy.remove(worker)
                continue
            where = f"over {HANG_SECONDS:g} s" if hung else f"exit code {worker.process.exitcode}"
            reader = plan.readers[plan.reader_of(number)].name
            tally.found.append(FoundFault("hang" if hung else "crash", reader, number, where))
            worker.skip(number)
    tally.seconds = time.monotonic() - begun
    tally.peak_bytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return tally


def _collect(worker: _Worker, tally: Tally) -> None:
    while not worker.results.empty():
        reader, number, accepted, spent, sort, where = worker.results.get()
        row = tally.answers.setdefault(reader, [0, 0, 0.0, 0.0])
        row[0] += 1
        row[1] += accepted
        row[2] += spent
        row[3] = max(row[3], spent)
        if sort:
            tally.found.append(FoundFault(sort, reader, number, where))
