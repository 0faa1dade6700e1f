"""Key figures that PDOK publishes beside borders, as rows of figures.

A missing figure is a code (CBS, Toelichting wijk- en buurtkaart): -99997 unknown or secret,
-99995 not applicable or too few, -99999999 not there, as whole numbers or decimals.
"""

from datetime import date
from typing import Any

import pandas as pd

from geo.border_columns import LONGEST_IN_SHAPEFILE
from opendata import left_out as why
from opendata.areas.border_downloads import DownloadedBorders
from opendata.contract import COLUMNS, SourceData, SourceFailedError
from opendata.left_out import LeftOut
from opendata.tables.branch_columns import OPTIONAL, PDOK_COLUMNS

MISSING_CODES = (-99_997, -99_995, -99_999_999)
HECTARES = 100.0
"""In a square kilometre."""

FIGURES = {
    "aantal_inwoners": ("inhabitants", 1.0),
    "aantal_bedrijfsvestigingen": ("firms", 1.0),
    "woningvoorraad": ("dwellings", 1.0),
    "oppervlakte_land_in_ha": ("land_km2", 1 / HECTARES),
    **{column: (figure, 1.0) for figure, column in PDOK_COLUMNS.items()},
}
"""Columns of the source: the figure, and what to multiply by."""

NEEDED = ("aantal_inwoners", "aantal_bedrijfsvestigingen")
"""Every year has them; of the others those by branch come together, or not at all."""


def key_figures(
    areas: pd.DataFrame,
    level: str,
    year: int,
    source: str,
    left_out: LeftOut,
    needed: tuple[str, ...] = NEEDED,
) -> pd.DataFrame:
    """Return the figures of ``areas`` (index: codes), columns of COLUMNS, on 1 January.

    Raises SourceFailedError for a ``needed`` column that is not there, or one without numbers.
    """
    none = pd.DataFrame({"figure": [], "area": [], "value": []})
    parts = []
    by_branch = {column for figure, column in PDOK_COLUMNS.items() if figure not in OPTIONAL}
    together = by_branch if needed and by_branch & {*areas.columns} else set()
    for column, (figure, factor) in FIGURES.items():
        if column not in areas:
            if column in {*needed, *together}:
                raise SourceFailedError(
                    f"The {level} areas of {year} have no column {column}. "
                    f"Found {', '.join(map(str, areas.columns))}."
                )
            left_out.add(why.NO_COLUMN, len(areas))
            continue
        values = _numbers(areas[column], column)
        missing = values.isna() | values.isin(MISSING_CODES)
        left_out.add(why.MISSING, int(missing.sum()))
        left_out.add(why.NEGATIVE, int(((values < 0) & ~missing).sum()))
        taken = values[~missing & (values >= 0)] * factor
        parts.append(pd.DataFrame({"figure": figure, "area": taken.index, "value": taken.array}))
    found = pd.concat(parts, ignore_index=True) if parts else none
    moment = pd.Timestamp(date(year, 1, 1))
    return found.assign(level=level, date=moment, months=0, source=source)[list(COLUMNS)]


OTHER_NAMES = {
    "aant_inw": "aantal_inwoners",
    "inwoners": "aantal_inwoners",
    "woningen": "woningvoorraad",
    "a_bedv": "aantal_bedrijfsvestigingen",
    "opp_land": "oppervlakte_land_in_ha",
}
"""Columns of the map until 2021, and of tables made of it, by the names of today."""


AMBIGUOUS = ("aantal_bed", "oppervlakt")
"""Beginnings that columns share of which no figure is read: which one it was cannot be seen."""


def of_download(found: DownloadedBorders, attribution: str, left_out: LeftOut) -> SourceData:
    """Return the borders of a file, and the key figures that stand beside them.

    ``attribution`` has ``{year}``. SourceFailedError for a column that holds no numbers.
    """
    source = attribution.format(year=found.year)
    figures = [
        key_figures(_called_today(areas), level, found.year, source, left_out, needed=())
        for level, areas in found.areas.items()
    ]
    every = pd.concat(figures, ignore_index=True)
    day = date(found.year, 1, 1)
    return SourceData(every, found.borders, left_out.by_reason, day, remarks=found.remarks)


def _called_today(areas: pd.DataFrame) -> pd.DataFrame:
    """Return key figures under the names of today, also where a Shapefile cut them.

    A name that stands for several when it is cut is left as it is: nothing is guessed.
    """
    cut: dict[str, str] = {}
    for name in FIGURES:
        short = name[:LONGEST_IN_SHAPEFILE]
        alike = [other for other in FIGURES if other.startswith(short)]
        if len(alike) == 1 and not short.startswith(AMBIGUOUS):
            cut[short] = name
    there = {str(column).lower(): str(column) for column in areas.columns}
    wanted = {name: name for name in FIGURES} | OTHER_NAMES | cut
    names = {there[old]: new for old, new in wanted.items() if old in there}
    return areas.rename(columns=names)


def _numbers(column: "pd.Series[Any]", name: str) -> "pd.Series[float]":
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    odd = column[numbers.isna() & column.notna()]
    if len(odd):
        raise SourceFailedError(f"Column {name} holds {odd.iloc[0]!r}: expected a number.")
    return numbers
