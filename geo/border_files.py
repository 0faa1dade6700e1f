"""Read a border file of any usual kind into rows of code, name, water and polygon in RD New.

Nothing is judged here but whether the file can be read at all: what it says is for border_checks.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj.exceptions import ProjError
from shapely.errors import ShapelyError

from errors import WeerbeeldError
from geo.border_damage import refuse_damage
from geo.coordinates import DEGREES, RD

KINDS = {".gpkg": "GeoPackage", ".geojson": "GeoJSON", ".json": "GeoJSON", ".shp": "Shapefile"}
CODE_COLUMNS = ("{level}code", "statcode", "code", "gwb_code")
NAME_COLUMNS = ("{level}naam", "statnaam", "name")
WATER_COLUMNS = ("water", "h2o")
YEAR_COLUMNS = ("jaarcode",)
EXTENTS = {RD: (-7_000, 289_000, 300_000, 629_000), DEGREES: (3.0, 50.5, 7.5, 54.0)}
"""Where Dutch coordinates lie (west, south, east, north), to recognise an unnamed system."""

UNREADABLE = (
    *(RuntimeError, ProjError, ShapelyError, sqlite3.DatabaseError, UnicodeDecodeError, OSError),
)
"""What reading a damaged file raises; the reader's own errors are RuntimeErrors."""


@dataclass(frozen=True)
class Border:
    """What a border file holds.

    ``rows`` has columns row (1 for the first area in the file), code, name, water, year (text,
    empty where missing) and geometry (EPSG:28992, None where missing). ``crs`` names the system in
    the file.
    """

    rows: gpd.GeoDataFrame
    crs: str
    code_column: str
    name_column: str


def read_border(path: Path, level: str) -> Border:
    """Return the areas in ``path``; WeerbeeldError when it is no readable border file."""
    if path.suffix.lower() not in KINDS:
        raise _refused(path, f"a {path.suffix or 'nameless'} file", "a .gpkg, .geojson or .shp")
    if not path.is_file():
        raise _refused(path, "no such file", "the path of a border file")
    if path.stat().st_size == 0:
        raise _refused(path, "an empty file (0 bytes)", "a border file; download it again")
    try:
        refuse_damage(path)
        return _read(path, level)
    except UNREADABLE as error:
        kind = KINDS[path.suffix.lower()]
        found = " ".join(str(error).replace(str(path), path.name).split())[:120]
        raise _refused(
            path, f"a file that cannot be read ({found})", f"a whole {kind}; download it again"
        ) from error


def _refused(path: Path, found: str, expected: str) -> WeerbeeldError:
    return WeerbeeldError(
        f"{path.name} is not imported; nothing was changed. Found {found}, expected {expected}."
    )


def _read(path: Path, level: str) -> Border:
    layer = _layer(path, level)
    fields = _fields(path, layer)
    code = _column(fields, CODE_COLUMNS, level)
    name = _column(fields, NAME_COLUMNS, level)
    if code is None or name is None:
        raise _refused(path, f"columns {', '.join(fields) or '(none)'}", _wanted(fields, level))
    water, year = _column(fields, WATER_COLUMNS, level), _column(fields, YEAR_COLUMNS, level)
    columns = [column for column in (code, name, water, year) if column]
    frame = gpd.read_file(path, layer=layer, columns=columns)
    geometry = gpd.GeoSeries(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)
    crs, said = _system(geometry, path)
    rows = gpd.GeoDataFrame(
        {
            "row": np.arange(1, len(frame) + 1),
            "code": _text(frame[code]),
            "name": _text(frame[name]),
            "water": _text(frame[water]) if water else "",
            "year": _text(frame[year]) if year else "",
        },
        geometry=geometry.set_crs(crs, allow_override=True).to_crs(RD),
    )
    return Border(rows, said, code, name)


def _layer(path: Path, level: str) -> str:
    """Return the layer of ``level``; of several the generalised one, as maps use."""
    listed = gpd.list_layers(path)
    layers = [str(name) for name in listed.loc[listed["geometry_type"].notna(), "name"]]
    of_level = [name for name in layers if level in name.lower() and "label" not in name.lower()]
    coarse = [name for name in of_level if "niet_gegeneraliseerd" not in name.lower()]
    for candidates in (layers, of_level, coarse):
        if len(candidates) == 1:
            return candidates[0]
    raise _refused(
        path, f"map layers {', '.join(layers) or '(none)'}", f"exactly one layer of {level}"
    )


def _wanted(fields: list[str], level: str) -> str:
    """Say which columns are wanted, and which level the file seems to hold instead."""
    columns = [
        " / ".join(names).format(level=level)
        for names in (CODE_COLUMNS, NAME_COLUMNS)
        if _column(fields, names, level) is None
    ]
    other = "buurt" if level == "wijk" else "wijk"
    its_own = all(f"{other}{end}" in map(str.lower, fields) for end in ("code", "naam"))
    hint = f"; a file of {other} areas goes with --level {other}" if its_own else ""
    return f"a column {' and a column '.join(columns)}{hint}"


def _fields(path: Path, layer: str) -> list[str]:
    head = gpd.read_file(path, layer=layer, rows=1)
    return [str(column) for column in head.columns if column != head.active_geometry_name]


def _column(fields: list[str], names: tuple[str, ...], level: str) -> str | None:
    """Return the first of ``names`` among ``fields``, whatever its case."""
    lower = {field.lower(): field for field in fields}
    return next((lower[n] for name in names if (n := name.format(level=level)) in lower), None)


def _text(column: "pd.Series[str]") -> "pd.Series[str]":
    return column.astype("string").fillna("").str.strip()


def _system(geometry: gpd.GeoSeries, path: Path) -> tuple[str, str]:
    """Return the coordinate system to read in, and what to call it.

    A file that names none, or a GeoJSON with metres (which then counts as degrees), is
    recognised by where its coordinates lie.
    """
    west, south, east, north = geometry.total_bounds
    looks = [
        crs
        for crs, (w, s, e, n) in EXTENTS.items()
        if w <= west and s <= south and e >= east and n >= north
    ]
    stated = geometry.crs
    if stated is not None and not (stated.is_geographic and RD in looks):
        authority = stated.to_authority()
        return stated.to_wkt(), ":".join(authority) if authority else stated.name
    if not looks and not np.isnan(west):
        raise _refused(
            path,
            f"no coordinate system, and coordinates from {west:.6g}, {south:.6g} "
            f"to {east:.6g}, {north:.6g}",
            "RD New (EPSG:28992) or longitude and latitude (EPSG:4326) in the Netherlands",
        )
    crs = looks[0] if looks else RD
    return crs, f"{crs} (recognised by its coordinates)"
