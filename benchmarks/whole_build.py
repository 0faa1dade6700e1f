"""What a whole build costs, beside an analyst's notebook for seven indicators of the same files.

Every indicator, all statistics, protected and proven; the catalogue as it is, and until it has 80.
A clone has a numerator of its own, another half of the records by hash (of open figures, another
multiple), so nothing is shared that would not be in truth: denominators are, as many indicators
count over the same. Then how time grows with the records. Ratios are of seconds of the processor,
all threads together. WEERBEELD_BENCH_SCALE says how many times the example; with
WEERBEELD_BENCH_GROWTH=yes ten times that is built as well. Run it:
``make bench BENCHMARKS=whole_build``.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from benchmarks import Ratios
from benchmarks._alone import Cost, alone
from benchmarks._analyst import notebook
from benchmarks.notebook import SCALE
from demo import deliveries
from demo.sizes import Size
from indicators import CATALOGUE, Indicator
from operations.build import build
from records import KINDS
from store.home import Home
from tools.example_home import take_in
from tools.goals import at_most

GROWTH = os.environ.get("WEERBEELD_BENCH_GROWTH") == "yes"
MANY = 80
AT_ONCE = 10
"""Times the example that is made in memory; more of it follows on that."""

GOALS = {
    f"build of {MANY} indicators, to the notebook, 10 times the example": at_most(
        1.5,
        "an indicator takes some six seconds: a third for its records, a third for its levels and "
        "what stands, the rest for protection and statistics; the notebook has seven, and none of "
        "that",
    ),
    f"peak of a build of {MANY} indicators, 10 times the example, GB": at_most(2),
    "peak of intake, 10 times the example, GB": at_most(2),
    "peak of a build, 100 times the example, GB": at_most(
        3,
        "the search for incidents that repeat nearby held every pair of them; since then it looks "
        "at a part, which is still to be measured at this size",
    ),
    "peak of intake, 100 times the example, GB": at_most(3),
    "intake and build, 100 times the example, to 10": at_most(11),
}


def _clone(indicator: Indicator, number: int) -> Indicator:
    code, of = f"{indicator.code}K{number}", indicator.numerator
    sql = (
        f"SELECT * REPLACE (amount * {number + 1} AS amount) FROM ({of.sql})"
        if of.open
        else f"SELECT * FROM ({of.sql}) WHERE hash(unit, '{code}') % 2 = 0"
    )
    return replace(indicator, code=code, numerator=replace(of, sql=sql))


def _clones() -> Iterator[Indicator]:
    """Give clones of the whole catalogue, again and again."""
    once = list(CATALOGUE.values())
    for number in count(1):
        yield from (_clone(indicator, number) for indicator in once)


def build_many(root: Path, indicators: int) -> None:
    """Build with the catalogue cloned until it has so many."""
    clones = list(islice(_clones(), max(indicators - len(CATALOGUE), 0)))
    CATALOGUE.update({clone.code: clone for clone in clones})
    build(Home(root))


def write_deliveries(folder: Path, scale: float) -> None:
    """Write the example times ``scale``."""
    times = max(round(scale / AT_ONCE), 1)
    located = [kind.name for kind in KINDS.values() if kind.located]
    size = Size(times, dict.fromkeys(located, times))
    deliveries.write(folder, scale=scale / times, size=size)


class Trial(NamedTuple):
    """What it cost to take deliveries in, and to build a release of them."""

    intake: Cost
    build: Cost

    @property
    def processor(self) -> float:
        """Seconds of the processor from deliveries to release."""
        return self.intake.processor + self.build.processor

    def peaks(self, scale: float) -> Ratios:
        """Return the peaks of memory."""
        return {
            f"peak of intake, {scale:g} times the example, GB": self.intake.peak,
            f"peak of a build, {scale:g} times the example, GB": self.build.peak,
        }


def _trial(root: Path, scale: float) -> Trial:
    """Build the example times ``scale``; what was taken in stays in ``taken`` as well."""
    print(f"{scale:g} times the example")
    folder, taken, home = root / "deliveries", root / "taken", root / "home"
    alone("write deliveries", write_deliveries, folder, scale)
    intake = alone("intake", take_in, Home(taken), folder)
    shutil.copytree(taken, home)
    return Trial(intake, alone(f"build of {len(CATALOGUE)} indicators", build, Home(home)))


def _grown(scale: float) -> Trial:
    with tempfile.TemporaryDirectory() as temporary:
        return _trial(Path(temporary), scale)


def main() -> Ratios:
    small, large = SCALE / 10, SCALE * 10
    less = _grown(small)
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        trial = _trial(root, SCALE)
        many = alone(f"build of {MANY} indicators", build_many, root / "taken", MANY)
        seven = alone("notebook", notebook, root / "deliveries", root / "notebook.parquet")
    usual = f"{SCALE:g} times the example"
    of = f"to the notebook, {usual}"
    ratios = {
        f"build of the catalogue, {of}": trial.build.processor / seven.processor,
        f"build of {MANY} indicators, {of}": many.processor / seven.processor,
        f"peak of a build of {MANY} indicators, {usual}, GB": many.peak,
        f"intake and build, {usual}, to {small:g}": trial.processor / less.processor,
    }
    ratios |= trial.peaks(SCALE)
    if GROWTH:
        more = _grown(large)
        growth = more.processor / trial.processor
        ratios[f"intake and build, {large:g} times the example, to {SCALE:g}"] = growth
        ratios |= more.peaks(large)
    return ratios
