"""Suspicious transactions by gemeente from the dashboard *Zicht op Ondermijning*, by hand.

The dashboard (BZK and CBS) has no documented service. Its figures on suspicious transactions are
those of FIU-Nederland: they are taken in under that name, so that of two deliveries the last counts
and no transaction counts twice.
"""

from bilingual import Text
from opendata.contract import SEE_THE_SOURCE
from opendata.tables.file_source import FileSource


class ZichtFile(FileSource):
    """Suspicious transactions as the dashboard shows them."""

    name = "zicht"
    title = Text(
        "Zicht op Ondermijning (BZK / CBS)",
        "Zicht op Ondermijning, dashboard (Ministry of the Interior / CBS)",
    )
    brings = ("suspicious_transactions",)
    partner = "fiu"
    licence = SEE_THE_SOURCE
    attribution = "Bron: Zicht op Ondermijning, {year}, BZK / CBS; FIU-Nederland"
    page = "https://www.zichtopondermijning.nl"
    fresh_days = 730
    columns = {  # noqa: RUF012 - a mapping that nothing changes
        "suspicious_transactions": ("verdachte transacties", "aantal verdachte transacties")
    }


SOURCE = ZichtFile()
