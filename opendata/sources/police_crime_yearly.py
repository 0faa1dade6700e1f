"""Registered crime of the police by year, for buurten, wijken and gemeenten: table 47018NED.

Its figures are those of the months of 47022NED together, and flows add up: so only the years that
lie wholly before the months asked for are fetched, and no offence counts twice.
"""

from dataclasses import replace

from bilingual import Text
from opendata.contract import UpdateRequest
from opendata.files.periods import Period
from opendata.tables.columns import Category, Dimension
from opendata.tables.registered_crime import RegisteredCrime
from opendata.tables.statistics_table import StatisticsTable

YEARS_BEFORE = 5


class PoliceCrimeYearly(RegisteredCrime):
    """Registered offences by year, of the years before the months."""

    name = "police_crime_yearly"
    title = Text(
        "Geregistreerde misdrijven per jaar (politie)", "Registered crime by year (police)"
    )
    attribution = "Bron: Politie / CBS, {year}, tabel 47018NED"
    page = "https://data.politie.nl/"
    fresh_days = 3_650
    by_name = True
    period_kinds = ("JJ",)
    table = "47018NED"

    def periods(
        self, table: StatisticsTable, request: UpdateRequest
    ) -> tuple[Dimension, dict[Category, Period]]:
        """Return the dimension of periods, and the years before the months; of a file, every year.

        The build counts months where it has them, so that nothing counts twice.
        """
        if request.file:
            return super().periods(table, request)
        first = request.since.replace(year=request.since.year - YEARS_BEFORE, month=1, day=1)
        dimension, periods = super().periods(table, replace(request, since=first))
        before = {c: period for c, period in periods.items() if period.last_day < request.since}
        return dimension, before


SOURCE = PoliceCrimeYearly()
