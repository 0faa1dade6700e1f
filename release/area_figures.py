"""The tables of public figures about areas that an indicator's SELECT reads.

``figure_at``: the state in force at each moment, or the first one known. ``figure_over``: the flow
over each period that it wholly covers. ``spread_at``: states over res-9 cells, as delivered where
they were delivered so, else spread from the finest areas: over the addresses in them where those
are known, over their land where not.
"""

import duckdb

IN_FORCE = (
    "SELECT f.* EXCLUDE (until, first), m.moment FROM (SELECT *, lead(date) OVER dated AS until,"
    " row_number() OVER dated = 1 AS first FROM area_figure WHERE months = 0"
    " WINDOW dated AS (PARTITION BY figure, level, area ORDER BY date)) f JOIN moments m"
    " ON (f.date <= m.moment OR f.first) AND (f.until IS NULL OR f.until > m.moment)"
)
"""A state holds until the next; the first one known also holds for the time before it."""

OVER_PERIODS = (
    "SELECT * EXCLUDE (step) FROM (SELECT f.figure, f.level, f.area, f.place, p.code AS period,"
    " f.months AS step, sum(f.value) AS value FROM area_figure f JOIN"
    " (SELECT *, datediff('month', start, \"end\") + 1 AS length FROM period) p"
    ' ON f.date BETWEEN p.start AND p."end"'
    ' AND f.date + to_months(f.months::INTEGER) <= p."end" + 1'
    " WHERE f.months > 0 AND datediff('month', p.start, f.date) % f.months = 0"
    " GROUP BY figure, level, area, place, p.code, p.length, f.months"
    " HAVING sum(f.months) = p.length)"
    " QUALIFY row_number() OVER (PARTITION BY figure, level, area, period ORDER BY step) = 1"
)
"""A flow counts in a period that its months fill without a gap; the finest of several counts.

Of quarters that overlap, those that follow on one another from the first month of the period count.
"""

SPREAD = ("addresses", "dwellings", "firms", "inhabitants")
"""States that may be spread over cells."""

FROM_LEVELS = ("buurt", "wijk", "gemeente")
"""What a state is spread from: the finest of these that a gemeente has it at."""

HALF = 0.5
"""A level stands for a gemeente when it holds at least this part of the total of another.

So a cell just over the border, or one buurt that its source knows, does not silence the rest.
"""

GROUND = (
    "CREATE TABLE ground AS SELECT place, km2::DOUBLE AS km2 FROM land"
    " UNION ALL SELECT place, 0.01 FROM spot WHERE owner = 'small_area'"
)

KNOWN_ADDRESSES = (
    "SELECT place, sum(value)::DOUBLE AS addresses FROM (SELECT place, value FROM area_figure"
    " WHERE figure = 'addresses' AND level = 'hex9'"
    " QUALIFY row_number() OVER (PARTITION BY area ORDER BY date DESC) = 1) GROUP BY place"
)


def area_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create ``figure_at``, ``figure_over`` and ``spread_at`` from ``area_figure``.

    ``con`` holds ``place``, ``spot``, ``land``, ``period`` and ``moments``.
    """
    con.execute(f"CREATE VIEW figure_at AS {IN_FORCE}")
    con.execute(f"CREATE TABLE figure_over AS {OVER_PERIODS}")
    _parts(con)
    _spread_from(con)
    con.execute(
        "CREATE VIEW spread_at AS"
        " SELECT figure, place, moment, value::DOUBLE AS value FROM figure_at WHERE level = 'hex9'"
        " UNION ALL SELECT f.figure, s.place, f.moment, f.value::DOUBLE * s.part FROM figure_at f"
        " JOIN spread_from c ON c.row = f.row JOIN part s ON s.level = f.level AND s.area = c.area"
    )


def _parts(con: duckdb.DuckDBPyConnection) -> None:
    """Create ``part``: which part of an area (level, number) falls to each place, and by what."""
    con.execute(GROUND)
    levels = " UNION ALL ".join(
        f"SELECT '{level}' AS level, {level} AS area, place, km2 FROM ground JOIN place"
        f" USING (place) WHERE {level} > 0"
        for level in FROM_LEVELS
    )
    con.execute(
        "CREATE TABLE part AS SELECT level, area, place, method,"
        " weight / sum(weight) OVER (PARTITION BY level, area) AS part FROM"
        " (SELECT level, area, place, if(known > 0, 'addresses', 'land') AS method,"
        " if(known > 0, coalesce(addresses, 0), km2) AS weight FROM"
        " (SELECT *, sum(addresses) OVER (PARTITION BY level, area) AS known"
        f" FROM ({levels}) LEFT JOIN ({KNOWN_ADDRESSES}) USING (place))) WHERE weight > 0"
    )


def _spread_from(con: duckdb.DuckDBPyConnection) -> None:
    """Create ``spread_from``: the rows of states to spread, with the number of their area."""
    number = " ".join(f"WHEN '{level}' THEN {level}" for level in FROM_LEVELS)
    rank = " ".join(f"WHEN '{level}' THEN {n}" for n, level in enumerate(FROM_LEVELS))
    names = ", ".join(f"'{figure}'" for figure in SPREAD)
    con.execute(
        "CREATE TABLE spread_from AS WITH given AS (SELECT f.row, figure, gemeente, f.area AS code,"
        f" date, value, CASE f.level {number} END AS area,"
        f" CASE f.level WHEN 'hex9' THEN -1 {rank} END AS rank"
        f" FROM area_figure f JOIN place USING (place) WHERE figure IN ({names}) AND gemeente > 0),"
        " last AS (SELECT * FROM given"
        " QUALIFY row_number() OVER (PARTITION BY figure, code ORDER BY date DESC) = 1),"
        " levels AS (SELECT figure, gemeente, rank, sum(value) AS total, max(total)"
        " OVER (PARTITION BY figure, gemeente) AS most FROM last GROUP BY figure, gemeente, rank),"
        " finest AS (SELECT figure, gemeente, min(rank) AS rank FROM levels"
        f" WHERE total >= {HALF} * most GROUP BY ALL)"
        " SELECT row, area FROM given JOIN finest USING (figure, gemeente, rank) WHERE rank >= 0"
    )
