"""Borders of areas as a file for the importer of borders."""

from typing import get_args

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geo import importing
from geo.areas import gemeenten
from geo.coordinates import DEGREES
from opendata import left_out as why
from opendata.contract import Borders, Fetcher
from opendata.left_out import LeftOut

IMPORTED = get_args(importing.Level)
"""Levels that the importer takes."""


def importable(codes: "pd.Index[str]", level: str, left_out: LeftOut) -> bool:
    """Return whether the importer takes the borders of these areas, and count them if it does not.

    Of gemeenten it takes those of today only, all of them; figures of former ones are carried over.
    """
    if level not in IMPORTED:
        left_out.add(why.NOT_IMPORTED, len(codes))
        return False
    if level == "gemeente" and set(codes) != set(gemeenten()["code"]):
        left_out.add(why.NOT_OF_TODAY, len(codes))
        return False
    return True


def border_file(
    fetcher: Fetcher, areas: pd.DataFrame, level: str, year: int, name: str, left_out: LeftOut
) -> tuple[Borders, ...]:
    """Write the borders of ``areas`` (index: codes) for the importer, if it takes the level.

    ``areas`` has a column ``name`` and geometry in degrees. The same areas give the same bytes.
    """
    if not importable(areas.index, level, left_out):
        return ()
    shapes = areas["geometry"].to_numpy()
    bare = pd.Series(shapely.is_missing(shapes) | shapely.is_empty(shapes), index=areas.index)
    areas = left_out.drop(areas, bare, why.NO_BORDER).sort_index()
    rows = gpd.GeoDataFrame(
        {"code": areas.index.to_numpy(), "name": areas[name].astype(str).to_numpy()},
        geometry=areas["geometry"].to_numpy(),
        crs=DEGREES,
    )
    file = fetcher.file_for(f"{level}-{year}.gpkg")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"})
    try:
        pyogrio.write_dataframe(rows, file, layer=level, driver="GPKG", SPATIAL_INDEX="NO")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    return (Borders(level, year, file),)
