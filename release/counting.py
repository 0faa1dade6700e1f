"""Exact counts of one indicator, for every level and period: seen by the build only."""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from indicators import Indicator
from indicators.contract import Count
from release.cubes import cube_of
from release.exact import Exact
from release.look_sql import PLACES
from release.looked import look, look_once
from release.looking import Looking
from release.periods import kinds_at
from release.standing import Standing, identity
from store.release import LEVEL_NUMBERS

KEYS = ["area_id", "period_id"]

UNITS_OF = "{code}.units.json"
"""The file with the names of the Parquet files that hold the records of either side."""

WHOLE = ("units", "key", "owner", "subjects", "most")


def _every_area(con: duckdb.DuckDBPyConnection, level: str, ids: list[int]) -> pd.DataFrame:
    rows = con.execute("SELECT id, kind FROM period ORDER BY id").fetchall()
    periods = [number for number, kind in rows if kind in kinds_at(level)]
    return pd.MultiIndex.from_product([ids, periods], names=KEYS).to_frame(index=False)


def keep_places(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write to ``folder`` which areas each place is in, for the units kept beside it."""
    _write(con, "SELECT * FROM place ORDER BY place", folder / "place.parquet")


def _write(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    con.execute(f"COPY ({query}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")


def count_records(con: duckdb.DuckDBPyConnection, indicator: Indicator, folder: Path) -> None:
    """Count the records of both sides once, and write them to ``folder`` for an attacker.

    Indicators that count the same share a file: `UNITS_OF` says which one.
    """
    names = {}
    for side, count in _sides(indicator).items():
        names[side] = units_file(count)
        cube_of(con, count, value=indicator.counting == "value", kept=folder / names[side])
    (folder / UNITS_OF.format(code=indicator.code)).write_text(json.dumps(names))


def units_file(count: Count) -> str:
    """Return the name of the file with the records of a count."""
    return f"{identity(count)}.units.parquet"


def _sides(indicator: Indicator) -> dict[str, Count]:
    return {"numerator": indicator.numerator, "denominator": indicator.denominator}


class Counts(NamedTuple):
    """What an indicator counts now, and what its figures are drawn from: what stands."""

    exact: Exact
    standing: Exact


def count_indicator(
    con: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    areas: dict[str, list[int]],
    folder: Path | None,
    standing: Standing | None = None,
    places: str = PLACES,
    shared: Collection[str] = (),
) -> Counts:
    """Return level, area_id, period_id, and for numerator and denominator seven figures each.

    These are DRAWN, e.g. ``amount_numerator``: amount, units, key, largest and second (amounts of
    the two largest subjects), subjects, most (the units of one of them), and owner (the key of the
    largest). ``areas`` holds the ids of each level of official areas in use: those have a row for
    every area, also where nothing was counted; hexagons only where something was. ``level`` is a
    number of LEVEL_NUMBERS. The counts of now and what figures are drawn from are written to
    ``folder``, where given: what an attacker is measured against. Without ``standing`` nothing
    stands: all is drawn now. ``places``: the table with the areas of each place; ``shared``: what
    `shared_denominators` returns.
    """
    levels = [n for n in indicator.level_names if n in areas or n.startswith("hex")]
    sides, value = _sides(indicator), indicator.counting == "value"
    now: dict[tuple[str, str], pd.DataFrame] = {}
    stands: dict[tuple[str, str], pd.DataFrame] = {}
    for side, count in sides.items():
        cube_of(con, count, value=value)
        part = side == "numerator" and indicator.share
        for level in levels:
            looking = Looking(con, count, level, value, part, places)
            again = side == "denominator" and identity(count) in shared
            taken = (look_once if again else look)(looking, standing)
            now[side, level], stands[side, level] = taken
    every = {level: _every_area(con, level, ids) for level, ids in areas.items()}
    exact = _both_sides(now, levels, every)
    drawn = exact if standing is None else _both_sides(stands, levels, every)
    if folder is not None:
        exact.to_parquet(folder / f"{indicator.code}.parquet", index=False)
        columns = [f"{what}_{side}" for what in ("units", "subjects", "most") for side in sides]
        drawn[["level", *KEYS, *columns]].to_parquet(folder / f"{indicator.code}.drawn.parquet")
    return Counts(Exact(exact), Exact(drawn))


def _both_sides(
    counted: Mapping[tuple[str, str], pd.DataFrame],
    levels: Sequence[str],
    every: Mapping[str, pd.DataFrame],
) -> pd.DataFrame:
    frames = []
    for level in levels:
        official = level in every
        below = counted["denominator", level]
        if official:
            below = every[level].merge(below, on=KEYS, how="left")
        both = below.merge(
            counted["numerator", level],
            on=KEYS,
            how="left" if official else "outer",
            suffixes=("_denominator", "_numerator"),
        )
        frames.append(both.fillna(0).assign(level=LEVEL_NUMBERS[level]))
    result = pd.concat(frames, ignore_index=True)
    whole = {name: "int64" for name in result if str(name).startswith(WHOLE)}
    return result.astype(whole).sort_values(["level", *KEYS], ignore_index=True)
