"""Which police unit each gemeente belongs to: CBS *Gebieden in Nederland*, a table every year.

A RIEC covers the police unit of its name; that is inferred from the names, and only Amsterdam's
differ. This replaces the shipped list of gemeenten and RIECs (``geo.riec_table``).
"""

from datetime import date

import pandas as pd

from bilingual import Text
from geo.areas import gemeenten, riecs
from opendata import left_out as why
from opendata.contract import (
    CC_BY,
    COLUMNS,
    Fetcher,
    OpenSource,
    SourceData,
    SourceFailedError,
    UpdateRequest,
)
from opendata.files.year_of_file import year_of
from opendata.tables.columns import Measure
from opendata.tables.file_table import FileTable, Layout
from opendata.tables.statistics_table import StatisticsTable
from opendata.tables.yearly_tables import table_of_year

TABLES = {2022: "85067NED", 2023: "85385NED", 2024: "85755NED", 2025: "86059NED"}

GROUP = "Politie Regionale eenheden"

NAMED_OTHERWISE = {"Amsterdam": "Amsterdam-Amstelland"}
"""Police units whose RIEC has another name."""

UNITS = Layout(
    measures={
        "politie_eenheid": Measure("politie_eenheid", "Naam", (GROUP,)),
        "politieregio": Measure("politieregio", "Naam", (GROUP,)),
    },
    wanted=(f"{GROUP}/Naam",),
)


class PoliceUnits(OpenSource):
    """The police unit, and so the RIEC, of every gemeente."""

    name = "cbs_police_units"
    title = Text("Politie-eenheid per gemeente (CBS)", "Police unit of each municipality (CBS)")
    brings = ("riec",)
    partner = "cbs"
    licence = CC_BY
    attribution = "Bron: CBS, {year}, Gebieden in Nederland"
    page = "https://www.cbs.nl/nl-nl/cijfers/detail/86059NED"
    fresh_days = 730

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return the RIEC of each gemeente.

        SourceFailedError when a unit has no RIEC, or a gemeente that we know has no unit.
        """
        table: StatisticsTable
        year = request.year
        remarks: tuple[str, ...] = ()
        if request.file:
            file = FileTable(request.file, UNITS)
            year, remarks = year_of(file.title, request, TABLES)
            table = file
        else:
            table = table_of_year(fetcher, TABLES, "Gebieden in Nederland", year)
        name = table.measure("Naam", GROUP)
        areas = [c for c in table.categories(table.areas) if c.code.startswith("GM")]
        frame = table.rows([name], {table.areas: areas})
        units = frame[name.key].astype("string").str.strip().replace(NAMED_OTHERWISE)
        codes = riecs().set_index("name")["code"]
        regions = pd.DataFrame(
            {"gemeente": frame[table.areas.key].astype(object), "riec": units.map(codes)}
        )
        strange = sorted(set(units[regions["riec"].isna()].fillna("(none)")))
        if strange:
            raise SourceFailedError(
                f"{table.where} has police units without a RIEC: {', '.join(strange)}."
            )
        known = set(gemeenten()["code"])
        ours = regions[regions["gemeente"].isin(known)].sort_values("gemeente", ignore_index=True)
        if missing := sorted(known - set(ours["gemeente"])):
            raise SourceFailedError(
                f"{table.where} says no police unit of {len(missing)} of {len(known)} gemeenten:"
                f" {', '.join(missing[:10])}. Ask for another year with --year."
            )
        others = ((why.FORMER, len(regions) - len(ours)),)
        return SourceData(
            pd.DataFrame(columns=list(COLUMNS)),
            left_out=others if others[0][1] else (),
            until=date(year, 1, 1),
            regions=ours,
            remarks=remarks,
        )


SOURCE = PoliceUnits()
