"""Establishments founded: CBS 83631NED, for the country and, where published, gemeenten.

The table has COROP regions, provinces and the country, and no gemeenten as far as could be
confirmed: its list of areas decides at run time.
"""

from opendata._columns import TOTAL
from opendata._contract import Fetcher
from opendata._odata import CBS, ODataTable
from opendata._table_source import Reading, TableSource
from opendata._tables import Table


class FirmsFounded(TableSource):
    """Establishments that were really founded, without moves, mergers and other changes of form."""

    name = "cbs_firms_founded"
    title_nl = "Oprichtingen van vestigingen (CBS)"
    title_en = "Establishments founded (CBS)"
    brings = ("firms_founded",)
    partner = "cbs"
    licence = "CC BY 4.0"
    attribution = "Bron: CBS, {year}, tabel 83631NED"
    page = "https://www.cbs.nl/nl-nl/cijfers/detail/83631NED"
    fresh_days = 550
    period_kinds = ("KW", "JJ")

    def open(self, fetcher: Fetcher) -> Table:
        """Return table 83631NED."""
        return ODataTable(fetcher, CBS, "83631NED")

    def readings(self, table: Table) -> list[Reading]:
        """Return the establishments of all branches."""
        branches = {"BedrijfstakkenBranchesSBI2008": (TOTAL,)}
        return [Reading("firms_founded", "Oprichtingen van vestigingen", of=branches)]


SOURCE = FirmsFounded()
