"""What both tables of registered crime of the police have in common."""

from typing import ClassVar

from opendata import _left_out as why
from opendata._contract import Fetcher
from opendata._odata import THIRD_PARTIES, ODataTable
from opendata._table_source import Reading, TableSource
from opendata._tables import Table

OFFENCES = {
    "offences": "0.0.0",
    "drug_offences": "Drugshandel",
    "arson": "Brand/ontploffing",
}
"""Categories of SoortMisdrijf: all (by its code), 3.1.1 and 1.6.1 by title.

2.1.1 Drugs/drankoverlast is nuisance and no trade in drugs. 1.6.1 counts arson and explosions
together; 2.2.1 Vernieling is damage of any kind.
"""


class Police(TableSource):
    """Registered offences by place of the offence; what happened at an unknown place has none."""

    table: ClassVar[str]
    brings = tuple(OFFENCES)
    partner = "politie"
    licence = "CC BY 4.0"
    area_kinds = ("NL", "GM", "WK", "BU")
    no_figure = why.NOT_SAID

    def open(self, fetcher: Fetcher) -> Table:
        """Return the table."""
        return ODataTable(fetcher, THIRD_PARTIES, self.table)

    def readings(self, table: Table) -> list[Reading]:
        """Return all offences, and two kinds of them."""
        return [
            Reading(figure, "Geregistreerde misdrijven", of={"SoortMisdrijf": (kind,)})
            for figure, kind in OFFENCES.items()
        ]
