"""GeoPackages whose tables, schema, shapes and pages are hostile: they are databases, not files.

A flip at any place would mostly hit empty pages, so the database is changed by SQL, its shapes are
damaged one by one, and bytes are changed in pages that hold something.
"""

import sqlite3
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import geopandas as gpd
from shapely import Polygon

from tools.fuzz.geojson_inputs import square
from tools.fuzz.mutating import mutated
from tools.fuzz.texts import any_text, encodable

PAGE = 512
ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as fid"
SCHEMA = "pragma writable_schema = on; update sqlite_master set "

STATEMENTS = (
    "update gpkg_contents set table_name = 'x'",
    "update gpkg_contents set data_type = 'tiles'",
    "update gpkg_contents set data_type = 'attributes'",
    "update gpkg_contents set srs_id = 99999",
    "update gpkg_contents set min_x = 'x', max_x = 1e999",
    "update gpkg_contents set last_change = 'gisteren'",
    "update gpkg_geometry_columns set geometry_type_name = 'POINT'",
    "update gpkg_geometry_columns set geometry_type_name = 'x'",
    "update gpkg_geometry_columns set column_name = 'wijkcode'",
    "update gpkg_geometry_columns set srs_id = -1, z = 2, m = 2",
    "update gpkg_spatial_ref_sys set definition = 'GEOGCS[['",
    "update gpkg_spatial_ref_sys set definition = hex(zeroblob(20000))",
    "update gpkg_spatial_ref_sys set organization = 'x', organization_coordsys_id = 4326",
    "update gpkg_spatial_ref_sys set srs_id = srs_id + 1",
    "delete from gpkg_spatial_ref_sys",
    "delete from gpkg_contents",
    "delete from gpkg_geometry_columns",
    "delete from wijken",
    "drop table gpkg_contents",
    "drop table gpkg_spatial_ref_sys",
    "drop table gpkg_geometry_columns",
    'alter table wijken rename column wijkcode to "a\'b]"',
    "alter table wijken add column statcode",
    "alter table wijken add column \"=1+1\" text default '<b>'",
    "alter table wijken add column g text generated always as (hex(zeroblob(4000))) virtual",
    "create table buurten as select * from wijken",
    f"create view v as {ENDLESS}",
    "drop table wijken; create view wijken as "
    f"{ENDLESS}, null as geom, 'a' as wijkcode, 'b' as wijknaam from n",
    "create view w as select * from w",
    "create trigger t after insert on wijken begin delete from wijken; end",
    "create virtual table s using fts5(x)",
    "create virtual table r using rtree(a, b, c)",
    "update wijken set wijkcode = zeroblob(70000)",
    "update wijken set wijknaam = hex(randomblob(9000))",
    "update wijken set wijkcode = 1e308, wijknaam = x'ff00fe'",
    "update wijken set wijknaam = cast(x'80ff80' as text)",
    "update wijken set geom = null",
    "update wijken set geom = x''",
    "update wijken set geom = x'4750'",
    "update wijken set geom = 'POLYGON((0 0))'",
    "update wijken set geom = 12",
    "update wijken set geom = zeroblob(100000)",
    "update wijken set fid = -9223372036854775807 where fid = 1",
    "pragma application_id = 0",
    "pragma application_id = 1196437808",
    "pragma user_version = 2147483647",
    "pragma encoding = 'UTF-16'",
    "pragma journal_mode = wal",
    "pragma auto_vacuum = full; vacuum",
    f"{SCHEMA}sql = 'x' where name = 'wijken'",
    f"{SCHEMA}rootpage = 1 where name = 'wijken'",
    f"{SCHEMA}rootpage = 99999 where name = 'gpkg_contents'",
    f"{SCHEMA}type = 'view' where name = 'wijken'",
    f"{SCHEMA}tbl_name = 'gpkg_contents'",
)


@cache
def _sound() -> bytes:
    rows = 6
    frame = gpd.GeoDataFrame(
        {
            "wijkcode": [f"WK0599{n:02}" for n in range(rows)],
            "wijknaam": [f"Wijk {n}" for n in range(rows)],
            "water": ["NEE"] * rows,
        },
        geometry=[Polygon(square(n)[0]) for n in range(rows)],
        crs="EPSG:4326",
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "w.gpkg"
        frame.to_crs("EPSG:28992").to_file(path, layer="wijken", SPATIAL_INDEX="NO")
        database = sqlite3.connect(path)
        database.executescript(f"pragma page_size = {PAGE}; pragma journal_mode = delete; vacuum")
        database.close()
        return path.read_bytes()


def _shape(chance: Random, database: sqlite3.Connection) -> None:
    """Damage the bytes of one shape: its header, its kind, its number of points, its doubles."""
    rows = database.execute("select fid, geom from wijken limit 20").fetchall()
    row, blob = chance.choice(rows or [(0, None)])
    if not isinstance(blob, bytes) or len(blob) < 20:
        return
    data = bytearray(blob)
    way = chance.randrange(4)
    if way == 0:
        place = chance.randrange(min(len(data), 60))
        data[place] = chance.choice((0, 1, 2, 3, 0x7F, 0xFF, chance.randrange(256)))
    elif way == 1:
        place = chance.randrange(0, len(data) - 4)
        count = chance.choice((0, 1, 3, 1000, 2**24, 2**31 - 1, 2**32 - 1))
        data[place : place + 4] = struct.pack("<I", count)
    elif way == 2:
        place = chance.randrange(0, len(data) - 8)
        data[place : place + 8] = struct.pack("<d", chance.choice((float("nan"), 1e308, -1e308, 0)))
    else:
        data = bytearray(mutated(chance, blob, most=2))
    database.execute("update wijken set geom = ? where fid = ?", (bytes(data), row))


def _text(chance: Random, database: sqlite3.Connection) -> None:
    column = chance.choice(("wijkcode", "wijknaam", "water"))
    where = chance.choice(("1", "fid = 2"))
    text = encodable(any_text(chance))
    database.execute(f"update wijken set {column} = ? where {where}", (text,))


def _statement(chance: Random, database: sqlite3.Connection) -> None:
    database.executescript(chance.choice(STATEMENTS))


def _changed(chance: Random) -> bytes:
    database = sqlite3.connect(":memory:")
    database.deserialize(_sound())
    ways: tuple[Callable[[Random, sqlite3.Connection], None], ...]
    ways = (_shape, _shape, _shape, _text, _statement, _statement)
    for _ in range(chance.choice((1, 1, 2, 3))):
        try:
            chance.choice(ways)(chance, database)
        except (sqlite3.Error, OverflowError):
            continue
    try:
        database.commit()
        return database.serialize()
    except sqlite3.Error:
        return _sound()
    finally:
        database.close()


def _damaged(chance: Random, data: bytes) -> bytes:
    """Change bytes in the header of the file, or at the edges of a page."""
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        page = chance.randrange(max(len(data) // PAGE, 1)) * PAGE
        inside = chance.choice(
            (chance.randrange(12), chance.randrange(100), chance.randrange(PAGE))
        )
        damaged[(page + inside) % len(damaged)] = chance.choice(
            (0, 0xFF, 0x7F, chance.randrange(256))
        )
    return bytes(damaged)


def geopackage(chance: Random) -> bytes:
    """Return a hostile GeoPackage."""
    way = chance.random()
    if way < 0.6:
        return _changed(chance)
    if way < 0.9:
        return _damaged(chance, _sound())
    return mutated(chance, _sound(), most=3)
