"""Street files as their makers write them: the national road file, and vector tiles."""

from pathlib import Path

import geopandas
import pyogrio
from shapely.geometry import LineString, MultiLineString

WEGVAKKEN = [
    ("Kerkstraat", 917, [(5.9800, 50.8860), (5.9830, 50.8880)]),
    ("Kerkstraat", 917, [(5.9830, 50.8880), (5.9850, 50.8890), (5.9900, 50.8895)]),
    ("Kerkstraat", 983, [(6.1680, 51.3700), (6.1700, 51.3720)]),
    ("Sint-Jansstraat", 983, [(6.1680, 51.3690), (6.1690, 51.3700)]),
    ("'t Zand", 796, [(5.3000, 51.6890), (5.3030, 51.6900)]),
    (None, 917, [(5.9700, 50.8800), (5.9710, 50.8810)]),
    ("Lange Dijk", 599, [(4.4000, 51.9000), (4.5200, 51.9300)]),
    ("Aachener Straße", 0, [(8.9000, 50.9000), (8.9100, 50.9100)]),
]
"""Name, number of the gemeente and points of a road; the last one lies abroad."""


def frame(names: str = "stt_naam", number: str | None = "gme_id") -> geopandas.GeoDataFrame:
    columns: dict[str, list[str | None] | list[int]] = {names: [name for name, _, _ in WEGVAKKEN]}
    if number:
        columns[number] = [code for _, code, _ in WEGVAKKEN]
    lines = [MultiLineString([points]) for _, _, points in WEGVAKKEN]
    return geopandas.GeoDataFrame(columns, geometry=lines, crs=4326)


def road_file(path: Path, **columns: str | None) -> Path:
    """Write a GeoPackage as the national road file is: RD New, layer wegvakken, and hectopunten."""
    frame(**columns).to_crs(28992).to_file(path, layer="wegvakken")  # type: ignore[arg-type]
    points = frame().to_crs(28992)
    points.geometry = points.geometry.centroid
    points[["gme_id", "geometry"]].to_file(path, layer="hectopunten")
    return path


def tiles(path: Path) -> Path:
    """Write vector tiles, MBTiles or PMTiles by the ending of the name."""
    driver = {".mbtiles": "MBTiles", ".pmtiles": "PMTiles"}[path.suffix]
    lines = frame("name", None)
    lines.geometry = [LineString(points) for _, _, points in WEGVAKKEN]
    options = {"MINZOOM": "10", "MAXZOOM": "14"}
    pyogrio.write_dataframe(lines, path, layer="roads", driver=driver, dataset_options=options)
    return path
