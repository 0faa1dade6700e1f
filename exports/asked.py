"""A table that a reader wants as a file, named by what to ask the gateway: never the rows."""

from dataclasses import dataclass
from typing import Literal

from access.audit_reader import wanted_named
from access.gateway import Gateway
from exports.contract import Sheaf

Table = Literal["figures", "scores", "deliveries", "audit"]


@dataclass(frozen=True)
class Asked:
    """Which table, as the methods of the gateway take it; '' where one takes nothing.

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

    def read(self, gateway: Gateway) -> Sheaf:
        """Return the table within the viewer's grant, places by name; refused as the gateway does.

        Columns are those of the gateway's method, the code of the place first.
        """
        if self.table == "audit":
            return Sheaf(gateway.audit_reader().lines(wanted_named(self.lines)), invented=False)
        if self.table == "deliveries":
            rows = gateway.deliveries()
        else:
            where = (self.level, self.period or None, self.within or None)
            rows = (
                gateway.scores(*where)
                if self.table == "scores"
                else gateway.figures(self.indicator, *where)
            )
            rows = rows.sort_values(["name", "area"], ignore_index=True)
        return Sheaf(rows, gateway.facts().invented, tuple(gateway.attributions()))
