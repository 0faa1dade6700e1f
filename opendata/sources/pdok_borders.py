"""Borders of gemeenten, wijken, buurten and police units of any year since 1995, at PDOK."""

from bilingual import Text
from opendata.areas.cbs_areas import LEVELS
from opendata.areas.divisions import Divisions


class AreaBorders(Divisions):
    """CBS gebiedsindelingen of one year, in use for maps and figures when they are imported."""

    name = "pdok_borders"
    title = Text("CBS-gebiedsindelingen", "CBS borders by year")
    brings = (*LEVELS, "regionale_eenheid")


SOURCE = AreaBorders()
