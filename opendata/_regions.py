"""Keep which RIEC each gemeente belongs to, beside the installed borders."""

from pathlib import Path

import pandas as pd

from store.files import put

FILE = "riec_of_gemeente.csv"
"""Columns gemeente and riec (the code of a RIEC region), one row a gemeente."""


def install_regions(regions: pd.DataFrame, boundaries: Path) -> Path:
    """Write ``regions`` (gemeente, riec) to ``boundaries``, whole or not at all."""
    boundaries.mkdir(parents=True, exist_ok=True)
    file = boundaries / FILE
    put(file, regions[["gemeente", "riec"]].to_csv(index=False, lineterminator="\n"))
    return file
