"""Borders of wijken and buurten of an earlier year, at PDOK: to carry the figures of it over.

An update asks for them by itself, when it holds figures of codes that no known division has.
"""

from dataclasses import replace

import pandas as pd

from opendata.areas.cbs_areas import LeftOut, border_file, refuse_gaps
from opendata.contract import COLUMNS, Fetcher, OpenSource, SourceData, UpdateRequest
from opendata.sources.pdok_borders import SOURCE as BORDERS
from opendata.sources.pdok_borders import areas_of

LEVELS = ("wijk", "buurt")


class FormerBorders(OpenSource):
    """CBS gebiedsindelingen of one earlier year, in the place of what is kept of that year."""

    name = "pdok_former_borders"
    title_nl = "CBS-gebiedsindelingen van eerdere jaren"
    title_en = "CBS borders of earlier years"
    brings = LEVELS
    partner = BORDERS.partner
    licence = BORDERS.licence
    attribution = BORDERS.attribution
    page = BORDERS.page
    fresh_days = BORDERS.fresh_days
    by_name = True

    def fetch(self, fetcher: Fetcher, asked: UpdateRequest) -> SourceData:
        """Return the borders of ``asked.year``."""
        left_out = LeftOut()
        areas = dict(areas_of(fetcher, asked.year, LEVELS, left_out))
        refuse_gaps({level: frame.index for level, frame in areas.items()})
        borders = [
            replace(border, former=True)
            for level, frame in areas.items()
            for border in border_file(fetcher, frame, level, asked.year, "statnaam", left_out)
        ]
        return SourceData(pd.DataFrame(columns=list(COLUMNS)), tuple(borders), left_out.told)


SOURCE = FormerBorders()
