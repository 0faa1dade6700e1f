"""How fine a value of evidence may be: no number finer than readers see, no word but known ones."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Annotated, Protocol

from errors import WeerbeeldError
from geo.carrying import REASONS
from records import KINDS
from records.area_figure import FIGURES
from records.partners import partner_named
from store.release import LEVEL_NUMBERS

Known = Mapping[str, Collection[str]]
"""The words of one release: its indicators and periods, what waits, and who published what."""


class Grain(Protocol):
    """Which values a field may have."""

    def fault(self, value: object, known: Known) -> str:
        """Return what is wrong with a value, empty when it fits."""


@dataclass(frozen=True)
class Number:
    """A number from ``low`` to ``high`` with so many decimals, or significant digits, at most."""

    low: float
    high: float
    decimals: int | None = None
    digits: int | None = None
    whole: bool = False

    def rounded(self, value: float) -> float:
        """Return the nearest number of this grain."""
        if self.digits is not None:
            value = float(f"{value:.{self.digits}g}")
        if self.decimals is not None:
            value = round(value, self.decimals)
        return round(value) if self.whole else value

    def fault(self, value: object, known: Known) -> str:
        """Return what is wrong with a value, empty when it fits."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "is not a number"
        if self.whole and not isinstance(value, int):
            return "is not a whole number"
        if not (isfinite(value) and self.low <= value <= self.high):
            return f"does not lie from {self.low:g} to {self.high:g}"
        return "" if self.rounded(value) == value else f"is finer than {self._step()}"

    def _step(self) -> str:
        if self.decimals is not None:
            return f"{self.decimals} decimals"
        return f"{self.digits} significant digits"


@dataclass(frozen=True)
class Choice:
    """One of a few numbers."""

    of: tuple[float, ...]

    def fault(self, value: object, known: Known) -> str:
        """Return what is wrong with a value, empty when it fits."""
        chosen = type(value) in (int, float) and value in self.of
        return "" if chosen else f"is not one of {', '.join(map(str, self.of))}"


@dataclass(frozen=True)
class Word:
    """One of a list of words that is the same in every release."""

    of: frozenset[str]

    def fault(self, value: object, known: Known) -> str:
        """Return what is wrong with a value, empty when it fits."""
        return "" if type(value) is str and value in self.of else "is not one of its words"


class ScoredWord(Word):
    """A level, by which a row is about the score of that level."""


@dataclass(frozen=True)
class WordOf:
    """One of the words of the release at hand."""

    what: str

    def fault(self, value: object, known: Known) -> str:
        """Return what is wrong with a value, empty when it fits."""
        there = type(value) is str and value in known[self.what]
        return "" if there else f"is no {self.what} of this release"


@dataclass(frozen=True)
class Written:
    """A text of a certain form (a regular expression)."""

    form: str

    def fault(self, value: object, known: Known) -> str:
        """Return what is wrong with a value, empty when it fits."""
        written = type(value) is str and re.fullmatch(self.form, value)
        return "" if written else "is not written as it should be"


class PartnerCode:
    """The code of a partner."""

    def fault(self, value: object, known: Known) -> str:
        """Return what is wrong with a value, empty when it fits."""
        try:
            partner_named(value if type(value) is str else "")
        except WeerbeeldError:
            return "is no partner"
        return ""


@dataclass(frozen=True)
class Exactly:
    """A value of a type that is no number and no text."""

    type: type

    def fault(self, value: object, known: Known) -> str:
        """Return what is wrong with a value, empty when it fits."""
        return "" if type(value) is self.type else f"is no {self.type.__name__}"


def words(*some: str) -> Word:
    """Return the grain of a few words."""
    return Word(frozenset(some))


INDICATOR = WordOf("indicator")
"""A row with this is for the recipients of that indicator."""

SCORED_LEVEL = ScoredWord(frozenset(LEVEL_NUMBERS))
"""A row with this is for those who may read the score of that level."""

Indicator = Annotated[str, INDICATOR]
ScoredLevel = Annotated[str, SCORED_LEVEL]
Level = Annotated[str, words(*LEVEL_NUMBERS)]
Period = Annotated[str, WordOf("period")]
Figure = Annotated[str, words(*FIGURES)]
KindOfRecord = Annotated[str, words(*KINDS)]
Reason = Annotated[str, words(*REASONS)]
Partner = Annotated[str, PartnerCode()]
Source = Annotated[str, WordOf("source")]
AreaCode = Annotated[str, Written(r"[A-Za-z][\w-]{1,30}|[0-9a-f]{15}")]
Flag = Annotated[bool, Exactly(bool)]
Day = Annotated[date, Exactly(date)]

Share = Annotated[float, Number(0, 1, decimals=3)]
Correlation = Annotated[float, Number(-1, 1, decimals=3)]
Ratio = Annotated[float, Number(0, 1e6, digits=3)]
Z = Annotated[float, Number(-1e6, 1e6, digits=3)]
Places = Annotated[int, Number(0, 1_000_000, whole=True)]
"""How many places of a level were looked at."""

Amount = Annotated[int, Number(0, 1e10, digits=3, whole=True)]
Year = Annotated[int, Number(1900, 2200, whole=True)]
