"""The ten RIEC regions, dissolved from their municipalities by an explicit table (riec.csv)."""

import csv
from pathlib import Path

import geopandas
import numpy as np
import shapely

TABLE = Path(__file__).with_name("riec.csv")
NAMES = {
    "amsterdam-amstelland": "Amsterdam-Amstelland",
    "den-haag": "Den Haag",
    "limburg": "Limburg",
    "midden-nederland": "Midden-Nederland",
    "noord-holland": "Noord-Holland",
    "noord-nederland": "Noord-Nederland",
    "oost-brabant": "Oost-Brabant",
    "oost-nederland": "Oost-Nederland",
    "rotterdam": "Rotterdam",
    "zeeland-west-brabant": "Zeeland-West-Brabant",
}


def municipalities() -> list[tuple[str, str, str]]:
    """(code, official name, RIEC) of the 342 municipalities, in the order of their codes."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [(row["code"], row["name"], row["riec"]) for row in csv.DictReader(stream)]


def dissolved(gemeenten: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Columns code, name, geometry; each region keeps the vertices of its municipalities."""
    regions = [
        shapely.coverage_union_all(np.array(gemeenten.geometry[gemeenten["riec"] == code]))
        for code in NAMES
    ]
    return geopandas.GeoDataFrame(
        {"code": list(NAMES), "name": list(NAMES.values())}, geometry=regions, crs=gemeenten.crs
    )
