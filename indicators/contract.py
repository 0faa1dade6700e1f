"""What an indicator is: a passport and two counts, each one SELECT.

A SELECT reads the placed records of the build and returns one row per unit counted:

- ``place``: the place of the unit (every record has one);
- ``amount``: what it adds, 1 for a count, a DECIMAL for money or weight;
- ``unit``: the record's key for protection, in every count that is not ``open``;
- a column for each of its subjects (``indicators.subjects``), such as ``firm``: k and the noise
  work on those. Of amounts of money or weight the first is whose they are;
- ``stratum``, in both counts, where places are made of parts that differ by nature (``strata``);
- and when it counts: ``date`` (``events``), ``moment`` (``state``), ``period`` (``windowed``)
  or nothing (``fixed``);
- of every event: ``registered``, the day it came into the partner's books, or where that is not
  known ``received``, the day of the delivery that first brought it. Recent periods are then
  completed for what is still to come, unless the denominator counts dated events, which come as
  late; and ``partner`` beside it, for how complete each partner's part is.

Tables to read: each kind of record by its name (with ``place``, ``unit``, ``partner`` and
``received``, which is empty in months that began before the partner's first delivery, and ``told``,
the number of the delivery that first brought it),
``business_at`` (establishments existing at each ``moment`` of which stocks are shown, and at the
last),
``figure_at`` (the state of an area in force at each ``moment``, with its ``level``), ``spread_at``
(the same over res-9 cells: as delivered, or spread from the finest areas), ``figure_over`` (the flow
of an area over each ``period`` that it wholly covers), ``period`` (code, kind, start, end),
``cell_place`` (place and unit of each res-9 ``cell``), ``land`` (place and km2 of each cell) and
``independent`` (the partners that count as independent sources of signals).
"""

import re
from dataclasses import dataclass, fields, replace
from typing import Literal, Self

from bilingual import Text
from records import KINDS

PUBLIC_KIND = "area_figure"
"""The kind of record that holds public figures only."""

AREA_TABLES = ("figure_at", "spread_at", "figure_over")
"""Tables of public figures about areas, in three forms."""

_FIGURE = re.compile(r"figure = '(\w+)'")

FocusArea = Literal["tbml", "financial_services", "logistics", "corruption_violence", "context"]
Counting = Literal["flow", "stock", "value", "derived"]
When = Literal["date", "moment", "period", "always"]
Evidence = Literal["validated", "literature", "expert"]
Recipient = Literal["nsoc", "riec", "gemeente"]

LETTERS = {"N": "nederland", "R": "riec", "G": "gemeente", "W": "wijk", "B": "buurt"}
SCORED: tuple[FocusArea, ...] = ("tbml", "financial_services", "logistics", "corruption_violence")
"""The four focus areas of NSOC. Context stands beside the score, not in it."""


@dataclass(frozen=True)
class Count:
    """One SELECT and when its rows count. ``open``: a public figure, not about subjects.

    ``subjects``: words of ``indicators.subjects``, each a column; whom or what a record is about.
    ``together``: the column whose equal values the SELECT looks at side by side, such as the object
    whose sales follow on one another: a cluster counts them in one part (`release.parts`). Empty
    where each record counts by itself.
    """

    sql: str
    when: When
    open: bool = False
    subjects: tuple[str, ...] = ()
    together: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        """Kinds of record that the SELECT reads."""
        text = self.sql.lower().replace("business_at", "business")
        for table in AREA_TABLES:
            text = text.replace(table, PUBLIC_KIND)
        return tuple(kind for kind in KINDS if kind in text)

    @property
    def figures(self) -> tuple[str, ...]:
        """Public figures about areas that the SELECT names."""
        return tuple(dict.fromkeys(_FIGURE.findall(self.sql)))


def events(sql: str, *subjects: str, together: str = "") -> Count:
    """Count rows in the period in which their ``date`` falls: they add over periods."""
    return Count(sql, "date", subjects=subjects, together=together)


def state(sql: str, *subjects: str, open_figure: bool = False, together: str = "") -> Count:
    """Count rows in the period that ends at their ``moment``: the last one stands."""
    return Count(sql, "moment", open_figure, subjects, together)


