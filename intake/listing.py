"""Reads a list of deliveries, so that they are taken in one after another in one start."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from errors import WeerbeeldError, printable, shortened
from intake.reading import read_bytes
from records import kind_named

COLUMNS = ("kind", "file", "partner")
MOST_LISTED = 10_000
SHOWN = 20


class Listed(NamedTuple):
    """One delivery of a list: its kind, its file and who delivers it."""

    kind: str
    file: Path
    partner: str


def read_list(path: Path) -> list[Listed]:
    """Return the deliveries of a list, in its order.

    A list is a CSV file in UTF-8 with the columns ``kind;file;partner``; a file that is no full
    path lies beside the list. WeerbeeldError with every line at fault, before anything is taken in.
    """
    name = printable(str(path))
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WeerbeeldError(f"{name} is not in UTF-8. Save the list as UTF-8.") from None
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    if not rows or tuple(cell.strip() for cell in rows[0]) != COLUMNS:
        raise WeerbeeldError(
            f"{name} is no list of deliveries. Begin it with the line '{';'.join(COLUMNS)}', and "
            "give each delivery a line."
        )
    lines = [(n, row) for n, row in enumerate(rows[1:], start=2) if any(row)]
    if not lines:
        raise WeerbeeldError(f"{name} lists no delivery. Give each delivery a line.")
    if len(lines) > MOST_LISTED:
        raise WeerbeeldError(
            f"{name} lists {len(lines):,} deliveries, and at most {MOST_LISTED:,} are taken in at "
            "once. Split the list."
        )
    if faults := [f"  line {n}: {fault}" for n, row in lines for fault in _faults(row, path)]:
        more = [f"  and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
        raise WeerbeeldError(
            "\n".join([f"{name} cannot be followed; nothing was taken in:", *faults[:SHOWN], *more])
        )
    return [_listed(row, path) for _, row in lines]


def _listed(row: list[str], path: Path) -> Listed:
    kind, file, partner = (cell.strip() for cell in row)
    return Listed(kind, path.parent / file, partner)


def _faults(row: list[str], path: Path) -> Iterator[str]:
    if len(row) != len(COLUMNS) or not all(cell.strip() for cell in row):
        yield f"expected {', '.join(COLUMNS)} with ';' between, found {shortened(';'.join(row))}"
        return
    listed = _listed(row, path)
    try:
        kind_named(listed.kind)
    except WeerbeeldError as error:
        yield str(error)
    if not listed.file.is_file():
        yield f"there is no file {shortened(printable(str(listed.file)))}"
