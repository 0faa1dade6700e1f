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
from geo.official_names import HISTORY, SHIPPED
from geo.riec_table import riec_table

DATA = SHIPPED.parent
PLACES = DATA / "places" / "places.csv"
GATEWAYS = DATA / "places" / "gateways.csv"

BORDERS = "gemeente.parquet"
RIEC_TABLE = "riec_of_gemeente.csv"
RIEC_CREDIT = "riec_of_gemeente.txt"
"""Files that a folder of installed borders may hold: exact borders of gemeenten, a table (columns
gemeente, riec) of the police unit of each, named as its RIEC is, and whose table that is."""

PLACE_NAMES = "Plaatsnamen: GeoNames (CC BY 4.0)."
"""The attribution of what is still shipped on maps with installed borders of gemeenten."""

COUNTRY_NAME = "Nederland"

LEVELS = ("nederland", "riec", "gemeente", "wijk", "buurt")
"""Levels of official areas, from large to small."""


@dataclass(frozen=True)
class InstalledBorders:
    """An imported border file: its level, year, number of areas and attribution."""

    level: str
    year: int
    rows: int
    attribution: str


def gemeenten(folder: Path | None = None) -> gpd.GeoDataFrame:
    """Return the 342 gemeenten: code, name, riec, geometry (EPSG:28992), ordered by code.

    Borders of gemeenten and a table of RIECs in ``folder`` replace the shipped ones; codes and
    names are always the shipped ones. WeerbeeldError when the table is not complete.
    """
    shipped = _shipped("gemeenten")
    borders, table = _own(folder, BORDERS), _own(folder, RIEC_TABLE)
    if borders is None and table is None:
        return shipped
    frame = shipped if borders is None else _with_borders(shipped, borders)
    return frame if table is None else frame.assign(riec=riec_table(table, shipped))


def riecs(folder: Path | None = None) -> gpd.GeoDataFrame:
    """Return the ten RIEC regions: code, name, geometry (EPSG:28992), ordered by code.

    Borders or RIECs of gemeenten in ``folder`` decide their shapes, as in ``gemeenten``.
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


def installed_areas(level: str, folder: Path) -> gpd.GeoDataFrame | None:
    """Return the installed wijken or buurten: code, name, parent (a gemeente), geometry, by code.

    None where no borders of that level are installed.
    """
    path = folder / f"{level}.parquet"
    if not path.exists():
        return None
    return gpd.read_parquet(path).sort_values("code", ignore_index=True)


def former_borders(level: str, folder: Path) -> dict[int, Path]:
    """Return the kept border files (code, geometry) of other years than the one in use, by year."""
    found = folder.glob(f"{level}_[0-9][0-9][0-9][0-9].parquet")
    return {int(path.stem[-4:]): path for path in sorted(found)}


def installed(folder: Path) -> list[InstalledBorders]:
    """Return what was imported into ``folder`` at each level, from its metadata."""
    found = []
    for level in ("gemeente", "wijk", "buurt"):
        path = folder / f"{level}.json"
        if path.exists() and path.with_suffix(".parquet").exists():
            known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            year, rows = int(known["year"]), int(known["rows"])
            found.append(InstalledBorders(level, year, rows, str(known["attribution"])))
    return found


def places() -> pd.DataFrame:
    """Return the places that a search finds: name, latitude, longitude, population, gemeente."""
    return pd.read_csv(PLACES, dtype={"name": "string", "gemeente": "string"})


def attributions(folder: Path) -> list[str]:
    """Return the lines that every map shows for the borders in use."""
    shipped = (SHIPPED / "ATTRIBUTION.txt").read_text(encoding="utf-8").strip()
    imported = installed(folder)
    if any(borders.level == "gemeente" for borders in imported):
        shipped = PLACE_NAMES
    credit = folder / RIEC_CREDIT
    regions = [credit.read_text(encoding="utf-8").strip()] if credit.exists() else []
    return [shipped, *dict.fromkeys([*(borders.attribution for borders in imported), *regions])]


def fingerprint(folder: Path) -> dict[str, str]:
    """Return, by name, the sha256 of every border and place file that a build reads.

    The year of the borders in use is in it as well: it decides how figures of other years are
    carried over.
    """
    shipped = ("gemeenten.geojson", "riec.geojson", "ATTRIBUTION.txt")
    files = [*(SHIPPED / name for name in shipped), PLACES, GATEWAYS, HISTORY]
    files += sorted(
        [*folder.glob("*.parquet"), *folder.glob(RIEC_TABLE), *folder.glob(RIEC_CREDIT)]
    )
    years = {f"year of {found.level}": str(found.year) for found in installed(folder)}
    return years | {path.name: sha256(path.read_bytes()).hexdigest() for path in files}
