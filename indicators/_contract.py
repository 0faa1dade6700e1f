"""What an indicator is: a passport and two counts, each one SELECT.

A SELECT reads the placed records of the build and returns one row per unit counted:

- ``place``: the place of the unit (every record has one);
- ``amount``: what it adds, 1 for a count, a DECIMAL for money or weight;
- ``unit``: the record's key for protection, in every count of subjects;
- ``subject``: the firm behind an amount of money or weight;
- and when it counts: ``date`` (``events``), ``moment`` (``state``), ``period`` (``windowed``)
  or nothing (``fixed``);
- ``registered``, where it is known: the day an event came into the partner's books, or else
  ``received``: the day of the delivery that first brought it. Recent periods are then completed
  for what is still to come, unless the denominator counts dated events, which come as late;
- ``partner`` beside it: how complete each partner's part is.

Tables to read: each kind of record by its name (with ``place``, ``unit``, ``partner`` and
``received``, which is empty in months that began before the partner's first delivery),
``business_at`` (establishments existing at each ``moment``, the last day of a month),
``figure_at`` (the area figure in force at each ``moment``), ``period`` (code, kind, start, end),
``cell_place`` (place and unit of each res-9 ``cell``), ``land`` (place and km2 of each cell) and
``independent`` (the partners that count as independent sources of signals).
"""

from dataclasses import dataclass
from typing import Literal

from records import KINDS

FocusArea = Literal["tbml", "financial_services", "logistics", "corruption_violence", "context"]
Counting = Literal["flow", "stock", "value", "derived"]
When = Literal["date", "moment", "period", "always"]
Evidence = Literal["validated", "literature", "expert"]
Recipient = Literal["nsoc", "riec", "gemeente"]

LETTERS = {"N": "nederland", "R": "riec", "G": "gemeente", "W": "wijk", "B": "buurt"}
SCORED: tuple[FocusArea, ...] = ("tbml", "financial_services", "logistics", "corruption_violence")
"""The four focus areas of NSOC. Context stands beside the score, not in it."""


@dataclass(frozen=True)
class Both:
    """One text in Dutch and English."""

    nl: str
    en: str


@dataclass(frozen=True)
class Count:
    """One SELECT and when its rows count. ``open``: a public figure, not about subjects."""

    sql: str
    when: When
    open: bool = False


def events(sql: str) -> Count:
    """Count rows in the period in which their ``date`` falls: they add over periods."""
    return Count(sql, "date")


def state(sql: str, *, open_figure: bool = False) -> Count:
    """Count rows in the period that ends at their ``moment``: the last one stands."""
    return Count(sql, "moment", open_figure)


def windowed(sql: str) -> Count:
    """Count rows in the ``period`` that they name: worked out per period."""
    return Count(sql, "period")


def fixed(sql: str) -> Count:
    """Count rows in every period: an open fact such as a surface."""
    return Count(sql, "always", open=True)


@dataclass(frozen=True)
class Indicator:
    """One indicator: the passport that readers see, and what is counted.

    ``levels`` are letters of LETTERS, with H for hexagons down to ``finest_hexagon``. ``per`` is
    the number that the rate is expressed per (100 for a percentage). ``share``: the numerator is
    part of the denominator. ``weight`` counts within its focus area. ``history_months``: how
    much history a figure needs before it means something.
    """

    code: str
    name: Both
    focus_area: FocusArea
    theme: Both
    counting: Counting
    numerator: Count
    denominator: Count
    numerator_text: Both
    denominator_text: Both
    unit: Both
    per: int
    levels: str
    recipients: tuple[Recipient, ...]
    source: Both
    legal_basis: Both
    licence: Both
    delivery: Both
    direction: Both
    weight: float
    weight_reason: Both
    evidence: Evidence
    innocent: Both
    action: Both
    owner: str
    review: str
    finest_hexagon: int = 9
    share: bool = True
    history_months: int = 0

    @property
    def level_names(self) -> tuple[str, ...]:
        """Levels of this indicator by name, from large to small."""
        areas = [LETTERS[letter] for letter in self.levels if letter in LETTERS]
        hexagons = range(7, self.finest_hexagon + 1) if "H" in self.levels else range(0)
        return (*areas, *(f"hex{resolution}" for resolution in hexagons))

    @property
    def reads(self) -> tuple[str, ...]:
        """Kinds of record that the counts read."""
        text = f"{self.numerator.sql} {self.denominator.sql}".replace("figure_at", "area_figure")
        return tuple(kind for kind in KINDS if kind in text.replace("business_at", "business"))
