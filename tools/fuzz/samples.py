"""True records of every kind, to be spoilt: what is wrong everywhere tests only the door."""

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from records import KINDS, Column, RecordKind

TODAY = date(2026, 7, 1)

CITIES = ((121_500.0, 487_000.0), (92_500.0, 437_500.0), (190_500.0, 443_500.0))
"""Amsterdam, Rotterdam and Arnhem in RD New."""

EXAMPLES = {
    "sbi": "96021",
    "hs6": "020329",
    "country": "BE",
    "source": "VERZONNEN bron",
    "figure": "inhabitants",
    "level": "gemeente",
    "area": "GM0599",
}

Record = dict[str, Any]


def _value(column: Column, number: int) -> Any:  # noqa: ANN401 - whatever the column holds
    if column.name in EXAMPLES:
        return EXAMPLES[column.name]
    if column.type == "date":
        late = column.name == "dissolved"
        return None if late else date(2024, 1, 1) + timedelta(days=number % 900)
    if column.type == "boolean":
        return number % 2 == 0
    if column.type in ("decimal", "integer"):
        return 1000.25 + number
    if column.codes:
        return column.codes[number % len(column.codes)]
    return f"VERZONNEN-{column.name}-{number:06d}"


@cache
def _records(kind: str, count: int) -> tuple[Record, ...]:
    known = KINDS[kind]
    records = []
    for number in range(count):
        record = {column.name: _value(column, number) for column in known.columns}
        if known.located:
            x, y = CITIES[number % len(CITIES)]
            record |= {"x": x + number, "y": y + 0.5}
        records.append(record)
    return tuple(records)


def records(kind: str, count: int) -> list[Record]:
    """Return ``count`` valid, invented records."""
    return [dict(record) for record in _records(kind, count)]


def written(value: Any) -> str:  # noqa: ANN401
    """Return a value as a partner writes it in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return f"{value}".replace(".", ",") if isinstance(value, float) else str(value)


def any_kind(chance: Random) -> RecordKind:
    """Return one of the kinds of record."""
    return KINDS[chance.choice(sorted(KINDS))]
