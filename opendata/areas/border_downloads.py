"""A border file that a person downloaded: the areas of every level that it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from errors import WeerbeeldError, printable
from geo.border_files import read_attributes
from opendata.areas.borders import importable
from opendata.areas.cbs_areas import LEVELS, PATTERNS, land_of
from opendata.contract import Borders, SourceFailedError, UpdateRequest
from opendata.files.year_of_file import sure_year_of
from opendata.left_out import LeftOut


@dataclass(frozen=True)
class DownloadedBorders:
    """What a border file holds: by level its areas (index: codes) with all that it says of them."""

    year: int
    areas: Mapping[str, pd.DataFrame]
    borders: tuple[Borders, ...]
    remarks: tuple[str, ...]


def read_download(
    request: UpdateRequest, file: Path, levels: Sequence[str], left_out: LeftOut
) -> DownloadedBorders:
    """Return the areas and borders of the ``levels`` that ``file`` holds.

    SourceFailedError when it holds none of them, or nobody says of which year it is.
    """
    year = sure_year_of(file.name, request)
    asked = [level for level in LEVELS if level in levels]
    areas: dict[str, pd.DataFrame] = {}
    faults: dict[str, str] = {}
    for level in asked:
        try:
            areas[level] = _areas_in(file, level, left_out)
        except WeerbeeldError as fault:
            faults[level] = str(fault)
    if not areas:
        raise SourceFailedError(next(iter(faults.values())))
    borders = tuple(
        Borders(level, year, file)
        for level, found in areas.items()
        if importable(found.index, level, left_out)
    )
    remarks = (f"it holds no {' and no '.join(faults)}",) if faults else ()
    return DownloadedBorders(year, areas, borders, remarks)


def _areas_in(file: Path, level: str, left_out: LeftOut) -> pd.DataFrame:
    """Return the areas of a level in a file; WeerbeeldError when it has none."""
    found = read_attributes(file, level)
    codes = found["code"].astype("string").str.strip()
    if not codes.str.fullmatch(PATTERNS[level]).fillna(False).any():
        raise SourceFailedError(f"{printable(file.name)} has no codes of a {level}.")
    return land_of(found, level, "code", left_out)
