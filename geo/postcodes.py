"""The place of each postcode of four digits, as far as the shipped places know it (data/ground)."""

from functools import cache

import pandas as pd

from geo.areas import DATA

POSTCODES = DATA / "ground" / "postcodes.csv"


@cache
def postcodes() -> pd.DataFrame:
    """Return postcode, name and gemeente of its place, latitude and longitude of that place."""
    return pd.read_csv(POSTCODES, dtype={"postcode": str})
