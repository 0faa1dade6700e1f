"""Fills a home with the example deliveries, as a newcomer gets them."""

from pathlib import Path

import pandas as pd

from demo import deliveries
from intake.receive import receive
from store.home import Home


def write_example(folder: Path) -> None:
    """Write the example deliveries to a new folder."""
    deliveries.write(folder)


def take_in(home: Home, folder: Path) -> None:
    """Take in all deliveries that ``write_example`` wrote to ``folder``."""
    listed = pd.read_csv(folder / "deliveries.csv", sep=";", dtype=str)
    for kind, file, partner in listed[["kind", "file", "partner"]].itertuples(index=False):
        receive(kind, folder / file, partner, home)
