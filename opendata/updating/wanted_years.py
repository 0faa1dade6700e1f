"""The earlier year of which borders are wanted: figures have codes that no known division has."""

from collections.abc import Collection
from pathlib import Path

import duckdb
import pandas as pd

from geo import areas
from geo.gemeente_history import history, lives
from records.area_figure import KIND
from store.engine import open_for_writing
from store.home import Home
from store.work import deliveries, records_path


def year_wanted(home: Home, until: int, tried: Collection[int]) -> int | None:
    """Return the year up to ``until`` to ask for next, None when there is none.

    The newest year that figures with unknown codes are dated in; or, as a source may give all its
    years in the division of a later one, any year since the first of those. Not one of ``tried``,
    nor one of which borders are kept, unless those lack a gemeente of such codes.
    """
    unknown: set[int] = set()
    between: set[int] = set()
    held = _held(home)
    for installed in areas.installed(home.boundaries):
        former = {
            year: _codes(file)
            for year, file in areas.former_borders(installed.level, home.boundaries).items()
        }
        known = pd.concat(
            [_codes(home.boundaries / f"{installed.level}.parquet"), *former.values()]
        )
        left = held[(held["level"] == installed.level) & ~held["area"].isin(known)]
        years = set(map(int, left["year"]))
        if years:
            whole = {y for y, codes in former.items() if not _lacking(codes, left["area"], y)}
            other = {installed.year, *whole, *tried}
            unknown |= years - other
            between |= set(range(min(years), max(*years, installed.year))) - other
    for years in (unknown, between):
        fitting = [year for year in years if year <= until]
        if fitting:
            return max(fitting)
    return None


def _codes(file: Path) -> "pd.Series[str]":
    codes: pd.Series[str] = pd.read_parquet(file, columns=["code"])["code"]
    return codes


def _lacking(codes: "pd.Series[str]", unknown: "pd.Series[str]", year: int) -> set[str]:
    """Return the gemeenten of ``unknown`` that there were in a year, and ``codes`` has none of."""
    spans, day = lives(history()), pd.Timestamp(year, 1, 1)
    without = set(spans.index[(spans["start"] > day) | (spans["end"] <= day)])
    return set("GM" + unknown.str[2:6]) - set("GM" + codes.str[2:6]) - without


def _held(home: Home) -> pd.DataFrame:
    """Return the level, area and year of every figure of a wijk or buurt that was taken in."""
    every = deliveries(open_for_writing(home)) if home.has_work_store else []
    files = [str(records_path(home, d)) for d in every if d.kind == KIND.name]
    if not files:
        return pd.DataFrame(columns=["level", "area", "year"])
    query = (
        "SELECT DISTINCT level, area, year(date) AS year FROM read_parquet($files)"
        " WHERE level IN ('wijk', 'buurt')"
    )
    with duckdb.connect() as con:
        found: pd.DataFrame = con.execute(query, {"files": files}).df()
    return found
