"""Borders of wijken and buurten of an earlier year, at PDOK: to carry the figures of it over.

An update asks for them by itself, when it holds figures of codes that no known division has.
"""

from dataclasses import replace

from bilingual import Text
from opendata.areas.divisions import Divisions
from opendata.contract import Fetcher, SourceData, UpdateRequest


class FormerBorders(Divisions):
    """CBS gebiedsindelingen of one earlier year, in the place of what is kept of that year."""

    name = "pdok_former_borders"
    title = Text("CBS-gebiedsindelingen van eerdere jaren", "CBS borders of earlier years")
    brings = ("wijk", "buurt")

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return the borders of ``request.year``, marked as those of a former year."""
        data = super().fetch(fetcher, request)
        former = tuple(replace(border, former=True) for border in data.borders)
        return replace(data, borders=former, until=None)


SOURCE = FormerBorders()
