"""The yearly GeoPackage of wijken and buurten at PDOK: one file with exact borders (220 MB)."""

from datetime import date
from pathlib import Path

import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from bilingual import Text
from errors import shortened
from geo.border_rows import EVERY_ROW
from opendata.areas.border_downloads import read_download
from opendata.areas.borders import importable
from opendata.areas.cbs_areas import LEVELS, land_of, refuse_gaps
from opendata.contract import (
    CC_BY,
    Borders,
    Fetcher,
    OpenSource,
    SourceData,
    SourceFailedError,
    UpdateRequest,
)
from opendata.left_out import LeftOut
from opendata.tables.key_figures import FIGURES, key_figures, of_download

ADDRESS = (
    "https://service.pdok.nl/cbs/wijkenbuurten/{year}/atom/downloads/wijkenbuurten_{year}.gpkg"
)
LAYERS = {"gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}
BEGIN = b"SQLite format 3\x00"


class NeighbourhoodFile(OpenSource):
    """CBS wijk- en buurtkaart as a download; the importer reads the borders from it."""

    name = "pdok_geopackage"
    title = Text(
        "CBS wijk- en buurtkaart (bestand)", "CBS map of districts and neighbourhoods (file)"
    )
    brings = ("wijk", "buurt", *(figure for figure, _ in FIGURES.values()))
    partner = "cbs"
    licence = CC_BY
    attribution = "Kadaster / Centraal Bureau voor de Statistiek, {year}"
    page = "https://service.pdok.nl/cbs/wijkenbuurten/2025/atom/index.xml"
    fresh_days = 800
    by_name = True

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return borders and key figures of ``request.year``, or those of a file."""
        if request.file:
            left_out = LeftOut()
            found = read_download(request, request.file, LEVELS, left_out)
            return of_download(found, self.attribution, left_out)
        left_out, year = LeftOut(), request.year
        file = fetcher.download(ADDRESS.format(year=year), _refuse_other_files)
        areas = {
            level: land_of(_rows(file, level), level, f"{level}code", left_out) for level in LEVELS
        }
        refuse_gaps({level: frame.index for level, frame in areas.items()})
        source = self.attribution.format(year=year)
        figures = [key_figures(f, level, year, source, left_out) for level, f in areas.items()]
        borders = tuple(
            Borders(level, year, file)
            for level in LEVELS
            if importable(areas[level].index, level, left_out)
        )
        every = pd.concat(figures, ignore_index=True)
        return SourceData(every, borders, left_out.by_reason, date(year, 1, 1))


def _refuse_other_files(file: Path) -> None:
    with file.open("rb") as source:
        begin = source.read(len(BEGIN))
    if begin != BEGIN:
        found = shortened(begin.decode("utf-8", "replace"))
        raise SourceFailedError(f"The download is no GeoPackage: it begins with {found}.")


def _rows(file: Path, level: str) -> pd.DataFrame:
    """Return the columns of a layer that are wanted, without its borders."""
    wanted = (f"{level}code", "water", *FIGURES)
    try:
        rows: pd.DataFrame = pyogrio.read_dataframe(
            f"GPKG:{file}",
            layer=LAYERS[level],
            columns=list(wanted),
            read_geometry=False,
            where=EVERY_ROW,
        )
        return rows
    except (DataLayerError, DataSourceError) as odd:
        raise SourceFailedError(
            f"The GeoPackage has no readable layer {LAYERS[level]}: {shortened(str(odd), 160)}."
        ) from None


SOURCE = NeighbourhoodFile()
