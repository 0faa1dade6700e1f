"""Finds what is well-formed and cannot well be true: beside what the same partner delivered before.

A figure ten times its last value, a month with a tenth of the usual records, all points on one
spot: mostly a wrong unit, a torn export, an address that was never looked up. Each may be right,
so it is said, and somebody who looked at it confirms.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from intake.arrays import days as as_days
from intake.arrays import floats
from intake.comparing import comparison, parquet
from intake.drafting import Draft
from intake.text_table import PART
from records import RecordKind
from records.area_figure import KIND as AREA_FIGURE
from store.home import Home

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
A_DEGREE = 1e5
"""In metres, or somewhat less: points that are the same to a metre are one spot."""

APART = 2**32
"""A number for each spot: so many more for each metre to the east."""

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
    kind: RecordKind, draft: Draft, held: Sequence[tuple[int, Path]], home: Home
) -> list[str]:
    """Return, in words, what jumps in the records of a delivery.

    ``held`` are the sequence and file of each earlier delivery of the kind by the same partner.
    """
    if kind.name == AREA_FIGURE.name:
        return _figures(draft, held, home)
    months = [] if kind.standing else _months(kind, draft, [path for _, path in held])
    return [*months, *(_spot(draft) if kind.located else [])]


def _figures(draft: Draft, held: Sequence[tuple[int, Path]], home: Home) -> list[str]:
    names = ("figure", "level", "area", "months", "date", "value")
    columns = ", ".join(names)
    parts = [f"SELECT {columns}, 0 AS sequence FROM fresh WHERE false"]
    parts += [f"SELECT {columns}, {sequence} FROM {parquet(path)}" for sequence, path in held]
    with comparison(home, f"Records of {AREA_FIGURE.name} cannot be compared") as con:
        con.register("delivered", draft.reader(names))
        con.execute(
            "CREATE TABLE fresh AS SELECT figure, level, area, months, date,"
            " value::DOUBLE AS value FROM delivered"
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


def _months(kind: RecordKind, draft: Draft, held: Sequence[Path]) -> list[str]:
    """Return the months of a delivery in which far fewer, or far more, happened than around them.

    A month counts what was held and what is new; the last one as far as its days have come.
    """
    fresh, known = _Days(), _Days()
    for part in draft.parts([kind.dated]):
        fresh.add(part)
    for path in held:
        for part in pq.ParquetFile(path).iter_batches(PART, columns=[kind.dated]):
            known.add(part)
    last = max(fresh.last, known.last)
    every = range(min(fresh.months | known.months), _month(last) + 1)
    new, old = (np.array([days.months[month] for month in every]) for days in (fresh, known))
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
        due = usual * (_part_of_month(last) if at == len(every) - 1 else 1.0)
        few = due >= USUAL_MONTH and (new[at] + old[at]) * TIMES <= due
        many = most[at] >= TIMES * max(usual, USUAL_MONTH / 2)
        if few or many:
            count = most[at] if many else new[at] + old[at]
            year, month = divmod(every[at], 12)
            said.append(
                f"{year:04}-{month + 1:02}: {count:,} {kind.name} records, usually {usual:,.0f} "
                "a month"
            )
    return _cut(said)


@dataclass
class _Days:
    """How many records there are of each month, and the last day."""

    months: Counter[int] = field(default_factory=Counter)
    last: date = date.min

    def add(self, part: pa.RecordBatch) -> None:
        """Take in the days of more records, the only column of ``part``."""
        days = part.column(0).drop_null()
        if len(days):
            self.last = max(self.last, pc.max(days).as_py())
            found, counts = np.unique(as_days(days).astype("datetime64[M]"), return_counts=True)
            self.months.update(dict(zip(map(_month, found.tolist()), counts.tolist(), strict=True)))


def _month(day: date) -> int:
    """Return the months from year 0 to a day."""
    return day.year * 12 + day.month - 1


def _part_of_month(day: date) -> float:
    """Return which part of its month has come on a day."""
    return day.day / monthrange(day.year, day.month)[1]


def _spot(draft: Draft) -> list[str]:
    if draft.rows < LEAST_POINTS:
        return []
    crowded = set()
    for spots in _spots(draft):
        found, counts = np.unique(spots, return_counts=True)
        if counts.max() >= ONE_SPOT * len(spots):
            crowded.add(found[counts.argmax()])
    most = max((_points_on(draft, spot) for spot in crowded), default=0)
    if most < ONE_SPOT * draft.rows:
        return []
    return [f"{most:,} of {draft.rows:,} points are one and the same"]


def _points_on(draft: Draft, spot: int) -> int:
    return sum(int((spots == spot).sum()) for spots in _spots(draft))


def _spots(draft: Draft) -> Iterator[NDArray[np.int64]]:
    """Give a number for the spot that each point is on, part by part."""
    for part in draft.parts(["lon", "lat"]):
        lon, lat = (np.rint(floats(axis) * A_DEGREE).astype(np.int64) for axis in part.columns)
        yield lon * APART + lat


def _cut(said: list[str]) -> list[str]:
    more = len(said) - NAMED
    return said if more <= 0 else [*said[:NAMED], f"and {more:,} more like these"]
