"""How long the roads are: CBS 70806ned, per gemeente and year, from the national road file."""

from opendata._columns import TOTAL
from opendata._contract import Fetcher
from opendata._odata import CBS, ODataTable
from opendata._table_source import Reading, TableSource
from opendata._tables import Table


class Roads(TableSource):
    """The length of all roads within a gemeente, whoever manages them."""

    name = "cbs_roads"
    title_nl = "Lengte van wegen (CBS)"
    title_en = "Length of roads (CBS)"
    brings = ("road_km",)
    partner = "cbs"
    licence = "CC BY 4.0"
    attribution = "Bron: CBS, {year}, tabel 70806ned"
    page = "https://www.cbs.nl/nl-nl/cijfers/detail/70806ned"
    fresh_days = 730

    def open(self, fetcher: Fetcher) -> Table:
        """Return table 70806ned."""
        return ODataTable(fetcher, CBS, "70806ned")

    def readings(self, table: Table) -> list[Reading]:
        """Return the length of roads of all kinds."""
        return [Reading("road_km", "Weglengte", unit="km", of={"SoortRijbanen": (TOTAL,)})]


SOURCE = Roads()
