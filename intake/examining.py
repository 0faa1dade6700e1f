"""Examines a delivery: from its bytes to checked records with their points, and every fault."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake.area_codes import check_areas
from intake.authority import Authority, check_authority
from intake.checking import check, invented_records
from intake.fault_collector import Booleans, FaultCollector
from intake.faults import DeliveryRefused, Fault
from intake.parquet_out import rounded_columns
from intake.parsing import Parsed, parse
from intake.point_pairs import with_one_pair
from intake.points import CRS, Points, read_points
from intake.progress import Progress
from intake.reading import read_table
from intake.rejecting import Rejected, set_aside
from intake.text_table import TextTable
from records import RecordKind


@dataclass(frozen=True)
class Examined:
    """The sound records of a delivery: as text, as typed values, and their points.

    ``points`` is None for kinds without a point, ``rejected`` when all records are sound.
    """

    kind: RecordKind
    table: TextTable
    parsed: Parsed
    points: Points | None
    rejected: Rejected | None = None

    @property
    def invented(self) -> bool:
        """Whether the records are invented; the sound records of a delivery all are, or none is."""
        return bool(invented_records(self.parsed.frame, self.kind).any())

    @property
    def crs(self) -> str | None:
        """The EPSG code of the delivered coordinates, None for kinds without a point."""
        return CRS[self.points.system] if self.points else None

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
        said += self.parsed.remarks
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
    authority: Authority | None = None,
) -> Examined:
    """Return the records in ``data``; DeliveryRefused with every fault when there is any.

    ``accept_valid`` sets rows at fault aside instead, unless the file as a whole is at fault or no
    row is sound. Rows outside the ``authority`` of the partner are set aside only where that says
    so; None is for records of nobody in particular.
    """
    table = with_one_pair(read_table(data, kind, progress))
    collector = FaultCollector(table, kind)
    parsed = parse(table, kind, collector, progress)
    progress("checking", 0, 1)
    check(parsed.frame, kind, today, collector)
    check_areas(parsed.frame, kind, collector)
    progress("placing", 0, 1)
    points = read_points(*parsed.point, collector) if parsed.point else None
    if authority:
        check_authority(parsed, points, authority, collector)
    faults = collector.faults()
    if not faults:
        return Examined(kind, table, parsed, points)
    sound = collector.clean_rows()
    may = _may_set_aside(faults, accept_valid, authority)
    rejected = set_aside(table, kind, faults, sound) if may else None
    if rejected is None:
        raise DeliveryRefused(faults, row_word=table.row_word)
    return Examined(kind, table, *_sound(parsed, points, sound), rejected)


def _may_set_aside(
    faults: Sequence[Fault], accept_valid: bool, authority: Authority | None
) -> bool:
    """Return whether rows at fault may stay out and the others be taken in."""
    outside = [fault.outside for fault in faults]
    allowed = authority is not None and authority.set_aside
    return (accept_valid or all(outside)) and (allowed or not any(outside))


def _sound(parsed: Parsed, points: Points | None, sound: Booleans) -> tuple[Parsed, Points | None]:
    frame = parsed.frame[sound].reset_index(drop=True)
    if points is not None:
        lon, lat, cell = points.lon[sound], points.lat[sound], points.cell[sound]
        points = replace(points, lon=lon, lat=lat, cell=cell)
    return replace(parsed, frame=frame, point=None), points
