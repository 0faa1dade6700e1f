"""Vacant premises and dwellings: CBS *Landelijke Monitor Leegstand*, from a file.

CBS publishes the monitor every year as a workbook and no StatLine table of it could be confirmed.
Table 1 of the workbook has a row a gemeente; save it with the columns that are expected here.
Vacancy is administrative: no inhabitant, firm or user in the registers.
"""

from bilingual import Text
from opendata.contract import CC_BY
from opendata.tables.file_source import FileSource


class Vacancy(FileSource):
    """Premises that are no dwelling, those vacant, and vacant dwellings, on 1 January."""

    name = "cbs_vacancy"
    title = Text("Landelijke Monitor Leegstand (CBS)", "National monitor of vacancy (CBS)")
    brings = ("premises", "premises_vacant", "dwellings_vacant")
    partner = "cbs"
    licence = CC_BY
    attribution = "Bron: CBS, {year}, Landelijke Monitor Leegstand"
    page = "https://dashboards.cbs.nl/landelijke_monitor_leegstand/"
    fresh_days = 730
    columns = {  # noqa: RUF012 - a mapping that nothing changes
        "premises": ("niet-woningen", "winkels en bedrijfspanden"),
        "premises_vacant": ("leegstaande niet-woningen", "leegstaande winkels en bedrijfspanden"),
        "dwellings_vacant": ("leegstaande woningen",),
    }


SOURCE = Vacancy()
