"""Checks that the installed streets can be read, where there are any."""

from collections.abc import Iterator

from errors import WeerbeeldError
from geo.streets.file import open_streets
from operations.checks import Check
from store.home import Home


def check_streets(home: Home) -> Iterator[Check]:
    """Give one check where streets are installed; a backup leaves them out, as they are public."""
    try:
        found = open_streets(home.served.streets)
    except WeerbeeldError as error:
        yield Check("streets", "broken", str(error))
        return
    if found is not None:
        about = found.about
        yield Check("streets", "ok", f"{about.streets:,} of {about.day}, {about.credit}")
