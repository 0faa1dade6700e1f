"""A kill at any moment leaves all of a delivery or nothing, and the next intake works."""

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from intake_samples import TODAY, sample_csv

from intake.receive import receive
from store.engine import work_engine
from store.home import Home
from store.work import Delivery, deliveries, records_path

Start = Callable[[Path], tuple[BaseProcess, Event]]

KILLS = 15
ROWS = 2_000

pytestmark = pytest.mark.both


def take_in(file: Path, home: Home, writes: Event) -> None:
    def report(step: str, _done: int, _total: int) -> None:
        if step == "writing":
            writes.set()

    receive("business", file, "kvk", home, progress=report, today=TODAY)


def visible(home: Home) -> list[Delivery]:
    """Return the deliveries that exist, having checked that their records are whole."""
    found = deliveries(work_engine(home)) if home.records.exists() else []
    for delivery in found:
        assert pq.read_table(records_path(home, delivery)).num_rows == ROWS
    return found


@pytest.fixture
def start(home: Home, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start an intake in a process of its own; the imports are done beforehand, once.

    Gives the process, and the event that it sets when it starts to write.
    """
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["intake.receive", __name__])

    def started(file: Path) -> tuple[BaseProcess, Event]:
        writes = processes.Event()
        there = Home(home.root, home.database)
        process = processes.Process(target=take_in, args=(file, there, writes))
        process.start()
        return process, writes

    return started


def timed(start: Start, file: Path) -> tuple[float, float]:
    """Return how long a whole intake takes, and how long from where it starts to write."""
    begin = time.monotonic()
    process, writes = start(file)
    writes.wait(60)
    middle = time.monotonic()
    process.join()
    return time.monotonic() - begin, time.monotonic() - middle


def test_a_kill_at_any_moment_leaves_all_or_nothing(
    home: Home, tmp_path: Path, start: Start
) -> None:
    data = sample_csv("business", ROWS)
    files = [tmp_path / f"delivery{number}.csv" for number in range(KILLS + 2)]
    for number, file in enumerate(files):
        file.write_bytes(data.replace(b"96021", b"%05d" % number))
    timed(start, files[0])
    whole, writing = timed(start, files[1])
    chance = random.Random(20260630)
    interrupted = 0
    for number, file in enumerate(files[2:]):
        before = len(visible(home))
        process, writes = start(file)
        if number % 4 == 0:
            time.sleep(chance.uniform(0, whole))
        else:
            writes.wait(60)
            time.sleep(chance.uniform(0, writing))
        process.kill()
        process.join()
        after = len(visible(home))
        assert after in {before, before + 1}
        assert process.exitcode != 0 or after == before + 1
        interrupted += after == before
    for file in files:
        receive("business", file, "kvk", home, today=TODAY)
    assert len(visible(home)) == len(files)
    assert len(list(home.records.rglob("*"))) == 1 + len(files)
    print(f"{interrupted} of {KILLS} intakes were cut off before their commit")
    assert interrupted > 0
