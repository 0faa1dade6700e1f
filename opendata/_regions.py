"""Which RIEC each gemeente belongs to, as it is kept beside the installed borders."""

import pandas as pd

REGIONS = "riec_of_gemeente.csv"
"""Columns gemeente and riec (the code of a RIEC region), one row a gemeente."""


def regions_text(regions: pd.DataFrame) -> str:
    """Return the content of that file."""
    return regions[["gemeente", "riec"]].to_csv(index=False, lineterminator="\n")
