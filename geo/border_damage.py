"""Refuses border files whose damage or disguise the reading library (GDAL) would not report.

GDAL knows eighty formats and opens a file by its content; some of those formats only name another
file or an address. So the first bytes must be those of the format that the file name states, and
border_files then asks GDAL for that format alone.
"""

import struct
from collections.abc import Callable
from pathlib import Path

from geo.border_database import refuse_database
from geo.border_limits import LARGEST_FILE
from geo.shapefile_claims import part_of, refuse_other_counts

HEADER_BYTES = 100
SHAPEFILE = struct.pack(">i", 9994)


def refuse_damage(path: Path) -> None:
    """Raise OSError or sqlite3.DatabaseError when a border file is too large or not whole."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise OSError(f"{size:,} bytes where at most {LARGEST_FILE:,} are read")
    _CHECKS[path.suffix.lower()](path)


def _refuse_json(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{"):
        raise OSError("no GeoJSON object at its beginning")


def _refuse_shapefile(path: Path) -> None:
    with path.open("rb") as stream:
        header = stream.read(28)
    if len(header) == 28 and not header.startswith(SHAPEFILE):
        raise OSError("no Shapefile at its beginning")
    stated = struct.unpack(">i", header[24:])[0] * 2 if len(header) == 28 else HEADER_BYTES
    if path.stat().st_size < stated:
        raise OSError(f"{path.stat().st_size:,} bytes of the {stated:,} that its header states")
    beside = {file.suffix.lower() for file in path.parent.iterdir() if file.stem == path.stem}
    missing = sorted({".dbf", ".shx"} - beside)
    if missing:
        raise OSError(f"no {' and '.join(missing)} beside it")
    table = part_of(path, ".dbf")
    if table is not None and table.stat().st_size > LARGEST_FILE:
        raise OSError(f"a table of {table.stat().st_size:,} bytes")
    refuse_other_counts(path)


_CHECKS: dict[str, Callable[[Path], None]] = {
    ".gpkg": refuse_database,
    ".geojson": _refuse_json,
    ".json": _refuse_json,
    ".shp": _refuse_shapefile,
}
