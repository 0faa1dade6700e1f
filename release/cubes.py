"""Counts the records of a SELECT once: added up per place and date, with who is behind them.

Counts add up over places and dates, subjects do not: who bought in two quarters is one buyer of
the year. So a subject that is in one place, at one date and in one stratum is counted there, and
adds up as its records do; only those that are in more are kept by themselves. Every level, stratum,
window and other grid is read from these tables (`release.look_sql`), never from records again, and
indicators that count the same read the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from indicators.contract import Count
from release.looks import KEY_RANGE
from release.standing import identity

CELL = ("place", "date", "stratum")
"""What a row of a cube is of. ``date`` is that of a month, a day of stocks, or a period's code."""

DATE_OF = {"date": "date_trunc('month', date)::DATE", "moment": "moment", "period": "period"}


def stock_day(count: Count) -> str:
    """Return the column of ``period`` with the day of a stock; of a public one the day it ends."""
    return '"end"' if count.open else "look"


@dataclass(frozen=True)
class Cube:
    """The names of the tables of a count in DuckDB.

    ``cells``: CELL, amount, units, key (below KEY_RANGE), and of each kind of subject (a word of
    `indicators.subjects`) ``alone_`` and its word, how many are in this cell only, and ``most_``
    and its word, the most units of one of those.
    ``roaming(word)``: subject, CELL and units of the subjects that are in several cells.
    ``owners``: of amounts of money or weight owner (the number of the first subject), place, date
    and amount.
    """

    count: Count

    @property
    def cells(self) -> str:
        """The table with a row for each place, date and stratum."""
        return f"cells_{identity(self.count)}"

    @property
    def owners(self) -> str:
        """The table with the amounts of each owner."""
        return f"owners_{identity(self.count)}"

    def roaming(self, word: str) -> str:
        """The table with the subjects that are in several cells."""
        return f"roaming_{word}_{identity(self.count)}"


def cube_of(
    con: duckdb.DuckDBPyConnection, count: Count, *, value: bool = False, kept: Path | None = None
) -> Cube:
    """Return the tables of a count; count its records where that was not done before.

    ``value``: amounts of money or weight, of which owners are wanted. The records themselves are
    then written to ``kept``, where given: what an attacker is measured against.
    """
    cube = Cube(count)
    if _there(con, cube.owners if value else cube.cells):
        return cube
    columns = [str(row[0]) for row in con.execute(f"DESCRIBE {count.sql}").fetchall()]
    con.execute(f"CREATE OR REPLACE TEMP TABLE units AS {_units_sql(count, columns, value)}")
    for word in count.subjects:
        _take_subject(con, cube, word)
    _take_cells(con, cube)
    if value:
        con.execute(
            f"CREATE OR REPLACE TABLE {cube.owners} AS"
            " SELECT owner, place, date, sum(amount) AS amount FROM units GROUP BY ALL"
        )
    if kept is not None:
        _keep(con, count, kept)
    for table in ("units", *(f"seen_{word}" for word in count.subjects)):
        con.execute(f"DROP TABLE temp.{table}")
    return cube


def _there(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    query = "SELECT 1 FROM duckdb_tables() WHERE table_name = ?"
    return con.execute(query, [table]).fetchone() is not None


def _units_sql(count: Count, columns: Sequence[str], value: bool) -> str:
    """Return SQL for the records of a count. Of a stock only the days are taken that are shown."""
    date = DATE_OF.get(count.when, "NULL::VARCHAR")
    key = "unit" if "unit" in columns else "0::UINTEGER"
    stratum = "stratum" if "stratum" in columns else "''"
    owner = f", md5_number_lower({count.subjects[0]}::VARCHAR)::UBIGINT AS owner" if value else ""
    subjects = "".join(f", hash({word}) AS {word}_" for word in count.subjects)
    shown = f" WHERE moment IN (SELECT {stock_day(count)} FROM period)"
    return (
        f"SELECT place, {date} AS date, {stratum} AS stratum{subjects}{owner}, amount,"
        f" {key} AS key FROM ({count.sql}){shown if count.when == 'moment' else ''}"
    )


def _take_subject(con: duckdb.DuckDBPyConnection, cube: Cube, word: str) -> None:
    """Tell subjects that are in one cell (``seen_`` and the word) from those that roam.

    A stock is looked at a day at a time, so there each day has subjects of its own.
    """
    apart = ["date"] if cube.count.when == "moment" else []
    cell = [name for name in CELL if name not in apart]
    alone = " AND ".join(f"min({name}) = max({name})" for name in cell)
    firsts = "".join(f", any_value({name}) AS {name}" for name in cell)
    by = ", ".join([f"{word}_", *apart])
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE seen_{word} AS SELECT {by}{firsts}, {alone} AS alone,"
        f" count(*) AS units FROM units GROUP BY {by}"
    )
    con.execute(
        f"CREATE OR REPLACE TABLE {cube.roaming(word)} AS"
        f" SELECT {word}_ AS subject, {', '.join(CELL)}, count(*) AS units FROM units"
        f" SEMI JOIN (SELECT {by} FROM seen_{word} WHERE NOT alone) USING ({by}) GROUP BY ALL"
    )


def _take_cells(con: duckdb.DuckDBPyConnection, cube: Cube) -> None:
    cell = ", ".join(CELL)
    sums = (
        f"SELECT {cell}, sum(amount)::DECIMAL(24,6) AS amount, count(*) AS units,"
        f" (sum(key) % {KEY_RANGE})::BIGINT AS key FROM units GROUP BY {cell}"
    )
    joins = "".join(
        f" LEFT JOIN (SELECT {cell}, count(*) AS alone_{word}, max(units) AS most_{word}"
        f" FROM seen_{word} WHERE alone GROUP BY {cell}) USING ({cell})"
        for word in cube.count.subjects
    )
    con.execute(f"CREATE OR REPLACE TABLE {cube.cells} AS SELECT * FROM ({sums}){joins}")


def _keep(con: duckdb.DuckDBPyConnection, count: Count, path: Path) -> None:
    """Write the records that an attacker is measured against, their subjects by a number.

    A subject has the same number wherever it is in one count, and another in the next release.
    """
    release = path.parent.name
    numbers = "".join(f", hash({word}_, '{release}') AS {word}" for word in count.subjects)
    target = str(path).replace("'", "''")
    con.execute(
        f"COPY (SELECT place, date{numbers}, 1::BIGINT AS units, amount::DOUBLE AS amount"
        f" FROM units) TO '{target}' (FORMAT parquet)"
    )
