"""The national road file (NWB): every road and street with its name, for maps and the search.

It brings no figure. The file is some 1.5 GB and comes anew each month; a copy with other contents
replaces the streets that are installed.
"""

from pathlib import Path

import pandas as pd

from bilingual import Text
from errors import shortened
from geo.streets.reading import KINDS, day_of
from opendata.contract import (
    COLUMNS,
    Fetcher,
    OpenSource,
    SourceData,
    SourceFailedError,
    Streets,
    UpdateRequest,
)

ADDRESS = "https://service.pdok.nl/rws/nationaal-wegenbestand-wegen/atom/downloads/nwb_wegen.gpkg"
LAYER = "wegvakken"
_, BEGIN = KINDS[".gpkg"]


class RoadFile(OpenSource):
    """NWB wegen as a download at PDOK; ``weerbeeld update ground`` fetches it."""

    name = "ground"
    title = Text("Nationaal Wegenbestand (straten)", "National road file (streets)")
    brings = ("streets",)
    partner = "rijkswaterstaat"
    licence = Text("CC0 1.0", "CC0 1.0")
    attribution = "Nationaal Wegenbestand (NWB), Rijkswaterstaat, {year}"
    page = "https://docs.ndw.nu/handleidingen/nwb/"
    fresh_days = 400
    by_name = True

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return the road file of now, or the file that a person downloaded."""
        if request.file:
            _refuse_other_files(request.file)
        file = request.file or fetcher.download(ADDRESS, _refuse_other_files)
        day = day_of(file, LAYER)
        return SourceData(
            pd.DataFrame(columns=list(COLUMNS)),
            until=day,
            streets=Streets(file, LAYER, self.attribution.format(year=day.year), self.licence.en),
        )


def _refuse_other_files(file: Path) -> None:
    with file.open("rb") as source:
        begin = source.read(len(BEGIN))
    if begin != BEGIN:
        found = shortened(begin.decode("utf-8", "replace"))
        raise SourceFailedError(f"{file.name} is no GeoPackage: it begins with {found}.")


SOURCE = RoadFile()
