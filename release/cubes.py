"""Counts the records of a SELECT once: added up per place and date, with who is behind them.

Counts add up over places and dates, subjects do not: who bought in two quarters is one buyer of
the year. So a subject that is in one place, at one date and in one stratum is counted there, and
adds up as its records do; only those that are in more are kept by themselves. Every level, stratum,
window and other grid is read from these tables (`release.look_sql`), never from records again, and
indicators that count the same read the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import duckdb

from indicators.contract import Count
from release.looks import KEY_RANGE
from release.standing import identity

CELL = ("place", "date", "stratum")
"""What a row of a cube is of. ``date`` is that of a month, a day of stocks, or a period's code."""

BY_CELL = ", ".join(CELL)

UNITS = "units"
"""The table of the records of a count, while it is counted."""

KNOWN = ("registered", "received")
"""Columns that say on which day a record became known; the first that a SELECT has counts."""

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
    ``delays``: of events partner, date, known (the month in which they became known) and units.
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

    @property
    def delays(self) -> str:
        """The table that says how long after they happened events became known."""
        return f"delays_{identity(self.count)}"

    def roaming(self, word: str) -> str:
        """The table with the subjects that are in several cells."""
        return f"roaming_{word}_{identity(self.count)}"


@dataclass(frozen=True)
class Sources:
    """The tables that a cube is made from, each with CELL: the units of a count, or parts of them.

    ``cells`` also has amount, units and key; ``subjects`` by word, the number of a subject in a
    column of that word and an underscore, and units; ``owners`` owner and amount; ``delays``
    partner, known and units.
    """

    cells: str
    subjects: Mapping[str, str]
    owners: str
    delays: str

    @classmethod
    def units(cls, count: Count) -> Self:
        """Return what `take_units` made."""
        return cls(UNITS, dict.fromkeys(count.subjects, UNITS), UNITS, UNITS)


def cube_of(
    con: duckdb.DuckDBPyConnection, count: Count, *, value: bool = False, kept: Path | None = None
) -> Cube:
    """Return the tables of a count; count its records where that was not done before.

    ``value``: amounts of money or weight, of which owners are wanted. The records themselves are
    then written to ``kept``, where given: what an attacker is measured against.
    """
    if not is_counted(con, count, value=value):
        take_units(con, count, value=value)
        fill(con, count, Sources.units(count), value=value)
        if kept is not None:
            copy_to(con, kept_sql(count, kept.parent.name), kept)
        con.execute(f"DROP TABLE temp.{UNITS}")
    return Cube(count)


def is_counted(con: duckdb.DuckDBPyConnection, count: Count, *, value: bool) -> bool:
    """Return whether the tables of a count are there."""
    table = Cube(count).owners if value else Cube(count).cells
    query = "SELECT 1 FROM duckdb_tables() WHERE table_name = ?"
    return con.execute(query, [table]).fetchone() is not None


def take_units(con: duckdb.DuckDBPyConnection, count: Count, *, value: bool) -> None:
    """Create UNITS: the records of a count, with CELL, a number for each subject, and the owner.

    Of a stock only the days are taken that are shown; of events also when they became known.
    """
    columns = columns_of(con, count)
    date = DATE_OF.get(count.when, "NULL::VARCHAR")
    key = "unit" if "unit" in columns else "0::UINTEGER"
    stratum = "stratum" if "stratum" in columns else "''"
    owner = f", md5_number_lower({count.subjects[0]}::VARCHAR)::UBIGINT AS owner" if value else ""
    subjects = "".join(f", hash({word}) AS {word}_" for word in count.subjects)
    behind = f"{subjects}{owner}{_delay(count, columns)}"
    shown = f" WHERE moment IN (SELECT {stock_day(count)} FROM period)"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {UNITS} AS SELECT place, {date} AS date,"
        f" {stratum} AS stratum{behind}, amount, 1 AS units, {key} AS key"
        f" FROM ({count.sql}){shown if count.when == 'moment' else ''}"
    )


def columns_of(con: duckdb.DuckDBPyConnection, count: Count) -> set[str]:
    """Return the columns of a SELECT."""
    return {str(row[0]) for row in con.execute(f"DESCRIBE {count.sql}").fetchall()}


