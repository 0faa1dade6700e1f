"""``python -m tools.attacks``: attacks at full length, a line for each.

Over releases on an invented country; then on the example deliveries of three and of five years,
each built in a process of its own.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from attack.amounts import attack_amounts
from attack.knowledge import attackable, known_release
from attack.likelihood import About, ask
from attack.over_time import dummies, many_records, one_record
from demo import deliveries
from operations.build import build
from store.home import Home
from tools.example_home import take_in

TRIES, CELLS, RELEASES = 50, 200, 30
ASKED: dict[About, int] = {"record": 300, "subject": 300}
AIM = 0.65
STARTS = {"three years": "2023-07-01", "five years": "2021-07-01"}


def on_example(what: str) -> Iterator[str]:
    """Build the example as it is now and say what is guessed from one release of it."""
    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        home.root.mkdir()
        deliveries.write(home.root / "demo")
        take_in(home, home.root / "demo")
        build(home)
        (name,) = attackable(home)
        seen = known_release(home, name)
        found = [
            answer
            for one in seen.sides
            for answer in ask(seen, one.code, one.side, asked=ASKED, seed=2026)
        ]
        largest = attack_amounts(home, name).largest
    for about in ASKED:
        own = [one for one in found if one.about == about]
        few = [one for one in own if one.right <= AIM]
        worst = max(own, key=lambda one: one.right)
        yield (
            f"all of {what} known but one {about}: right in {AIM:.0%} or less of {len(few)} of "
            f"{len(own)} counts, at most {worst.right:.1%} ({worst.code} {worst.side}, ± "
            f"{worst.error:.1%}), 50.0% without the release"
        )
    yield (
        f"the largest contributor to amounts of {what} within a tenth: {largest.right:.1%} of "
        f"{largest.asked:,} (± {largest.error:.1%}), {largest.blind:.1%} without the release"
    )


def main(words: list[str]) -> int:
    """Print what attackers find out; with the name of a home only what they do from that."""
    if words:
        for line in on_example(words[0]):
            print(line, flush=True)
        return 0
    for found in (*one_record(TRIES), *many_records(), dummies(CELLS, RELEASES)):
        print(found.line, flush=True)
    for what, start in STARTS.items():
        run = [sys.executable, "-m", "tools.attacks", what]
        subprocess.run(run, check=True, env={**os.environ, "WEERBEELD_DEMO_START": start})  # noqa: S603
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
