"""Examines a delivery, part by part: from what is in its file to checked records, and every fault.

It is gone through once to see how it was written and once to check it; and once more where all
records together show a fault that none of them shows alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pyarrow.compute as pc

from intake.area_codes import check_areas
from intake.arrays import Booleans, column
from intake.authority import Authority, check_authority, check_rights
from intake.checking import check
from intake.fault_collector import CellFaults, FaultCollector
from intake.faults import DeliveryRefused, Fault
from intake.parquet_out import is_rounded
from intake.parsing import Columns, Parser
from intake.points import CRS, Points, read_points
from intake.progress import Progress
from intake.reading import read_table
from intake.rejecting import Rejected, Unsound
from intake.surveying import PARTS_OF_A_FILE, Writing, survey
from intake.text_table import Content, Part, TextTable
from intake.whole_file import FirstLook, Known, invented_records
from records import RecordKind


class Sink(Protocol):
    """Where sound records go, part by part and in their order."""

    def add(self, columns: Columns, points: Points | None) -> None:
        """Take in more records."""

    def clear(self) -> None:
        """Forget the records so far: they come anew."""


@dataclass
class Summary:
    """What there is to say of sound records: how many, of which days, whether they are invented.

    ``rounded`` are columns of which numbers lose decimals.
    """

    rows: int = 0
    first_date: date = date.max
    last_date: date = date.min
    invented: bool = False
    rounded: set[str] = field(default_factory=set)

    def add(self, columns: Columns, kind: RecordKind) -> None:
        """Take in more records."""
        days = pc.min_max(columns[kind.dated]).as_py()
        self.rows += len(columns[kind.dated])
        self.first_date = min(self.first_date, days["min"])
        self.last_date = max(self.last_date, days["max"])
        self.invented = self.invented or bool(invented_records(columns[kind.mark]).any())
        decimals = {column.name for column in kind.columns if column.type == "decimal"}
        self.rounded |= {n for n in decimals - self.rounded if is_rounded(columns[n])}


@dataclass(frozen=True)
class Examined:
    """A delivery whose records are sound: how it was written, and what it holds.

    ``date_forms`` are those of its dates; ``rejected`` is None when all records are sound.
    """

    kind: RecordKind
    table: TextTable
    writing: Writing
    date_forms: tuple[str, ...]
    sound: Summary
    rejected: Rejected | None = None

    @property
    def crs(self) -> str | None:
        """The EPSG code of the delivered coordinates, None for kinds without a point."""
        return CRS[self.writing.system] if self.writing.system else None

    @property
    def rejected_rows(self) -> int:
        """How many rows were set aside."""
        return len(self.rejected.rows) if self.rejected else 0

    def remarks(self) -> tuple[str, ...]:
        """Return remarks for the deliverer about what is no fault."""
        said = list(self.table.remarks)
        said += [
            f"no column {self.table.header.names[name]}: taken as empty"
            for name in self.table.header.absent
        ]
        for name, seen in self.writing.texts.items():
            said += seen.remarks(self.kind.column(name))
        said += [
            f"{column.name}: values with more than two decimals were rounded to two"
            for column in self.kind.columns
            if column.name in self.sound.rounded
        ]
        return tuple(said)


def examine(
    content: Content,
    kind: RecordKind,
    today: date,
    progress: Progress,
    accept_valid: bool = False,
    authority: Authority | None = None,
    sink: Sink | None = None,
) -> Examined:
    """Return what ``content`` holds; DeliveryRefused with every fault when there is any.

    ``accept_valid`` sets rows at fault aside instead, unless the file as a whole is at fault or no
    row is sound. Rows outside the ``authority`` of the partner are set aside only where that says
    so; None is for records of nobody in particular. Sound records go to the ``sink``; what it got
    counts only when this returns.
    """
    table, writing = survey(read_table(content, kind), kind, progress)
    order = _Order(kind, today, progress, accept_valid, authority, sink)
    look = _Look(table, writing, order, Known())
    if known := look.together:
        if sink:
            sink.clear()
        look = _Look(table, writing, order, known)
    faults = look.collector.faults()
    if faults and not (look.sound.rows and order.leaves_out(faults)):
        raise DeliveryRefused(faults, row_word=table.row_word)
    rejected = look.unsound.rejected(faults) if faults else None
    forms = tuple(sorted(look.parser.date_forms))
    return Examined(kind, table, writing, forms, look.sound, rejected)


@dataclass(frozen=True)
class _Order:
    """How a delivery is to be judged, and where its sound records go."""

    kind: RecordKind
    today: date
    progress: Progress
    accept_valid: bool
    authority: Authority | None
    sink: Sink | None

    @property
    def may_leave_out(self) -> bool:
        """Whether any row at fault may stay out and the others be taken in."""
        return self.accept_valid or (self.authority is not None and self.authority.set_aside)

    def leaves_out(self, faults: Sequence[Fault]) -> bool:
        """Return whether the rows with these faults stay out and the others are taken in."""
        outside = [fault.outside for fault in faults]
        allowed = self.authority is not None and self.authority.set_aside
        whole = any(fault.whole or fault.line is None for fault in faults)
        return not whole and (self.accept_valid or all(outside)) and (allowed or not any(outside))


class _Look:
    """A look at all records of a delivery, with what is ``known`` of all of them together."""

    def __init__(self, table: TextTable, writing: Writing, order: _Order, known: Known) -> None:
        self.collector = FaultCollector(table, order.kind)
        self.parser = Parser(table, order.kind, writing)
        self.unsound = Unsound(table, order.kind)
        self.sound = Summary()
        self._system, self._order, self._known = writing.system, order, known
        self._first = FirstLook(order.kind)
        writing.dates.check(self.collector)
        if order.authority:
            check_authority(order.authority, self.collector)
        for part in table.parts():
            order.progress("checking", round(part.read * PARTS_OF_A_FILE), PARTS_OF_A_FILE)
            if self.collector.full:
                break
            if len(part):
                self._take(part)

    @property
    def together(self) -> Known | None:
        """What a second look must know, None when there is no need for one."""
        return None if self.collector.full else self._first.known()

    def _take(self, part: Part) -> None:
        """Check a part, and hand on what is sound of it as long as that may be taken in."""
        kind, cells = self._order.kind, CellFaults(part, self.collector)
        parsed = self.parser.parse(part, cells)
        columns = parsed.columns
        check(columns, kind, self._order.today, self._known, cells)
        check_areas(columns, kind, cells)
        at = parsed.point
        points = read_points(*at, self._system, cells) if at and self._system else None
        if self._order.authority:
            check_rights(parsed, points, self._order.authority, cells)
        self._first.add(columns)
        refused = self.collector.any and not self._order.may_leave_out
        if refused or self.collector.lost:
            return
        sound = cells.clean_rows()
        if not sound.all():
            self.unsound.add(part, sound)
            columns, points = _filtered(columns, points, sound)
        if sound.any():
            self.sound.add(columns, kind)
            if self._order.sink:
                self._order.sink.add(columns, points)


def _filtered(
    columns: Columns, points: Points | None, rows: Booleans
) -> tuple[Columns, Points | None]:
    at = column(rows)
    kept = {name: values.filter(at) for name, values in columns.items()}
    return kept, points and Points(points.lon[rows], points.lat[rows])
