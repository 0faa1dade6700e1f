"""Reads a CSV delivery into text columns, keeping the line on which each record begins."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from intake.csv_lines import Lines
from intake.csv_records import Records
from intake.encoding import recognise_encoding
from intake.faults import file_fault
from intake.headers import known_names, listed_names, match_header, plain
from intake.recognising import recognise_separator, split_line
from intake.text_table import Content, Part, TextTable, opened
from records import RecordKind

SEPARATOR_LINE = re.compile(r"""[\s'"]*sep\s*=\s*(?:[;,|\t]|\\t|tab)?[\s'";,|]*""", re.IGNORECASE)
"""Excel's line that names the separator, also as programs save it again: quoted, or filled up."""

NO_END = "the last line has no line end: check that the file is complete"


def read_csv(content: Content, kind: RecordKind) -> TextTable:
    """Return the delivery as text; DeliveryRefused when it is not a table at all.

    Lines with too many or too few fields become faults and are left out of the columns.
    """
    with opened(content) as stream:
        encoding = recognise_encoding(stream)
        title, title_line = _header_line(Lines(stream, encoding))
        ended = _is_ended(stream)
    names = known_names(kind)
    separator = recognise_separator(
        title,
        lambda fields: len(names.intersection(map(plain, fields))),
        title_line,
        listed_names(kind),
    )
    fields = split_line(title, separator)
    header = match_header(fields, kind, title_line)

    def parts() -> Iterator[Part]:
        with opened(content) as stream:
            size, lines = stream.seek(0, os.SEEK_END), Lines(stream, encoding)
            _header_line(lines)
            records = Records(lines, len(fields), separator, header.positions)
            for part in records.parts():
                yield replace(part, read=stream.tell() / size)
        if not records.found:
            raise file_fault("only a line of column names", "at least one record below it")

    return TextTable(
        header=header,
        parts=parts,
        row_word="line",
        encoding=encoding,
        separator=separator,
        remarks=() if ended else (NO_END,),
    )


def _header_line(lines: Lines) -> tuple[str, int]:
    """Return the first line that is not empty, and its number; Excel's ``sep=`` line is skipped."""
    said = False
    for line in lines:
        text = line.rstrip("\r\n")
        if not said and SEPARATOR_LINE.fullmatch(text):
            said = True
        elif text.strip():
            return text, lines.number
    raise file_fault("an empty file", "a line of column names and at least one record")


def _is_ended(stream: BinaryIO) -> bool:
    """Return whether the last line has its end; in UTF-16 that is two bytes."""
    stream.seek(max(stream.seek(0, os.SEEK_END) - 4, 0))
    return stream.read().rstrip(b"\0").endswith((b"\n", b"\r"))
