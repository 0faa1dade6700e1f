"""Establishments closed: CBS 83635NED.

Number, title and column were seen in lists that others made of the catalogue, not at CBS itself: a
table whose title says something else is refused.
"""

from bilingual import Text
from opendata.tables.establishment_events import EstablishmentEvents


class FirmsClosed(EstablishmentEvents):
    """Establishments closed together with their firm, not taken over, merged or moved."""

    name = "cbs_firms_closed"
    title = Text("Opheffingen van vestigingen (CBS)", "Establishments closed (CBS)")
    brings = ("firms_closed",)
    attribution = "Bron: CBS, {year}, tabel 83635NED"
    page = "https://www.cbs.nl/nl-nl/cijfers/detail/83635NED"
    table = "83635NED"
    event = "Opheffingen"


SOURCE = FirmsClosed()
