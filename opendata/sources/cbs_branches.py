"""Establishments by branch and gemeente: CBS 81575NED, and those where much is paid in cash.

81578NED has finer branches, for COROP regions and provinces; 81575NED is the one with gemeenten.
Which branches it splits is read from its own list: two-digit branches where it has them, and
section I, which is just branches 55 and 56 (Standaard Bedrijfsindeling 2008). Sections G, N, R and
S hold much else beside 45, 77, 92 and 96, and are not taken for them.
"""

import re

from bilingual import Text
from opendata.contract import CC_BY, Fetcher, SourceFailedError
from opendata.tables.columns import TOTAL
from opendata.tables.file_table import Layout
from opendata.tables.odata4 import CBS4, OData4Table
from opendata.tables.statistics_table import StatisticsTable
from opendata.tables.table_source import FigureColumn, TableSource

DIMENSION = "BedrijfstakkenBranchesSBI2008"

CASH_INTENSIVE = ("45", "55", "56", "77", "92", "96")
"""Car trade and repair, lodging, food and drink, rental, gambling, personal services."""

CATERING = ("55", "56")


class Branches(TableSource):
    """All establishments, and those in branches with many cash payments."""

    name = "cbs_branches"
    title = Text("Vestigingen van bedrijven naar branche (CBS)", "Establishments by branch (CBS)")
    brings = ("firms", "firms_cash_intensive")
    partner = "cbs"
    licence = CC_BY
    attribution = "Bron: CBS, {year}, tabel 81575NED"
    page = "https://www.cbs.nl/nl-nl/cijfers/detail/81575NED"
    fresh_days = 550
    layout = Layout((DIMENSION,), wanted=("Vestigingen",))

    def open(self, fetcher: Fetcher) -> StatisticsTable:
        """Return table 81575NED."""
        return OData4Table(fetcher, CBS4, "81575NED")

    def figure_columns(self, table: StatisticsTable) -> list[FigureColumn]:
        """Return all establishments, and the branches with much cash that the table splits."""
        cash = _cash_intensive(table)
        return [
            FigureColumn("firms", "Vestigingen", categories={DIMENSION: (TOTAL,)}),
            FigureColumn(
                "firms_cash_intensive",
                "Vestigingen",
                categories={DIMENSION: tuple(cash.values())},
                note=f"; opgeteld: SBI {', '.join(cash)}",
            ),
        ]


def _cash_intensive(table: StatisticsTable) -> dict[str, str]:
    """Return SBI codes and the codes of the table for them."""
    of_title = {}
    for category in table.categories(table.dimension(DIMENSION)):
        if code := re.match(r"(\d{2}|I)\s", category.title):
            of_title[code.group(1)] = category.code
    found = {sbi: of_title[sbi] for sbi in CASH_INTENSIVE if sbi in of_title}
    if "I" in of_title and not all(sbi in found for sbi in CATERING):
        found = {sbi: code for sbi, code in found.items() if sbi not in CATERING}
        found["I"] = of_title["I"]
    if not found:
        raise SourceFailedError(
            f"{table.where} splits none of the branches {', '.join(CASH_INTENSIVE)}, nor section"
            f" I: establishments with many cash payments cannot be counted from it.{table.hint}"
        )
    return found


SOURCE = Branches()
