"""Chooses between pairs of coordinates where a file has more than one, by what they hold.

Exports often write x and y as 0 beside a filled lon and lat. One pair is read for the whole file.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from intake.faults import Fault
from intake.headers import POINT, Header, other_pairs
from intake.numbers import PATTERNS, parse_numbers
from intake.points import RANGES, in_range
from intake.text_table import TEXT, Booleans, TextTable

ONE_PAIR = "one pair of coordinates, filled in every row"


def with_one_pair(table: TextTable) -> TextTable:
    """Return ``table`` with the columns of one pair, x and y, whichever names those have."""
    pairs = [POINT, *other_pairs(table.header)]
    if len(pairs) == 1:
        return table
    holds = {pair: _holds(table, pair) for pair in pairs}
    every = np.logical_or.reduce(list(holds.values()))
    chosen = next((pair for pair in pairs if (holds[pair] == every).all()), None)
    names = {pair: " and ".join(table.header.names[name] for name in pair) for pair in pairs}
    kept = _keeping(table, chosen or POINT, pairs)
    if chosen is None:
        found = f"{', beside '.join(names.values())}, of which none has all the points"
        return replace(kept, faults=(*kept.faults, Fault(None, "", found, ONE_PAIR)))
    if chosen == POINT:
        return kept
    empty = int((~holds[POINT]).sum())
    remark = f"{names[POINT]}: no point in {empty:,} rows, so that {names[chosen]} were read"
    return replace(kept, remarks=(*kept.remarks, remark))


def _keeping(table: TextTable, chosen: tuple[str, str], pairs: list[tuple[str, str]]) -> TextTable:
    """Return ``table`` with the pair ``chosen`` as x and y, and without the others."""
    gone = {name for pair in pairs for name in pair} - {*POINT}
    own = dict(zip(POINT, chosen, strict=True))
    columns = {own.get(name, name): name for name in table.columns if name not in gone}
    header = table.header
    unread = [header.names[name] for pair in pairs if pair != chosen for name in pair]
    names = {name: header.names[own.get(name, name)] for name in header.names if name not in gone}
    positions = {name: header.positions[own.get(name, name)] for name in columns.values()}
    typed = {columns[name] for name in table.typed if name in columns}
    return replace(
        table,
        header=Header(positions, names, (*header.not_read, *unread), header.absent, header.faults),
        columns={name: table.columns[source] for source, name in columns.items()},
        typed=frozenset(typed),
        spoilt=tuple(
            replace(cell, column=columns[cell.column])
            for cell in table.spoilt
            if cell.column in columns
        ),
    )


def _holds(table: TextTable, pair: tuple[str, str]) -> Booleans:
    """Return which rows have a point in or near the Netherlands, with either decimal mark."""
    holds = np.zeros(len(table.lines), dtype=bool)
    empty = pa.chunked_array([pa.nulls(len(holds), TEXT)])
    texts = [table.columns.get(name, empty) for name in pair]
    for mark in PATTERNS:
        x, y = (parse_numbers(values, mark) for values in texts)
        for system in RANGES:
            holds |= in_range(x, y, system) | in_range(y, x, system)
    return holds
