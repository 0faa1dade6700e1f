"""How long the roads are: CBS 70806ned, per gemeente and year, from the national road file."""

from bilingual import Text
from opendata.contract import CC_BY, Fetcher
from opendata.tables.columns import TOTAL
from opendata.tables.file_table import Layout
from opendata.tables.odata3 import CBS, OData3Table
from opendata.tables.statistics_table import StatisticsTable
from opendata.tables.table_source import FigureColumn, TableSource


class Roads(TableSource):
    """The length of all roads within a gemeente, whoever manages them."""

    name = "cbs_roads"
    title = Text("Lengte van wegen (CBS)", "Length of roads (CBS)")
    brings = ("road_km",)
    partner = "cbs"
    licence = CC_BY
    attribution = "Bron: CBS, {year}, tabel 70806ned"
    page = "https://www.cbs.nl/nl-nl/cijfers/detail/70806ned"
    fresh_days = 730
    layout = Layout(("SoortRijbanen",), wanted=("Weglengte",))

    def open(self, fetcher: Fetcher) -> StatisticsTable:
        """Return table 70806ned."""
        return OData3Table(fetcher, CBS, "70806ned")

    def figure_columns(self, table: StatisticsTable) -> list[FigureColumn]:
        """Return the length of roads of all kinds."""
        return [
            FigureColumn("road_km", "Weglengte", unit="km", categories={"SoortRijbanen": (TOTAL,)})
        ]


SOURCE = Roads()
