"""Gives every record its place: hexagon, buurt, wijk and gemeente.

Areas are assigned here and not on intake, so that a new border file needs no new delivery. Where
wijken or buurten are installed, the finest decides, so that levels add up. `geo.placing` only finds
which area of one layer a point lies in; `intake.placing` reads the coordinates of a delivery and
marks those that cannot be true.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely import Polygon

from geo import areas, hexagons
from geo.area_lookup import area_rows
from geo.coordinates import DEGREES

FINE = ("buurt", "wijk")
COLUMNS = ["cell", "buurt", "wijk", "gemeente"]


class Placer:
    """Finds the areas of points with the borders in use (``folder``: the imported ones).

    An area is the number of its row in ``layers``, which are in order of code; -1 is none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        found = {level: areas.installed_areas(level, folder) for level in FINE}
        self.layers: dict[str, gpd.GeoDataFrame] = {
            level: layer for level, layer in found.items() if layer is not None
        }
        gemeenten = self.layers["gemeente"] = areas.gemeenten(folder)
        row = pd.Series(range(len(gemeenten)), index=gemeenten["code"])
        self.parents: dict[str, NDArray[np.int64]] = {
            level: np.asarray(row.loc[layer["parent"]], dtype=np.int64)
            for level, layer in self.layers.items()
            if level in FINE
        }

    def place(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], cells: NDArray[np.int64]
    ) -> pd.DataFrame:
        """Return cell, buurt, wijk and gemeente of points (degrees), shape (n, 4)."""
        found = {level: np.full(len(lon), -1, dtype=np.int64) for level in (*FINE, "gemeente")}
        for level, parent in self.parents.items():
            hit = area_rows(lon, lat, self.layers[level], tolerance_m=0)
            found[level] = hit
            open_spot = (hit >= 0) & (found["gemeente"] < 0)
            found["gemeente"][open_spot] = parent[hit[open_spot]]
        rest = found["gemeente"] < 0
        found["gemeente"][rest] = area_rows(lon[rest], lat[rest], self.layers["gemeente"])
        return pd.DataFrame({"cell": cells, **found})

    def land(self) -> NDArray[np.int64]:
        """Return every res-9 cell whose centre lies in a gemeente."""
        parts = self.layers["gemeente"].to_crs(DEGREES).geometry.explode()
        polygons = [part for part in parts if isinstance(part, Polygon)]
        return np.unique(np.concatenate([hexagons.cells_within(part) for part in polygons]))

    def place_cells(self, cells: NDArray[np.int64]) -> pd.DataFrame:
        """Return the place of each cell, by its centre."""
        lon, lat = hexagons.centres(cells)
        return self.place(lon, lat, cells)

    def rows_of(self, level: str, codes: "pd.Series[str]") -> NDArray[np.int64]:
        """Return the row of each code at a level, -1 where it is not in use."""
        if level not in self.layers:
            return np.full(len(codes), -1, dtype=np.int64)
        layer = self.layers[level]
        row = pd.Series(range(len(layer)), index=layer["code"])
        return np.asarray(codes.map(row).fillna(-1), dtype=np.int64)
