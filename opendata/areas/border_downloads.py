"""A border file that a person downloaded: of every level that it holds, borders and key figures."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from errors import WeerbeeldError
from geo.border_columns import LONGEST_IN_SHAPEFILE
from geo.border_files import read_attributes
from opendata.areas.borders import importable
from opendata.areas.cbs_areas import LEVELS, PATTERNS, land_of
from opendata.contract import COLUMNS, Borders, SourceData, SourceFailedError, UpdateRequest
from opendata.files.year_of_file import sure_year_of
from opendata.left_out import LeftOut
from opendata.tables.key_figures import FIGURES, key_figures

OTHER_NAMES = {
    "aant_inw": "aantal_inwoners",
    "inwoners": "aantal_inwoners",
    "woningen": "woningvoorraad",
    "a_bedv": "aantal_bedrijfsvestigingen",
    "opp_land": "oppervlakte_land_in_ha",
}
"""What the map was made with until 2021, by the names of today."""


AMBIGUOUS = ("aantal_bed", "oppervlakt")
"""Beginnings that columns share of which no figure is read: which one it was cannot be seen."""


def read_download(
    request: UpdateRequest,
    file: Path,
    levels: Sequence[str],
    attribution: str | None = None,
) -> SourceData:
    """Return the borders of the ``levels`` that ``file`` holds, and its key figures.

    ``attribution`` has ``{year}``; without it no figures are read.
    SourceFailedError when the file holds none of the levels, or nobody says of which year it is.
    """
    left_out = LeftOut()
    year = sure_year_of(file.name, request)
    figures, borders = [pd.DataFrame(columns=list(COLUMNS))], []
    faults, absent = [], []
    asked = [level for level in LEVELS if level in levels]
    for level in asked:
        try:
            areas = _areas_in(file, level, left_out)
        except WeerbeeldError as fault:
            faults.append(str(fault))
            absent.append(level)
            continue
        if importable(areas.index, level, left_out):
            borders.append(Borders(level, year, file))
        if attribution:
            source = attribution.format(year=year)
            figures.append(
                key_figures(_called_today(areas), level, year, source, left_out, needed=())
            )
    if len(faults) == len(asked):
        raise SourceFailedError(faults[0])
    remarks = (f"it holds no {' and no '.join(absent)}",) if absent else ()
    every = pd.concat(figures[1:] or figures, ignore_index=True)
    day = date(year, 1, 1)
    return SourceData(every, tuple(borders), left_out.by_reason, day, remarks=remarks)


def _areas_in(file: Path, level: str, left_out: LeftOut) -> pd.DataFrame:
    """Return the areas of a level in a file (index: codes); WeerbeeldError when it has none."""
    found = read_attributes(file, level)
    codes = found["code"].astype("string").str.strip()
    if not codes.str.fullmatch(PATTERNS[level]).fillna(False).any():
        raise SourceFailedError(f"{file.name} has no codes of a {level}.")
    return land_of(found, level, "code", left_out)


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
