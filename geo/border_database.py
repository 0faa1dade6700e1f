"""Checks a GeoPackage before it is read: it is a SQLite database, so it can hold programs.

Endless views, columns computed on reading and virtual tables have no place among borders. They are
refused before anything in them runs.
"""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from errors import shortened
from geo.border_limits import LARGEST_VALUE, MOST_AREAS, SECONDS

MAGIC = b"SQLite format 3\x00"
IDENTITIES = (b"GPKG", b"GP10", b"GP11")
STEPS = 100_000

PROGRAMS = """
    select type || ' ' || name from sqlite_master
    where type not in ('table', 'index', 'trigger')
       or (sql like 'create virtual%' and sql not like '%using rtree%' and sql not like '%"rtree"%')
"""
COMPUTED = """
    select m.name || '.' || x.name from sqlite_master m join pragma_table_xinfo(m.name) x
    where m.type = 'table' and x.hidden in (2, 3)
"""
LAYERS = "select table_name, column_name from gpkg_geometry_columns limit 1000"


def refuse_database(
    path: Path,
    *,
    most: int | None = None,
    seconds: float | None = None,
    geopackage: bool = True,
) -> None:
    """Raise OSError or sqlite3.DatabaseError when the database at ``path`` is not just data.

    ``most`` is how many shapes a layer may have; looking through may take ``seconds``: as for
    borders where nothing else is said. It is a GeoPackage, unless ``geopackage`` says that it is
    some other.
    """
    most = MOST_AREAS if most is None else most
    seconds = SECONDS if seconds is None else seconds
    with path.open("rb") as stream:
        header = stream.read(100)
    if not header.startswith(MAGIC):
        raise sqlite3.DatabaseError("file is not a database")
    if geopackage and header[68:72] not in IDENTITIES:
        raise OSError("a database that is no GeoPackage")
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        _bound(database, seconds)
        for query in (PROGRAMS, COMPUTED):
            if found := database.execute(query).fetchone():
                raise OSError(f"{shortened(str(found[0]))}, where only tables are expected")
        verdict = database.execute("pragma quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(str(verdict))
        layers = database.execute(LAYERS).fetchall() if geopackage else []
        for table, column in layers:
            _refuse_large(database, str(table), str(column), most)


def _bound(database: sqlite3.Connection, seconds: float) -> None:
    """Limit the time and memory of every statement, and trust nothing that the schema says."""
    end = time.monotonic() + seconds
    database.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    database.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100)
    for pragma in ("trusted_schema = off", "cell_size_check = on", "ignore_check_constraints = on"):
        database.execute(f"pragma {pragma}")


def _refuse_large(database: sqlite3.Connection, table: str, column: str, most: int) -> None:
    known = {str(name) for (name,) in database.execute("select name from sqlite_master")}
    if table not in known:
        return
    name, shape = (f'"{text.replace(chr(34), chr(34) * 2)}"' for text in (table, column))
    rows, longest = database.execute(
        f"select count(*), max(length({shape})) from {name}"
    ).fetchone()
    if rows > most:
        raise OSError(f"{rows:,} areas where at most {most:,} are read")
    if (longest or 0) > LARGEST_VALUE:
        raise OSError(f"a shape of {longest:,} bytes")
