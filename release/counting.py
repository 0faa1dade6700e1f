"""Exact counts of one indicator, for every level and period: seen by the build only."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from indicators import Indicator
from indicators.contract import Count
from release.exact import Exact
from release.look_sql import OF, units_sql
from release.looking import Looking
from release.periods import kinds_at
from release.standing import Standing
from store.release import LEVEL_NUMBERS

KEYS = ["area_id", "period_id"]

WHOLE = ("units", "key", "owner", "subjects", "most")


def take_units(con: duckdb.DuckDBPyConnection, count: Count, stratum: str = "") -> None:
    """Materialise the units of a count as ``units``, added up per place, date and subjects.

    ``stratum``: the column of the count that holds strata, where they are counted apart.
    """
    columns = [row[0] for row in con.execute(f"DESCRIBE {count.sql}").fetchall()]
    con.execute(f"CREATE OR REPLACE TEMP TABLE units AS {units_sql(count, columns, stratum)}")


def _every_area(con: duckdb.DuckDBPyConnection, level: str, ids: list[int]) -> pd.DataFrame:
    rows = con.execute("SELECT id, kind FROM period ORDER BY id").fetchall()
    periods = [number for number, kind in rows if kind in kinds_at(level)]
    return pd.MultiIndex.from_product([ids, periods], names=KEYS).to_frame(index=False)


def keep_places(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write to ``folder`` which areas each place is in, for the units kept beside it."""
    _write(con, "SELECT * FROM place ORDER BY place", folder / "place.parquet")


def _write(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    con.execute(f"COPY ({query}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")


def _kept_units(count: Count) -> str:
    """Return SQL for the units that an attacker is measured against, their subjects by a number.

    A subject has the same number wherever it is in one count, and another in the next build.
    """
    numbers = "".join(
        f", dense_rank() OVER (ORDER BY {OF}{name}) AS {name}" for name in count.subjects
    )
    return (
        f"SELECT place, date{numbers}, units::BIGINT AS units, amount::DOUBLE AS amount"
        " FROM units ORDER BY ALL"
    )


class Counts(NamedTuple):
    """What an indicator counts now, and what its figures are drawn from: what stands."""

    exact: Exact
    standing: Exact


def count_indicator(
    con: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    areas: dict[str, list[int]],
    folder: Path,
    standing: Standing | None = None,
) -> Counts:
    """Return level, area_id, period_id, and for numerator and denominator seven figures each.

    These are DRAWN, e.g. ``amount_numerator``: amount, units, key, largest and second (amounts of
    the two largest subjects), subjects, most (the units of one of them), and owner (the key of the
    largest). ``areas`` holds the ids of each level of official areas in use: those have a row for
    every area, also where nothing was counted; hexagons only where something was. ``level`` is a
    number of LEVEL_NUMBERS. The counts of now, the units behind them and what figures are drawn
    from are written to ``folder``: what an attacker is measured against. Without ``standing``
    nothing stands: all is drawn now.
    """
    levels = [n for n in indicator.level_names if n in areas or n.startswith("hex")]
    sides = {"numerator": indicator.numerator, "denominator": indicator.denominator}
    now: dict[tuple[str, str], pd.DataFrame] = {}
    stands: dict[tuple[str, str], pd.DataFrame] = {}
    for side, count in sides.items():
        take_units(con, count)
        _write(con, _kept_units(count), folder / f"{indicator.code}.{side}.parquet")
        part = side == "numerator" and indicator.share
        for level in levels:
            looking = Looking(con, count, level, indicator.counting == "value", part)
            looks, spans = looking.now(), looking.spans()
            now[side, level] = stands[side, level] = looking.figures(looks, spans)
            if standing is not None and not count.open:
                held = looking.standing(looks, standing)
                stands[side, level] = looking.figures(held, spans, standing)
    every = {level: _every_area(con, level, ids) for level, ids in areas.items()}
    exact = _both_sides(now, levels, every)
    exact.to_parquet(folder / f"{indicator.code}.parquet", index=False)
    drawn = exact if standing is None else _both_sides(stands, levels, every)
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
