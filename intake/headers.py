"""Match the column names of a delivery with the columns of its kind of record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from intake.faults import Fault, file_fault
from intake.limits import LONGEST_NAME, MOST_COLUMNS
from records import RecordKind
from records.identifiers import plain_code

POINT = ("x", "y")
POINT_NAMES = (("x", "y"), ("lon", "lat"), ("longitude", "latitude"))
OTHER = "other "
"""What the columns of a second pair of coordinates are called, before their own name."""

POINT_EXPECTED = "a column x and a column y (RD New, metres), or lon and lat (degrees)"
MISSPELT = 0.8
"""An unknown name at least this similar (0-1) to an absent column is called a misspelling."""


@dataclass(frozen=True)
class Header:
    """The position of each column in the file (``positions``), and its name there (``names``).

    ``not_read`` are names in the file that this kind of record does not have; their values are
    not read. ``absent`` are columns of the kind that the file does not have.
    """

    positions: dict[str, int]
    names: dict[str, str]
    not_read: tuple[str, ...]
    absent: tuple[str, ...]
    faults: tuple[Fault, ...]


def plain(name: str) -> str:
    """Return a column name in the form that the contract uses."""
    return re.sub(r"[\s\-]+", "_", plain_code(name)).casefold()


def known_names(kind: RecordKind) -> set[str]:
    """Return every column name that a delivery of this kind may use."""
    point = {name for pair in POINT_NAMES for name in pair} if kind.located else set()
    return {column.name for column in kind.columns} | point


def listed_names(kind: RecordKind) -> str:
    """Return the column names of this kind in their order, for a message."""
    point = [" and ".join(pair) for pair in POINT_NAMES[:2]] if kind.located else []
    names = [column.name for column in kind.columns]
    return ", ".join([*names, *([" (or ".join(point) + ")"] if point else [])])


def other_pairs(header: Header) -> list[tuple[str, str]]:
    """Return the columns of each pair of coordinates beside x and y."""
    pairs = [(f"{OTHER}{east}", f"{OTHER}{north}") for east, north in POINT_NAMES]
    return [pair for pair in pairs if set(pair) <= header.positions.keys()]


def match_header(fields: Sequence[str], kind: RecordKind, line: int | None) -> Header:
    """Return which field of the file is which column, and what is wrong with the names."""
    if len(fields) > MOST_COLUMNS:
        expected = f"at most {MOST_COLUMNS} columns, one name for each"
        raise file_fault(f"{len(fields):,} columns", expected, line)
    given = [plain(field) for field in fields]
    wanted = {column.name: column.name for column in kind.columns}
    if kind.located:
        pairs = [pair for pair in POINT_NAMES if set(pair) <= set(given)] or [POINT]
        wanted |= dict(zip(POINT, pairs[0], strict=True))
        wanted |= {f"{OTHER}{name}": name for pair in pairs[1:] for name in pair}
    positions = {column: given.index(name) for column, name in wanted.items() if name in given}
    not_read = tuple(
        field.strip() or f"column {position + 1} without a name"
        for position, field in enumerate(fields)
        if position not in positions.values()
    )
    faults = [
        Fault(line, name, "this name more than once", "each column once")
        for name in wanted.values()
        if given.count(name) > 1
    ]
    for name in wanted.values():
        if name not in given:
            faults += _missing(name, not_read, kind, line)
    absent = tuple(column for column in wanted if column not in positions)
    return Header(positions, wanted, not_read, absent, tuple(faults))


def _missing(name: str, others: tuple[str, ...], kind: RecordKind, line: int | None) -> list[Fault]:
    column = next((column for column in kind.columns if column.name == name), None)
    likely = [
        other
        for other in others
        if len(other) <= LONGEST_NAME
        and SequenceMatcher(None, plain(other), name).ratio() >= MISSPELT
    ]
    if likely:
        found = f"no column {name}, but a column '{likely[0]}': is it misspelt?"
    elif column is not None and not column.required:
        return []
    else:
        found = f"no column {name}"
    expected = POINT_EXPECTED if column is None else f"a column {name}: {column.meaning.en}"
    return [Fault(line, name, found, expected)]
