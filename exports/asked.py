"""A table that a reader wants as a file, named by what to ask a gateway: never the rows."""

from dataclasses import dataclass
from typing import Literal

from access.audit_lines import wanted_named
from access.gateways import Gateways
from exports.contract import Sheaf
from exports.frames import (
    DELIVERY_COLUMNS,
    FIGURE_COLUMNS,
    LINE_COLUMNS,
    SCORE_COLUMNS,
    frame_of,
)

Table = Literal["figures", "scores", "deliveries", "audit"]


@dataclass(frozen=True)
class Asked:
    """Which table, as the methods of a gateway take it; '' where one takes nothing.

    ``lines`` says which lines of the audit log, as ``Wanted.written``.
    """

    table: Table
    indicator: str = ""
    level: str = ""
    period: str = ""
    within: str = ""
    lines: str = ""

    @property
    def name(self) -> str:
        """What is asked, in one word for a file name or a log."""
        parts = (self.table, self.indicator, self.level, self.period, self.within)
        return "-".join(part for part in parts if part)

    def read(self, gateways: Gateways) -> Sheaf:
        """Return the table within the viewer's grant, places by name; refused as a gateway does.

        Columns are the fields of the rows of a gateway's method, the code of the place first.
        """
        if self.table == "audit":
            lines = gateways.auditor().lines(wanted_named(self.lines))
            return Sheaf(frame_of(lines, LINE_COLUMNS), invented=False)
        if self.table == "deliveries":
            gateway = gateways.partner_or_keeper()
            rows = frame_of(gateway.deliveries(), DELIVERY_COLUMNS)
        else:
            gateway = partner = gateways.partner()
            where = (self.level, self.period or None, self.within or None)
            rows = (
                frame_of(partner.scores(*where), SCORE_COLUMNS)
                if self.table == "scores"
                else frame_of(partner.figures(self.indicator, *where), FIGURE_COLUMNS)
            )
            rows = rows.sort_values(["name", "area"], ignore_index=True)
        return Sheaf(rows, gateway.facts().invented, tuple(gateway.attributions()))
