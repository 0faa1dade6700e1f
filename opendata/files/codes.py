"""Codes of areas and periods as people and services write them in files."""

import re

import pandas as pd

from opendata.files.downloaded_files import codes_of, read_moment
from opendata.files.periods import read_period

COUNTRY_CODE = "NL01"
COUNTRY_NAMES = ("nederland", "the netherlands")

_CODE = re.compile(r"[A-Z]{2}\d{2,4}[0-9A-Z]{0,4}", re.ASCII)
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)
_WORDS = re.compile(
    rf"(?P<year>\d{{4}})\s+(?:(?P<quarter>[1-4])e kwartaal|(?P<month>{'|'.join(_MONTHS)}))",
    re.ASCII,
)
_KINDS = {12: "JJ00", 3: "KW{:02}", 1: "MM{:02}"}


def area_codes(areas: "pd.Series[str]") -> "pd.Series[str]":
    """Return the official code of areas given by code or, of gemeenten, by name; null if unknown.

    Codes of other divisions (PV27, a province) are codes too. Of wijken and buurten a name says
    too little: many are called the same.
    """
    text = areas.astype(object).where(areas.notna(), None)
    codes = text.map(lambda area: area.strip().upper() if area else None)
    whole = codes.map(lambda code: bool(code and _CODE.fullmatch(code)))
    country = text.map(lambda area: bool(area) and area.strip().casefold() in COUNTRY_NAMES)
    named = codes_of(text[~whole & ~country].dropna())
    found: pd.Series[str] = codes.where(whole)
    found[country] = COUNTRY_CODE
    found.loc[named.index] = named
    return found


def period_code(text: str) -> str | None:
    """Return the code of CBS for a period in any usual form, None for what is none.

    >>> period_code("2024 1e kwartaal*"), period_code("2024 mei"), period_code("2024**")
    ('2024KW01', '2024MM05', '2024JJ00')
    >>> period_code("2024-03"), period_code("2024Q2"), period_code("2024JJ00")
    ('2024MM03', '2024KW02', '2024JJ00')
    """
    plain = text.strip().rstrip("*").strip()
    if read_period(plain):
        return plain
    if words := _WORDS.fullmatch(plain.casefold()):
        if words["quarter"]:
            return f"{words['year']}KW0{words['quarter']}"
        return f"{words['year']}MM{_MONTHS.index(words['month']) + 1:02}"
    moment = read_moment(plain)
    if moment is None:
        return None
    number = (moment.start.month + 2) // 3 if moment.months == 3 else moment.start.month
    return f"{moment.start.year}{_KINDS[moment.months].format(number)}"