def known_as(columns: Collection[str]) -> str | None:
    """Return the column that says when a record became known, None without one."""
    return next((name for name in KNOWN if name in columns), None)


def _delay(count: Count, columns: Collection[str]) -> str:
    if count.when != "date":
        return ""
    known = known_as(columns)
    month = f"date_trunc('month', {known})" if known else "NULL"
    partner = "partner" if "partner" in columns else "NULL::VARCHAR"
    return f", {month}::DATE AS known, {partner} AS partner"


def fill(con: duckdb.DuckDBPyConnection, count: Count, sources: Sources, *, value: bool) -> None:
    """Create the tables of a count from its sources."""
    cube = Cube(count)
    for word, source in sources.subjects.items():
        _take_subject(con, cube, word, source)
    _take_cells(con, cube, sources.cells)
    if value:
        owned = owners_sql(sources.owners)
        con.execute(f"CREATE OR REPLACE TABLE {cube.owners} AS {owned}")
    if count.when == "date":
        late = delays_sql(sources.delays)
        con.execute(f"CREATE OR REPLACE TABLE {cube.delays} AS {late}")
    for word in sources.subjects:
        con.execute(f"DROP TABLE temp.seen_{word}")


def cells_sql(source: str) -> str:
    """Return a SELECT of amount, units and key by CELL."""
    return (
        f"SELECT {BY_CELL}, sum(amount)::DECIMAL(24,6) AS amount, sum(units)::BIGINT AS units,"
        f" (sum(key) % {KEY_RANGE})::BIGINT AS key FROM {source} GROUP BY {BY_CELL}"
    )


def subjects_sql(word: str, source: str) -> str:
    """Return a SELECT of the units of each subject by CELL."""
    by = f"{word}_, {BY_CELL}"
    return f"SELECT {by}, sum(units)::BIGINT AS units FROM {source} GROUP BY {by}"


def owners_sql(source: str) -> str:
    """Return a SELECT of the amounts of each owner by place and date."""
    by = "owner, place, date"
    return f"SELECT {by}, sum(amount) AS amount FROM {source} GROUP BY {by}"


def delays_sql(source: str) -> str:
    """Return a SELECT of the units by partner, month and month in which they became known."""
    by = "partner, date, known"
    return f"SELECT {by}, sum(units)::BIGINT AS units FROM {source} GROUP BY {by}"


def kept_sql(count: Count, release: str) -> str:
    """Return a SELECT of the records that an attacker is measured against.

    A subject has the same number wherever it is in one count, and another in the next release.
    """
    numbers = "".join(f", hash({word}_, '{release}') AS {word}" for word in count.subjects)
    return (
        f"SELECT place, date{numbers}, units::BIGINT AS units, amount::DOUBLE AS amount"
        f" FROM {UNITS}"
    )


def copy_to(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write what a query gives to a Parquet file."""
    target = str(path).replace("'", "''")
    con.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)")


def _take_subject(con: duckdb.DuckDBPyConnection, cube: Cube, word: str, source: str) -> None:
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
        f" sum(units)::BIGINT AS units FROM {source} GROUP BY {by}"
    )
    roaming = f"{source} SEMI JOIN (SELECT {by} FROM seen_{word} WHERE NOT alone) USING ({by})"
    con.execute(
        f"CREATE OR REPLACE TABLE {cube.roaming(word)} AS"
        f" SELECT * RENAME ({word}_ AS subject) FROM ({subjects_sql(word, roaming)})"
    )


def _take_cells(con: duckdb.DuckDBPyConnection, cube: Cube, source: str) -> None:
    joins = "".join(
        f" LEFT JOIN (SELECT {BY_CELL}, count(*) AS alone_{word}, max(units) AS most_{word}"
        f" FROM seen_{word} WHERE alone GROUP BY {BY_CELL}) USING ({BY_CELL})"
        for word in cube.count.subjects
    )
    con.execute(
        f"CREATE OR REPLACE TABLE {cube.cells} AS SELECT * FROM ({cells_sql(source)}){joins}"
    )
