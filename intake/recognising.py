"""Recognises the encoding and the separator of a text file.

The receipt reports what was recognised; what cannot be recognised is refused, not guessed.
"""

import csv
import re
from collections.abc import Callable

from intake.faults import DeliveryRefused, file_fault

SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe"}

OLE = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds an Excel file behind a password (MS-OFFCRYPTO 2.3.4.4)."""

MAGIC = {
    OLE: "an old Excel file (.xls)",
    b"\x1f\x8b": "a gzip file",
    b"%PDF": "a PDF file",
    b"SQLite format 3": "a SQLite file",
}

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROL_BYTE = re.compile(_CONTROL.pattern.encode())
_UTF8_RUN = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_LINE_END = re.compile("\r\n|\r|\n")


def recognise_encoding(data: bytes) -> str:
    """Return utf-8, utf-8-sig, utf-16 or cp1252; DeliveryRefused when ``data`` is not text."""
    if data.startswith(OLE) and LOCKED in data:
        raise file_fault("an Excel file with a password", "one without: take the password off")
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise file_fault(what, "a CSV, Excel (.xlsx) or Parquet file: save or unpack it as one")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    else:
        encoding = "utf-8"
    if encoding != "utf-16" and (control := _CONTROL_BYTE.search(data)):
        raise _binary(data[: control.start()].decode("latin-1"), control.group()[0])
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or _UTF8_RUN.search(data):
            raise _undecodable(data, error, encoding) from None
        encoding, text = "cp1252", _windows(data)
    if found := _CONTROL.search(text):
        raise _binary(text[: found.start()], ord(found.group()))
    return encoding


def recognise_separator(
    header: str, known: Callable[[list[str]], int], line: int, listed: str
) -> str:
    """Return the separator under which ``header`` holds most column names.

    ``known`` counts the column names among the fields, ``listed`` are those that there are;
    DeliveryRefused when it finds none.
    """
    scores: dict[str, tuple[int, int]] = {}
    for separator in SEPARATORS:
        fields = split_line(header, separator)
        scores[separator] = (known(fields), len(fields))
    best = max(scores, key=lambda separator: scores[separator])
    if scores[best][0] == 0:
        raise file_fault(
            "no known column name",
            f"the column names on the first line, separated by ; , tab or |: {listed}",
            line=line,
        )
    return best


def split_line(line: str, separator: str) -> list[str]:
    """Return the fields of one line, none when it cannot be split this way."""
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return []


def lines_in(text: str) -> int:
    """Return the line, from 1, on which ``text`` ends."""
    return 1 + len(_LINE_END.findall(text))


def _windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _undecodable(data, error, "cp1252") from None


def _undecodable(data: bytes, error: UnicodeDecodeError, encoding: str) -> DeliveryRefused:
    if encoding != "cp1252" and error.end >= len(data) - 1:
        return file_fault("a file that breaks off inside a character", "the complete file")
    before = data[: error.start].decode(encoding, errors="replace")
    return file_fault(
        f"bytes that are not text in {encoding}",
        "one encoding for the whole file, UTF-8 by preference",
        line=lines_in(before),
    )


def _binary(before: str, control: int) -> DeliveryRefused:
    return file_fault(
        f"a control character ({control:#04x}): the file looks binary",
        "a CSV, Excel (.xlsx) or Parquet file",
        line=lines_in(before),
    )
