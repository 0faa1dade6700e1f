"""Examine a delivery from its bytes to checked, placed records, collecting every fault."""

from dataclasses import dataclass, replace
from datetime import date

from intake.area_codes import check_areas
from intake.checking import check, invented_records
from intake.faults import DeliveryRefused
from intake.marks import Booleans, Marks
from intake.parquet_out import rounded_columns
from intake.parsing import Parsed, parse
from intake.placing import CRS, Placed, place
from intake.progress import Progress
from intake.reading import read_table
from intake.rejecting import Rejected, set_aside
from intake.table import Table
from records import RecordKind


@dataclass(frozen=True)
class Examined:
    """The sound records of a delivery: as written, as typed, and where they lie.

    ``rejected`` are the others, None when all are sound.
    """

    kind: RecordKind
    table: Table
    parsed: Parsed
    placed: Placed | None
    rejected: Rejected | None = None

    @property
    def invented(self) -> bool:
        """Whether the records are invented; sound records are so all or none."""
        return bool(invented_records(self.parsed.frame, self.kind).any())

    @property
    def crs(self) -> str | None:
        """The code of the delivered coordinates, None for kinds without a point."""
        return CRS[self.placed.system] if self.placed else None

    @property
    def rejected_rows(self) -> int:
        """How many rows were set aside."""
        return len(self.rejected.rows) if self.rejected else 0

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
    data: bytes,
    kind: RecordKind,
    today: date,
    progress: Progress,
    accept_valid: bool = False,
) -> Examined:
    """Return the records in ``data``; DeliveryRefused with every fault when there is any.

    ``accept_valid`` sets rows at fault aside instead, unless the file as a whole is at fault or no
    row is sound.
    """
    table = read_table(data, kind, progress)
    marks = Marks(table, kind)
    parsed = parse(table, kind, marks, progress)
    progress("checking", 0, 1)
    check(parsed.frame, kind, today, marks)
    check_areas(parsed.frame, kind, marks)
    progress("placing", 0, 1)
    placed = place(*parsed.point, marks) if parsed.point else None
    faults = marks.faults()
    if not faults:
        return Examined(kind, table, parsed, placed)
    sound = marks.clean_rows()
    rejected = set_aside(table, kind, faults, sound) if accept_valid else None
    if rejected is None:
        raise DeliveryRefused(faults, row_word=table.row_word)
    return Examined(kind, table, *_sound(parsed, placed, sound), rejected)


def _sound(parsed: Parsed, placed: Placed | None, sound: Booleans) -> tuple[Parsed, Placed | None]:
    frame = parsed.frame[sound].reset_index(drop=True)
    if placed is not None:
        lon, lat, cell = placed.lon[sound], placed.lat[sound], placed.cell[sound]
        placed = replace(placed, lon=lon, lat=lat, cell=cell)
    return replace(parsed, frame=frame, point=None), placed
