"""What dwellings were sold for: CBS 83625NED, per gemeente and year, from Kadaster's records."""

from bilingual import Text
from opendata.contract import CC_BY, Fetcher
from opendata.tables.file_table import Layout
from opendata.tables.odata3 import CBS, OData3Table
from opendata.tables.statistics_table import StatisticsTable
from opendata.tables.table_source import FigureColumn, TableSource


class HousePrices(TableSource):
    """The average price of existing dwellings, a year's sales; it says nothing about their size."""

    name = "cbs_house_prices"
    title = Text(
        "Verkoopprijzen van bestaande koopwoningen (CBS)", "Prices of existing dwellings (CBS)"
    )
    brings = ("house_price",)
    partner = "cbs"
    licence = CC_BY
    attribution = "Bron: CBS / Kadaster, {year}, tabel 83625NED"
    page = "https://www.cbs.nl/nl-nl/cijfers/detail/83625NED"
    fresh_days = 730
    layout = Layout(wanted=("GemiddeldeVerkoopprijs",))

    def open(self, fetcher: Fetcher) -> StatisticsTable:
        """Return table 83625NED."""
        return OData3Table(fetcher, CBS, "83625NED")

    def figure_columns(self, table: StatisticsTable) -> list[FigureColumn]:
        """Return the one column."""
        return [FigureColumn("house_price", "Gemiddelde verkoopprijs", unit="euro")]


SOURCE = HousePrices()
