"""What readers may know of public figures that could not be carried over to the areas of today."""

import pandas as pd

from store.evidence.of_sources import NotCarried

NAMED = 12
"""So many codes of a loss are named; the others are counted."""


def not_carried(lost: pd.DataFrame) -> list[NotCarried]:
    """Return a row per figure, level and reason of what ``carry_over`` lost."""
    if lost.empty:
        return []
    years = pd.to_datetime(lost["date"]).dt.year
    groups = lost.assign(year=years).groupby(["figure", "level", "reason"], sort=True)
    return [
        NotCarried(
            str(figure),
            str(level),
            str(reason),
            first_year=int(group["year"].min()),
            last_year=int(group["year"].max()),
            areas=int(group["area"].nunique()),
            figures=len(group),
            codes=tuple(sorted(group["area"].unique())[:NAMED]),
        )
        for (figure, level, reason), group in groups
    ]
