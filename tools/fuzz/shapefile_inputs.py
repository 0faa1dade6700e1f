"""Zipped Shapefiles: damage in their parts, parts of others, and zips that are no honest zip."""

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import geopandas as gpd
from shapely import Polygon

from tools.fuzz.geojson_inputs import geojson, square
from tools.fuzz.mutating import mutated
from tools.fuzz.texts import any_text, encodable

Parts = dict[str, bytes]
NAMES = (
    *(
        "../w.shp",
        "/etc/w.shp",
        "..\\w.shp",
        "C:\\w.shp",
        "a/b/c/w.shp",
        "w.shp/",
        "",
        ".",
        "..",
        "w.zip",
    ),
    *(
        "W.SHP",
        "v.shp",
        "w.gpkg",
        "w.geojson",
        "w.shp.xml",
        "__MACOSX/w.shp",
        "w\x00.shp",
        "a" * 300 + ".shp",
    ),
)


@cache
def _sound() -> tuple[tuple[str, bytes], ...]:
    rows = 5
    frame = gpd.GeoDataFrame(
        {
            "wijkcode": [f"WK0599{n:02}" for n in range(rows)],
            "wijknaam": [f"Wijk {n}" for n in range(rows)],
        },
        geometry=[Polygon(square(n)[0]) for n in range(rows)],
        crs="EPSG:4326",
    )
    with TemporaryDirectory() as folder:
        frame.to_crs("EPSG:28992").to_file(Path(folder) / "w.shp")
        return tuple((path.name, path.read_bytes()) for path in sorted(Path(folder).iterdir()))


def _bytes(chance: Random, parts: Parts) -> None:
    name = chance.choice(sorted(parts))
    parts[name] = mutated(chance, parts[name], most=3)


def _number(chance: Random, parts: Parts) -> None:
    """Put an odd number where .shp, .shx and .dbf state lengths, counts and kinds."""
    name = chance.choice(
        [n for n in sorted(parts) if n.endswith(("shp", "shx", "dbf"))] or sorted(parts)
    )
    data = bytearray(parts[name])
    if len(data) < 8:
        return
    place = chance.choice(
        (4, 8, 10, 24, 28, 32, 100, 104, 108, 144, 148, chance.randrange(len(data)))
    )
    value = chance.choice((0, 1, 5, 15, 31, 1000, 2**16 - 1, 2**24, 2**31 - 1, 2**31, 2**32 - 1))
    if place + 4 <= len(data):
        data[place : place + 4] = struct.pack(chance.choice(("<I", ">I")), value)
    parts[name] = bytes(data)


def _gone(chance: Random, parts: Parts) -> None:
    del parts[chance.choice(sorted(parts))]


def _swapped(chance: Random, parts: Parts) -> None:
    one, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    parts[one] = parts[other]


def _side(chance: Random, parts: Parts) -> None:
    text = encodable(any_text(chance)).encode()
    parts[chance.choice(("w.prj", "w.cpg", "w.qix", "w.sbn", "w.shp.aux.xml"))] = chance.choice(
        (text, b"LDID/87", b"UTF-16", b"PROJCS[" * 500, chance.randbytes(100))
    )


def _extra(chance: Random, parts: Parts) -> None:
    name = chance.choice((*NAMES, encodable(any_text(chance))))
    parts[name] = chance.choice((b"", b"x", parts.get("w.shp", b""), geojson(chance)))


_WAYS: tuple[Callable[[Random, Parts], None], ...] = (
    *(_bytes, _bytes, _number, _number, _number, _gone, _swapped, _side, _extra),
)


def _zipped(chance: Random, parts: Parts) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = chance.choice(
                (
                    zipfile.ZIP_DEFLATED,
                    zipfile.ZIP_DEFLATED,
                    zipfile.ZIP_STORED,
                    zipfile.ZIP_BZIP2,
                    zipfile.ZIP_LZMA,
                )
            )
            if chance.random() < 0.03:
                entry.external_attr = 0o120777 << 16
            if chance.random() < 0.02:
                entry.flag_bits |= 1
            archive.writestr(entry, data)
    return sink.getvalue()


def zipped_shapefile(chance: Random) -> bytes:
    """Return a hostile zip of a Shapefile, or of something else."""
    parts = dict(_sound())
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        if parts:
            chance.choice(_WAYS)(chance, parts)
    data = _zipped(chance, parts)
    return mutated(chance, data, most=3) if chance.random() < 0.25 else data
