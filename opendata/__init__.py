"""Open data: public figures and borders from their services.

A source is one file in ``sources/``; ``weerbeeld update``, *Bronnen* and the tests find it there.
"""

from errors import WeerbeeldError, shortened
from opendata.contract import OpenSource
from opendata.sources import SOURCES

__all__ = ["SOURCES", "OpenSource", "source_named"]


def source_named(name: str) -> OpenSource:
    """Return the source of a name; WeerbeeldError names the known ones."""
    try:
        return SOURCES[name]
    except KeyError:
        raise WeerbeeldError(
            f"'{shortened(name)}' is no open source. Choose one of: {', '.join(SOURCES)}."
        ) from None
