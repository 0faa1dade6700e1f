"""Example records of any kind, made from the examples of its columns: valid, and never real."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import numpy as np

from records.contract import INVENTED_MARK, Cells, Column, ColumnType, RecordKind

POINTS = ((92_500.0, 437_500.0), (90_500.0, 436_500.0), (95_000.0, 437_000.0))
"""Three spots in RD New: where example records lie. All are in Rotterdam, which may deliver
them."""

A_YEAR = 365

NUMPY: dict[ColumnType, str] = {
    "text": "object",
    "date": "datetime64[D]",
    "integer": "int64",
    "decimal": "float64",
    "boolean": "bool",
}
"""How arrays hold the types of columns."""

Value = str | int | float | bool | date | None
Record = dict[str, Any]
"""The values of one record by column, with x and y (RD New) for kinds with a place."""


def example_of(column: Column, number: int = 0) -> str:
    """Return the example of a column as a deliverer writes it; identifiers differ by ``number``."""
    if column.pseudonymised:
        return f"{INVENTED_MARK}-{column.name}-{number:06d}"
    return column.example


def example_records(kind: RecordKind, count: int) -> list[Record]:
    """Return valid records: the first is the example, the next ones vary on it.

    Codes, whole numbers and yes or no stay the example's where a rule would be broken otherwise.
    """
    varied = [_record(kind, number, number) for number in range(count)]
    kept = kind.keeps_rules(arrays_of(kind, varied))
    return [
        record if keeps else _record(kind, number, 0)
        for number, (record, keeps) in enumerate(zip(varied, kept, strict=True))
    ]


def arrays_of(kind: RecordKind, records: list[Record]) -> dict[str, Cells]:
    """Return the columns of records as arrays, as the rules of a kind read them."""
    columns = {}
    for column in kind.columns:
        values = [record[column.name] for record in records]
        filled = next((value for value in values if value is not None), 0)
        columns[column.name] = Cells(
            np.array([filled if v is None else v for v in values], NUMPY[column.type]),
            np.array([value is not None for value in values], dtype=bool),
        )
    return columns


def as_delivered(value: Value) -> str:
    """Return a value as a partner writes it in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def example_csv(kind: RecordKind, count: int = 3) -> str:
    """Return an example delivery as CSV, to begin from."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    records = example_records(kind, count)
    writer.writerow(records[0])
    writer.writerows([as_delivered(value) for value in record.values()] for record in records)
    return text.getvalue()


def _record(kind: RecordKind, number: int, step: int) -> Record:
    """Return record ``number``; its codes, whole numbers and yes or no lie ``step`` further."""
    record: Record = {
        column.name: _value(column, example_of(column, number), number, step)
        for column in kind.columns
    }
    if kind.located:
        x, y = POINTS[number % len(POINTS)]
        record |= {"x": x + number % 500, "y": y + 0.5}
    return record


def _value(column: Column, written: str, number: int, step: int) -> Value:
    if not written:
        return None
    if column.codes:
        return column.codes[(column.codes.index(written) + step) % len(column.codes)]
    if column.type == "text":
        return written
    if column.type == "date":
        return date.fromisoformat(written) + timedelta(days=number % A_YEAR)
    if column.type == "boolean":
        return (written == "ja") == (step % 2 == 0)
    return int(written) + step if column.type == "integer" else _decimal(written) + number


def _decimal(written: str) -> float:
    return float(written.replace(",", "."))
