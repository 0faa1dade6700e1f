"""Fills a home with the example deliveries, as a newcomer gets them."""

from pathlib import Path

from demo.deliveries import LIST
from intake.listing import read_list
from intake.receive import receive
from store.home import Home


def take_in(home: Home, folder: Path) -> None:
    """Take in all example deliveries that were written to ``folder``."""
    for kind, file, partner in read_list(folder / LIST):
        receive(kind, file, partner, home)
