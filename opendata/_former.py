"""Of which earlier year borders are wanted: figures have codes that no known division has."""

from collections.abc import Collection

import duckdb
import pandas as pd

from geo import areas
from records.area_figure import KIND
from store.engine import open_for_writing
from store.home import Home
from store.work import deliveries, records_path


def year_wanted(home: Home, until: int, tried: Collection[int]) -> int | None:
    """Return the year up to ``until`` to ask for next, None when there is none.

    The newest year that figures with unknown codes are dated in; or, as a source may tell all its
    years in the division of a later one, any year since the first of those.
    """
    unknown: set[int] = set()
    between: set[int] = set()
    held = _held(home)
    for sheet in areas.installed(home.boundaries):
        files = areas.former_borders(sheet.level, home.boundaries)
        known = [home.boundaries / f"{sheet.level}.parquet", *files.values()]
        codes = pd.concat([pd.read_parquet(file, columns=["code"])["code"] for file in known])
        left = held[(held["level"] == sheet.level) & ~held["area"].isin(codes)]
        years = set(map(int, left["year"]))
        if years:
            other = {sheet.year, *files, *tried}
            unknown |= years - other
            between |= set(range(min(years), max(*years, sheet.year))) - other
    for years in (unknown, between):
        fitting = [year for year in years if year <= until]
        if fitting:
            return max(fitting)
    return None


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
