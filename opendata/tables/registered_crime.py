"""Registered crime of the police: what its tables by month and by year have in common."""

from typing import ClassVar

from opendata import left_out as why
from opendata.contract import CC_BY, Fetcher
from opendata.tables.columns import TOTAL
from opendata.tables.file_table import Layout
from opendata.tables.odata3 import THIRD_PARTIES, OData3Table
from opendata.tables.statistics_table import StatisticsTable
from opendata.tables.table_source import FigureColumn, TableSource

OFFENCES = {
    "offences": TOTAL,
    "drug_offences": "Drugshandel",
    "arson": "Brand/ontploffing",
}
"""Categories of SoortMisdrijf: all (0.0.0), 3.1.1 and 1.6.1 by title.

2.1.1 Drugs/drankoverlast is nuisance and no trade in drugs. 1.6.1 counts arson and explosions
together; 2.2.1 Vernieling is damage of any kind.
"""

TITLES = {
    "0.0.0": "Totaal misdrijven",
    "1.6.1": "1.6.1 Brand/ontploffing",
    "3.1.1": "3.1.1 Drugshandel",
}
"""Of the categories, for a file that has codes only."""


class RegisteredCrime(TableSource):
    """Registered offences by the place where they happened, if that is known.

    They come in as figures of CBS, which publishes them: that is no delivery of the police.
    """

    table: ClassVar[str]
    brings = tuple(OFFENCES)
    partner = "cbs"
    licence = CC_BY
    area_kinds = ("NL", "GM", "WK", "BU")
    no_figure = why.NOT_SAID
    layout = Layout(("SoortMisdrijf",), TITLES, wanted=("GeregistreerdeMisdrijven",))

    def open(self, fetcher: Fetcher) -> StatisticsTable:
        """Return the table."""
        return OData3Table(fetcher, THIRD_PARTIES, self.table)

    def figure_columns(self, table: StatisticsTable) -> list[FigureColumn]:
        """Return all offences, and two kinds of them."""
        return [
            FigureColumn(figure, "Geregistreerde misdrijven", categories={"SoortMisdrijf": (kind,)})
            for figure, kind in OFFENCES.items()
        ]
