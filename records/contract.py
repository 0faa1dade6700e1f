"""What a kind of record is: its columns, its key, its subject, its rules, and its words.

A kind is written down once, as data, and nothing about it stands anywhere else. Intake reads the
columns to parse a delivery and to check it, ``records.describing`` turns them into the table that a
deliverer reads, ``records.examples`` into an example to begin from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bilingual import Text
from records.retention import Retention
from records.rhythm import MONTHLY, Rhythm

ColumnType = Literal["text", "date", "integer", "decimal", "boolean"]

Lost = Literal["no", "maybe", "yes"]

Booleans = NDArray[np.bool_]

Values = Mapping[str, NDArray[Any]]
"""Columns of records, shape (n,) each: text as objects, days, whole numbers, floats, yes or no."""


class Cells(NamedTuple):
    """A column of records as it stands in ``Values``, and which of its cells have a value."""

    values: NDArray[Any]
    filled: Booleans


WHAT: dict[ColumnType, Text] = {
    "text": Text("tekst", "text"),
    "date": Text("een datum zoals 2026-06-30", "a date such as 2026-06-30"),
    "integer": Text("een heel getal", "a whole number"),
    "decimal": Text("een getal", "a number"),
    "boolean": Text("ja of nee", "ja or nee"),
}
"""What a value of each type looks like."""

INVENTED_MARK = "VERZONNEN"
"""Identifiers of example records start with this, so that invented data cannot pass as real."""

INVENTED_SOURCE = f"{INVENTED_MARK} VOORBEELD"
"""The source that example figures name."""


@dataclass(frozen=True)
class Column:
    """One column of a delivery.

    ``example`` is a valid value as a deliverer writes it: decimal comma, ja or nee. It is empty
    where the cell is mostly empty, and for identifiers, whose examples are invented numbers.
    ``pseudonymised`` columns hold an identifier of a person, firm, object or file: intake
    replaces it with a keyed hash and never stores the original. ``digits``: such an identifier is a
    number of so many digits, zeros in front included. ``lost_zero`` says of a code whether it may
    have lost the zero in front. ``listed`` text is checked against a list that is not a column's.
    ``unit`` is None for a column without one. ``minimum`` and ``maximum`` are inclusive.
    """

    name: str
    type: ColumnType
    meaning: Text
    example: str = ""
    unit: Text | None = None
    required: bool = True
    unique: bool = False
    pseudonymised: bool = False
    digits: int | None = None
    lost_zero: Callable[[str], Lost] | None = None
    listed: bool = False
    codes: tuple[str, ...] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def free(self) -> bool:
        """Whether it holds free text, which pages may show as it is."""
        bound = self.codes or self.pattern or self.pseudonymised or self.listed
        return self.type == "text" and not bound

    @property
    def expected(self) -> Text:
        """What a valid value looks like, in words a deliverer understands."""
        nl, en = WHAT[self.type].nl, WHAT[self.type].en
        if self.codes:
            codes = ", ".join(self.codes)
            nl, en = f"een van {codes}", f"one of {codes}"
        elif self.pattern:
            nl, en = f"tekst van de vorm {self.pattern}", f"text of the form {self.pattern}"
        elif self.digits:
            nl = f"{self.digits} cijfers, met de nullen vooraan, als tekst"
            en = f"{self.digits} digits, zeros in front included, as text"
        if self.minimum is not None:
            nl, en = f"{nl}, ten minste {self.minimum:g}", f"{en}, at least {self.minimum:g}"
        if self.maximum is not None:
            nl, en = f"{nl}, ten hoogste {self.maximum:g}", f"{en}, at most {self.maximum:g}"
        return (
            Text(f"{nl} ({self.unit.nl})", f"{en} ({self.unit.en})") if self.unit else Text(nl, en)
        )


@dataclass(frozen=True)
class Rule:
    """A rule over the columns that it ``reads``, and the one in which a breach is reported.

    ``holds`` returns True per row where it is kept; it gets rows only in which no such cell is
    missing, as a missing cell is a fault of its own.
    """

    column: str
    reads: tuple[str, ...]
    expected: Text
    holds: Callable[[Values], Booleans]

    def kept(self, columns: Mapping[str, Cells]) -> Booleans:
        """Return per record whether the rule is kept, or not yet to be judged, shape (n,)."""
        filled = np.logical_and.reduce([columns[name].filled for name in self.reads])
        kept = np.ones(len(filled), dtype=bool)
        kept[filled] = self.holds({name: columns[name].values[filled] for name in self.reads})
        return kept


@dataclass(frozen=True)
class RecordKind:
    """One kind of record that partners deliver.

    ``key`` names the columns that identify a record within a partner: a later delivery with
    the same key corrects the earlier record. ``subject`` names who or what a small count
    could point at (None for figures about areas). ``dated`` is the column whose year is the
    partition. ``located`` kinds carry a point (x, y) that is stored as lon, lat and its
    res-9 hexagon. ``mark`` is the column in which example records show INVENTED_MARK.
    ``retention`` says how long a record is kept.

    ``sort`` is the column that says what sort of event a record is: two partners whose records
    agree in key, sort, day and place tell of one event.

    ``words`` name records of the kind on the pages, ``meaning`` says what one record is, and
    ``deliverers`` who delivers it. ``standing`` kinds hold until the next delivery, so that a
    month without records is no gap. ``rhythm`` is how often it is delivered, unless something else
    was agreed with a partner (``records.authority``).
    """

    name: str
    words: Text
    meaning: Text
    deliverers: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    subject: str | None
    dated: str
    mark: str
    retention: Retention
    located: bool = True
    sort: str | None = None
    standing: bool = False
    rhythm: Rhythm = MONTHLY
    rules: tuple[Rule, ...] = ()

    def column(self, name: str) -> Column:
        """Return the column called ``name``."""
        return next(column for column in self.columns if column.name == name)

    @property
    def starts(self) -> str:
        """The date column from which the retention period counts."""
        return self.retention.starts or self.dated

    @property
    def pseudonymised(self) -> tuple[str, ...]:
        """The columns that hold a pseudonym once a record is kept."""
        return tuple(column.name for column in self.columns if column.pseudonymised)

    def keeps_rules(self, columns: Mapping[str, Cells]) -> Booleans:
        """Return per record whether it keeps every rule, shape (n,); ``columns`` has them all."""
        rows = len(columns[self.dated].filled)
        kept = np.ones(rows, dtype=bool)
        for rule in self.rules:
            kept &= rule.kept(columns)
        return kept
