"""Read a border file of any usual kind into rows of code, name, water and polygon in RD New.

Here is only checked whether the file can be read; border_checks judges what it says.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from errors import WeerbeeldError, shortened
from geo.border_columns import (
    CODE_COLUMNS,
    NAME_COLUMNS,
    WATER_COLUMNS,
    YEAR_COLUMNS,
    column,
    level_of,
    spelled,
)
from geo.border_copy import settled
from geo.border_damage import refuse_damage
from geo.border_limits import MOST_AREAS, MOST_POINTS, MOST_POINTS_OF_ONE
from geo.border_rows import EVERY_ROW, GEOPACKAGE, all_rows
from geo.border_zip import unpacked
from geo.coordinates import DEGREES, RD

T = TypeVar("T")

KINDS = {".gpkg": "GeoPackage", ".geojson": "GeoJSON", ".json": "GeoJSON", ".shp": "Shapefile"}
KINDS |= {".zip": "zip of a border file"}
PINNED = {".gpkg": "GPKG:", ".geojson": "GeoJSON:", ".json": "GeoJSON:", ".shp": ""}
"""Prefixes that make GDAL open a file as this kind and no other. Shapefiles have none: their first
bytes are checked instead (border_damage)."""
AS_TEXT = {"DATE_AS_STRING": "YES"}
"""Keeps dates as text: GDAL takes any text of that form in GeoJSON for a date, also 2024-02-31."""

NAMED = 20
LONGEST_REASON = 300
EXTENTS = {RD: (-7_000, 289_000, 300_000, 629_000), DEGREES: (3.0, 50.5, 7.5, 54.0)}
"""Where Dutch coordinates lie (west, south, east, north), to recognise an unnamed system."""


@dataclass(frozen=True)
class Border:
    """What a border file holds.

    ``rows`` has columns row (1 for the first area in the file), code, name, water, year (text,
    empty where missing) and geometry (EPSG:28992, None where missing). ``crs`` names the system in
    the file, ``remarks`` what it claims and is not so.
    """

    rows: gpd.GeoDataFrame
    crs: str
    code_column: str
    name_column: str
    remarks: tuple[str, ...] = ()


def read_border(path: Path, level: str) -> Border:
    """Return the areas in ``path``; WeerbeeldError when it is no readable border file."""
    return _from(path, level, _read)


def read_attributes(path: Path, level: str) -> pd.DataFrame:
    """Return what ``path`` says of its areas beside their shape, under the names in the file.

    The column of codes is called code, that of water water. WeerbeeldError as ``read_border``.
    """
    return _from(path, level, _attributes)


def _from(path: Path, level: str, read: Callable[[Path, str], T]) -> T:
    """Return what ``read`` finds in a file that was looked through, wherever it is."""
    if path.suffix.lower() not in KINDS:
        found = f"a {path.suffix or 'nameless'} file"
        raise _refused(path, found, "a .gpkg, .geojson or .shp, or a .zip of one")
    if not path.is_file():
        raise _refused(path, "no such file", "the path of a border file")
    if path.stat().st_size == 0:
        raise _refused(path, "an empty file (0 bytes)", "a border file; download it again")
    file = path
    try:
        with warnings.catch_warnings(action="ignore"), _plain(path, level) as file:
            refuse_damage(file)
            return read(file, level)
    except _OddError as odd:
        raise _refused(path, *odd.args) from None
    except Exception as error:  # the libraries that read borders raise whatever they like
        kind = KINDS[path.suffix.lower()]
        said = str(error).replace(str(file), path.name).replace(str(path), path.name)
        found = " ".join(said.split())[:LONGEST_REASON]
        raise _refused(
            path, f"a file that cannot be read ({found})", f"a whole {kind}; download it again"
        ) from error


class _OddError(Exception):
    """A readable file is not what was asked for; arguments: what was found, what was expected."""


@contextmanager
def _plain(path: Path, level: str) -> Iterator[Path]:
    """Give a border file that can be read where it is: unpacked, or a copy, where needed."""
    with ExitStack() as opened:
        zipped = path.suffix.lower() == ".zip"
        file = opened.enter_context(unpacked(path, level)) if zipped else path
        yield opened.enter_context(settled(file))


def _refused(path: Path, found: str, expected: str) -> WeerbeeldError:
    return WeerbeeldError(
        f"{path.name} is not imported; nothing was changed. Found {found}, expected {expected}."
    )


def _named(names: list[str]) -> str:
    """Return the first of ``names``, as many as fit in a message."""
    rest = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return (", ".join(map(shortened, names[:NAMED])) or "(none)") + rest


def _read(path: Path, level: str) -> Border:
    source = f"{PINNED[path.suffix.lower()]}{path}"
    layer = _layer(source, level)
    fields = _fields(source, layer)
    code = column(fields, CODE_COLUMNS, level)
    name = column(fields, NAME_COLUMNS, level)
    if code is None or name is None or level_of(fields) not in (None, level):
        raise _OddError(f"columns {_named(fields)}", _wanted(fields, level))
    water, year = column(fields, WATER_COLUMNS, level), column(fields, YEAR_COLUMNS, level)
    columns = [there for there in (code, name, water, year) if there]
    options = AS_TEXT if source.startswith("GeoJSON:") else {}
    frame, remarks = all_rows(path, source, layer, {"columns": columns, **options})
    geometry = gpd.GeoSeries(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)
    _refuse_many_points(geometry)
    crs, said = _system(geometry)
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
    return Border(rows, said, code, name, remarks)


def _attributes(path: Path, level: str) -> pd.DataFrame:
    source = f"{PINNED[path.suffix.lower()]}{path}"
    layer = _layer(source, level)
    fields = _fields(source, layer)
    code, water = column(fields, CODE_COLUMNS, level), column(fields, WATER_COLUMNS, level)
    if code is None or level_of(fields) not in (None, level):
        raise _OddError(f"columns {_named(fields)}", _wanted(fields, level))
    options = dict(AS_TEXT) if source.startswith("GeoJSON:") else {}
    if path.suffix.lower() == GEOPACKAGE:
        options["where"] = EVERY_ROW
    frame: pd.DataFrame = pyogrio.read_dataframe(
        source, layer=layer, read_geometry=False, **options
    )
    names = {code: "code"} | ({water: "water"} if water else {})
    return frame.rename(columns=names)


def _layer(source: str, level: str) -> str:
    """Return the layer of ``level``; where there are several, the generalised one that maps use."""
    listed = pyogrio.list_layers(source)
    layers = [str(name) for name, kind in listed if kind is not None]
    of_level = [name for name in layers if level in name.lower() and "label" not in name.lower()]
    coarse = [name for name in of_level if "niet_gegeneraliseerd" not in name.lower()]
    for candidates in (layers, of_level, coarse):
        if len(candidates) == 1:
            return candidates[0]
    raise _OddError(f"map layers {_named(layers)}", f"exactly one layer of {level}")


def _wanted(fields: list[str], level: str) -> str:
    """Return which columns are expected, and which level the file seems to hold instead."""
    columns = [
        " / ".join(spelled(names, level))
        for names in (CODE_COLUMNS, NAME_COLUMNS)
        if column(fields, names, level) is None
    ]
    other = level_of(fields)
    hint = (
        f"; a file of {other} areas goes with --level {other}" if other not in (None, level) else ""
    )
    return f"a column {' and a column '.join(columns)}{hint}"


def _fields(source: str, layer: str) -> list[str]:
    info = pyogrio.read_info(source, layer=layer, force_feature_count=True)
    if info["features"] > MOST_AREAS:
        raise _OddError(f"{info['features']:,} areas", f"at most {MOST_AREAS:,}")
    return [str(column) for column in info["fields"]]


def _refuse_many_points(geometry: gpd.GeoSeries) -> None:
    points = shapely.get_num_coordinates(geometry.to_numpy())
    if points.sum() > MOST_POINTS or points.max(initial=0) > MOST_POINTS_OF_ONE:
        found = f"{points.sum():,} corner points, {points.max(initial=0):,} in one area"
        raise _OddError(found, f"at most {MOST_POINTS:,}, and {MOST_POINTS_OF_ONE:,} in one area")


def _text(column: "pd.Series[str]") -> "pd.Series[str]":
    return column.astype("string").fillna("").str.strip()


def _system(geometry: gpd.GeoSeries) -> tuple[str, str]:
    """Return the coordinate system (WKT or code) of the shapes, and its name for the report.

    A file that names no system is recognised by where its coordinates lie, as is a GeoJSON in
    metres: GDAL says that every GeoJSON is in degrees.
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
        raise _OddError(
            f"no coordinate system, and coordinates from {west:.6g}, {south:.6g} "
            f"to {east:.6g}, {north:.6g}",
            "RD New (EPSG:28992) or longitude and latitude (EPSG:4326) in the Netherlands",
        )
    crs = looks[0] if looks else RD
    return crs, f"{crs} (recognised by its coordinates)"