def windowed(sql: str, *subjects: str, together: str = "") -> Count:
    """Count rows in the ``period`` that they name: worked out per period."""
    return Count(sql, "period", subjects=subjects, together=together)


def published(sql: str) -> Count:
    """Count a public flow in every ``period`` that it covers, as its source publishes it."""
    return Count(sql, "period", open=True)


def fixed(sql: str) -> Count:
    """Count rows in every period: an open fact such as a surface."""
    return Count(sql, "always", open=True)


@dataclass(frozen=True)
class Fallback:
    """What an indicator counts where its own records were not delivered; None keeps its own value."""

    numerator: Count | None = None
    denominator: Count | None = None
    numerator_text: Text | None = None
    denominator_text: Text | None = None
    unit: Text | None = None
    levels: str | None = None
    source: Text | None = None
    legal_basis: Text | None = None
    licence: Text | None = None
    delivery: Text | None = None
    innocent: Text | None = None


@dataclass(frozen=True)
class Indicator:
    """One indicator: the passport that readers see, and what is counted.

    ``levels`` are letters of LETTERS, with H for hexagons down to ``finest_hexagon``. ``per`` is
    the number that the rate is expressed per (100 for a percentage). Over less than
    ``least_denominator`` (of amounts: so many declarations) there is no rate: too little to tell.
    ``partners``: codes of ``records.partners``, on whose word the numerator rests; () where it is
    derived from all. ``share``: the numerator is part of the denominator. ``weight`` counts within
    its focus area; context has none, nor what not everyone receives, so that the score is the same
    for all. ``history_months``: how much history a figure needs before it means something.
    ``strata`` says what rates are corrected for, where both counts have a ``stratum``.
    ``finding``: the subjects that are looked for, and so not protected, such as the address with
    many firms. ``fallback``: what stands in for records that nobody delivered: mostly public
    figures, which are not published by stratum.
    """

    code: str
    name: Text
    focus_area: FocusArea
    theme: Text
    counting: Counting
    numerator: Count
    denominator: Count
    numerator_text: Text
    denominator_text: Text
    unit: Text
    per: int
    least_denominator: float
    levels: str
    recipients: tuple[Recipient, ...]
    partners: tuple[str, ...]
    source: Text
    legal_basis: Text
    licence: Text
    delivery: Text
    direction: Text
    weight: float
    weight_reason: Text
    evidence: Evidence
    innocent: Text
    action: Text
    owner: str
    review: str
    finest_hexagon: int = 9
    share: bool = True
    history_months: int = 0
    strata: Text | None = None
    finding: tuple[str, ...] = ()
    fallback: Fallback | None = None

    @property
    def level_names(self) -> tuple[str, ...]:
        """Levels of this indicator by name, from large to small."""
        areas = [LETTERS[letter] for letter in self.levels if letter in LETTERS]
        hexagons = range(7, self.finest_hexagon + 1) if "H" in self.levels else range(0)
        return (*areas, *(f"hex{resolution}" for resolution in hexagons))

    @property
    def reads(self) -> tuple[str, ...]:
        """Kinds of record that the counts read."""
        read = {*self.numerator.reads, *self.denominator.reads}
        return tuple(kind for kind in KINDS if kind in read)

    @property
    def open(self) -> bool:
        """Whether both counts are public figures: published as at their source, not protected."""
        return self.numerator.open and self.denominator.open

    @property
    def votes(self) -> bool:
        """Whether it counts when partners are asked what stands out; context and what is derived
        from others do not."""
        return self.focus_area in SCORED and self.counting != "derived"

    @property
    def over(self) -> tuple[str, ...]:
        """What the denominator is made of: public figures, kinds of record, or else the land."""
        return self.denominator.figures or self.denominator.reads or ("land",)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Whom and what both counts protect, each once."""
        return tuple(dict.fromkeys((*self.numerator.subjects, *self.denominator.subjects)))

    @property
    def fallback_form(self) -> Self | None:
        """The indicator as counted by its ``fallback``, None when it has none."""
        if self.fallback is None:
            return None
        given = {field.name: getattr(self.fallback, field.name) for field in fields(Fallback)}
        changed = {name: value for name, value in given.items() if value is not None}
        return replace(self, fallback=None, strata=None, **changed)
