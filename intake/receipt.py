"""The receipt of an accepted delivery: what intake recognised and what it did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from errors import shortened
from intake.numbers import DecimalMark
from intake.recognising import SEPARATORS
from intake.text_table import EXCEL

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (Latin-1)",
}
NAMED = 20
"""Most columns that the receipt names as not read."""

SYSTEMS = {
    "EPSG:28992": "RD New, metres (EPSG:28992)",
    "EPSG:4326": "degrees, ETRS89 or WGS84 (EPSG:4326; the two differ by less than a metre)",
}


@dataclass(frozen=True)
class Receipt:
    """An accepted delivery, or one that a dry run would accept.

    ``encoding`` is ``EXCEL`` for Excel and None for Parquet, ``separator`` None for both, ``crs``
    for kinds without a point.
    ``mark`` and ``date_forms`` are empty for a delivery that was known already. ``rows`` were
    taken in; the ``rejected`` ones stand in ``rejected_file``. ``doubts`` are what was, or would
    have to be, confirmed.
    """

    delivery_id: str
    kind: str
    partner: str
    file_name: str
    rows: int
    first_date: date
    last_date: date
    encoding: str | None
    separator: str | None
    crs: str | None
    invented: bool
    received_at: datetime
    mark: DecimalMark | None = None
    date_forms: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    already_known: bool = False
    dry_run: bool = False
    rejected: int = 0
    rejected_file: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the receipt as lines to print."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        origin = ", invented" if self.invented else ""
        yield (
            f"{self.file_name}: {self.rows:,} {self.kind} records from {self.partner}, "
            f"{self.first_date} to {self.last_date}{origin}"
        )
        yield f"recognised: {'; '.join(self._recognised())}"
        if self.not_read:
            named = ", ".join(map(shortened, self.not_read[:NAMED]))
            rest = len(self.not_read) - NAMED
            yield f"not read and not stored: {named}{f' and {rest:,} more' if rest > 0 else ''}"
        yield from self.remarks
        if self.doubts:
            yield "hard to believe; taken in with --confirm only:" if self.dry_run else "confirmed:"
            yield from (f"  {doubt}" for doubt in self.doubts)
        if self.rejected:
            would = "would be " if self.dry_run and not self.already_known else ""
            beside = f", with what is wrong, in {self.rejected_file}" if self.rejected_file else ""
            yield f"{self.rows:,} records {would}taken in, {self.rejected:,} rejected{beside}"
        if self.already_known:
            yield f"already taken in on {self.received_at:%Y-%m-%d %H:%M} UTC; nothing changed"
        elif self.dry_run:
            faults = "" if self.rejected else "no faults; "
            yield f"{faults}this was a dry run and nothing was stored"
        else:
            yield f"taken in as delivery {self.delivery_id}"

    def _recognised(self) -> Iterator[str]:
        if self.encoding is None:
            yield "Parquet"
        elif self.encoding == EXCEL:
            yield "Excel"
        else:
            yield f"CSV in {ENCODINGS[self.encoding]}"
        if self.separator is not None:
            yield f"separator {SEPARATORS[self.separator]}"
        if self.mark:
            yield f"decimal {self.mark}"
        if self.date_forms:
            yield f"dates {' and '.join(self.date_forms)}"
        if self.crs:
            yield f"coordinates in {SYSTEMS[self.crs]}"
