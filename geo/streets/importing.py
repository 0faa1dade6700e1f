"""Takes in a street file: checked, cut into tiles, its names made searchable; or not at all."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from gzip import compress
from hashlib import file_digest
from itertools import groupby
from pathlib import Path

import numpy as np
import shapely

from errors import WeerbeeldError, shortened
from folders import make_folder
from geo.area_lookup import area_rows
from geo.areas import gemeenten
from geo.folding import folded, names_of
from geo.streets.cutting import cut
from geo.streets.reading import LONGEST_NAME, Layer, Part, day_of, parts_of, refused

NWB_CREDIT = "Nationaal Wegenbestand (NWB), Rijkswaterstaat"
NWB_LICENCE = "CC0 1.0"
DEGREE = 100_000
"""Steps of a line in a degree: about a metre."""

LONGEST_CREDIT = 200
METRE = 1 / 111_320

SCHEMA = """
CREATE TABLE about (told TEXT NOT NULL);
CREATE TABLE tile (x INTEGER, y INTEGER, content BLOB NOT NULL, PRIMARY KEY (x, y)) WITHOUT ROWID;
CREATE TABLE street (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, gemeente TEXT NOT NULL,
    lon REAL NOT NULL, lat REAL NOT NULL, metres REAL NOT NULL
);
CREATE VIRTUAL TABLE called USING fts5 (names, prefix = '1 2 3');
CREATE TEMP TABLE piece (x INTEGER, y INTEGER, name TEXT, shape BLOB);
"""


@dataclass(frozen=True)
class Wanted:
    """What whoever installs a file says of it: whose it is, under which licence, of which day."""

    layer: str | None = None
    credit: str | None = None
    licence: str | None = None
    day: date | None = None


@dataclass
class StreetReport:
    """What was taken in."""

    credit: str = ""
    licence: str = ""
    lines: int = 0
    elsewhere: int = 0
    streets: int = 0
    tiles: int = 0
    size: int = 0

    @property
    def text(self) -> list[str]:
        """Return the report as a person reads it."""
        found = [
            f"{self.lines:,} lines and {self.streets:,} streets imported, {self.tiles:,} tiles "
            f"({self.size / 2**20:,.1f} MB). Source: {self.credit} ({self.licence})."
        ]
        if self.elsewhere:
            found.append(f"{self.elsewhere:,} rows left out: outside the Netherlands, or no line.")
        return [*found, "Maps and the search use them from the next page on."]


@dataclass
class _Street:
    """The pieces of one street in one gemeente: together how long, and a point on the longest."""

    metres: float = 0.0
    longest: float = -1.0
    point: tuple[float, float] = field(default=(0.0, 0.0))


def import_streets(
    file: Path, target: Path, wanted: Wanted, before: Callable[[], None] = lambda: None
) -> StreetReport:
    """Write ``target`` from a GeoPackage, MBTiles or PMTiles with lines and their names.

    ``before`` is done just before the file is put in place. Raises WeerbeeldError that says what is
    wrong; ``target`` is then as it was.
    """
    make_folder(target.parent)
    made = target.with_name(f"{target.name}.partial")
    made.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(made)) as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.executescript(SCHEMA)
            report = _fill(database, file, wanted)
            database.commit()
            database.execute("VACUUM")
        report.size = made.stat().st_size
        before()
        made.replace(target)
    finally:
        made.unlink(missing_ok=True)
    return report


def _fill(database: sqlite3.Connection, file: Path, wanted: Wanted) -> StreetReport:
    report, streets = StreetReport(), dict[tuple[str, str], _Street]()
    layer: Layer | None = None
    for layer, part in parts_of(file, wanted.layer):  # noqa: B007 - the last one is that of all
        report.lines += len(part.lines)
        report.elsewhere += part.elsewhere
        database.executemany("INSERT INTO piece VALUES (?, ?, ?, ?)", _pieces(part))
        _gather(streets, part)
    if layer is None or not report.lines:
        raise refused(file, "no line in the Netherlands", "the lines of streets")
    report.credit, report.licence = _whose(file, layer, wanted)
    report.tiles = _write_tiles(database)
    report.streets = _write_streets(database, streets)
    about = {
        "credit": report.credit,
        "licence": report.licence,
        "day": (wanted.day or day_of(file, layer.name)).isoformat(),
        "installed": datetime.now(UTC).date().isoformat(),
        "file": file.name,
        "sha256": digest(file),
        "lines": report.lines,
        "streets": report.streets,
    }
    database.execute("INSERT INTO about VALUES (?)", (json.dumps(about, ensure_ascii=False),))
    return report


def digest(file: Path) -> str:
    """Return the sha256 of a file."""
    with file.open("rb") as source:
        return file_digest(source, "sha256").hexdigest()


def _whose(file: Path, layer: Layer, wanted: Wanted) -> tuple[str, str]:
    """Return credit and licence; they must be said where the file is not the national one."""
    national = layer.is_national_road_file
    credit = wanted.credit or (NWB_CREDIT if national else "")
    licence = wanted.licence or (NWB_LICENCE if national else "")
    for name, said in (("--credit", credit), ("--licence", licence)):
        if not said.strip():
            raise refused(file, "a file of which the maker is not known here", f"{name} 'TEXT'")
        if len(said) > LONGEST_CREDIT or not said.isprintable():
            raise WeerbeeldError(f"{name} is '{shortened(said)}': expected one line of text.")
    return credit.strip(), licence.strip()


def _pieces(part: Part) -> Iterator[tuple[int, int, str, bytes]]:
    for column, row, number, piece in cut(part.lines):
        yield column, row, part.names[number], shapely.to_wkb(piece)


def _gather(streets: dict[tuple[str, str], _Street], part: Part) -> None:
    named = [number for number, name in enumerate(part.names) if name]
    if not named:
        return
    lines = part.lines[named]
    middle = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    lon, lat = shapely.get_x(middle), shapely.get_y(middle)
    lengths = shapely.length(lines) / METRE
    own = gemeenten()
    codes = set(own["code"])
    said = [part.gemeenten[number] for number in named]
    unsaid = [at for at, code in enumerate(said) if code not in codes]
    if unsaid:
        rows = area_rows(lon[unsaid], lat[unsaid], own)
        for at, row in zip(unsaid, rows.tolist(), strict=True):
            said[at] = str(own["code"].iloc[row]) if row >= 0 else ""
    for at, number in enumerate(named):
        street = streets.setdefault((part.names[number], said[at]), _Street())
        street.metres += float(lengths[at])
        if lengths[at] > street.longest:
            street.longest = float(lengths[at])
            street.point = (round(float(lon[at]), 5), round(float(lat[at]), 5))


def _write_tiles(database: sqlite3.Connection) -> int:
    rows = database.execute("SELECT x, y, name, shape FROM piece ORDER BY x, y, name")
    tiles = 0
    for (x, y), pieces in groupby(rows, key=lambda row: (row[0], row[1])):
        content = _tile([(name, shape) for _, _, name, shape in pieces])
        database.execute("INSERT INTO tile VALUES (?, ?, ?)", (x, y, content))
        tiles += 1
    database.execute("DROP TABLE piece")
    return tiles


def _tile(pieces: list[tuple[str, bytes]]) -> bytes:
    """Return a tile as browsers read it: names, and lines as the number of a name and steps."""
    names: list[str] = []
    lines: list[list[int]] = []
    for name, group in groupby(pieces, key=lambda piece: piece[0]):
        shapes = shapely.from_wkb([shape for _, shape in group])
        merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapes)))
        names.append(name)
        for line in shapely.simplify(merged, METRE):
            points = np.rint(shapely.get_coordinates(line) * DEGREE).astype(np.int64)
            steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64))
            lines.append([len(names) - 1, *steps.ravel().tolist()])
    told = {"degree": DEGREE, "names": names, "lines": lines}
    return compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def _write_streets(database: sqlite3.Connection, streets: dict[tuple[str, str], _Street]) -> int:
    own = dict(gemeenten()[["code", "name"]].itertuples(index=False, name=None))
    for number, ((name, gemeente), street) in enumerate(sorted(streets.items()), start=1):
        row = (number, name[:LONGEST_NAME], gemeente, *street.point, round(street.metres, 1))
        database.execute("INSERT INTO street VALUES (?, ?, ?, ?, ?, ?)", row)
        called = " ".join([folded(name), *names_of(own.get(gemeente, ""))])
        database.execute("INSERT INTO called (rowid, names) VALUES (?, ?)", (number, called))
    return len(streets)
