"""Chooses between pairs of coordinates where a file has more than one, by what they hold.

Exports often write x and y as 0 beside a filled lon and lat. One pair is read for the whole file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from intake.arrays import Booleans
from intake.faults import Fault
from intake.headers import POINT, Header, other_pairs
from intake.numbers import PATTERNS, DecimalMark, MarkCounts, Numbers
from intake.points import RANGES, Spread, in_range
from intake.text_table import Part, TextTable

ONE_PAIR = "one pair of coordinates, filled in every row"

Pair = tuple[str, str]


@dataclass
class PairSeen:
    """What all rows show of one pair: its marks, and its spread when read with either of them.

    ``complete``: it has a point wherever any pair has one. ``lacking`` counts rows without one.
    """

    marks: dict[str, MarkCounts] = field(default_factory=dict)
    spreads: dict[DecimalMark, Spread] = field(
        default_factory=lambda: {mark: Spread() for mark in PATTERNS}
    )
    complete: bool = True
    lacking: int = 0

    def add(self, part: Part, pair: Pair, typed: frozenset[str]) -> None:
        """Take in more rows."""
        columns = [(Numbers(part.column(name)), name in typed) for name in pair]
        for mark, spread in self.spreads.items():
            x, y = (numbers.read("point" if known else mark) for numbers, known in columns)
            spread.add(x, y)
        for own, (numbers, known) in zip(POINT, columns, strict=True):
            if not known:
                self.marks[own] = self.marks.get(own, MarkCounts()) + numbers.count_marks()


class PointPairs:
    """The pairs of coordinates of a delivery, seen in all its rows."""

    def __init__(self, table: TextTable) -> None:
        self._typed = table.typed
        self._seen = {pair: PairSeen() for pair in (POINT, *other_pairs(table.header))}

    def add(self, part: Part) -> None:
        """Take in more rows."""
        for pair, seen in self._seen.items():
            seen.add(part, pair, self._typed)
        if len(self._seen) > 1:
            holds = {pair: _holds(part, pair) for pair in self._seen}
            every = np.logical_or.reduce(list(holds.values()))
            for pair, seen in self._seen.items():
                seen.complete = seen.complete and bool((holds[pair] == every).all())
                seen.lacking += int((~holds[pair]).sum())

    @property
    def seen(self) -> PairSeen:
        """What was seen of the pair to read."""
        return self._seen[self._chosen or POINT]

    @property
    def _chosen(self) -> Pair | None:
        """The first pair that has all the points, None where no pair has."""
        return next((pair for pair, seen in self._seen.items() if seen.complete), None)

    def chosen(self, table: TextTable) -> TextTable:
        """Return ``table`` with the columns of one pair, x and y, whichever names those have."""
        pairs, chosen = list(self._seen), self._chosen
        if len(pairs) == 1:
            return table
        names = {pair: " and ".join(table.header.names[name] for name in pair) for pair in pairs}
        kept = _keeping(table, chosen or POINT, pairs)
        if chosen is None:
            found = f"{', beside '.join(names.values())}, of which none has all the points"
            return replace(kept, faults=(*kept.faults, Fault(None, "", found, ONE_PAIR)))
        if chosen == POINT:
            return kept
        lacking = self._seen[POINT].lacking
        remark = f"{names[POINT]}: no point in {lacking:,} rows, so that {names[chosen]} were read"
        return replace(kept, remarks=(*kept.remarks, remark))


def _keeping(table: TextTable, chosen: Pair, pairs: list[Pair]) -> TextTable:
    """Return ``table`` with the pair ``chosen`` as x and y, and without the others."""
    gone = {name for pair in pairs for name in pair} - {*POINT}
    own = dict(zip(POINT, chosen, strict=True))
    header = table.header
    columns = {own.get(name, name): name for name in header.positions if name not in gone}
    unread = [header.names[name] for pair in pairs if pair != chosen for name in pair]
    names = {name: header.names[own.get(name, name)] for name in header.names if name not in gone}
    positions = {name: header.positions[source] for source, name in columns.items()}

    def parts() -> Iterator[Part]:
        for part in table.parts():
            yield replace(
                part,
                columns={name: part.column(source) for source, name in columns.items()},
                spoilt=tuple(
                    replace(cell, column=columns[cell.column])
                    for cell in part.spoilt
                    if cell.column in columns
                ),
            )

    return replace(
        table,
        header=Header(positions, names, (*header.not_read, *unread), header.absent, header.faults),
        parts=parts,
        typed=frozenset(columns[name] for name in table.typed if name in columns),
    )


def _holds(part: Part, pair: Pair) -> Booleans:
    """Return which rows have a point in or near the Netherlands, with either decimal mark."""
    holds = np.zeros(len(part), dtype=bool)
    for mark in PATTERNS:
        x, y = (Numbers(part.column(name)).read(mark) for name in pair)
        for system in RANGES:
            holds |= in_range(x, y, system) | in_range(y, x, system)
    return holds
