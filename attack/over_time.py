"""Attackers who hold releases side by side, tried on the very stages that protect a release.

An invented country gives its looks to `release.standing` and its counts to the published tables,
release after release, as a build does. Attackers read the figures: which place did one record
reach, which gemeenten changed and by how much, and what does a cell hold into which somebody
delivers dummies until it shows. Beside each result stands what he would get without a release.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.contract import events
from release.looks import DRAWN, KEY_RANGE, over_windows
from release.noise import flow_noise
from release.protection import protected_counts
from release.standing import Standing
from store.release import LEVEL_NUMBERS

Ints = NDArray[np.int64]
Shown = dict[tuple[str, str, int], float]
"""What a release shows: of a level, an area and a period (a window's id, or minus a quarter's)."""

GEMEENTEN, HEXAGONS, QUARTERS = 342, 4, 12
K = 5
COUNT = events("SELECT place, date, 1 AS amount, unit FROM incident")
LEVELS = ("nederland", "gemeente", "hex7")


@dataclass(frozen=True)
class Attempt:
    """How often an attacker was right (0-1), and how often he would be without the release."""

    what: str
    tried: int
    right: float
    without: float

    @property
    def error(self) -> float:
        """The Monte Carlo standard error of ``right``."""
        return float(np.sqrt(max(self.right * (1 - self.right), 0.01) / max(self.tried, 1)))

    @property
    def line(self) -> str:
        """Return the result, to print."""
        return (
            f"{self.what}: {self.right:.1%} (± {self.error:.1%}, {self.tried} tries), "
            f"{self.without:.1%} without the release"
        )


WINDOWS = pd.DataFrame({"period_id": range(3, QUARTERS), "last_quarter": range(3, QUARTERS)})


@dataclass
class World:
    """Records of an invented country: their hexagon (area), quarter and key, shape (n,)."""

    chance: np.random.Generator
    folder: Path
    hexagon: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    quarter: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    key: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    built: int = 0

    def add(self, hexagon: Ints, quarter: Ints) -> Ints:
        """Add records; return their positions."""
        begin = len(self.key)
        self.hexagon = np.append(self.hexagon, hexagon)
        self.quarter = np.append(self.quarter, quarter)
        drawn = self.chance.integers(0, KEY_RANGE, len(hexagon))
        self.key = np.append(self.key, drawn)
        return np.arange(begin, len(self.key))

    def erase(self, position: int) -> None:
        """Erase a record."""
        kept = np.arange(len(self.key)) != position
        self.hexagon, self.quarter, self.key = (
            values[kept] for values in (self.hexagon, self.quarter, self.key)
        )

    def counts(self, level: str) -> pd.DataFrame:
        """Return area, quarter, units and key of what each quarter of each area holds."""
        frame = pd.DataFrame(
            {"area": self.areas(level), "quarter": self.quarter, "units": 1, "key": self.key}
        )
        found = frame.groupby(["area", "quarter"], as_index=False).sum()
        return found.assign(key=found["key"] % KEY_RANGE)

    def areas(self, level: str) -> Ints:
        """Return the area of each record."""
        if level == "nederland":
            return np.zeros_like(self.hexagon)
        return self.hexagon // HEXAGONS if level == "gemeente" else self.hexagon

    def release(self) -> Shown:
        """Build and return the next release: windows, and from gemeente up quarters."""
        now = self.folder / str(self.built)
        now.mkdir()
        before = self.folder / str(self.built - 1) if self.built else None
        standing = Standing(before, now, b"secret", K)
        self.built += 1
        shown: Shown = {}
        for level in LEVELS:
            shown |= self._shown(level, standing)
        if self.built > 1:
            shutil.rmtree(self.folder / str(self.built - 2), ignore_errors=True)
        return shown

    def _shown(self, level: str, standing: Standing) -> Shown:
        tables, number = flow_noise(K), LEVEL_NUMBERS[level]
        found = self.counts(level)
        looks = pd.DataFrame({"area": found["area"].astype(str), "look": _codes(found["quarter"])})
        looks[DRAWN] = 0.0
        looks["amount"] = looks["units"] = looks["subjects"] = found["units"].to_numpy()
        looks["most"] = 1
        looks["key"] = found["key"].to_numpy()
        every = _codes(pd.Series(range(QUARTERS)))
        held = standing.stand(COUNT, level, looks, list(every), adds=True)
        held = held.assign(area_id=held["area"].astype(int), quarter=held["look"].astype(int))
        empty = pd.Series(np.arange(GEMEENTEN * HEXAGONS) * 7919 + number)
        windows = over_windows(WINDOWS, held, empty)
        shown: Shown = {}
        for kind, frame, name in (("year", windows, "period_id"), ("quarter", held, "quarter")):
            if kind == "quarter" and level.startswith("hex"):
                continue
            counts, keys = (frame[c].to_numpy() for c in ("units", "key"))
            values = protected_counts(
                counts.astype(float),
                keys.astype(np.int64),
                tables[number, kind],  # type: ignore[index]
            )
            sign = 1 if kind == "year" else -1
            for area, period, value in zip(frame["area_id"], frame[name], values, strict=True):
                shown[level, str(area), sign * (int(period) + 1)] = float(value)
        return shown


def _codes(quarters: "pd.Series[int]") -> "pd.Series[str]":
    return quarters.astype(int).map("{:04d}".format)


@contextmanager
def country(seed: int, expected: float = 6.0, warm: int = 3) -> Iterator[World]:
    """Give a country with ``expected`` records a hexagon and quarter, after ``warm`` releases."""
    chance = np.random.default_rng(seed)
    with TemporaryDirectory() as folder:
        world = World(chance, Path(folder))
        cells = GEMEENTEN * HEXAGONS
        rates = chance.gamma(1.0, expected, cells)
        counts = chance.poisson(np.repeat(rates, QUARTERS))
        places = np.repeat(np.arange(cells), QUARTERS)
        quarters = np.tile(np.arange(QUARTERS), cells)
        world.add(np.repeat(places, counts), np.repeat(quarters, counts))
        for _ in range(warm):
            world.release()
            late = chance.integers(0, cells, cells // 2)
            world.add(late, chance.integers(QUARTERS - 4, QUARTERS, len(late)))
        world.release()
        yield world


def one_record(tries: int, seed: int = 1) -> list[Attempt]:
    """Return how often who reads two releases names the gemeente of the record that changed."""
    found = []
    for what in ("added", "changed", "erased"):
        right = 0.0
        with country(seed) as world:
            before = world.release()
            for _ in range(tries):
                place = _touch(world, what)
                after = world.release()
                moved = _moved(before, after)
                right += (place in moved) / len(moved) if moved else 1 / GEMEENTEN
                before = after
        found.append(
            Attempt(f"one record {what}: its gemeente named", tries, right / tries, 1 / GEMEENTEN)
        )
    return found


def _touch(world: World, what: str) -> int:
    """Add, change or erase one record at a random place; return its gemeente."""
    chance = world.chance
    if what == "added":
        hexagon = chance.integers(0, GEMEENTEN * HEXAGONS, 1)
        world.add(hexagon, chance.integers(0, QUARTERS, 1))
        return int(hexagon[0] // HEXAGONS)
    position = int(chance.integers(0, len(world.key)))
    gemeente = int(world.hexagon[position] // HEXAGONS)
    if what == "erased":
        world.erase(position)
    else:
        world.quarter[position] = (world.quarter[position] + 1) % QUARTERS
    return gemeente


def _moved(before: Shown, after: Shown) -> set[int]:
    """Return the gemeenten of which a figure, or one of a hexagon in them, moved."""
    moved = set()
    for level, area, period in {*before, *after}:
        if level != "nederland":
            pair = (before.get((level, area, period), 0.0), after.get((level, area, period), 0.0))
            if pair[0] != pair[1]:
                moved.add(int(area) // HEXAGONS if level == "hex7" else int(area))
    return moved


def many_records(records: int = 387, places: int = 157, seed: int = 2) -> list[Attempt]:
    """Return how well a reader of two releases sees which gemeenten changed, and by how much.

    ``records`` are added in ``places`` gemeenten. The first attempt stands beside the share of
    unchanged gemeenten in which he sees a change too, the second beside the commonest number.
    """
    with country(seed) as world:
        before = world.release()
        chosen = world.chance.permutation(GEMEENTEN)[:places]
        own = np.append(chosen, world.chance.choice(chosen, records - places))
        hexagons = own * HEXAGONS + world.chance.integers(0, HEXAGONS, records)
        world.add(hexagons, world.chance.integers(0, QUARTERS, records))
        after = world.release()
    moved = _moved(before, after)
    seen = np.array([int(one) in moved for one in chosen])
    others = np.setdiff1d(np.arange(GEMEENTEN), chosen)
    alarms = np.array([int(one) in moved for one in others])
    numbers = np.bincount(own, minlength=GEMEENTEN)[chosen]
    usual = int(np.bincount(numbers).argmax())
    guesses = [_difference(before, after, int(one), usual) for one in chosen]
    return [
        Attempt("which gemeenten changed", places, float(seen.mean()), float(alarms.mean())),
        Attempt(
            "how many records were added",
            places,
            float((np.array(guesses) == numbers).mean()),
            float((numbers == usual).mean()),
        ),
    ]


def _difference(before: Shown, after: Shown, gemeente: int, usual: int) -> int:
    """Return what the figures say was added to a gemeente; ``usual`` where nothing moved."""
    found = 0.0
    for (level, area, period), value in after.items():
        if level == "gemeente" and period < 0 and int(area) == gemeente:
            found += value - before.get((level, area, period), 0.0)
    return usual if found == 0 else max(round(found), 1)


def dummies(cells: int, releases: int = 30, seed: int = 3) -> Attempt:
    """Return how often who delivers dummies into a cell reads its exact count in the end.

    He adds or takes back enough to be seen, knows his own, and takes the mean of what was drawn.
    """
    with country(seed) as world:
        quarter = 5
        chosen = world.chance.permutation(GEMEENTEN)[:cells]
        true = world.counts("gemeente").set_index(["area", "quarter"])["units"]
        known = [int(true.get((int(one), quarter), 0)) for one in chosen]
        own = np.zeros(cells, dtype=np.int64)
        said: list[list[float]] = [[] for _ in chosen]
        last: list[float | None] = [None] * cells
        for _ in range(releases):
            shown = world.release()
            for number, one in enumerate(chosen):
                value = shown.get(("gemeente", str(one), -(quarter + 1)), 0.0)
                if value != last[number]:
                    said[number].append(value - own[number])
                    last[number] = value
            more = world.chance.integers(2 * K, 4 * K, cells)
            world.add(np.repeat(chosen * HEXAGONS, more), np.full(more.sum(), quarter))
            own += more
    guesses = [round(float(np.mean(values))) if values else 0 for values in said]
    blind = int(np.bincount(known).argmax())
    right = float(np.mean([g == t for g, t in zip(guesses, known, strict=True)]))
    without = float(np.mean([blind == t for t in known]))
    return Attempt(f"a cell read by dummies over {releases} releases", cells, right, without)
