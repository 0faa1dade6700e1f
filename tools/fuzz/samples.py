"""True records of every kind, to be spoilt: what is wrong everywhere tests only the door."""

from datetime import date
from functools import cache
from random import Random

from records import KINDS, RecordKind
from records.examples import Record, example_records

TODAY = date(2026, 7, 1)


@cache
def _records(kind: str, count: int) -> tuple[Record, ...]:
    return tuple(example_records(KINDS[kind], count))


def records(kind: str, count: int) -> list[Record]:
    """Return ``count`` valid, invented records."""
    return [dict(record) for record in _records(kind, count)]


def any_kind(chance: Random) -> RecordKind:
    """Return one of the kinds of record."""
    return KINDS[chance.choice(sorted(KINDS))]
