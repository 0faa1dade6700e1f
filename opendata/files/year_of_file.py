"""Of which year a file without years is: as a person says, or as the file is called."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from errors import printable
from opendata.contract import SourceFailedError, UpdateRequest

FIRST_YEAR = 1995


def year_of(
    called: str, request: UpdateRequest, tables: Mapping[int, str] | None = None
) -> tuple[int, tuple[str, ...]]:
    """Return the year of a file, and a remark where nobody said it.

    ``called`` is its name and title; ``tables`` names the tables of years that have one each.
    """
    lower = called.casefold()
    numbers = {int(found) for found in re.findall(r"(?<!\d)(\d{4})(?!\d)", called, re.ASCII)}
    years = {year for year in numbers if FIRST_YEAR <= year <= datetime.now(UTC).year}
    found = {year for year, table in (tables or {}).items() if table.casefold() in lower} or years
    if request.year_said:
        other = found and request.year not in found
        named = ", ".join(map(str, sorted(found)))
        told = (f"taken as figures of {request.year}, though the file is called {named}",)
        return request.year, told if other else ()
    if len(found) == 1:
        (year,) = found
        return year, (f"taken as figures of {year}, as the file is called",)
    return request.year, (
        f"taken as figures of 1 January {request.year}, as neither the file nor --year says of"
        " which year they are",
    )


def sure_year_of(called: str, request: UpdateRequest) -> int:
    """Return the year of a file; SourceFailedError when nobody says it."""
    year, _ = year_of(called, replace(request, year=0))
    year = request.year if request.year_said else year
    if not year:
        raise SourceFailedError(
            f"Of which year is {printable(called)}? Its name does not say: add --year, e.g."
            " --year 2024."
        )
    return year
