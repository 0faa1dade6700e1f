"""Deliveries for the tests of intake: true records, and the ways in which partners write them."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.coordinates import to_lonlat
from intake.faults import DeliveryRefused
from intake.receipt import Receipt
from records import KINDS, RecordKind
from records.examples import Record, Value, example_records

TODAY = date(2026, 7, 1)

Take = Callable[..., Receipt]
Refuse = Callable[..., DeliveryRefused]


@dataclass(frozen=True)
class Style:
    """One way of writing a CSV file."""

    encoding: str = "utf-8"
    separator: str = ";"
    mark: str = "comma"
    thousands: bool = False
    dates: str = "%Y-%m-%d"
    degrees: bool = False
    yes_no: tuple[str, str] = ("ja", "nee")
    line_end: str = "\r\n"
    quote_all: bool = False


def sample_records(kind: RecordKind, count: int = 3) -> list[Record]:
    """Return valid, invented records; located ones have x and y in RD New."""
    return example_records(kind, count)


def written(value: Value, style: Style) -> str:
    """Return one value as the style writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return style.yes_no[0 if value else 1]
    if isinstance(value, date):
        return value.strftime(style.dates)
    if isinstance(value, float):
        text = f"{value:,.2f}" if style.thousands else repr(value)
        return text.translate(str.maketrans(",.", ".,")) if style.mark == "comma" else text
    return str(value)


def as_csv(
    records: Sequence[Record], style: Style | None = None, columns: Sequence[str] | None = None
) -> bytes:
    """Return records as a CSV file."""
    style = style or Style()
    names = list(columns or records[0])
    rows = [[record[name] for name in names] for record in records]
    if style.degrees and "x" in names:
        at = names.index("x"), names.index("y")
        for row in rows:
            lon, lat = to_lonlat([row[at[0]]], [row[at[1]]])
            row[at[0]], row[at[1]] = float(lon[0]), float(lat[0])
        names[at[0]], names[at[1]] = "lon", "lat"
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=style.separator,
        lineterminator=style.line_end,
        quoting=csv.QUOTE_ALL if style.quote_all else csv.QUOTE_MINIMAL,
    )
    plain = Style(**{**vars(style), "thousands": False})
    writer.writerow(names)
    for row in rows:
        writer.writerow(
            [
                written(value, plain if name in {"lon", "lat"} else style)
                for name, value in zip(names, row, strict=True)
            ]
        )
    return text.getvalue().encode(style.encoding)


def as_parquet(records: Sequence[Record]) -> bytes:
    """Return records as a Parquet file with the types that a data frame would have."""
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(records)), sink)
    return sink.getvalue()


def as_excel(
    records: Sequence[Record],
    above: Sequence[str] = (),
    left: int = 0,
    dress: Callable[[Workbook, Worksheet], None] | None = None,
) -> bytes:
    """Return records as an Excel file with real dates, numbers and booleans.

    ``above`` are titles over the column names, ``left`` empty columns before them; ``dress``
    changes what is on the sheet then, whose column names stand on row ``len(above) + 1``.
    """
    sink = io.BytesIO()
    with Workbook(sink, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Levering")
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for number, title in enumerate(above):
            sheet.write_string(number, 0, title)
        top = len(above)
        for place, name in enumerate(records[0], start=left):
            sheet.write_string(top, place, name)
            for number, record in enumerate(records, start=top + 1):
                write_cell(sheet, number, place, record[name], day)
        if dress:
            dress(book, sheet)
    return sink.getvalue()


def write_cell(sheet: Worksheet, row: int, place: int, value: Value, day: Format) -> None:
    """Write one value as the type that it has; None writes nothing."""
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif isinstance(value, float | int):
        sheet.write_number(row, place, value)
    elif value is not None:
        sheet.write_string(row, place, value)


def sample_csv(kind: str, count: int = 3, style: Style | None = None) -> bytes:
    """Return a valid delivery."""
    return as_csv(sample_records(KINDS[kind], count), style)


def lonlat(records: Sequence[Record]) -> tuple[Any, Any]:
    """Return where records lie."""
    return to_lonlat(
        np.array([record["x"] for record in records]), np.array([record["y"] for record in records])
    )
