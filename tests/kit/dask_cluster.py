"""A real cluster on this machine: a scheduler and workers, each a process."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 60


@contextmanager
def cluster(folder: Path, workers: int, memory: str) -> Iterator[str]:
    """Give the address of a scheduler whose workers have a thread and so much ``memory`` each.

    Each worker is watched by a nanny that starts it anew. They write to ``folder``.
    """
    told = folder / "scheduler.json"
    here = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(told)]
    scheduler = [*_dask("scheduler"), *here, "--port", "0"]
    own = ["--nthreads", "1", "--memory-limit", memory, "--local-directory", str(folder)]
    worker = [*_dask("worker"), *here, *own]
    processes = []
    with (folder / "log").open("wb") as log:
        for command in (scheduler, *[worker] * workers):
            processes.append(subprocess.Popen(command, stdout=log, stderr=log))
        try:
            yield _address(told)
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in processes:
                process.wait(PATIENCE_S)


def _dask(part: str) -> list[str]:
    return [sys.executable, "-m", f"distributed.cli.dask_{part}"]


def _address(told: Path) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if told.exists() and told.stat().st_size:
            return str(json.loads(told.read_text())["address"])
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")
