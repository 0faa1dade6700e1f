"""Suspicious transactions by gemeente of FIU-Nederland, from a file downloaded by hand.

FIU-Nederland has no documented service: the layout of the file is this project's, columns by name.
"""

from bilingual import Text
from opendata.contract import SEE_THE_SOURCE
from opendata.tables.file_source import FileSource


class FiuFile(FileSource):
    """Transactions that FIU-Nederland declared suspicious."""

    name = "fiu"
    title = Text(
        "Verdachte transacties (FIU-Nederland)", "Suspicious transactions (FIU-Netherlands)"
    )
    brings = ("suspicious_transactions",)
    partner = "fiu"
    licence = SEE_THE_SOURCE
    attribution = "Bron: FIU-Nederland, {year}"
    page = "https://www.fiu-nederland.nl"
    fresh_days = 550
    columns = {  # noqa: RUF012 - a mapping that nothing changes
        "suspicious_transactions": (
            "verdachte transacties",
            "aantal verdachte transacties",
            "aantal",
            "suspicious transactions",
        )
    }


SOURCE = FiuFile()
