"""A table that a reader wants as a file, named by what to ask a gateway: never the rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from access.audit_lines import wanted_named
from access.gateway import ReleaseGateway
from access.gateways import Gateways
from access.partner import PartnerGateway
from access.passport import Passport
from bilingual import Text
from exports.contract import ExportTable, Outline
from exports.frames import (
    DELIVERY_COLUMNS,
    FIGURE_COLUMNS,
    LINE_COLUMNS,
    SCORE_COLUMNS,
    frame_of,
    verdicts_frame,
)
from geo import hexagons
from records.figures import PUBLIC
from store.evidence.of_sources import OtherDay

TableName = Literal["figures", "scores", "verdicts", "deliveries", "audit"]

AUDIT = Text("Auditlog van Weerbeeld", "Audit log of Weerbeeld")
DELIVERIES = Text("Leveringen aan Weerbeeld", "Deliveries to Weerbeeld")
ROUGHLY = Text(
    "size: regels, afgerond op één cijfer, 0: minder dan 100",
    "size: rows, rounded to one digit, 0: fewer than 100",
)
ZERO = Text(
    "numerator en denominator 0: geen of weinig", "numerator and denominator 0: none or few"
)
SCORE = Text("Alle signalen samen", "All signals together")
STANDING_OUT = Text("Wat eruit steekt", "What stands out")
INDEPENDENT = Text("onafhankelijke partners", "independent partners")
SCORE_UNIT = Text("score van 0 tot 100", "score from 0 to 100")


LEAST_REASON, LONGEST_REASON = 3, 120
"""Characters of a reason for an export."""


@dataclass(frozen=True)
class ExportRequest:
    """Which table, as the methods of a gateway take it, in which format.

    A text is '' where a table takes nothing; of verdicts ``indicator`` is a focus area, or ''
    for all together. ``format`` is '' while none was chosen. ``lines``
    says which lines of the audit log, as ``Wanted.written``, ``reason`` why the reader wants it
    (or a case number), where the organisation asks for that.
    """

    table: TableName
    indicator: str = ""
    level: str = ""
    period: str = ""
    within: str = ""
    lines: str = ""
    format: str = ""
    reason: str = ""

    @property
    def name(self) -> str:
        """The table that is asked for, in one word for a file name or a log."""
        parts = (self.table, self.indicator, self.level, self.period, self.within)
        return "-".join(part for part in parts if part)

    @property
    def has_reason(self) -> bool:
        """Whether the reader said why, in so many characters that it can mean something."""
        return len(self.reason.strip()) >= LEAST_REASON and len(self.reason) <= LONGEST_REASON

    def read(self, gateways: Gateways, *, outlined: bool = False) -> ExportTable:
        """Return the table within the viewer's grant, places by name; refused as a gateway does.

        Columns are the fields of the rows of a gateway's method, the code of the place first.
        ``outlined``: with the outlines of its places.
        """
        if self.table == "audit":
            lines = frame_of(gateways.auditor().lines(wanted_named(self.lines)), LINE_COLUMNS)
            return ExportTable(lines, invented=False, title=_both(AUDIT), source="Weerbeeld")
        if self.table == "deliveries":
            return _deliveries(gateways.partner_or_keeper())
        return self._places(gateways.partner(), outlined=outlined)

    def _places(self, gateway: PartnerGateway, *, outlined: bool) -> ExportTable:
        where = (self.level, self.period or None, self.within or None)
        every = gateway.passports().values()
        if self.table == "verdicts":
            verdicts = gateway.verdicts(*where, self.indicator or None)
            frame = verdicts_frame(verdicts)
            title, unit = _both(STANDING_OUT), _both(INDEPENDENT)
            chosen = [p for p in every if self.indicator in ("", p.focus_area)]
            counted = [p for p in chosen if self.level in p.levels]
        elif self.table == "scores":
            scores = gateway.scores(*where)
            frame = frame_of(scores, SCORE_COLUMNS)
            title, unit = _both(SCORE), _both(SCORE_UNIT)
            levels = {self.level, *(row.figure_level for row in scores)}
            counted = [p for p in every if p.scored and levels & set(p.levels)]
        else:
            figures = gateway.figures(self.indicator, *where)
            frame = frame_of(figures, FIGURE_COLUMNS)
            passport = gateway.passport(self.indicator)
            title, unit = f"{passport.code} {_prose(passport, 'name')}", _prose(passport, "unit")
            counted = [passport]
        frame = frame.sort_values(["name", "area"], ignore_index=True)
        facts = gateway.facts()
        period = gateway.period(self.period or None, self.level).code
        return ExportTable(
            frame,
            facts.invented,
            title=title,
            unit=unit,
            level=self.level,
            period=period,
            note=_joined(
                [
                    *_other_days(gateway, [p.code for p in counted], self.level, period),
                    *_zeros(counted if self.table == "figures" else []),
                ]
            ),
            source=_joined(_prose(passport, "source") for passport in counted),
            licence=_joined(_prose(passport, "licence") for passport in counted),
            attribution=_joined(gateway.attributions()),
            release=facts.name,
            outlines=self._outlines(gateway, frame["area"].tolist()) if outlined else {},
        )

    def _outlines(self, gateway: PartnerGateway, areas: list[str]) -> dict[str, Outline]:
        if self.level.startswith("hex"):
            cells = {code: hexagons.from_text(code) for code in areas}
            return {
                code: {"type": "Polygon", "coordinates": [hexagons.outline(cell)]}
                for code, cell in cells.items()
                if cell is not None
            }
        found = gateway.outlines(self.level, self.within or None)
        known = {drawn.code: drawn.outline for drawn in found}
        return {code: known[code] for code in areas if code in known}


def _other_days(
    gateway: PartnerGateway, codes: Sequence[str], level: str, period: str
) -> Iterator[str]:
    """Give the public states of another time that figures of ``codes`` are made of."""
    for row in gateway.evidence(OtherDay):
        if row.indicator in codes and (row.level, row.period) == (level, period):
            name = _both(PUBLIC[row.figure].name)
            days = f"{row.first}" if row.first == row.last else f"{row.first} - {row.last}"
            yield f"{row.indicator}: {name}, {days}"


def _zeros(counted: Sequence[Passport]) -> list[str]:
    """Return what a 0 means in the counts of an indicator that is protected."""
    return [] if all(passport.open for passport in counted) else [_both(ZERO)]


def _deliveries(gateway: ReleaseGateway) -> ExportTable:
    facts = gateway.facts()
    return ExportTable(
        frame_of(gateway.deliveries(), DELIVERY_COLUMNS),
        facts.invented,
        title=_both(DELIVERIES),
        note=_both(ROUGHLY),
        source="Weerbeeld",
        attribution=_joined(gateway.attributions()),
        release=facts.name,
    )


def _prose(passport: Passport, name: str) -> str:
    return _both(Text(passport.text(name, "nl"), passport.text(name, "en")))


def _both(text: Text) -> str:
    """Return a text in both languages, once where they are the same: a file has no language."""
    return text.nl if text.nl == text.en else f"{text.nl} / {text.en}"


def _joined(texts: Iterable[str]) -> str:
    """Return texts one after the other, each once."""
    return "; ".join(dict.fromkeys(texts))
