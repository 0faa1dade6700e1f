"""A handful of records made by hand, and which of them an indicator counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import pandas as pd
from frames import parsed

from indicators import CATALOGUE
from records import KINDS
from records.examples import example_records
from records.sql_columns import sql_columns
from release.tables import BUSINESS_AT

DAY = "2026-06-30"
"""The day on which states are looked at."""

Given = Mapping[str, Mapping[str, Any]]


def counted(
    code: str, kind: str, records: Given, days: Sequence[str] = (DAY,)
) -> tuple[list[str], list[str]]:
    """Return the names of the ``records`` in the numerator and in the denominator, by name.

    A record has the values that it names and else those of an example; its identifiers are its own.
    """
    with duckdb.connect() as con:
        _create(con, kind, records, days)
        one = CATALOGUE[code]
        rows = [
            con.execute(f"SELECT unit, amount FROM ({count.sql}) ORDER BY unit").fetchall()
            for count in (one.numerator, one.denominator)
        ]
    assert all(amount > 0 for side in rows for _, amount in side)
    names = list(records)
    numerator, denominator = ([names[unit] for unit, _ in side] for side in rows)
    return numerator, denominator


def _create(con: duckdb.DuckDBPyConnection, kind: str, records: Given, days: Sequence[str]) -> None:
    own = KINDS[kind]
    frame = parsed(own, example_records(own, 1) * len(records))
    for name in own.pseudonymised:
        frame[name] = [f"{name} of {record}" for record in records]
    frame = frame.astype(object)
    for row, (record, values) in enumerate(records.items()):
        unknown = set(values) - {*frame.columns, "lon", "lat"}
        assert not unknown, f"{record} has {unknown}, which {kind} has not"
        for name in frame.columns.intersection(list(values)):
            frame.loc[row, name] = values[name]
    places = {
        "lon": [float(values.get("lon", 5.0)) for values in records.values()],
        "lat": [float(values.get("lat", 52.0)) for values in records.values()],
    }
    given = frame.assign(**places, unit=range(len(frame)), cell=0, place=1, told=1)
    con.register("given", given.assign(partner="politie", received=date.fromisoformat(DAY)))
    typed = ", ".join(f'"{name}"::{sql} AS "{name}"' for name, sql in sql_columns(own).items())
    con.execute(
        f"CREATE TABLE {kind} AS SELECT {typed}, unit::UINTEGER AS unit, place::BIGINT AS place,"
        " partner, received::DATE AS received, told FROM given"
    )
    if kind == "business":
        moments = pd.DataFrame({"moment": [date.fromisoformat(day) for day in days]})
        con.register("looked", moments)
        con.execute("CREATE TABLE moments AS SELECT moment::DATE AS moment FROM looked")
        con.execute("CREATE TABLE period AS SELECT moment AS look FROM moments")
        con.execute(BUSINESS_AT)
