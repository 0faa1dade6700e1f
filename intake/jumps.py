"""Finds what is well-formed and cannot well be true: beside what the same partner delivered before.

A figure ten times its last value, a month with a tenth of the usual records, all points on one
spot: mostly a wrong unit, a torn export, an address that was never looked up. Each may be right,
so it is said, and somebody who looked at it confirms.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from intake.points import Points
from records import RecordKind
from records.area_figure import KIND as AREA_FIGURE

TIMES = 10
"""How many times as much, or as little, is no change any more."""

NAMED = 5
"""So many of one sort of jump are named; the others are counted."""

LEAST_FIGURE, LARGE_FIGURE = 20, 1_000
"""A jump is between figures of which one is at least the first: small ones move by chance."""

COARSE = ("gemeente", "riec", "nederland")
FINE_SHARE = 0.05
"""In a hexagon or buurt homes are built and razed: a jump there only says something when this
part of the figures jumps, or when it held LARGE_FIGURE already."""

USUAL_MONTH = 20
"""With fewer records a month a tenth of them comes by chance."""

LEAST_MONTHS, AROUND = 3, 12
"""What is usual is the median of at least three other months, at most twelve away."""

LEAST_POINTS, ONE_SPOT = 30, 0.9
SPOT_DECIMALS = 5
"""Of a degree: a metre."""

JUMPS = f"""
    WITH held AS (SELECT figure, level, area, months, date, value FROM ({{held}})
        QUALIFY row_number() OVER (PARTITION BY figure, level, area, months, date
            ORDER BY sequence DESC) = 1),
    every AS (SELECT *, false AS fresh FROM held
        SEMI JOIN fresh USING (figure, level, area, months)
        UNION ALL SELECT figure, level, area, months, date, value, true FROM fresh),
    beside AS (SELECT *, coalesce(lag(value) OVER dated, CASE WHEN NOT lead(fresh) OVER dated
        THEN lead(value) OVER dated END)::DOUBLE AS last FROM every
        WINDOW dated AS (PARTITION BY figure, level, area, months ORDER BY date, fresh)),
    judged AS (SELECT *, greatest(value, last) >= {LEAST_FIGURE}
        AND greatest(value, last) >= {TIMES} * least(value, last) AS jumps
        FROM beside WHERE fresh AND last IS NOT NULL)
    SELECT figure, level, area, date, value::DOUBLE AS value, last FROM judged
    QUALIFY jumps AND (level IN {COARSE} OR last >= {LARGE_FIGURE}
        OR avg(jumps::INTEGER) OVER (PARTITION BY figure, level) >= {FINE_SHARE})
    ORDER BY figure, level, area, date"""


def jumps(
    kind: RecordKind, frame: pd.DataFrame, points: Points | None, held: Sequence[tuple[int, Path]]
) -> list[str]:
    """Return, in words, what jumps in the records of a delivery.

    ``held`` are the sequence and file of each earlier delivery of the kind by the same partner.
    """
    if kind.name == AREA_FIGURE.name:
        return _figures(frame, held)
    months = [] if kind.standing else _months(kind, frame, [path for _, path in held])
    return [*months, *(_spot(points) if points is not None else [])]


def _figures(frame: pd.DataFrame, held: Sequence[tuple[int, Path]]) -> list[str]:
    columns = "figure, level, area, months, date, value"
    parts = [f"SELECT {columns}, 0 AS sequence FROM fresh WHERE false"]
    for sequence, path in held:
        file = str(path).replace("'", "''")
        parts.append(f"SELECT {columns}, {sequence} FROM read_parquet('{file}')")
    with duckdb.connect() as con:
        con.register("delivered", frame)
        con.execute(
            "CREATE TABLE fresh AS SELECT figure, level, area, months::BIGINT AS months,"
            " date::DATE AS date, value::DOUBLE AS value FROM delivered"
        )
        found = con.execute(JUMPS.format(held=" UNION ALL ".join(parts))).fetchall()
    said = [
        f"{figure} of {area} on {date}: {value:,.10g}, {_times(value, last)} the last value "
        f"({last:,.10g})"
        for figure, _, area, date, value, last in found
    ]
    return _cut(said)


def _times(value: float, last: float) -> str:
    if value >= last:
        return f"{value / last:,.0f} times" if last else "instead of"
    return f"1/{last / value:,.0f} of" if value else "instead of"


def _months(kind: RecordKind, frame: pd.DataFrame, held: Sequence[Path]) -> list[str]:
    """Return the months of a delivery in which far fewer, or far more, happened than around them.

    A month counts what was held and what is new; the last one as far as its days have come.
    """
    fresh = frame[kind.dated].dropna()
    columns = [pq.read_table(path, columns=[kind.dated])[kind.dated].to_pandas() for path in held]
    known = pd.to_datetime(pd.concat(columns)) if columns else fresh.head(0)
    both = pd.concat([fresh, known]) if len(known) else fresh
    last = both.max()
    every = pd.period_range(both.min(), last, freq="M")
    new, old = (
        days.dt.to_period("M").value_counts().reindex(every, fill_value=0).to_numpy()
        for days in (fresh, known.astype(fresh.dtype))
    )
    most = np.maximum(new, old)
    begun = int(np.argmax(most * TIMES >= np.median(most[most > 0])))
    fresh_months = np.flatnonzero(new)
    said = []
    for at in range(max(begun, fresh_months[0]), fresh_months[-1] + 1):
        around = [n for n in range(max(begun, at - AROUND), at + AROUND + 1) if n != at]
        others = most[[n for n in around if n < len(most)]]
        if len(others) < LEAST_MONTHS:
            continue
        usual = float(np.median(others))
        due = usual * (last.day / every[at].days_in_month if at == len(every) - 1 else 1.0)
        few = due >= USUAL_MONTH and (new[at] + old[at]) * TIMES <= due
        many = most[at] >= TIMES * max(usual, USUAL_MONTH / 2)
        if few or many:
            count = most[at] if many else new[at] + old[at]
            said.append(f"{every[at]}: {count:,} {kind.name} records, usually {usual:,.0f} a month")
    return _cut(said)


def _spot(points: Points) -> list[str]:
    spots = np.column_stack([points.lon, points.lat]).round(SPOT_DECIMALS)
    if len(spots) < LEAST_POINTS:
        return []
    _, counts = np.unique(spots, axis=0, return_counts=True)
    most = int(counts.max())
    if most < ONE_SPOT * len(spots):
        return []
    return [f"{most:,} of {len(spots):,} points are one and the same"]


def _cut(said: list[str]) -> list[str]:
    more = len(said) - NAMED
    return said if more <= 0 else [*said[:NAMED], f"and {more:,} more like these"]
