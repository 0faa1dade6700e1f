"""Take in a CBS border file of gemeenten, wijken or buurten: checked and mended, or not at all."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import shapely

from errors import WeerbeeldError
from folders import make_folder
from geo.border_checks import described, faults
from geo.border_files import read_border
from geo.mending import mended
from geo.mending_report import Mended, changes
from geo.mending_report import described as rules_applied
from geo.mending_report import for_json as mending_for_json

Level = Literal["gemeente", "wijk", "buurt"]

FIRST_YEAR = 1995
"""CBS has drawn wijken and buurten since then."""

WATER = ("JA", "B")
"""How CBS marks rows that are no Dutch land: water, and the Belgian part of Baarle."""

ATTRIBUTION = "Kadaster / Centraal Bureau voor de Statistiek, {year}"


@dataclass(frozen=True)
class Reassigned:
    """An area whose gemeente no longer exists, and the gemeente in which it now lies."""

    code: str
    name: str
    old: str
    new: str


@dataclass(frozen=True)
class ImportReport:
    """What was imported, and what was left out or changed on the way."""

    level: str
    year: int
    rows: int
    dropped_water: int
    reassigned: tuple[Reassigned, ...]
    crs: str
    mended: tuple[Mended, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """Return the report as a person reads it."""
        plural = {"gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}[self.level]
        lines = [f"{self.rows:,} {plural} of {self.year} imported, coordinates in {self.crs}."]
        lines += self.remarks
        if self.dropped_water:
            lines.append(f"{self.dropped_water:,} rows of water or foreign land left out.")
        if self.reassigned:
            lines.append(f"{len(self.reassigned)} of a former gemeente, placed by largest overlap:")
            lines += [f"  {a.code} {a.name}: {a.old} -> {a.new}" for a in self.reassigned]
        return lines + rules_applied(self.mended)


def import_boundaries(
    file: Path,
    level: Level,
    year: int,
    target: Path,
    gemeenten: gpd.GeoDataFrame,
    *,
    strict: bool = False,
    former: bool = False,
) -> ImportReport:
    """Write ``target``/gemeente.parquet, wijk.parquet or buurt.parquet, and its metadata (.json).

    ``file`` is one of CBS or PDOK. ``gemeenten`` (code, name, geometry in EPSG:28992) are those
    that an area can belong to; a file of gemeenten must hold exactly those. The GeoParquet holds
    code, name, parent (a gemeente) and geometry in EPSG:28992, ordered by code, as a valid
    coverage: ``geo.mending`` states the rules by which shapes are mended. With ``strict`` a file
    that needs mending is refused. With ``former`` the borders are of another year than those in
    use, and are written to wijk_2022.parquet or the like. Raises WeerbeeldError naming every
    fault; nothing is written then.
    """
    this_year = datetime.now(UTC).year
    if not FIRST_YEAR <= year <= this_year + 1:
        raise WeerbeeldError(f"Year {year}: expected {FIRST_YEAR} to {this_year + 1}.")
    if former and level == "gemeente":
        raise WeerbeeldError(
            "Former borders are those of wijken or buurten: what became of gemeenten is known."
        )
    border = read_border(file, level)
    water = border.rows["water"].str.upper().isin(WATER)
    elsewhere = border.rows[water].geometry.to_numpy()
    border = replace(border, rows=border.rows[~water].reset_index(drop=True))
    found = faults(border, level, year, gemeenten)
    if found:
        counted = "1 fault" if len(found) == 1 else f"{len(found):,} faults"
        raise _refused(file, f"{counted}:\n{described(found)}")
    try:
        rows, done = mended(border.rows, elsewhere)
    except WeerbeeldError as beyond:
        raise _refused(file, str(beyond)) from None
    if strict and changes(done):
        raise _refused(file, "\n".join(["It needs mending:", *rules_applied(changes(done))]))
    areas, reassigned = _with_parents(rows, gemeenten)
    metadata = {
        "level": level,
        "year": year,
        "source": file.name,
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "rows": len(areas),
        "attribution": ATTRIBUTION.format(year=year),
        "mended": mending_for_json(done),
    }
    _install(areas, metadata, file_name(level, year, former), target)
    return ImportReport(
        *(level, year, len(areas), int(water.sum()), reassigned, border.crs, done, border.remarks)
    )


def file_name(level: str, year: int, former: bool) -> str:
    """Return the name, without its ending, of the files that hold imported borders."""
    return f"{level}_{year}" if former else level


def _refused(file: Path, why: str) -> WeerbeeldError:
    return WeerbeeldError(f"{file.name} is not imported; nothing was changed. {why}")


def _with_parents(
    rows: gpd.GeoDataFrame, gemeenten: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, tuple[Reassigned, ...]]:
    """Return the areas with their gemeente: of the code, or the one that overlaps most today."""
    areas = rows[["code", "name", "geometry"]].sort_values("code", ignore_index=True)
    areas["parent"] = "GM" + areas["code"].str[2:6]
    former = np.flatnonzero(~areas["parent"].isin(gemeenten["code"]))
    reassigned = []
    for index in former:
        code, name, old = (str(areas.at[index, key]) for key in ("code", "name", "parent"))
        new = _overlapping_most(areas.geometry.iloc[index], gemeenten)
        areas.at[index, "parent"] = new
        reassigned.append(Reassigned(code, name, old, new))
    return areas[["code", "name", "parent", "geometry"]], tuple(reassigned)


def _overlapping_most(area: shapely.Geometry, gemeenten: gpd.GeoDataFrame) -> str:
    shapes = gemeenten.geometry.to_numpy()
    shared = shapely.area(shapely.intersection(shapes, area))
    best = shared.argmax() if shared.any() else shapely.distance(shapes, area).argmin()
    return str(gemeenten["code"].iloc[int(best)])


def _install(areas: gpd.GeoDataFrame, metadata: dict[str, Any], stem: str, target: Path) -> None:
    """Put both files in place once both are wholly written."""
    make_folder(target)
    with TemporaryDirectory(dir=target, prefix=".import-") as folder:
        made = Path(folder)
        areas.to_parquet(made / f"{stem}.parquet", index=False)
        text = json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"
        (made / f"{stem}.json").write_text(text, encoding="utf-8")
        for name in (f"{stem}.parquet", f"{stem}.json"):
            (made / name).replace(target / name)
