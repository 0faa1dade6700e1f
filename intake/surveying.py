"""Goes through a whole delivery once, to see how it was written.

What one cell means may depend on all others: whether a point is a decimal mark, which pair of
coordinates is filled, whether numbers have their zeros in front. Nothing of the rows is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from intake.date_order import DateOrder
from intake.faults import Fault
from intake.headers import POINT
from intake.numbers import DecimalMark, MarkCounts, Numbers, recognise_mark
from intake.point_pairs import PointPairs
from intake.points import System
from intake.progress import Progress
from intake.text_table import Part, TextTable
from intake.texts import ColumnSeen
from records import RecordKind

PARTS_OF_A_FILE = 1_000


@dataclass(frozen=True)
class Writing:
    """How a delivery was written.

    ``unsure`` columns have numbers that can be read in two ways, and nothing shows in which.
    ``system`` is what points are in, None for kinds without a point; ``texts`` what the columns of
    text show.
    """

    mark: DecimalMark | None
    unsure: tuple[str, ...]
    system: System | None
    dates: DateOrder
    texts: Mapping[str, ColumnSeen]


def survey(table: TextTable, kind: RecordKind, progress: Progress) -> tuple[TextTable, Writing]:
    """Return how a delivery was written, and the table as it is to be read then.

    The table has one pair of coordinates, and all faults and remarks on its structure.
    """
    seen = _Seen(table, kind)
    for part in table.parts():
        progress("reading", round(part.read * PARTS_OF_A_FILE), PARTS_OF_A_FILE)
        seen.add(part)
    return seen.table(), seen.writing()


class _Seen:
    """What was seen so far of a delivery."""

    def __init__(self, table: TextTable, kind: RecordKind) -> None:
        self._table, self._kind = table, kind
        self._pairs = PointPairs(table) if kind.located else None
        self._texts = {c.name: ColumnSeen() for c in kind.columns if c.type == "text"}
        self._dates = DateOrder(c.name for c in kind.columns if c.type == "date")
        self._marks = {
            column.name: MarkCounts()
            for column in kind.columns
            if column.type in ("decimal", "integer") and column.name not in table.typed
        }
        self._faults: list[Fault] = []
        self._empty = 0

    def add(self, part: Part) -> None:
        self._faults += part.faults
        self._empty += part.empty
        for name in self._marks:
            self._marks[name] += Numbers(part.column(name)).count_marks()
        for column in self._kind.columns:
            if column.type == "text":
                self._texts[column.name].add(part, column)
            elif column.type == "date":
                self._dates.add(column.name, part.column(column.name))
        if self._pairs:
            self._pairs.add(part)

    def table(self) -> TextTable:
        skipped = (f"{self._empty:,} empty lines were skipped",) if self._empty else ()
        table = replace(
            self._table,
            faults=(*self._table.faults, *self._faults),
            remarks=(*skipped, *self._table.remarks),
        )
        return self._pairs.chosen(table) if self._pairs else table

    def writing(self) -> Writing:
        pair = self._pairs.seen if self._pairs else None
        marks = self._marks | (pair.marks if pair else {})
        mark = recognise_mark(
            marks, lambda tried: pair is not None and pair.spreads[tried].fits_any
        )
        unsure = (
            name
            for name, counts in marks.items()
            if counts.unsure and not counts.surely(mark) and (mark is None or name not in POINT)
        )
        return Writing(
            mark=mark,
            unsure=tuple(unsure),
            system=pair.spreads[mark or "point"].system if pair else None,
            dates=self._dates,
            texts=self._texts,
        )
