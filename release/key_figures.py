"""Key figures of official areas: the latest public state or average of each, as published."""

import duckdb
import pandas as pd

from records.figures import FIRMS_IN, PUBLIC
from release.open_counting import ADDED_LEVELS, OWN_LEVELS, gemeenten_within
from store.release import LEVEL_NUMBERS

COLUMNS = ["level", "area_id", "figure", "day", "value"]

ADDING = tuple(name for name, figure in PUBLIC.items() if figure.measure == "state")
SHOWN = tuple(
    name
    for name, figure in PUBLIC.items()
    if figure.measure != "flow" and name not in FIRMS_IN.values()
)
"""Establishments by branch would be most of the rows, and no page shows them."""


def _latest(con: duckdb.DuckDBPyConnection, level: str) -> pd.DataFrame:
    found: pd.DataFrame = con.execute(
        f"SELECT p.{level} AS area_id, figure, max(date) AS day, sum(value)::DOUBLE AS value"
        " FROM (SELECT * FROM area_figure WHERE months = 0 AND level = ?"
        " QUALIFY row_number() OVER (PARTITION BY figure, area ORDER BY date DESC) = 1)"
        f" JOIN place p USING (place) WHERE p.{level} > 0 GROUP BY ALL",
        [level],
    ).df()
    return found.assign(level=LEVEL_NUMBERS[level])


def _sums(con: duckdb.DuckDBPyConnection, own: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return sums of gemeenten, of the figures that all of them have."""
    parts = gemeenten_within(con, level)
    members = parts.groupby("whole").size()
    grouped = (
        own[own["figure"].isin(ADDING)].merge(parts, on="area_id").groupby(["whole", "figure"])
    )
    sums = grouped.agg(day=("day", "min"), value=("value", "sum"), there=("value", "size"))
    sums = sums.reset_index().rename(columns={"whole": "area_id"})
    complete = sums["there"] == sums["area_id"].map(members)
    return sums[complete].drop(columns="there").assign(level=LEVEL_NUMBERS[level])


def key_figures(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return level (number), area_id, figure, day (of the state) and value, in that order.

    The country and the RIEC regions add up their gemeenten, where the figure adds up and all of
    them have it; every other level shows what its source says of it.
    """
    frames = [_latest(con, level) for level in OWN_LEVELS]
    frames += [_sums(con, frames[0], level) for level in ADDED_LEVELS]
    every = pd.concat(frames, ignore_index=True)
    every["day"] = pd.to_datetime(every["day"]).dt.date
    chosen = every[every["figure"].isin(SHOWN)][COLUMNS]
    return chosen.sort_values(COLUMNS[:3], ignore_index=True)
