"""Whether a count protects what it counts: by its declaration, and by the columns of its SELECT.

A SELECT that forgets ``unit`` would show every count as it is but for a constant, and one without
its subjects would protect records in place of those whom they are about. So it is run on empty
tables when the catalogue loads, and no build begins.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from errors import WeerbeeldError
from indicators.contract import Count, Indicator
from indicators.subjects import SUBJECTS
from records import KINDS
from records.sql_columns import sql_columns

ADDED = {
    "place": "BIGINT",
    "unit": "UINTEGER",
    "partner": "VARCHAR",
    "received": "DATE",
    "told": "INTEGER",
}
"""Columns that the build adds to each kind of record."""

TABLES = {
    "figure_at": "place BIGINT, level VARCHAR, moment DATE, figure VARCHAR, value DOUBLE",
    "spread_at": "place BIGINT, moment DATE, figure VARCHAR, value DOUBLE",
    "figure_over": "place BIGINT, level VARCHAR, period VARCHAR, figure VARCHAR, value DOUBLE",
    "period": 'code VARCHAR, kind VARCHAR, start DATE, "end" DATE',
    "cell_place": "cell BIGINT, place BIGINT, unit UINTEGER",
    "land": "cell BIGINT, place BIGINT, km2 DOUBLE",
    "independent": "partner VARCHAR",
}
"""The other tables that a SELECT may read; see `indicators.contract`."""

KEY = "unit"

_SIDE_BY_SIDE = re.compile(r"\bOVER\b|\bGROUP BY\b|\bJOIN\b", re.IGNORECASE)
"""What a SELECT has that looks at several records at once."""


def _empty(sql: str) -> Iterator[str]:
    """Give SQL for the tables that a SELECT may read and names, empty."""
    for kind in KINDS.values():
        if kind.name in sql.lower():
            columns = ", ".join(f'"{c}" {t}' for c, t in (sql_columns(kind) | ADDED).items())
            yield f"CREATE TABLE {kind.name} ({columns})"
    if "business_at" in sql.lower():
        yield "CREATE VIEW business_at AS SELECT *, founded AS moment FROM business"
    for name, columns in TABLES.items():
        if name in sql.lower():
            yield f"CREATE TABLE {name} ({columns})"


Columns = Callable[[Count], tuple[str, ...]]
"""Gives the columns of a count's SELECT; duckdb.Error where it cannot be run."""


@contextmanager
def empty_database() -> Iterator[Columns]:
    """Give what looks SELECTs up, each table made once: a catalogue has dozens of them."""
    with duckdb.connect(config={"threads": 1}) as con:
        made: set[str] = set()

        def columns(count: Count) -> tuple[str, ...]:
            for statement in _empty(count.sql):
                if statement not in made:
                    con.execute(statement)
                    made.add(statement)
            return tuple(row[0] for row in con.execute(f"DESCRIBE {count.sql}").fetchall())

        yield columns


def columns_of(count: Count) -> tuple[str, ...]:
    """Return the columns that a count's SELECT gives; duckdb.Error where it cannot be run."""
    with empty_database() as columns:
        return columns(count)


def check_protection(indicator: Indicator, columns: Columns = columns_of) -> None:
    """Refuse an indicator of which a count that is not open cannot be protected.

    Raises WeerbeeldError with the indicator, the side, and what to do.
    """
    for side in ("numerator", "denominator"):
        count: Count = getattr(indicator, side)
        about = f"The {side} of indicator {indicator.code}"
        if count.open:
            continue
        if not count.subjects:
            raise WeerbeeldError(
                f"{about} names no subjects, so nothing says whom or what its counts could point "
                f"at. Name them where it is counted, of: {', '.join(SUBJECTS)}."
            )
        unknown = sorted({*count.subjects, *indicator.finding} - set(SUBJECTS))
        if unknown:
            raise WeerbeeldError(
                f"{about} names {', '.join(unknown)}, which is no subject. Choose of "
                f"{', '.join(SUBJECTS)}, or add a word to indicators/subjects.py."
            )
        both = sorted(set(count.subjects) & set(indicator.finding))
        if both:
            raise WeerbeeldError(
                f"{about} protects {', '.join(both)}, which is also what the indicator looks for. "
                "Take it out of its subjects or out of its finding."
            )
        _check_together(count, about)
        _check_columns(count, about, columns)


def _check_together(count: Count, about: str) -> None:
    """Refuse a SELECT over several records at once that names nothing to keep them together."""
    found = _SIDE_BY_SIDE.search(count.sql)
    if found and not count.together:
        raise WeerbeeldError(
            f"{about} looks at several records at once ({found[0]}) and does not say which belong "
            "together, so it cannot be counted in parts. Name the column whose equal values it "
            "looks at side by side, with together=."
        )


def _check_columns(count: Count, about: str, columns: Columns) -> None:
    try:
        given = columns(count)
    except duckdb.Error as error:
        raise WeerbeeldError(
            f"{about} has a SELECT that cannot be run: {str(error).splitlines()[0]} "
            "indicators/contract.py lists the tables and columns to read."
        ) from error
    missing = [name for name in (KEY, *count.subjects) if name not in given]
    if missing:
        raise WeerbeeldError(
            f"{about} has a SELECT without {', '.join(missing)}, so its counts would not be "
            "protected. Give each a column of that name: the record's key as unit, and each "
            "subject's identifier, such as firm_id AS firm."
        )
