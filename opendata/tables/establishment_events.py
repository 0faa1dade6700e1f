"""Tables of CBS on establishments that began or ended in a period, one table an event.

These tables have COROP regions, provinces and the country, and no gemeenten as far as could be
confirmed: the list of areas of each decides at run time.
"""

from typing import ClassVar

from opendata.contract import CC_BY, Fetcher, SourceFailedError
from opendata.tables.columns import TOTAL
from opendata.tables.file_table import Layout
from opendata.tables.odata3 import CBS, OData3Table
from opendata.tables.statistics_table import StatisticsTable
from opendata.tables.table_source import FigureColumn, TableSource

BRANCHES = "BedrijfstakkenBranchesSBI2008"


class EstablishmentEvents(TableSource):
    """What happened to establishments: ``table`` and what it calls the ``event`` in its title."""

    table: ClassVar[str]
    event: ClassVar[str]
    partner = "cbs"
    licence = CC_BY
    fresh_days = 550
    period_kinds = ("KW", "JJ")
    layout = Layout((BRANCHES,), wanted=("OprichtingenVanVestigingen", "OpheffingenVanVestigingen"))

    def open(self, fetcher: Fetcher) -> StatisticsTable:
        """Return the table; SourceFailedError when its title names another event."""
        table = OData3Table(fetcher, CBS, self.table)
        if self.event.casefold() not in table.title.casefold():
            raise SourceFailedError(
                f"{table.where} is called '{table.title}', expected one of {self.event}."
            )
        return table

    def figure_columns(self, table: StatisticsTable) -> list[FigureColumn]:
        """Return the establishments of all branches."""
        (figure,) = self.brings
        branches = {BRANCHES: (TOTAL,)}
        return [FigureColumn(figure, f"{self.event} van vestigingen", categories=branches)]
