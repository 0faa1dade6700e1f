"""Gives every record its place: hexagon, buurt, wijk, gemeente and RIEC.

Areas are assigned here and not on intake, so that a new border file needs no new delivery. Where
wijken or buurten are installed, the finest decides, so that levels add up.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import areas, hexagons
from geo.placing import positions

COLUMNS = ["cell", "buurt", "wijk", "gemeente"]


class Placer:
    """Finds the areas of points with the borders in use (``folder``: the imported ones)."""

    def __init__(self, folder: Path) -> None:
        self.layers: dict[str, gpd.GeoDataFrame] = {
            level: layer
            for level in ("buurt", "wijk")
            if (layer := areas.finer(level, folder)) is not None
        }
        self.gemeenten = areas.gemeenten()

    def place(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], cells: NDArray[np.int64]
    ) -> pd.DataFrame:
        """Return cell, buurt, wijk and gemeente (codes, '' for none) of points, shape (n, 4)."""
        found = pd.DataFrame({"cell": cells, "buurt": "", "wijk": "", "gemeente": ""}, dtype=object)
        for level, layer in self.layers.items():
            hit = positions(lon, lat, layer, tolerance_m=0)
            inside = hit >= 0
            found.loc[inside, level] = layer["code"].to_numpy()[hit[inside]]
            open_spot = inside & (found["gemeente"] == "").to_numpy()
            found.loc[open_spot, "gemeente"] = layer["parent"].to_numpy()[hit[open_spot]]
        rest = (found["gemeente"] == "").to_numpy()
        hit = positions(lon[rest], lat[rest], self.gemeenten)
        codes = np.append(self.gemeenten["code"].to_numpy(), "")
        found.loc[rest, "gemeente"] = codes[hit]
        return found.astype({"cell": "int64"})

    def land(self) -> NDArray[np.int64]:
        """Return every res-9 cell whose centre lies in a gemeente."""
        parts = self.gemeenten.to_crs("EPSG:4326").geometry.explode()
        return np.unique(np.concatenate([hexagons.cells_within(part) for part in parts]))

    def place_cells(self, cells: NDArray[np.int64]) -> pd.DataFrame:
        """Return the place of each cell, by its centre."""
        lon, lat = hexagons.centres(cells)
        return self.place(lon, lat, cells)
