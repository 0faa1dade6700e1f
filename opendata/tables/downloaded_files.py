"""Tables that a person downloaded, as files: CSV, Excel or Parquet, read as deliveries are."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from bilingual import Text
from errors import WeerbeeldError, printable, shortened
from geo.gemeente_names import gemeente_named
from intake.faults import DeliveryRefused
from intake.headers import plain
from intake.reading import read_bytes, read_table
from opendata.contract import SourceFailedError
from opendata.tables.periods import Period
from records import RecordKind
from records.contract import Column
from records.identifiers import plain_code
from records.retention import STATISTIC

_PERIOD = re.compile(
    r"(?P<year>\d{4})"
    r"(?:[ -]?(?:q|kw0?|k|kwartaal ?)(?P<quarter>[1-4])|(?:mm|-)(?P<month>0[1-9]|1[0-2]))?",
    re.ASCII,
)
_PLAIN = re.compile(r"\d+(?:\.0)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII)


DOWNLOADED = Text(
    "cijfers per gemeente en periode, met de hand opgehaald",
    "figures by gemeente and period, downloaded by hand",
)


def read_file(file: Path, names: Sequence[str]) -> pd.DataFrame:
    """Return the columns of a file that are among ``names``, as text, called as ``names`` are.

    Case, spaces and hyphens of names do not count. SourceFailedError when it cannot be read.
    """
    columns = {plain(name): name for name in names}
    kind = RecordKind(
        name="file",
        words=DOWNLOADED,
        meaning=DOWNLOADED,
        deliverers=DOWNLOADED,
        columns=tuple(Column(name, "text", DOWNLOADED, required=False) for name in columns),
        key=tuple(columns)[:1],
        subject=None,
        dated=next(iter(columns)),
        mark=next(iter(columns)),
        retention=STATISTIC,
        located=False,
    )
    try:
        table = read_table(read_bytes(file), kind)
        if table.faults:
            raise DeliveryRefused(table.faults, row_word=table.row_word)
    except WeerbeeldError as refusal:
        raise SourceFailedError(f"{printable(file.name)} cannot be read: {refusal}") from None
    if table.spoilt:
        cell = table.spoilt[0]
        raise SourceFailedError(
            f"{printable(file.name)}, row {table.lines[cell.row]}, column {columns[cell.column]}:"
            f" found {shortened(cell.found)}, expected {cell.expected}."
        )
    return pd.DataFrame(
        {columns[name]: values.to_pandas() for name, values in table.columns.items()}
    )


def gemeenten_meant(areas: "pd.Series[str]") -> "pd.Series[Any]":
    """Return what each code or name means (``Named``), null where there is none."""
    meant = {text: gemeente_named(plain_code(str(text))) for text in areas.dropna().unique()}
    return areas.astype(object).map(meant, na_action="ignore")


def codes_of(areas: "pd.Series[str]") -> "pd.Series[Any]":
    """Return the codes of gemeenten given by code or name; null for what is none."""
    return gemeenten_meant(areas).map(lambda one: one.code, na_action="ignore")


def read_moment(text: str) -> Period | None:
    """Return a year (2025), quarter (2025Q1, 2025KW01) or month (2025-03, 2025MM03), or None."""
    form = _PERIOD.fullmatch(text.strip().casefold())
    if not form:
        return None
    quarter, month = form["quarter"], form["month"]
    first = int(month) if month else 3 * int(quarter) - 2 if quarter else 1
    months = 1 if month else 3 if quarter else 12
    return Period(date(int(form["year"]), first, 1), months)


def read_count(text: object) -> float | str | None:
    """Return a whole number, None for an empty cell, and what is no number as it is."""
    if not isinstance(text, str) or not text.strip():
        return None
    if _PLAIN.fullmatch(text.strip()):
        return float(text)
    return float(text.replace(".", "")) if _GROUPED.fullmatch(text.strip()) else text
