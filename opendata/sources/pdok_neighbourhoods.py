"""Gemeenten, wijken and buurten with their borders and key figures, at PDOK."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from bilingual import Text
from opendata.areas.border_downloads import read_download
from opendata.areas.borders import border_file
from opendata.areas.cbs_areas import LEVELS, land_of, refuse_gaps
from opendata.areas.feature_collections import read_collection
from opendata.contract import (
    CC_BY,
    Fetcher,
    OpenSource,
    SourceData,
    SourceFailedError,
    UpdateRequest,
)
from opendata.left_out import OTHER_YEAR, LeftOut
from opendata.tables.key_figures import FIGURES, key_figures, of_download

ADDRESS = "https://api.pdok.nl/cbs/wijken-en-buurten-{year}/ogc/v1/collections/{collection}/items"
COLLECTIONS = {"gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}
YEARS = ("jaarcode", "jaar")


class Neighbourhoods(OpenSource):
    """CBS wijken en buurten of one year: three collections of one service."""

    name = "pdok_neighbourhoods"
    title = Text(
        "CBS-wijken en -buurten met kerncijfers",
        "CBS districts and neighbourhoods with key figures",
    )
    brings = ("wijk", "buurt", *(figure for figure, _ in FIGURES.values()))
    partner = "cbs"
    licence = CC_BY
    attribution = "Kadaster / Centraal Bureau voor de Statistiek, {year}"
    page = "https://api.pdok.nl/cbs/wijken-en-buurten-2025/ogc/v1"
    fresh_days = 800

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return borders and key figures of ``request.year``, or those of a file."""
        if request.file:
            left_out = LeftOut()
            found = read_download(request, request.file, LEVELS, left_out)
            return of_download(found, self.attribution, left_out)
        left_out = LeftOut()
        areas = dict(self._areas(fetcher, request.year, left_out))
        refuse_gaps({level: frame.index for level, frame in areas.items()})
        source = self.attribution.format(year=request.year)
        figures = [
            key_figures(frame, level, request.year, source, left_out)
            for level, frame in areas.items()
        ]
        borders = [
            border
            for level, frame in areas.items()
            for border in border_file(fetcher, frame, level, request.year, f"{level}naam", left_out)
        ]
        every = pd.concat(figures, ignore_index=True)
        return SourceData(every, tuple(borders), left_out.by_reason, date(request.year, 1, 1))

    def _areas(
        self, fetcher: Fetcher, year: int, left_out: LeftOut
    ) -> Iterator[tuple[str, pd.DataFrame]]:
        for level in LEVELS:
            code, name = f"{level}code", f"{level}naam"
            address = ADDRESS.format(year=year, collection=COLLECTIONS[level])
            found: pd.DataFrame = read_collection(
                fetcher, address, {}, (code, name, "water", *YEARS, *FIGURES)
            )
            if name not in found:
                raise SourceFailedError(f"The {level} areas of {year} have no column {name}.")
            for column in set(YEARS) & set(found):
                years = found[column].astype("string").str.removesuffix(".0")
                other = (years != str(year)).fillna(False)
                found = left_out.drop(found, other.astype(bool), OTHER_YEAR)
            yield level, land_of(found, level, code, left_out)


SOURCE = Neighbourhoods()
