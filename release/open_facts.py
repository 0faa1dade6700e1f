"""What evidence knows of public figures: read once, from tables that hold no record of a partner.

Who makes evidence gets this and no connection, so that exact counts are out of reach there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from records.area_figure import TEST_LEVELS
from records.figures import TEST_ONLY

Days = Mapping[tuple[str, str, date], tuple[date, date]]
"""The first and last day of the states in force, by figure, level and moment."""


@dataclass(frozen=True)
class OpenFacts:
    """Of public figures: days of states, how they were spread, sources, and traits to test against.

    ``spread`` holds figure, level, method and total; ``sources`` figure, level and source;
    ``traits`` characteristic, level, code and value: the last one delivered of each area.
    """

    days: Days
    spread: list[tuple[str, str, str, float]]
    sources: list[tuple[str, str, str]]
    traits: pd.DataFrame


def open_facts(con: duckdb.DuckDBPyConnection) -> OpenFacts:
    """Return what is known of public figures; ``con`` holds what ``prepare`` filled."""
    return OpenFacts(days_of(con), spread_of(con), sources_of(con), traits_of(con))


def days_of(con: duckdb.DuckDBPyConnection) -> Days:
    """Return the days of the states in force."""
    found = con.execute(
        "SELECT figure, level, moment, min(date), max(date) FROM figure_at GROUP BY ALL"
    ).fetchall()
    return {(figure, level, moment): (first, last) for figure, level, moment, first, last in found}


def spread_of(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, float]]:
    """Return how the latest states were brought to hexagons."""
    found = con.execute(
        "WITH last AS (SELECT * FROM figure_at WHERE moment = (SELECT max(moment) FROM moments))"
        " SELECT figure, level, 'delivered' AS method, sum(value)::DOUBLE AS total FROM last"
        " WHERE level = 'hex9' GROUP BY ALL"
        " UNION ALL SELECT f.figure, f.level, s.method, sum(f.value::DOUBLE * s.part) FROM last f"
        " JOIN spread_from c ON c.row = f.row JOIN part s ON s.level = f.level AND s.area = c.area"
        " GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return [(figure, level, method, total) for figure, level, method, total in found]


def sources_of(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Return who published what figures are made of, each once.

    Of a state that another replaced before the first period nothing is shown, so it is left out.
    Also of figures that only a test reads: their source is to be named as well.
    """
    found = con.execute(
        "SELECT DISTINCT figure, level, source FROM (SELECT *, lead(date) OVER"
        " (PARTITION BY figure, level, area, months ORDER BY date) AS until FROM raw_area_figure)"
        " WHERE months > 0 OR until IS NULL OR until > (SELECT min(moment) FROM moments)"
        " ORDER BY ALL"
    ).fetchall()
    return [(figure, level, source) for figure, level, source in found]


def traits_of(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return the traits that scores are tested against, which no view shows to an indicator."""
    figures = ", ".join(f"'{figure}'" for figure in TEST_ONLY)
    levels = ", ".join(f"'{level}'" for level in TEST_LEVELS)
    found: pd.DataFrame = con.execute(
        "SELECT figure AS characteristic, level, area AS code, value::DOUBLE AS value"
        f" FROM raw_area_figure WHERE figure IN ({figures}) AND level IN ({levels})"
        " QUALIFY row_number() OVER (PARTITION BY figure, level, area"
        " ORDER BY date DESC, row DESC) = 1 ORDER BY ALL"
    ).df()
    return found
