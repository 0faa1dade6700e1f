"""Official areas: Nederland, ten RIEC regions, gemeenten; wijken and buurten where installed."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.coordinates import RD

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED = DATA / "boundaries"
PLACES = DATA / "places" / "places.csv"
GATEWAYS = DATA / "places" / "gateways.csv"
HISTORY = DATA / "places" / "gemeente_history.csv"

COUNTRY = "NL"
COUNTRY_NAME = "Nederland"

LEVELS = ("nederland", "riec", "gemeente", "wijk", "buurt")
"""Levels of official areas, from large to small."""


@dataclass(frozen=True)
class Installed:
    """An imported border file: its level, year, number of areas and attribution."""

    level: str
    year: int
    rows: int
    attribution: str


@cache
def gemeenten() -> gpd.GeoDataFrame:
    """Return the 342 gemeenten: code, name, riec, geometry (EPSG:28992), ordered by code."""
    frame = gpd.read_file(SHIPPED / "gemeenten.geojson").to_crs(RD)
    return frame.sort_values("code", ignore_index=True)


@cache
def riecs() -> gpd.GeoDataFrame:
    """Return the ten RIEC regions: code, name, geometry (EPSG:28992), ordered by code."""
    frame = gpd.read_file(SHIPPED / "riec.geojson").to_crs(RD)
    return frame.sort_values("code", ignore_index=True)


def finer(level: str, folder: Path) -> gpd.GeoDataFrame | None:
    """Return the installed wijken or buurten (code, name, parent, geometry), or None."""
    path = folder / f"{level}.parquet"
    if not path.exists():
        return None
    return gpd.read_parquet(path).sort_values("code", ignore_index=True)


def installed(folder: Path) -> list[Installed]:
    """Return what was imported into ``folder``."""
    sheets = []
    for level in ("wijk", "buurt"):
        path = folder / f"{level}.json"
        if path.exists():
            sheet: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            sheets.append(
                Installed(level, int(sheet["year"]), int(sheet["rows"]), str(sheet["attribution"]))
            )
    return sheets


def places() -> pd.DataFrame:
    """Return the places that a search finds: name, latitude, longitude, population, gemeente."""
    return pd.read_csv(PLACES, dtype={"name": "string", "gemeente": "string"})


def attributions(folder: Path) -> list[str]:
    """Return the lines that every map shows for the borders in use."""
    shipped = (SHIPPED / "ATTRIBUTION.txt").read_text(encoding="utf-8").strip()
    return [shipped, *(sheet.attribution for sheet in installed(folder))]


def fingerprint(folder: Path) -> dict[str, str]:
    """Return the sha256 of every border and place file that a build reads."""
    files = [SHIPPED / "gemeenten.geojson", SHIPPED / "riec.geojson", PLACES, GATEWAYS, HISTORY]
    files += sorted(folder.glob("*.parquet"))
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in files}
