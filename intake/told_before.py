"""Finds what a delivery has in common with what other partners delivered of the same kind.

Two partners that give an event the same number, sort, day and place (within 250 m) tell of one
event, which a build counts once. Equal numbers alone say nothing: partners number from 1
independently. The same events under other numbers are a copy that no build can know again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.same_place import same_place
from intake.arrays import booleans, floats
from intake.comparing import comparison, parquet
from intake.drafting import Draft
from intake.text_table import PART
from records import RecordKind
from store.home import Home

if TYPE_CHECKING:
    import duckdb

WHOLE = 0.9
"""A delivery of which this part equals that of another partner is a copy of it."""

LEAST_COPIED = 10

A_METRE = 1e-5
"""In degrees. Registers of two partners do not put an event on the very same metre."""

SPOT = ", ".join(f"round({axis} / {A_METRE})::BIGINT AS spot_{axis}" for axis in ("lon", "lat"))


@dataclass(frozen=True)
class ToldBefore:
    """Of ``rows`` records: how many another partner told of before, by that partner.

    ``events`` agree in number, sort, day and place; ``numbers`` in their number alone; and
    ``renumbered`` in all but the number, with the very same point.
    """

    rows: int
    events: Mapping[str, int]
    numbers: Mapping[str, int]
    renumbered: Mapping[str, int]

    def remarks(self, dry_run: bool) -> list[str]:
        """Return what there is to say of it; equal numbers alone only in a dry run."""
        said = []
        for partner, count in self.events.items():
            if count == self.rows:
                said.append(
                    f"a copy: {partner} told of all {count:,} events as well (same number, sort, "
                    "day and place), so each counts once"
                )
            else:
                said.append(
                    f"{partner} told of {count:,} of these {self.rows:,} events as well (same "
                    "number, sort, day and place): those count once"
                )
        if dry_run:
            said += [
                f"{count:,} numbers are those of other records of {partner}, which differ in sort, "
                "day or place: all of them count"
                for partner, count in self.numbers.items()
            ]
        return said

    def copies(self) -> list[str]:
        """Return the partners of which this is a copy under other numbers, in words."""
        return [
            f"{count:,} of {self.rows:,} records have the sort, day and very point of a record of "
            f"{partner} under another number: a copy would count twice"
            for partner, count in self.renumbered.items()
            if count >= max(LEAST_COPIED, WHOLE * self.rows)
        ]


def told_before(
    kind: RecordKind, draft: Draft, others: Mapping[str, Sequence[tuple[int, Path]]], home: Home
) -> ToldBefore:
    """Compare a delivery with the records of ``others``.

    Those are, by partner, the sequence and file of each of its deliveries of the kind.
    """
    events, equal, renumbered = {}, {}, {}
    about = [kind.dated, *([kind.sort] if kind.sort else [])]
    with comparison(home, f"Records of {kind.name} cannot be compared") as con:
        con.register("delivered", draft.reader([*kind.key, *about, "lon", "lat"]))
        con.execute(f"CREATE TEMP TABLE fresh AS SELECT *, {SPOT} FROM delivered")
        for partner, deliveries in others.items():
            con.execute(f"CREATE OR REPLACE TEMP TABLE held AS {_last(kind, about, deliveries)}")
            events[partner], equal[partner] = _met(con, kind, about)
            renumbered[partner] = _renumbered(con, kind, about)
    found = (_some(counts) for counts in (events, equal, renumbered))
    return ToldBefore(draft.rows, *found)


def _last(kind: RecordKind, about: Sequence[str], deliveries: Sequence[tuple[int, Path]]) -> str:
    """Return SQL for the records of one partner, each as it was delivered last."""
    names = _listed([*kind.key, *about, "lon", "lat"])
    every = " UNION ALL ".join(
        f"SELECT {names}, {sequence} AS sequence FROM {parquet(path)}"
        for sequence, path in deliveries
    )
    last = f"row_number() OVER (PARTITION BY {_listed(kind.key)} ORDER BY sequence DESC) = 1"
    return f"SELECT {names}, {SPOT} FROM ({every}) QUALIFY {last}"


def _met(
    con: "duckdb.DuckDBPyConnection", kind: RecordKind, about: Sequence[str]
) -> tuple[int, int]:
    """Return how many records under the same number tell of one event, and how many do not."""
    alike = " AND ".join(f'fresh."{name}" = held."{name}"' for name in about)
    met = con.sql(
        f"SELECT fresh.lon, fresh.lat, held.lon, held.lat, {alike} AS alike"
        f" FROM fresh JOIN held USING ({_listed(kind.key)})"
    )
    agreeing = every = 0
    with met.to_arrow_reader(PART) as parts:
        for part in parts:
            *points, same = part.columns
            near = same_place(*map(floats, points))
            agreeing += int((near & booleans(same)).sum())
            every += len(part)
    return agreeing, every - agreeing


def _renumbered(con: "duckdb.DuckDBPyConnection", kind: RecordKind, about: Sequence[str]) -> int:
    """Return how many records agree with others in all but their number, at the very same spot."""
    ((count,),) = con.execute(
        f"SELECT count(*) FROM (FROM fresh ANTI JOIN held USING ({_listed(kind.key)}))"
        f" SEMI JOIN held USING ({_listed([*about, 'spot_lon', 'spot_lat'])})"
    ).fetchall()
    return int(count)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _some(found: Mapping[str, int]) -> dict[str, int]:
    return {partner: count for partner, count in sorted(found.items()) if count}
