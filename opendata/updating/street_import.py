"""The import of the streets that a source gave."""

from datetime import date

from folders import make_folder
from geo.streets.file import open_streets
from geo.streets.importing import Wanted, digest, import_streets
from opendata.contract import OpenSource, Streets
from store.console import log_change
from store.home import Home

STREETS = "streets"


def take_in_streets(
    home: Home, source: OpenSource, streets: Streets, day: date | None
) -> tuple[str, ...]:
    """Install streets, unless the very same file is installed already."""
    target = home.served.streets
    known = open_streets(target)
    if known is not None and known.about.sha256 == digest(streets.file):
        return ()
    make_folder(target.parent)
    import_streets(
        streets.file,
        target,
        Wanted(streets.layer, streets.credit, streets.licence, day),
        before=lambda: log_change(home, "ground import", f"{STREETS} from {source.name}"),
    )
    return (STREETS,)
