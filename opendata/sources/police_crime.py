"""Registered crime of the police by month, for buurten, wijken and gemeenten: table 47022NED.

All months are in the buurten of one year, also those before it. The newest months grow as
offences are registered late.
"""

from opendata.tables.registered_crime import Police


class PoliceCrime(Police):
    """Registered offences by month."""

    name = "police_crime"
    title_nl = "Geregistreerde misdrijven per maand (politie)"
    title_en = "Registered crime by month (police)"
    attribution = "Bron: Politie / CBS, {year}, tabel 47022NED"
    page = "https://data.politie.nl/"
    fresh_days = 75
    period_kinds = ("MM",)
    table = "47022NED"


SOURCE = PoliceCrime()
