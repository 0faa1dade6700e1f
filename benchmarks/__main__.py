"""Runs benchmarks, each in a process of its own, and writes what they find into docs/benchmarks.md.

    make bench                          all of them, some hours
    make bench BENCHMARKS="score space"

Prints the whole table with its goals, says which ratios moved by more than a fifth since they were
written down, and what falls short of its goal and why. A ratio compares two things that were
measured in one run, so that it says something on a busy machine as well.

    make bench-quick                    the quick forms, within a minute or so
    make bench-quick RECORD=yes

Fails when a ratio got worse by more than a third of what docs/benchmarks-quick.md says, in each of
three runs; with RECORD it writes the middle one of three runs there.

    make bench-table                    the table and its chart anew, when goals changed
"""

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

from benchmarks import NAMES, goals, quick_forms, ratios_of
from tools import measured
from tools.goal_chart import chart
from tools.goals import Key, best, got_worse, moved, short, table, with_goals

Given = ParamSpec("Given")
Result = TypeVar("Result")

DOCS = Path(__file__).resolve().parents[1] / "docs"
RESULTS, CHART = DOCS / "benchmarks.md", DOCS / "benchmarks.svg"
QUICK_RESULTS = DOCS / "benchmarks-quick.md"
RUNS = 3


def apart(work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Run work in a process of its own: what it loads or leaves behind weighs on no other."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(work, *args, **kwargs).result()


def whole(chosen: Sequence[str]) -> int:
    """Run benchmarks; return 1 when a ratio moved."""
    known = apart(goals)
    lines = []
    for name in chosen or NAMES:
        print(f"=== {name}", flush=True)
        ratios = apart(ratios_of, name)
        rows = measured.read(RESULTS)
        lines += moved(name, ratios, rows)
        kept = {key: row for key, row in rows.items() if key[0] != name or key in known}
        for what, ratio in ratios.items():
            kept[name, what] = (f"{ratio:.3g}", measured.today(), measured.machine())
        measured.write(RESULTS, with_goals(kept, known))
    report()
    print("\n".join(["\nMoved by more than a fifth:", *(lines or ["nothing"])]))
    return int(bool(lines))


def report(chosen: Sequence[str] = ()) -> int:
    """Write the goals of now beside what was measured, draw both, and print them."""
    known = apart(goals)
    rows = with_goals(measured.read(RESULTS), known)
    measured.write(RESULTS, rows)
    CHART.write_text(chart(rows, known), encoding="utf-8")
    print(f"\n{table(rows)}")
    print("\n".join(["\nFalls short of its goal:", *(short(rows, known) or ["nothing"])]))
    return 0


def quick_of(name: str) -> dict[Key, float]:
    """Run the quick form of a benchmark."""
    print(f"=== {name}, quick", flush=True)
    found = apart(ratios_of, name, "quick")
    return {(name, what): ratio for what, ratio in found.items()}


def quick(chosen: Sequence[str]) -> int:
    """Run quick forms; return 1 when a ratio got worse by more than a third in each run."""
    better = apart(quick_forms)
    recorded = measured.read(QUICK_RESULTS)
    worse: list[str] = []
    for name in chosen or sorted({name for name, _ in better}):
        ratios = quick_of(name)
        for _ in range(RUNS - 1):
            if got_worse(ratios, recorded, better):
                ratios = best(ratios, quick_of(name), better)
        for (_, what), ratio in ratios.items():
            print(f"{what}: {ratio:.3g}, recorded {recorded.get((name, what), ('nothing',))[0]}")
        worse += got_worse(ratios, recorded, better).values()
    print("\n".join(["\nGot worse by more than a third:", *(worse or ["nothing"])]))
    return int(bool(worse))


def record(chosen: Sequence[str]) -> int:
    """Write the middle ratios of some runs of quick forms into docs/benchmarks-quick.md."""
    better = apart(quick_forms)
    for name in chosen or sorted({name for name, _ in better}):
        runs = [quick_of(name) for _ in range(RUNS)]
        rows = measured.read(QUICK_RESULTS)
        kept = {key: row for key, row in rows.items() if key[0] != name}
        for key in runs[0]:
            ratio = f"{median(run[key] for run in runs):.3g}"
            kept[key] = (ratio, better[key], measured.today(), measured.machine())
        measured.write(QUICK_RESULTS, kept)
    return 0


def main(arguments: Sequence[str]) -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="NAME")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--quick", dest="run", action="store_const", const=quick, default=whole)
    form.add_argument("--record", dest="run", action="store_const", const=record)
    form.add_argument("--table", dest="run", action="store_const", const=report)
    asked = parser.parse_args(arguments)
    code: int = asked.run(asked.names)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
