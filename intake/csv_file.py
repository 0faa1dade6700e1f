"""Reads a CSV delivery into text columns, keeping the line on which each record begins."""

import csv
import io
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from intake.faults import Fault, file_fault, too_many
from intake.headers import known_names, listed_names, match_header, plain
from intake.limits import LONGEST_FIELD, LONGEST_LINE, MOST_FAULTS, MOST_ROWS
from intake.progress import Progress
from intake.recognising import recognise_encoding, recognise_separator, split_line
from intake.text_table import TEXT, TextTable, trimmed
from records import RecordKind

if TYPE_CHECKING:
    from _csv import Reader

BATCH = 20_000

SEPARATOR_LINE = re.compile(r"""[\s'"]*sep\s*=\s*(?:[;,|\t]|\\t|tab)?[\s'";,|]*""", re.IGNORECASE)
"""Excel's line that names the separator, also as programs save it again: quoted, or filled up."""


@dataclass
class _Body:
    """What was read below the line of column names: line of each record, faults, empty lines."""

    lines: "array[int]" = field(default_factory=lambda: array("q"))
    faults: list[Fault] = field(default_factory=list)
    empty: int = 0


def read_csv(data: bytes, kind: RecordKind, progress: Progress) -> TextTable:
    """Return the delivery as text; DeliveryRefused when it is not a table at all.

    Lines with too many or too few fields become faults and are left out of the columns.
    """
    encoding = recognise_encoding(data)
    stream = _lines(io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=""))
    title, title_line = _header_line(stream)
    names = known_names(kind)
    separator = recognise_separator(
        title,
        lambda fields: len(names.intersection(map(plain, fields))),
        title_line,
        listed_names(kind),
    )
    fields = split_line(title, separator)
    header = match_header(fields, kind, title_line)
    reader = csv.reader(stream, delimiter=separator, strict=True)
    body = _Body()
    chunks: dict[str, list[pa.Array]] = {name: [] for name in header.positions}
    total = data.count(b"\n")
    for batch in _batches(_records(reader, title_line, len(fields), body)):
        for name, place in header.positions.items():
            column = pa.array([record[place] for record in batch], TEXT)
            chunks[name].append(trimmed(column))
        progress("reading", reader.line_num, total)
    if not body.lines and not body.faults:
        raise file_fault("only a line of column names", "at least one record below it")
    return TextTable(
        header=header,
        columns={name: pa.chunked_array(parts, TEXT) for name, parts in chunks.items()},
        lines=np.array(body.lines, dtype=np.int64),
        row_word="line",
        encoding=encoding,
        separator=separator,
        faults=tuple(body.faults),
        remarks=tuple(_remarks(data, body)),
    )


def _lines(stream: io.TextIOBase) -> Iterator[str]:
    """Give the lines with their ends; DeliveryRefused at one that is too long to be a line."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            expected = f"lines of at most {LONGEST_LINE:,} characters, each with a line end"
            raise file_fault(f"a line of over {LONGEST_LINE:,} characters", expected, number)
        yield line


def _header_line(stream: Iterator[str]) -> tuple[str, int]:
    """Return the first line that is not empty, and its number; Excel's ``sep=`` line is skipped."""
    said = False
    for number, line in enumerate(stream, start=1):
        text = line.rstrip("\r\n")
        if not said and SEPARATOR_LINE.fullmatch(text):
            said = True
        elif text.strip():
            return text, number
    raise file_fault("an empty file", "a line of column names and at least one record")


def _records(reader: "Reader", before: int, width: int, body: _Body) -> Iterator[list[str]]:
    """Give the records with ``width`` fields; other lines become faults of ``body``."""
    short = False
    while len(body.faults) <= MOST_FAULTS:
        if len(body.lines) > MOST_ROWS:
            raise file_fault(f"over {MOST_ROWS:,} records", "fewer: deliver it in parts")
        line = before + reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            body.faults.append(_broken(line, str(error)))
            short = False
            continue
        if not any(record) or not any(map(str.strip, record)):
            body.empty += 1
            continue
        short = len(record) < width
        if len(record) == width:
            body.lines.append(line)
            yield record
        else:
            body.faults.append(_misfit(line, len(record), width))
    if len(body.faults) > MOST_FAULTS:
        body.faults.append(too_many())
    elif short:
        last = body.faults[-1]
        found = f"{last.found} on the last line: the file looks truncated"
        body.faults[-1] = Fault(last.line, "", found, last.expected, whole=True)


def _misfit(line: int, found: int, width: int) -> Fault:
    return Fault(line, "", f"{found} fields", f"{width} fields, as on the line of column names")


def _broken(line: int, error: str) -> Fault:
    whole = "unexpected end" in error or "field limit" in error
    if "field limit" in error:
        found = f"a value of over {LONGEST_FIELD:,} characters, or an unclosed quote"
    elif whole:
        found = "a quote that is opened and never closed: the file looks truncated or damaged"
    else:
        found = "a stray quote within a field"
    expected = 'quotes around whole fields only, doubled ("") within them'
    return Fault(line, "", found, expected, whole)


def _batches(records: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    batch: list[list[str]] = []
    for record in records:
        batch.append(record)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _remarks(data: bytes, body: _Body) -> Iterator[str]:
    if body.empty:
        yield f"{body.empty:,} empty lines were skipped"
    if not data.rstrip(b"\0").endswith((b"\n", b"\r")):
        yield "the last line has no line end: check that the file is complete"
