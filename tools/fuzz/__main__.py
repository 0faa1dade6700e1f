"""``python -m tools.fuzz``: so many inputs, what came of them, and every fault with its input."""

import argparse
import re
import sys
from pathlib import Path

from tools.fuzz.judging import ROOT
from tools.fuzz.readers import readers
from tools.fuzz.workers import MEMORY, FoundFault, Plan, Tally, run

KEPT = ROOT / "build" / "fuzz"
SHOWN = 60


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=3_600.0, help="stop after so long")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--reader", action="append", help="only readers whose name holds this")
    return parser.parse_args(arguments)


def _keep(plan: Plan, fault: FoundFault) -> Path:
    """Write the input of a fault beside earlier ones; return its file."""
    KEPT.mkdir(parents=True, exist_ok=True)
    reader, data = plan.input_of(fault.number)
    path = KEPT / f"{reader.name.replace(' ', '-')}-{plan.seed}-{fault.number}.bin"
    path.write_bytes(data)
    return path


def _report(plan: Plan, tally: Tally) -> None:
    print(f"{'reader':24}{'inputs':>9}{'accepted':>10}{'per second':>12}{'slowest':>10}")
    for name, (inputs, accepted, seconds, slowest) in sorted(tally.answers.items()):
        speed = inputs / seconds if seconds else float("inf")
        print(f"{name:24}{inputs:>9,.0f}{accepted:>10,.0f}{speed:>12,.0f}{slowest:>8.2f} s")
    alike: dict[tuple[str, str, str], list[FoundFault]] = {}
    for fault in tally.found:
        alike.setdefault(
            (fault.sort, fault.reader, re.sub(r"[^a-z ]+", "", fault.where)[:50]), []
        ).append(fault)
    for group in list(alike.values())[:SHOWN]:
        first = group[0]
        print(
            f"{first.sort} x{len(group)} in {first.reader}: {first.where}\n  {_keep(plan, first)}"
        )
    sorts = [fault.sort for fault in tally.found]
    print(
        f"{tally.inputs:,} inputs in {tally.seconds:,.0f} s; traces {sorts.count('trace')}, "
        f"hangs {sorts.count('hang')}, crashes {sorts.count('crash')}, "
        f"half loads {sorts.count('half')}, bad messages {sorts.count('message')}; "
        f"peak memory {tally.peak_bytes / 2**20:,.0f} MiB of at most {MEMORY / 2**20:,.0f}"
    )


def main(arguments: list[str]) -> int:
    """Run and report; 1 when there is any fault."""
    asked = _asked(arguments)
    chosen = tuple(
        reader
        for reader in readers()
        if not asked.reader or any(word in reader.name for word in asked.reader)
    )
    plan = Plan(chosen, asked.inputs, asked.seconds, asked.seed, asked.processes)
    tally = run(plan)
    _report(plan, tally)
    return 1 if tally.found or not tally.inputs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
