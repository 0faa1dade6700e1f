"""What seven indicators cost: an analyst's notebook, ours, and the bare kernels in a row.

Each counts the same from the same files, at the same levels, and must come to the same numbers:
numerator and denominator, and how many subjects are behind each, in every area and period. Ours
takes deliveries in as well (checked, pseudonymised, kept), and makes ready for protection. Ratios
are of seconds of the processor, all threads together. WEERBEELD_BENCH_SCALE says how many times the
example: 10 times has 4.0 million records, of which the seven read 3.5 million. Run it:
``make bench BENCHMARKS=notebook``.
"""

import os
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import pandas as pd
from small_home import shrink_land

from benchmarks import Quick, Ratios
from benchmarks._alone import alone
from benchmarks._analyst import notebook
from benchmarks._kernels import bare_kernels
from benchmarks._ours import counts, intake_and_counts, places, take_in
from demo import deliveries
from geo import hexagons
from store.home import Home
from store.release import LEVEL_NUMBERS
from tools.goals import at_least, at_most

SCALE = float(os.environ.get("WEERBEELD_BENCH_SCALE", "10"))
KEYS = ["code", "level", "area", "period"]
FIGURES = [
    f"{what}_{side}" for what in ("amount", "subjects") for side in ("numerator", "denominator")
]
EXACT = 1e-9
"""By which part sums of amounts of money may differ, which are added in another order."""

WITH = "intake and counts of seven indicators"

GOALS = {
    f"notebook, to {WITH}, 10 times the example": at_least(
        4,
        "the bare kernels take as long as the notebook: telling apart whom each level and window "
        "counts is most of the work, and taking in with its checks is a quarter of ours",
    ),
    f"{WITH}, to the bare kernels, 10 times the example": at_most(1.5),
    f"peak of {WITH}, 10 times the example, GB": at_most(2),
}

QUICK_PARTS = ("intake", "places", "counts")
QUICK: Quick = {f"notebook, to {part}": "more" for part in QUICK_PARTS}
QUICK_SCALE, QUICK_ROUNDS = 0.2, 2


def ours_by_name(folder: Path) -> pd.DataFrame:
    """Return what `intake_and_counts` wrote, by the names of levels, areas and periods."""
    table = pd.read_parquet(folder / "counts.parquet")
    table = table[table[FIGURES].any(axis=1)]
    cells = pd.read_parquet(folder / "hexagons.parquet")
    cells = cells[cells["id"].isin(table["area_id"])]
    cells = cells.assign(code=hexagons.to_text(cells["cell"]))
    official = pd.read_parquet(folder / "official.parquet")
    areas = pd.concat([official, cells]).set_index("id")["code"]
    periods = pd.read_parquet(folder / "periods.parquet").set_index("id")["code"]
    return table.assign(
        level=table["level"].map({number: level for level, number in LEVEL_NUMBERS.items()}),
        area=table["area_id"].map(areas),
        period=table["period_id"].map(periods),
    )


def check(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Raise SystemExit where two do not count the same."""
    both = one[[*KEYS, *FIGURES]].merge(other[[*KEYS, *FIGURES]], on=KEYS, how="outer")
    for name in FIGURES:
        apart = (both[f"{name}_x"] - both[f"{name}_y"]).abs()
        wrong = both[~(apart <= EXACT * both[f"{name}_y"].abs())]
        if len(wrong):
            raise SystemExit(f"{len(wrong):,} counts differ in {name}:\n{wrong.head().to_string()}")


def main() -> Ratios:
    size = f"{SCALE:g} times the example"
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        folder, target = root / "deliveries", root / "ours"
        target.mkdir()
        alone(f"write deliveries, {size}", deliveries.write, folder, scale=SCALE)
        theirs = alone("notebook", notebook, folder, root / "notebook.parquet")
        bare = alone("bare kernels", bare_kernels, folder, root / "kernels.parquet")
        own = alone(WITH, intake_and_counts, folder, root / "home", target)
        counted = ours_by_name(target)
        for name in ("notebook", "kernels"):
            check(pd.read_parquet(root / f"{name}.parquet"), counted)
    print(f"{len(counted):,} counts of areas and periods, the same in all three")
    print(f"by the clock: notebook {theirs.seconds / own.seconds:.2f} times ours,", end=" ")
    print(f"ours {own.seconds / bare.seconds:.2f} times the bare kernels")
    return {
        f"notebook, to {WITH}, {size}": theirs.processor / own.processor,
        f"{WITH}, to the bare kernels, {size}": own.processor / bare.processor,
        f"peak of {WITH}, {size}, GB": own.peak,
        f"peak of the notebook, to {WITH}, {size}": theirs.peak / own.peak,
    }


def _round(folder: Path, root: Path) -> dict[str, float]:
    """Return the seconds of the processor of each part of ours, and of the notebook."""
    home, clock = Home(root), [time.process_time()]
    take_in(folder, home)
    clock.append(time.process_time())
    with places(home) as (con, prepared):
        clock.append(time.process_time())
        counts(con, prepared)
        clock.append(time.process_time())
    clock.append(time.process_time())
    notebook(folder, root / "notebook.parquet")
    clock.append(time.process_time())
    parts = ("intake", "places", "counts", "closing", "notebook")
    return {
        part: after - before for part, (before, after) in zip(parts, pairwise(clock), strict=True)
    }


def quick() -> Ratios:
    """Compare on some records, and on the hexagons of three towns only."""
    shrink_land()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        folder = root / "deliveries"
        deliveries.write(folder, scale=QUICK_SCALE)
        rounds = [_round(folder, root / str(number)) for number in range(QUICK_ROUNDS)]
    taken = {part: min(one[part] for one in rounds) for part in rounds[0]}
    for part, seconds in taken.items():
        print(f"{part:44} {seconds:8.3f} s of the processor")
    return {f"notebook, to {part}": taken["notebook"] / taken[part] for part in QUICK_PARTS}
