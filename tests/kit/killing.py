"""Operations that are killed at random moments, in processes forked from one that is warm.

``killing_ready`` readies all that is slow, once, in the server that the processes are forked from.
"""

import multiprocessing
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

from small_home import TODAY, identifier
from sqlalchemy.orm import Session

from intake import clearing, removing, retention
from intake.receive import receive
from intake.removing import RecordsToRemove
from intake.subjects import delete_subject
from operations.build import build
from store.access import open_access
from store.home import Home
from store.logs import audit, processing
from store.releases import withdraw

LOG_LINES = 60
LATER = date(2030, 6, 15)

Report = Callable[[str], None]


def intake(home: Home, file: str, report: Report) -> None:
    """Take in one delivery."""
    receive("incident", Path(file), "politie", home, progress=lambda s, *_: report(s), today=TODAY)


def build_release(home: Home, _: str, report: Report) -> None:
    """Build and publish."""
    build(home, say=lambda step, *_: report(step))


def withdraw_release(home: Home, name: str, report: Report) -> None:
    """Take a release back."""
    report("withdraw")
    withdraw(home, name, "because")


def write_logs(home: Home, counted: str, report: Report) -> None:
    """Write to both logs, and say beside them how many lines each has for certain."""
    engine = open_access(home)
    with Path(counted).open("ab", buffering=0) as acknowledged:
        for number in range(LOG_LINES):
            audit(engine, action="read", object=f"{number}", result="ok", origin="x", actor="y")
            acknowledged.write(b"a")
            with processing(engine, activity="test", operation="look"):
                acknowledged.write(b"p")
            acknowledged.write(b"p")
            report("log")


def _report_removing(report: Report) -> None:
    """Let this process report when it starts to write what is left of deliveries."""
    original = removing.remove

    def remove(
        session: Session, home: Home, to_remove: list[RecordsToRemove], why: str
    ) -> list[Path]:
        report("removing")
        return original(session, home, to_remove, why)

    setattr(clearing, "remove", remove)  # noqa: B010


def retain(home: Home, _: str, report: Report) -> None:
    """Delete what has ended."""
    _report_removing(report)
    retention.run(home, LATER)


def forget(home: Home, number: str, report: Report) -> None:
    """Delete what is about one firm."""
    _report_removing(report)
    delete_subject(home, identifier("", "firm_id", int(number)))


Operation = Callable[[Home, str, Report], None]


def _run(
    operation: Operation, home: Home, argument: str, wanted: str, reached: Event, wrong: Path
) -> None:
    if not wanted:
        reached.set()

    def report(step: str) -> None:
        if step == wanted:
            reached.set()

    try:
        operation(home, argument, report)
    except BaseException:
        wrong.write_text(traceback.format_exc())
        raise


@dataclass
class Killer:
    """Starts operations and kills them between the ``wanted`` step, or their start, and their end.

    ``durations`` are of the runs that were measured, from that step on.
    """

    seed: int
    moments: dict[str, list[float]] = field(default_factory=dict)
    durations: dict[tuple[str, str], float] = field(default_factory=dict)
    ended: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["killing_ready"])
        os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)

    def _start(
        self, operation: Operation, home: Home, argument: str, wanted: str
    ) -> tuple[BaseProcess, float]:
        reached = self._context.Event()
        arguments = (operation, home, argument, wanted, reached, self._wrong(home))
        process = self._context.Process(target=_run, args=arguments)
        process.start()
        while not reached.wait(0.5) and process.is_alive():
            pass
        return process, time.monotonic()

    def _wrong(self, home: Home) -> Path:
        """Return where a process writes what went wrong."""
        return home.root.with_name(f"{home.root.name}-wrong.txt")

    def complete(
        self, operation: Operation, home: Home, argument: str = "", wanted: str = ""
    ) -> None:
        """Run an operation to its end, where it must come; the first time is measured."""
        process, begin = self._start(operation, home, argument, wanted)
        process.join()
        assert process.exitcode == 0, f"failed after a kill: {self._wrong(home).read_text()}"
        self.durations.setdefault((operation.__name__, wanted), time.monotonic() - begin)

    def kill(self, operation: Operation, home: Home, argument: str = "", wanted: str = "") -> bool:
        """Kill an operation at a random moment; return whether it was cut off."""
        name = f"{operation.__name__} {wanted}".strip()
        whole = self.durations[operation.__name__, wanted]
        moment = self._chance.uniform(0, 1)
        process, begin = self._start(operation, home, argument, wanted)
        process.join(moment * whole)
        if not process.is_alive():
            self.durations[operation.__name__, wanted] = time.monotonic() - begin
        process.kill()
        process.join()
        killed = process.exitcode == -signal.SIGKILL
        if killed:
            self.moments.setdefault(name, []).append(moment)
        else:
            assert process.exitcode == 0, f"{name} failed: {self._wrong(home).read_text()}"
            self.ended[name] += 1
        return killed

    @property
    def count(self) -> int:
        """How many operations were cut off."""
        return sum(map(len, self.moments.values()))

    def summary(self) -> str:
        """Return, per operation, how many kills fell in each tenth of its duration."""
        lines = [f"{self.count} kills, seed {self.seed}; per tenth of each operation:"]
        for name, moments in self.moments.items():
            tenths = Counter(min(int(moment * 10), 9) for moment in moments)
            spread = " ".join(f"{tenths[tenth]:2}" for tenth in range(10))
            more = f", {self.ended[name]} more ended by themselves" if self.ended[name] else ""
            lines.append(f"  {name:22} {spread}  = {len(moments)}{more}")
        return "\n".join(lines)
