"""A table that a reader wants as a file, named by what to ask the gateway: never the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from access.audit_reader import wanted_named
from access.gateway import Gateway
from access.passport import Sheet
from bilingual import Text
from exports.contract import ExportTable, Outline
from geo import hexagons

TableName = Literal["figures", "scores", "deliveries", "audit"]

AUDIT = Text("Auditlog van Weerbeeld", "Audit log of Weerbeeld")
DELIVERIES = Text("Leveringen aan Weerbeeld", "Deliveries to Weerbeeld")
SCORE = Text("Alle signalen samen", "All signals together")
SCORE_UNIT = Text("score van 0 tot 100", "score from 0 to 100")


@dataclass(frozen=True)
class ExportRequest:
    """Which table, as the methods of the gateway take it, in which format.

    A text is '' where a table takes nothing; ``format`` is '' while none was chosen. ``lines``
    says which lines of the audit log, as ``Wanted.written``.
    """

    table: TableName
    indicator: str = ""
    level: str = ""
    period: str = ""
    within: str = ""
    lines: str = ""
    format: str = ""

    @property
    def name(self) -> str:
        """The table that is asked for, in one word for a file name or a log."""
        parts = (self.table, self.indicator, self.level, self.period, self.within)
        return "-".join(part for part in parts if part)

    def read(self, gateway: Gateway, *, outlined: bool = False) -> ExportTable:
        """Return the table within the viewer's grant, places by name; refused as the gateway does.

        Columns are those of the gateway's method, the code of the place first. ``outlined``: with
        the outlines of its places.
        """
        if self.table == "audit":
            lines = gateway.audit_reader().lines(wanted_named(self.lines))
            return ExportTable(lines, invented=False, title=_both(AUDIT), source="Weerbeeld")
        facts = gateway.facts()
        if self.table == "deliveries":
            return ExportTable(
                gateway.deliveries(),
                facts.invented,
                title=_both(DELIVERIES),
                source="Weerbeeld",
                attribution=_joined(gateway.attributions()),
                release=facts.name,
            )
        rows = self._places(gateway)
        title, unit, sheets = self._passports(gateway, rows)
        return ExportTable(
            rows,
            facts.invented,
            title=title,
            unit=unit,
            level=self.level,
            period=gateway.period(self.period or None, self.level).code,
            source=_joined(_field(sheet, "source") for sheet in sheets),
            licence=_joined(_field(sheet, "licence") for sheet in sheets),
            attribution=_joined(gateway.attributions()),
            release=facts.name,
            outlines=self._outlines(gateway, rows) if outlined else {},
        )

    def _places(self, gateway: Gateway) -> pd.DataFrame:
        where = (self.level, self.period or None, self.within or None)
        rows = (
            gateway.scores(*where)
            if self.table == "scores"
            else gateway.figures(self.indicator, *where)
        )
        return rows.sort_values(["name", "area"], ignore_index=True)

    def _passports(self, gateway: Gateway, rows: pd.DataFrame) -> tuple[str, str, list[Sheet]]:
        """Return the title and the unit of the rows, and the passports of all that they count."""
        if self.table == "figures":
            sheet = gateway.sheet(self.indicator)
            return f"{sheet.code} {_field(sheet, 'name')}", _field(sheet, "unit"), [sheet]
        levels = {self.level, *rows["figure_level"]}
        counted = [s for s in gateway.sheets().values() if s.scored and levels & set(s.levels)]
        return _both(SCORE), _both(SCORE_UNIT), counted

    def _outlines(self, gateway: Gateway, rows: pd.DataFrame) -> dict[str, Outline]:
        wanted = [str(area) for area in rows["area"]]
        if self.level.startswith("hex"):
            cells = {code: hexagons.from_text(code) for code in wanted}
            return {
                code: {"type": "Polygon", "coordinates": [hexagons.outline(cell)]}
                for code, cell in cells.items()
                if cell is not None
            }
        outlines = gateway.outlines(self.level, self.within or None)
        known = {outline["code"]: outline["outline"] for outline in outlines}
        return {code: known[code] for code in wanted if code in known}


def _field(sheet: Sheet, name: str) -> str:
    return _both(Text(sheet.text(name, "nl"), sheet.text(name, "en")))


def _both(text: Text) -> str:
    """Return a text in both languages, once where they are the same: a file has no language."""
    return text.nl if text.nl == text.en else f"{text.nl} / {text.en}"


def _joined(texts: Iterable[str]) -> str:
    """Return texts one after the other, each once."""
    return "; ".join(dict.fromkeys(texts))
