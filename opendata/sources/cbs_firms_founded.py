"""Establishments founded: CBS 83631NED."""

from bilingual import Text
from opendata.tables.establishment_events import EstablishmentEvents


class FirmsFounded(EstablishmentEvents):
    """Establishments that were really founded, without moves, mergers and other changes of form."""

    name = "cbs_firms_founded"
    title = Text("Oprichtingen van vestigingen (CBS)", "Establishments founded (CBS)")
    brings = ("firms_founded",)
    attribution = "Bron: CBS, {year}, tabel 83631NED"
    page = "https://www.cbs.nl/nl-nl/cijfers/detail/83631NED"
    table = "83631NED"
    event = "Oprichtingen"


SOURCE = FirmsFounded()
