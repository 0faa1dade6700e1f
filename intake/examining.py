"""Examine a delivery from its bytes to checked, placed records, collecting every fault."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from intake.area_codes import check_areas
from intake.checking import check, invented_records
from intake.faults import DeliveryRefused
from intake.marks import Marks
from intake.parquet_out import rounded_columns
from intake.parsing import Parsed, parse
from intake.placing import CRS, Placed, place
from intake.progress import Progress
from intake.reading import read_table
from intake.table import Table
from records import RecordKind


@dataclass(frozen=True)
class Examined:
    """A delivery without faults: as written, as typed, and where its records lie."""

    kind: RecordKind
    table: Table
    parsed: Parsed
    placed: Placed | None

    @property
    def invented(self) -> bool:
        """Whether the records are invented; a delivery without faults is so wholly or not."""
        return bool(invented_records(self.parsed.frame, self.kind).any())

    @property
    def crs(self) -> str | None:
        """The code of the delivered coordinates, None for kinds without a point."""
        return CRS[self.placed.system] if self.placed else None

    def remarks(self) -> tuple[str, ...]:
        """Return what the deliverer should know although it is no fault."""
        said = list(self.table.remarks)
        said += [
            f"no column {self.table.header.names[name]}: taken as empty"
            for name in self.table.header.absent
        ]
        said += [
            f"{name}: values with more than two decimals were rounded to two"
            for name in rounded_columns(self.parsed.frame, self.kind)
        ]
        return tuple(said)


def examine(
    data: bytes, kind: RecordKind, today: date, boundaries: Path, progress: Progress
) -> Examined:
    """Return the records in ``data``; DeliveryRefused with every fault when there is any."""
    table = read_table(data, kind, progress)
    marks = Marks(table, kind)
    parsed = parse(table, kind, marks, progress)
    progress("checking", 0, 1)
    check(parsed.frame, kind, today, marks)
    check_areas(parsed.frame, kind, boundaries, marks)
    progress("placing", 0, 1)
    placed = place(*parsed.point, marks) if parsed.point else None
    if faults := marks.faults():
        raise DeliveryRefused(faults, row_word=table.row_word)
    return Examined(kind, table, parsed, placed)
