"""Runs benchmarks, each in a process of its own, and writes their ratios into docs/benchmarks.md.

    make bench                          all of them, an hour or so
    make bench BENCHMARKS="score space"

Says which ratios moved by more than a fifth since they were written down. A ratio compares two
things that were measured in one run, so that it says something on a busy machine as well.
"""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks import Ratios, ratios_of
from tools import measured

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "docs" / "benchmarks.md"
BENCHMARKS = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
MOVED = 0.2


def moved(name: str, ratios: Ratios, before: measured.Rows) -> list[str]:
    """Say which ratios moved by more than a fifth of what was written down."""
    lines = []
    for what, ratio in ratios.items():
        known = before.get((name, what))
        if known and abs(ratio / float(known[0]) - 1) > MOVED:
            lines.append(f"{name}: {what}: {known[0]} on {known[1]}, now {ratio:.3g}")
    return lines


def main(chosen: list[str]) -> int:
    """Run those that were chosen, or all; return 1 when a ratio moved."""
    lines = []
    for name in chosen or BENCHMARKS:
        print(f"=== {name}", flush=True)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
            ratios = alone.submit(ratios_of, name).result()
        rows = measured.read(RESULTS)
        lines += moved(name, ratios, rows)
        kept = {key: row for key, row in rows.items() if key[0] != name}
        for what, ratio in ratios.items():
            kept[name, what] = (f"{ratio:.3g}", measured.today(), measured.machine())
        measured.write(RESULTS, kept)
    print("\n".join(lines or ["No ratio moved by more than a fifth."]))
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
