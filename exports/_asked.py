"""A table that a reader wants as a file, named by what to ask the gateway: never the rows."""

from dataclasses import dataclass
from typing import Literal

from access.gateway import Gateway
from exports._contract import Sheaf

Table = Literal["figures", "scores", "deliveries"]


@dataclass(frozen=True)
class Asked:
    """Which table, as the methods of the gateway take it; '' where one takes nothing."""

    table: Table
    indicator: str = ""
    level: str = ""
    period: str = ""
    within: str = ""

    @property
    def name(self) -> str:
        """What is asked, in one word for a file name or a log."""
        parts = (self.table, self.indicator, self.level, self.period, self.within)
        return "-".join(part for part in parts if part)

    def read(self, gateway: Gateway) -> Sheaf:
        """Return the table within the viewer's grant, places by name; refused as the gateway does.

        Columns are those of the gateway's method, the code of the place first.
        """
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
