"""CBS gebiedsindelingen at PDOK: the areas of a year, a collection for each level.

Without ``jaarcode`` the service gives every year, so it is asked for always and checked again.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from opendata.areas.border_downloads import read_download
from opendata.areas.borders import border_file
from opendata.areas.cbs_areas import land_of, refuse_gaps
from opendata.areas.feature_collections import read_collection
from opendata.contract import (
    CC_BY,
    COLUMNS,
    Fetcher,
    OpenSource,
    SourceData,
    SourceFailedError,
    UpdateRequest,
)
from opendata.left_out import OTHER_LEVEL, OTHER_YEAR, LeftOut

ADDRESS = "https://api.pdok.nl/cbs/{service}/ogc/v1/collections/{level}_gegeneraliseerd/items"
SERVICE, HISTORIC = "gebiedsindelingen", "gebiedsindelingen-historisch"
FIRST_YEAR = 2016
"""Of the service; the historic one has 1995 to 2015."""

WANTED = ("statcode", "statnaam", "jrstatcode", "jaarcode", "rubriek", "water")


class Divisions(OpenSource):
    """Areas of one year with their borders, of the levels that ``brings`` names."""

    partner = "cbs"
    licence = CC_BY
    attribution = "Kadaster / Centraal Bureau voor de Statistiek, {year}"
    page = "https://api.pdok.nl/cbs/gebiedsindelingen/ogc/v1"
    fresh_days = 800
    by_name = True

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return the borders of ``request.year``, or those of a file."""
        if request.file:
            return self._of_file(request, request.file)
        left_out, year = LeftOut(), request.year
        areas = dict(_areas_of(fetcher, year, self.brings, left_out))
        refuse_gaps({level: frame.index for level, frame in areas.items()})
        borders = [
            border
            for level, frame in areas.items()
            for border in border_file(fetcher, frame, level, year, "statnaam", left_out)
        ]
        none = pd.DataFrame(columns=list(COLUMNS))
        return SourceData(none, tuple(borders), left_out.by_reason, date(year, 1, 1))

    def _of_file(self, request: UpdateRequest, file: Path) -> SourceData:
        left_out = LeftOut()
        found = read_download(request, file, self.brings, left_out)
        none, day = pd.DataFrame(columns=list(COLUMNS)), date(found.year, 1, 1)
        return SourceData(none, found.borders, left_out.by_reason, day, remarks=found.remarks)


def _areas_of(
    fetcher: Fetcher, year: int, levels: Sequence[str], left_out: LeftOut
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give each level with its areas of a year (index: codes): statnaam, geometry in degrees."""
    service = SERVICE if year >= FIRST_YEAR else HISTORIC
    for level in levels:
        address = ADDRESS.format(service=service, level=level)
        found: pd.DataFrame = read_collection(fetcher, address, {"jaarcode": str(year)}, WANTED)
        years = _years(found)
        found = left_out.drop(found, years != str(year), OTHER_YEAR)
        if "rubriek" in found:
            kind = found["rubriek"].astype("string").str.strip().str.replace(" ", "_")
            wrong = (kind != level).fillna(False).astype(bool)
            found = left_out.drop(found, wrong, OTHER_LEVEL)
        if "statnaam" not in found:
            raise SourceFailedError(f"The {level} areas of {year} have no column statnaam.")
        yield level, land_of(found, level, "statcode", left_out)


def _years(found: pd.DataFrame) -> "pd.Series[str]":
    """Return the year of each row, as text; ``jrstatcode`` begins with it as well."""
    if "jaarcode" in found:
        return found["jaarcode"].astype("string").str.removesuffix(".0").fillna("")
    if "jrstatcode" in found:
        return found["jrstatcode"].astype("string").str[:4].fillna("")
    raise SourceFailedError(
        f"Borders without their year: expected jaarcode, found {', '.join(found.columns)}."
    )
