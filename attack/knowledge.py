"""What an attacker knows: the published figures of a release, and the exact ones elsewhere.

He knows the exact figures outside the attacked gemeente; those inside only serve to measure how
well he did.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Engine, select

from errors import WeerbeeldError
from indicators import CATALOGUE, Indicator
from release.counting import UNITS_OF
from release.noise import Tables, read_noise
from release.periods import stock_moment
from release.widths import widths
from store.home import Home
from store.release import LEVEL_NUMBERS, Figure, Info, Passport, Period, open_release

SIDES = ("numerator", "denominator")
KEYS = ["level", "area_id", "period_id"]
SUBJECT = "subject_"
"""Before the word of a subject: its column in ``units``, for a place has a cell too."""

FIRST_HEXAGON = LEVEL_NUMBERS["hex7"]


@dataclass(frozen=True)
class SideCells:
    """The cells of one side (numerator or denominator) of an indicator in one release.

    ``cells`` has a row per exact or published cell: level, area_id, period_id, gemeente and riec
    (numbers of areas), kind (of period, for the noise), subjects, most (records of one of them),
    records, exact (what is protected: records, or subjects where its figure is drawn from fewer
    than k of them), drawn (the same when its figure was drawn), width (of its noise), shown (NaN
    where nothing is published), beside (the shown denominator, NaN for denominators) and absent:
    whether it has no row while its hexagon has others, which would say that it is 0. ``units``
    holds the records per place, date and subject (``subjects`` name the columns, with a number for
    each); ``when`` says how a date falls in a period, as in ``indicators.Count``.
    """

    code: str
    side: str
    when: str
    cells: pd.DataFrame
    read: Callable[[], pd.DataFrame]
    subjects: tuple[str, ...] = ()

    @cached_property
    def units(self) -> pd.DataFrame:
        """The records per place, date and subjects: read when they are asked for."""
        return self.read()


@dataclass(frozen=True)
class KnownRelease:
    """One release: its name, published noise, periods (by id), places and cells per side.

    ``places`` has the areas of each place; ``look`` of a period is the day of its stocks.
    ``left_out`` are protected indicators that this version does not know.
    """

    name: str
    noise: Tables
    periods: pd.DataFrame
    places: pd.DataFrame
    sides: tuple[SideCells, ...]
    left_out: tuple[str, ...] = ()

    @property
    def k(self) -> int:
        """Fewer subjects than this are protected."""
        return max(noise.k for noise in self.noise.values())

    def find(self, code: str, side: str) -> SideCells:
        """Return the cells of one side of one indicator."""
        return next(e for e in self.sides if (e.code, e.side) == (code, side))

    def has(self, code: str, side: str) -> bool:
        """Return whether the release has that side of that indicator, protected."""
        return any((e.code, e.side) == (code, side) for e in self.sides)


def sides_of(indicator: Indicator) -> tuple[str, ...]:
    """Return the sides that count subjects; amounts and public figures are no counts of them."""
    if indicator.counting == "value":
        return ()
    return SIDES[:1] if indicator.denominator.open else SIDES


def attackable(home: Home) -> list[str]:
    """Return the releases of which exact counts are kept, in the order they were built.

    Raises WeerbeeldError when there is none.
    """
    kept = sorted(home.counts.glob("*/place.parquet"), key=lambda path: path.stat().st_mtime)
    names = [path.parent.name for path in kept]
    found = [name for name in names if (home.releases / f"{name}.db").exists()]
    if not found:
        raise WeerbeeldError(
            f"No release in {home.releases} has its exact counts beside it, so there is nothing to "
            "measure an attack against. Build one with 'weerbeeld build'."
        )
    return found


def known_release(home: Home, name: str) -> KnownRelease:
    """Return what an attacker, and we who judge him, know of the release called ``name``.

    Raises WeerbeeldError when the release or its exact counts are not there.
    """
    path, counts = home.releases / f"{name}.db", home.counts / name
    if not path.exists() or not (counts / "place.parquet").exists():
        raise WeerbeeldError(
            f"Release '{name}' cannot be attacked: the attack needs the release and its exact "
            f"counts, which are kept for the last two builds. Known: {', '.join(attackable(home))}."
        )
    seen, sides = known_files(name, path, counts)
    return replace(seen, sides=tuple(sides))


def known_files(name: str, path: Path, counts: Path) -> tuple[KnownRelease, Iterator[SideCells]]:
    """Return the same of the release in the file ``path``, with its exact counts in ``counts``.

    Its sides come one at a time beside it: those of many indicators are too much for memory.
    """
    engine = open_release(path)
    periods = _frame(engine, select(Period.id, Period.kind, Period.start, Period.end, Period.code))
    places = pd.read_parquet(counts / "place.parquet")
    with engine.connect() as connection:
        stored = connection.execute(select(Info.value).where(Info.key == "noise")).scalar_one()
    noise = read_noise(json.loads(stored))
    sides = _sides(engine, counts, places, periods, next(iter(noise.values())).k)
    first = periods["end"].min()
    looks = [stock_moment(end, first) for end in periods["end"]]
    known = periods.assign(look=looks).set_index("id")
    return KnownRelease(name, noise, known, places, (), _unknown(engine)), sides


def _frame(engine: Engine, query: object) -> pd.DataFrame:
    with engine.connect() as connection:
        return pd.read_sql(query, connection)  # type: ignore[call-overload, no-any-return]


def protected_indicators(engine: Engine) -> dict[str, int]:
    """Return the number of each indicator in a release that is protected: open ones are not.

    One that this version does not know cannot be attacked: nothing says what it counts.
    """
    return {code: number for code, number in _protected(engine).items() if code in CATALOGUE}


def _unknown(engine: Engine) -> tuple[str, ...]:
    return tuple(code for code in _protected(engine) if code not in CATALOGUE)


def _protected(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        rows = connection.execute(select(Passport.code, Passport.id, Passport.passport)).all()
    return {row.code: row.id for row in rows if not row.passport["open"]}


def _sides(
    engine: Engine, counts: Path, places: pd.DataFrame, periods: pd.DataFrame, k: int
) -> Iterator[SideCells]:
    numbers = protected_indicators(engine)
    owner = _gemeente_of(places)
    for code in numbers:
        indicator = CATALOGUE[code]
        columns = (Figure.level, Figure.area_id, Figure.period_id)
        query = select(*columns, Figure.numerator, Figure.denominator)
        shown = _frame(engine, query.where(Figure.indicator_id == numbers[code]))
        exact = pd.read_parquet(counts / f"{code}.parquet")
        reported = _reported(shown, periods)
        merged = _every_cell(exact[exact["period_id"].isin(reported)], shown, reported, periods)
        merged = merged.merge(owner, on=["level", "area_id"], how="left")
        drawn = pd.read_parquet(counts / f"{code}.drawn.parquet")
        drawn = merged[KEYS].merge(drawn, on=KEYS, how="left").fillna(0)
        names = json.loads((counts / UNITS_OF.format(code=code)).read_text())
        for side in sides_of(indicator):
            count = getattr(indicator, side)
            kind = merged["period_id"].map(periods.set_index("id")["kind"])
            cells = merged[[*KEYS, "gemeente", "riec", "absent"]].assign(
                kind="year" if count.when == "moment" else kind,
                **_held(merged, drawn, side, k),
                shown=merged[side],
                beside=merged["denominator"] if side == "numerator" else float("nan"),
            )
            read = partial(_units, counts / names[side], count.subjects)
            subjects = tuple(f"{SUBJECT}{word}" for word in count.subjects)
            yield SideCells(code, side, count.when, cells, read, subjects)


def _units(path: Path, words: Sequence[str]) -> pd.DataFrame:
    """Return the records in a file per place, date and subjects, which get a number each."""
    numbers = "".join(f", dense_rank() OVER (ORDER BY {word}) AS {SUBJECT}{word}" for word in words)
    columns = "".join(f", {word}" for word in words)
    with duckdb.connect() as con:
        found: pd.DataFrame = con.execute(
            f"SELECT place, date{numbers}, units, amount FROM (SELECT place, date{columns},"
            " sum(units)::BIGINT AS units, sum(amount) AS amount FROM read_parquet(?) GROUP BY ALL)"
            " ORDER BY ALL",
            [str(path)],
        ).df()
    return found


def _held(exact: pd.DataFrame, drawn: pd.DataFrame, side: str, k: int) -> dict[str, NDArray[Any]]:
    """Return records, subjects, most, exact, drawn and width of cells, as `SideCells` says."""
    records, subjects, most = (
        exact[f"{what}_{side}"].to_numpy(dtype=np.int64) for what in ("units", "subjects", "most")
    )
    held, then, largest = (
        drawn[f"{what}_{side}"].to_numpy(dtype=np.int64) for what in ("units", "subjects", "most")
    )
    return {
        "records": records,
        "subjects": subjects,
        "most": most,
        "exact": np.where(then < k, subjects, records),
        "drawn": np.where(then < k, then, held),
        "width": widths(then, largest, k),
    }


def _every_cell(
    exact: pd.DataFrame, shown: pd.DataFrame, reported: list[int], periods: pd.DataFrame
) -> pd.DataFrame:
    """Return exact cells beside what is shown of them, and those that only one of both has.

    Also every window of a hexagon that is published in another: ``absent`` where it has no row,
    though some area has a figure in that window.
    """
    known = set(reported) & set(shown["period_id"])
    windows = periods.loc[(periods["kind"] == "year") & periods["id"].isin(known), "id"]
    hexagons = shown.loc[shown["level"] >= FIRST_HEXAGON, ["level", "area_id"]].drop_duplicates()
    every = hexagons.merge(windows.rename("period_id"), how="cross")
    cells = pd.concat([exact[KEYS], shown[KEYS], every]).drop_duplicates()
    merged = cells.merge(exact, on=KEYS, how="left").merge(shown, on=KEYS, how="left")
    counts = [str(name) for name in exact if name not in KEYS]
    merged[counts] = merged[counts].fillna(0)
    own = every.assign(own=True)
    expected = merged[KEYS].merge(own, on=KEYS, how="left")["own"].notna().to_numpy()
    return merged.assign(absent=expected & merged["numerator"].isna())


def _reported(shown: pd.DataFrame, periods: pd.DataFrame) -> list[int]:
    """Return the periods that an indicator reports on: from its first published one on."""
    first = periods.loc[periods["id"].isin(shown["period_id"]), "start"].min()
    return [int(number) for number in periods.loc[periods["start"] >= first, "id"]]


def _gemeente_of(places: pd.DataFrame) -> pd.DataFrame:
    """Return level, area_id, gemeente and riec (numbers of areas) of every area.

    A hexagon over a border belongs to the gemeente with most of its places.
    """
    frames = []
    for level, number in LEVEL_NUMBERS.items():
        group = places[places[level] > 0].assign(area_id=places[level])
        common = group.groupby(["area_id", "gemeente", "riec"]).size().rename("n").reset_index()
        most = common.sort_values("n", kind="stable").drop_duplicates("area_id", keep="last")
        frames.append(most.drop(columns="n").assign(level=number))
    return pd.concat(frames, ignore_index=True)
