"""Areas as CBS and PDOK write them: codes within codes, water, and the file for the importer."""

from dataclasses import dataclass, field
from typing import get_args

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geo import importing
from geo.areas import gemeenten
from geo.coordinates import DEGREES
from opendata import left_out as why
from opendata.contract import Borders, Fetcher, SourceFailedError

LEVELS = ("gemeente", "wijk", "buurt")
PATTERNS = {
    "gemeente": r"GM\d{4}",
    "wijk": r"WK\d{4}[0-9A-Z]{2}",
    "buurt": r"BU\d{4}[0-9A-Z]{4}",
    "regionale_eenheid": r"RE\d{2}",
}
PREFIX, DIGITS = {"gemeente": "GM", "wijk": "WK"}, {"gemeente": 4, "wijk": 6}
WATER = {"JA": why.WATER, "B": why.FOREIGN}
IMPORTED = get_args(importing.Level)
"""Levels that the importer takes."""

SPELLED_OUT = 5


@dataclass
class LeftOut:
    """Counts what is left out, by reason."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, reason: str, count: int) -> None:
        """Count ``count`` more for a reason."""
        if count:
            self.counts[reason] = self.counts.get(reason, 0) + int(count)

    def drop(self, frame: pd.DataFrame, which: "pd.Series[bool]", reason: str) -> pd.DataFrame:
        """Return ``frame`` without the rows of ``which``, and count them."""
        self.add(reason, int(which.sum()))
        return frame[~which]

    @property
    def told(self) -> tuple[tuple[str, int], ...]:
        """The counts, as ``SourceData.left_out`` has them."""
        return tuple(sorted(self.counts.items()))


def land_of(frame: pd.DataFrame, level: str, code: str, left_out: LeftOut) -> pd.DataFrame:
    """Return the rows of areas of ``level`` on Dutch land, each once, indexed by their code.

    SourceFailedError when there is no such column, or nothing is left.
    """
    if code not in frame:
        raise SourceFailedError(
            f"The answer has no column {code}: expected the code of each {level}. Found "
            f"{', '.join(frame.columns)}."
        )
    if "water" in frame:
        marks = frame["water"].astype("string").str.upper()
        for mark, reason in WATER.items():
            frame = left_out.drop(frame, (marks.reindex(frame.index) == mark).fillna(False), reason)
    codes = frame[code].astype("string").str.strip()
    fits = codes.str.fullmatch(PATTERNS[level]).fillna(False).astype(bool)
    frame = left_out.drop(frame, ~fits, why.OTHER_LEVEL).assign(code=codes[fits])
    frame = left_out.drop(frame, frame["code"].duplicated(), why.TWICE)
    if frame.empty:
        raise SourceFailedError(f"The answer has no {level}: expected all of the country.")
    return frame.set_index("code", drop=False)


def refuse_gaps(codes: dict[str, "pd.Index[str]"]) -> None:
    """Raise SourceFailedError when areas lack the area they lie in, or have none within them.

    That is how a page that was lost shows: a service says nowhere how many areas there are.
    """
    for outer, inner in (("gemeente", "wijk"), ("wijk", "buurt")):
        if outer not in codes or inner not in codes:
            continue
        within = PREFIX[outer] + codes[inner].str[2 : 2 + DIGITS[outer]]
        for level, gone in (
            (outer, within.difference(codes[outer])),
            (inner, codes[outer].difference(within)),
        ):
            if len(gone):
                named = ", ".join(gone[:SPELLED_OUT])
                what = "are not there" if level == outer else f"have no {inner}"
                raise SourceFailedError(
                    f"Areas are missing: {len(gone):,} of level {outer} {what} ({named})."
                )


def importable(codes: "pd.Index[str]", level: str, left_out: LeftOut) -> bool:
    """Tell whether the importer takes the borders of these areas, and count them if it does not.

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
