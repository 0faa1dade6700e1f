"""Runs what takes too long for CI, and writes its result into docs/long-runs.md.

``make kills``, ``fuzz``, ``attacks`` and ``browse`` run these; the suite runs a short
form of each.
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools import measured

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "docs" / "long-runs.md"


@dataclass(frozen=True)
class LongRun:
    """A command with its environment; ``result`` finds in what it prints what is written down."""

    command: tuple[str, ...]
    result: str
    environment: tuple[tuple[str, str], ...] = ()


ANY_ORDER = ("tests/browser/test_any_order.py", "tests/pages/test_any_order.py")

RUNS = {
    "kills": LongRun(
        ("-m", "pytest", "tests/kills"),
        r"^\d+ kills, seed \d+|^\d+ of \d+ intakes were cut off.*$|^=+ (.* in .*) =+$",
        (("WEERBEELD_KILLS", "200"),),
    ),
    "browse": LongRun(
        ("-m", "pytest", "tests/browser/test_pages.py", *ANY_ORDER),
        r"^=+ (.* in .*) =+$",
        (("WEERBEELD_BROWSE", "all"),),
    ),
    "fuzz": LongRun(("-m", "tools.fuzz", "--inputs", "100000"), r"^[\d,]+ inputs in .*$"),
    "attacks": LongRun(("-m", "tools.attacks"), r"^.* without the release$"),
}


def main(name: str) -> int:
    """Run one, showing what it prints; write down how it ended when it ended well."""
    run, begin, printed = RUNS[name], time.monotonic(), []
    with subprocess.Popen(  # noqa: S603 - one of the commands above
        [sys.executable, *run.command],
        cwd=ROOT,
        env={**os.environ, **dict(run.environment)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            printed.append(line)
    if process.returncode:
        return process.returncode
    found = [match[0].strip("= ") for match in re.finditer(run.result, "".join(printed), re.M)]
    minutes = f"{(time.monotonic() - begin) / 60:.0f} minutes"
    command = f"`make {name}`"
    rows = {key: row for key, row in measured.read(RESULTS).items() if key[0] != command}
    rows[command, "; ".join(found)] = (minutes, measured.today(), measured.machine())
    measured.write(RESULTS, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
