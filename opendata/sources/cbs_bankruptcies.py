"""Bankruptcies of firms: CBS 82522NED, per month for the country and, where published, gemeenten.

The table has provinces, COROP regions and the country, and no gemeenten as far as could be
confirmed: its list of areas decides at run time. Bankruptcies of persons without a firm are not
in this table, and are not read.
"""

from bilingual import Text
from opendata.contract import CC_BY, Fetcher
from opendata.tables.file_table import Layout
from opendata.tables.odata4 import CBS4, OData4Table
from opendata.tables.statistics_table import StatisticsTable
from opendata.tables.table_source import FigureColumn, TableSource


class Bankruptcies(TableSource):
    """Bankruptcies that a court pronounced, of firms, institutions and sole proprietors."""

    name = "cbs_bankruptcies"
    title = Text("Uitgesproken faillissementen van bedrijven (CBS)", "Bankruptcies of firms (CBS)")
    brings = ("bankruptcies",)
    partner = "cbs"
    licence = CC_BY
    attribution = "Bron: CBS, {year}, tabel 82522NED"
    page = "https://www.cbs.nl/nl-nl/cijfers/detail/82522NED"
    fresh_days = 75
    period_kinds = ("MM", "KW", "JJ")
    layout = Layout(("TypeGefailleerde",), wanted=("UitgesprokenFaillissementen",))

    def open(self, fetcher: Fetcher) -> StatisticsTable:
        """Return table 82522NED."""
        return OData4Table(fetcher, CBS4, "82522NED")

    def figure_columns(self, table: StatisticsTable) -> list[FigureColumn]:
        """Return the bankruptcies of all that is a firm."""
        firms = "Bedrijven, instellingen en eenmanszaken"
        return [
            FigureColumn(
                "bankruptcies",
                "Uitgesproken faillissementen",
                categories={"TypeGefailleerde": (firms,)},
            )
        ]


SOURCE = Bankruptcies()
