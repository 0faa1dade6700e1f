"""Write the data files so that two runs give the same bytes, and their sha256 into the README."""

import hashlib
import json
import re
from pathlib import Path

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[np.object_]
DECIMALS = 6
BEGIN, END = "<!-- sha256 -->", "<!-- /sha256 -->"


def rounded_wgs84(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """To EPSG:4326 with six decimals (0.1 m): equal vertices stay equal, so borders stay shared."""
    degrees = frame.to_crs(4326)
    rounded = shapely.transform(np.array(degrees.geometry), lambda c: np.round(c, DECIMALS))
    return degrees.set_geometry(_canonical(rounded), crs=4326)


def refuse_faults(frame: geopandas.GeoDataFrame, expected: int) -> None:
    """Stop unless there are `expected` valid areas that neither overlap nor leave gaps."""
    shapes = np.array(frame.geometry)
    invalid = int((~shapely.is_valid(shapes)).sum())
    if len(shapes) != expected or invalid or not shapely.coverage_is_valid(shapes):
        raise SystemExit(f"{len(shapes)} areas of {expected}, {invalid} invalid, or not a coverage")


def write_geojson(frame: geopandas.GeoDataFrame, file: Path) -> None:
    """One feature a line, in the order of `code`; every column but the geometry is a property."""
    frame = frame.sort_values("code")
    columns = [column for column in frame.columns if column != "geometry"]
    features = [
        {"type": "Feature", "properties": dict(zip(columns, values, strict=True)), "geometry": area}
        for values, area in zip(
            frame[columns].itertuples(index=False, name=None),
            map(shapely.geometry.mapping, _canonical(np.array(frame.geometry))),
            strict=True,
        )
    ]
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    file.write_text(text, encoding="utf-8", newline="\n")


def write_checksums(readme: Path, files: list[Path]) -> None:
    """Put the sha256 of `files` between the two marks in `readme`."""
    lines = [f"| `{f.name}` | `{hashlib.sha256(f.read_bytes()).hexdigest()}` |" for f in files]
    table = "\n".join([BEGIN, "| file | sha256 |", "|---|---|", *lines, END])
    text = readme.read_text(encoding="utf-8")
    readme.write_text(
        re.sub(f"{BEGIN}.*?{END}", table, text, flags=re.DOTALL), encoding="utf-8", newline="\n"
    )


def _canonical(shapes: Shapes) -> Shapes:
    """Same start, same order of parts, outer rings counter-clockwise (RFC 7946)."""
    return shapely.orient_polygons(shapely.normalize(shapes), exterior_cw=False)
