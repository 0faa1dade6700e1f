"""Find damage in a border file that the reader of it would pass over in silence."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

HEADER_BYTES = 100


def refuse_damage(path: Path) -> None:
    """Raise OSError or sqlite3.DatabaseError when a GeoPackage or Shapefile is not whole."""
    suffix = path.suffix.lower()
    if suffix == ".gpkg":
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            verdict = database.execute("pragma quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(str(verdict))
    if suffix == ".shp":
        with path.open("rb") as stream:
            header = stream.read(28)
        stated = struct.unpack(">i", header[24:])[0] * 2 if len(header) == 28 else HEADER_BYTES
        if path.stat().st_size < stated:
            raise OSError(f"{path.stat().st_size:,} bytes of the {stated:,} that its header states")
        beside = {file.suffix.lower() for file in path.parent.iterdir() if file.stem == path.stem}
        missing = sorted({".dbf", ".shx"} - beside)
        if missing:
            raise OSError(f"no {' and '.join(missing)} beside it")
