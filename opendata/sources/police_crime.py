"""Registered crime of the police by month, for buurten, wijken and gemeenten: table 47022NED.

All months are in the buurten of one year, also those before it. The newest months grow as
offences are registered late.
"""

from bilingual import Text
from opendata.tables.registered_crime import RegisteredCrime


class PoliceCrime(RegisteredCrime):
    """Registered offences by month."""

    name = "police_crime"
    title = Text(
        "Geregistreerde misdrijven per maand (politie)", "Registered crime by month (police)"
    )
    attribution = "Bron: Politie / CBS, {year}, tabel 47022NED"
    page = "https://data.politie.nl/"
    fresh_days = 75
    period_kinds = ("MM",)
    table = "47022NED"


SOURCE = PoliceCrime()
