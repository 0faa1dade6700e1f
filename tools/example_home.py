"""Fills a home with the example deliveries, as a newcomer gets them."""

from pathlib import Path

from demo.deliveries import listed
from intake.receive import receive
from store.home import Home


def take_in(home: Home, folder: Path) -> None:
    """Take in all example deliveries that were written to ``folder``."""
    for kind, file, partner in listed(folder):
        receive(kind, file, partner, home)
