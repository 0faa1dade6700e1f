"""Gemeenten, periods and counts as people write them in tables of their own."""

import re
from datetime import date
from typing import Any

import pandas as pd

from geo.gemeente_names import gemeente_named
from opendata.files.periods import Period
from records.identifiers import plain_code

_PERIOD = re.compile(
    r"(?P<year>\d{4})"
    r"(?:[ -]?(?:q|kw0?|k|kwartaal ?)(?P<quarter>[1-4])|(?:mm|-)(?P<month>0[1-9]|1[0-2]))?",
    re.ASCII,
)
_PLAIN = re.compile(r"\d+(?:\.0)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII)


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
