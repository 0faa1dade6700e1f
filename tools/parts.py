"""Runs targets of make side by side, and says how long each took: ``make test``.

    python -m tools.parts "lint types order" "tests kills"

Each argument is a track: targets that run one after another. What the last track prints is shown
at once, what the others print when they have ended. Fails when any target fails; a target that
fails does not keep the others from running, so that one run names every fault.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """What became of one target; ``printed`` is empty where it was shown at once."""

    target: str
    seconds: float
    code: int
    printed: str = ""


def run(make: Sequence[str], target: str, shown: bool) -> Part:
    """Run one target."""
    begin = time.monotonic()
    ended = subprocess.run(  # noqa: S603 - targets of our own Makefile
        [*make, target],
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Part(target, time.monotonic() - begin, ended.returncode, ended.stdout or "")


def run_track(make: Sequence[str], targets: str, shown: bool) -> list[Part]:
    """Run the targets of a track."""
    return [run(make, target, shown) for target in targets.split()]


def table(parts: Sequence[Part], whole: float) -> str:
    """Return a line for each target with its seconds, and whether it failed."""
    lines = [
        f"{part.target:20} {part.seconds:7.0f} s{'' if part.code == 0 else '  FAILED'}"
        for part in parts
    ]
    return "\n".join([*lines, f"{'side by side':20} {whole:7.0f} s"])


def main(tracks: Sequence[str], make: Sequence[str] = ("make", "--no-print-directory")) -> int:
    """Run every track; return 1 when any target failed."""
    begin = time.monotonic()
    *beside, last = tracks
    with ThreadPoolExecutor(max(len(beside), 1)) as pool:
        running = [pool.submit(run_track, make, track, False) for track in beside]
        shown = run_track(make, last, True)
        quiet = [part for track in running for part in track.result()]
    for part in quiet:
        print(f"\n=== {part.target}\n{part.printed}", end="")
    parts = [*quiet, *shown]
    print(f"\n{table(parts, time.monotonic() - begin)}", flush=True)
    return int(any(part.code for part in parts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
