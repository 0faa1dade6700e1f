"""What a kind of record is: its columns, its key, its subject and its rules.

A kind is written down once, as data. Intake reads the columns to parse a delivery, and
``RecordKind.schema`` turns the same columns into the pandera schema that checks it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import pandera.pandas as pa

from records.retention import Retention

ColumnType = Literal["text", "date", "integer", "decimal", "boolean"]

DTYPES: dict[ColumnType, str] = {
    "text": "string",
    "date": "datetime64[s]",
    "integer": "Int64",
    "decimal": "float64",
    "boolean": "boolean",
}

INVENTED_MARK = "VERZONNEN"
"""Identifiers of example records start with this, so that invented data cannot pass as real."""

INVENTED_SOURCE = f"{INVENTED_MARK} VOORBEELD"
"""The source that example figures name."""


@dataclass(frozen=True)
class Column:
    """One column of a delivery.

    ``pseudonymised`` columns hold an identifier of a person, firm, object or file: intake
    replaces it with a keyed hash and never stores the original. ``unit`` is None for a
    column without one. ``minimum`` and ``maximum`` are inclusive.
    """

    name: str
    type: ColumnType
    meaning: str
    unit: str | None = None
    required: bool = True
    unique: bool = False
    pseudonymised: bool = False
    codes: tuple[str, ...] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def expected(self) -> str:
        """What a valid value looks like, in words a deliverer understands."""
        what = {
            "text": "text",
            "date": "a date such as 2026-06-30",
            "integer": "a whole number",
            "decimal": "a number",
            "boolean": "ja or nee",
        }[self.type]
        if self.codes:
            what = "one of " + ", ".join(self.codes)
        elif self.pattern:
            what = f"text of the form {self.pattern}"
        if self.minimum is not None:
            what += f", at least {self.minimum:g}"
        if self.maximum is not None:
            what += f", at most {self.maximum:g}"
        return f"{what} ({self.unit})" if self.unit else what

    def checks(self) -> list[pa.Check]:
        """Return this column's checks, each carrying ``expected`` as its error text."""
        checks = []
        if self.codes:
            checks.append(pa.Check.isin(self.codes, error=self.expected))
        if self.pattern:
            checks.append(pa.Check.str_matches(rf"^(?:{self.pattern})\Z", error=self.expected))
        if self.minimum is not None:
            checks.append(pa.Check.ge(self.minimum, error=self.expected))
        if self.maximum is not None:
            checks.append(pa.Check.le(self.maximum, error=self.expected))
        return checks


@dataclass(frozen=True)
class Rule:
    """A rule over several columns; ``holds`` returns True per row where it is kept."""

    column: str
    expected: str
    holds: Callable[[pd.DataFrame], "pd.Series[bool]"]


@dataclass(frozen=True)
class RecordKind:
    """One kind of record that partners deliver.

    ``key`` names the columns that identify a record within a partner: a later delivery with
    the same key corrects the earlier record. ``subject`` names who or what a small count
    could point at (None for figures about areas). ``dated`` is the column whose year is the
    partition. ``located`` kinds carry a point (x, y) that is stored as lon, lat and its
    res-9 hexagon. ``mark`` is the column in which example records show INVENTED_MARK.
    ``retention`` says how long a record is kept.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    subject: str | None
    dated: str
    mark: str
    retention: Retention
    located: bool = True
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

    def schema(self) -> pa.DataFrameSchema:
        """Return the pandera schema of a parsed delivery (types as in ``DTYPES``).

        A broken rule names one row only: pandera would list every cell of every such row.
        """
        return pa.DataFrameSchema(
            {
                column.name: pa.Column(
                    DTYPES[column.type],
                    checks=column.checks(),
                    nullable=not column.required,
                    unique=column.unique,
                )
                for column in self.columns
            },
            checks=[
                pa.Check(
                    rule.holds,
                    error=f"{rule.column}: {rule.expected}",
                    ignore_na=False,
                    n_failure_cases=1,
                )
                for rule in self.rules
            ],
            unique=list(self.key) if len(self.key) > 1 else None,
            strict=False,
        )
