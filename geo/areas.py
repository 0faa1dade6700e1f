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
from geo.dissolving import united
from geo.riec_table import riec_table

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED = DATA / "boundaries"
PLACES = DATA / "places" / "places.csv"
GATEWAYS = DATA / "places" / "gateways.csv"
HISTORY = DATA / "places" / "gemeente_history.csv"

BORDERS = "gemeente.parquet"
RIEC_TABLE = "riec_of_gemeente.csv"
"""What a folder of installed borders may hold: exact borders of gemeenten, and the police unit
(the RIEC of the same name) of each, columns gemeente and riec."""

PLACE_NAMES = "Plaatsnamen: GeoNames (CC BY 4.0)."
"""The line for maps of installed borders of gemeenten, of which only place names are shipped."""

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


def gemeenten(folder: Path | None = None) -> gpd.GeoDataFrame:
    """Return the 342 gemeenten: code, name, riec, geometry (EPSG:28992), ordered by code.

    Where ``folder`` holds borders of gemeenten or a table of RIECs, those are used; codes and
    names are always the shipped ones. WeerbeeldError when the table is not whole.
    """
    shipped = _shipped("gemeenten")
    borders, table = _own(folder, BORDERS), _own(folder, RIEC_TABLE)
    if borders is None and table is None:
        return shipped
    frame = shipped if borders is None else _with_borders(shipped, borders)
    return frame if table is None else frame.assign(riec=riec_table(table, shipped))


def riecs(folder: Path | None = None) -> gpd.GeoDataFrame:
    """Return the ten RIEC regions: code, name, geometry (EPSG:28992), ordered by code.

    Where ``folder`` has borders or RIECs of its own, they consist of its gemeenten.
    """
    shipped = _shipped("riec")
    own = gemeenten(folder)
    if own is _shipped("gemeenten"):
        return shipped
    shapes = [united(own.geometry[own["riec"] == code].to_numpy()) for code in shipped["code"]]
    return shipped.set_geometry(gpd.GeoSeries(shapes, crs=RD))


@cache
def _shipped(name: str) -> gpd.GeoDataFrame:
    frame = gpd.read_file(SHIPPED / f"{name}.geojson").to_crs(RD)
    return frame.sort_values("code", ignore_index=True)


def _own(folder: Path | None, name: str) -> Path | None:
    """Return the file of this name in the folder, None where there is none."""
    path = folder / name if folder else None
    return path if path and path.exists() else None


def _with_borders(shipped: gpd.GeoDataFrame, path: Path) -> gpd.GeoDataFrame:
    shapes = gpd.read_parquet(path).set_index("code").geometry
    return shipped.set_geometry(shapes.loc[shipped["code"]].reset_index(drop=True))


def finer(level: str, folder: Path) -> gpd.GeoDataFrame | None:
    """Return the installed wijken or buurten (code, name, parent, geometry), or None."""
    path = folder / f"{level}.parquet"
    if not path.exists():
        return None
    return gpd.read_parquet(path).sort_values("code", ignore_index=True)


def former_borders(level: str, folder: Path) -> dict[int, Path]:
    """Return the files of kept borders of other years (code, geometry), by year."""
    found = folder.glob(f"{level}_[0-9][0-9][0-9][0-9].parquet")
    return {int(path.stem[-4:]): path for path in sorted(found)}


def installed(folder: Path) -> list[Installed]:
    """Return what was imported into ``folder``: areas and the sheet that tells of them."""
    sheets = []
    for level in ("gemeente", "wijk", "buurt"):
        path = folder / f"{level}.json"
        if path.exists() and path.with_suffix(".parquet").exists():
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
    sheets = installed(folder)
    if any(sheet.level == "gemeente" for sheet in sheets):
        shipped = PLACE_NAMES
    return [shipped, *dict.fromkeys(sheet.attribution for sheet in sheets)]


def fingerprint(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file of borders and places that a build reads, by name.

    And the year of the borders in use, that decides how figures of other years are carried over.
    """
    shipped = ("gemeenten.geojson", "riec.geojson", "ATTRIBUTION.txt")
    files = [*(SHIPPED / name for name in shipped), PLACES, GATEWAYS, HISTORY]
    files += sorted([*folder.glob("*.parquet"), *folder.glob(RIEC_TABLE)])
    years = {f"year of {sheet.level}": str(sheet.year) for sheet in installed(folder)}
    return years | {path.name: sha256(path.read_bytes()).hexdigest() for path in files}
