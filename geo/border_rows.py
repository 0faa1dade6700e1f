"""Reads all rows of a border file, whatever the file claims about their number or encoding."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

from geo.shapefile_claims import encoding_of

GEOPACKAGE = ".gpkg"
EVERY_ROW = "1 = 1"
"""A filter, with which GDAL counts the rows instead of relying on the count that is stored."""

STATED = "select feature_count from gpkg_ogr_contents where lower(table_name) = lower(?)"


def all_rows(
    path: Path, source: str, layer: str, options: Mapping[str, Any]
) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Return the rows of ``layer``, and remarks on what the file claims and does not hold.

    ``source`` names ``path`` to GDAL, ``options`` are those of pyogrio. Raises OSError when not all
    rows can be read.
    """
    options, remarks = dict(options), []
    if path.suffix.lower() == GEOPACKAGE:
        stated, held = _counts(path, layer)
        options["where"] = EVERY_ROW
        if stated is not None and stated != held:
            remarks.append(f"The file states {stated} areas and holds {held:,}: all were read.")
    else:
        held = None
    if path.suffix.lower() == ".shp":
        options["encoding"], claimed = encoding_of(path)
        if claimed:
            remarks.append(
                f"The file states {claimed} for its names; they are in {options['encoding']}, and "
                "were read so."
            )
    frame = pyogrio.read_dataframe(source, layer=layer, **options)
    if held is not None and len(frame) != held:
        raise OSError(f"{len(frame):,} areas that can be read of the {held:,} in the file")
    return frame, tuple(remarks)


def _counts(path: Path, layer: str) -> tuple[object, int]:
    """Return how many rows a GeoPackage states for a layer (None when it does not), and has."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        name = layer.replace('"', '""')
        held = int(database.execute(f'select count(*) from "{name}"').fetchone()[0])
        try:
            stated = database.execute(STATED, (layer,)).fetchone()
        except sqlite3.OperationalError:
            return None, held
    return (stated[0] if stated else None), held
