"""Reads the lines of a street file with their names, a part at a time: the country does not fit in
memory at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.raw import open_arrow
from pyproj import CRS, Transformer

from errors import WeerbeeldError, printable, shortened
from geo.border_copy import settled
from geo.border_database import refuse_database
from geo.coordinates import DEGREES
from geo.folding import folded

KINDS = {
    ".gpkg": ("GeoPackage", b"SQLite format 3\x00"),
    ".mbtiles": ("MBTiles", b"SQLite format 3\x00"),
    ".pmtiles": ("PMTiles", b"PMTiles\x03"),
}
"""What can be read, and how each begins."""

NAMES = ("stt_naam", "sttnaam", "straatnaam", "openbareruimtenaam", "naam", "name")
GEMEENTEN = ("gme_id", "gmeid")
"""Columns with the name of a street and the number of its gemeente, without regard to capitals."""

LARGEST_FILE = 4 * 2**30
MOST_LINES = 5_000_000
MOST_POINTS = 200_000_000
"""Three times what the national road file holds: 1.5 million lines, 1.5 GB."""

LONGEST_NAME = 80
BATCH = 50_000
SECONDS = 1_800.0
WEST, SOUTH, EAST, NORTH = 3.0, 50.5, 7.5, 54.0

Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class Part:
    """Some lines (n,) in degrees with the name ('' where none) and gemeente ('' where not said)."""

    lines: Shapes
    names: list[str]
    gemeenten: list[str]
    elsewhere: int
    """How many of the rows that were read lie outside the Netherlands, or are no line."""


@dataclass(frozen=True)
class Layer:
    """The layer that is read: its names in the file, and the coordinate system of its lines."""

    source: str
    name: str
    street: str
    gemeente: str | None
    crs: str

    @property
    def is_national_road_file(self) -> bool:
        """Whether the columns are those of the national road file (NWB)."""
        return self.street.lower() in NAMES[:2] and self.gemeente is not None


def parts_of(path: Path, layer_name: str | None) -> Iterator[tuple[Layer, Part]]:
    """Give the lines of a file; WeerbeeldError when it is none that can be read."""
    _refuse_others(path)
    try:
        with settled(path) as file:
            yield from _parts(path, file, layer_name)
    except WeerbeeldError:
        raise
    except Exception as error:  # the libraries that read such files raise whatever they like
        said = " ".join(str(error).replace(str(path), path.name).split())
        raise refused(
            path,
            f"a file that cannot be read ({shortened(said, 200)})",
            f"a whole {KINDS[path.suffix.lower()][0]}; download it again",
        ) from error


def day_of(path: Path, layer: str | None = None) -> date:
    """Return of which day a file is: what a GeoPackage says, else when it was written."""
    with suppress(sqlite3.Error, ValueError):
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            query = "SELECT max(last_change) FROM gpkg_contents WHERE ? IS NULL OR table_name = ?"
            (told,) = database.execute(query, (layer, layer)).fetchone()
            return date.fromisoformat(str(told)[:10])
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


def refused(path: Path, found: str, expected: str) -> WeerbeeldError:
    """Return the error of a file that is not taken in."""
    return WeerbeeldError(
        f"{printable(path.name)} is not imported; nothing was changed. Found {found}, expected "
        f"{expected}."
    )


def _refuse_others(path: Path) -> None:
    if path.suffix.lower() not in KINDS:
        found = f"a {printable(path.suffix) or 'nameless'} file"
        raise refused(path, found, "a .gpkg (GeoPackage), .mbtiles or .pmtiles")
    if not path.is_file():
        raise refused(path, "no such file", "the path of a street file")
    kind, begin = KINDS[path.suffix.lower()]
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise refused(path, f"{size:,} bytes", f"at most {LARGEST_FILE:,}")
    with path.open("rb") as stream:
        if not stream.read(len(begin)).startswith(begin):
            raise refused(path, f"a file that is no {kind}", f"a whole {kind}; download it again")


def _parts(path: Path, file: Path, layer_name: str | None) -> Iterator[tuple[Layer, Part]]:
    if path.suffix.lower() != ".pmtiles":
        geopackage = path.suffix.lower() == ".gpkg"
        refuse_database(file, most=MOST_LINES, seconds=SECONDS, geopackage=geopackage)
    if path.suffix.lower() == ".mbtiles":
        _refuse_pictures(path, file)
    layer = _layer(path, file, layer_name)
    turn = Transformer.from_crs(CRS.from_user_input(layer.crs), DEGREES, always_xy=True)
    columns = [name for name in (layer.street, layer.gemeente) if name]
    lines = points = 0
    with open_arrow(
        layer.source, layer=layer.name, columns=columns, batch_size=BATCH, use_pyarrow=True
    ) as (meta, batches):
        geometry = meta["geometry_name"] or "wkb_geometry"
        for batch in batches:
            part = _part(batch, geometry, layer, turn)
            lines += batch.num_rows
            points += int(shapely.get_num_coordinates(part.lines).sum())
            if lines > MOST_LINES or points > MOST_POINTS:
                found = f"more than {lines:,} lines with {points:,} points"
                raise refused(path, found, f"at most {MOST_LINES:,} with {MOST_POINTS:,}")
            yield layer, part


def _refuse_pictures(path: Path, file: Path) -> None:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
        found = database.execute("SELECT value FROM metadata WHERE name = 'format'").fetchone()
    if found and str(found[0]) not in ("pbf", "mvt"):
        raise refused(path, f"tiles with pictures ({shortened(str(found[0]))})", "vector tiles")


def _layer(path: Path, file: Path, wanted: str | None) -> Layer:
    source = f"GPKG:{file}" if path.suffix.lower() == ".gpkg" else str(file)
    names = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
    if wanted is not None and wanted not in names:
        raise refused(path, f"layers {_listed(names)}", f"a layer '{shortened(wanted)}'")
    known = [_known(source, name) for name in ([wanted] if wanted else names)]
    fit = [layer for layer in known if layer is not None]
    if len(fit) == 1:
        return fit[0]
    expected = f"one layer of lines with a column {' / '.join(NAMES)}"
    if fit:
        fitting = _listed([layer.name for layer in fit])
        raise refused(path, f"several such layers: {fitting}", f"{expected}: name it with --layer")
    raise refused(path, f"layers {_listed(names)}", expected)


def _known(source: str, name: str) -> Layer | None:
    """Return a layer that may hold lines with names, None for another."""
    info: dict[str, Any] = pyogrio.read_info(source, layer=name)
    kind = str(info["geometry_type"])
    if "LineString" not in kind and kind not in ("Unknown", "GeometryCollection"):
        return None
    fields = {str(field).lower(): str(field) for field in reversed(list(info["fields"]))}
    street = next((fields[field] for field in NAMES if field in fields), None)
    gemeente = next((fields[field] for field in GEMEENTEN if field in fields), None)
    if street is None or not info["crs"]:
        return None
    return Layer(source, name, street, gemeente, str(info["crs"]))


def _listed(names: list[str]) -> str:
    return ", ".join(map(shortened, names[:20])) or "(none)"


def _part(batch: Any, geometry: str, layer: Layer, turn: Transformer) -> Part:  # noqa: ANN401
    shapes = shapely.from_wkb(batch.column(geometry).to_pylist(), on_invalid="ignore")
    shapes = shapely.force_2d(np.array(shapes, dtype=object))
    streets = [_name(text) for text in batch.column(layer.street).to_pylist()]
    numbers = batch.column(layer.gemeente).to_pylist() if layer.gemeente else [None] * len(streets)
    single, owner = shapely.get_parts(shapes, return_index=True)
    degrees = shapely.transform(single, lambda points: np.stack(turn.transform(*points.T), axis=1))
    west, south, east, north = shapely.bounds(degrees).T
    lines = shapely.get_type_id(degrees) == shapely.GeometryType.LINESTRING
    kept = lines & (west > WEST) & (south > SOUTH) & (east < EAST) & (north < NORTH)
    owners = owner[kept].tolist()
    return Part(
        degrees[kept],
        [streets[i] for i in owners],
        [_code(numbers[i]) for i in owners],
        len(streets) - len(set(owners)),
    )


def _name(text: object) -> str:
    """Return the name of a street; '' for what is none that anybody could read."""
    name = " ".join(str(text).split()) if isinstance(text, str) else ""
    return name if name.isprintable() and len(name) <= LONGEST_NAME and folded(name) else ""


def _code(number: object) -> str:
    known = isinstance(number, int | float) and 0 < number < 10_000
    return f"GM{int(number):04d}" if known else ""  # type: ignore[call-overload]
