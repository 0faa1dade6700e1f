"""Open data: one file, one source; the folder is the list.

To add a source, add a file here that defines ``SOURCE``. ``weerbeeld update``, *Bronnen* and the
tests read this folder.
"""

from importlib import import_module
from pkgutil import iter_modules

from errors import WeerbeeldError, shortened
from opendata._contract import OpenSource

__all__ = ["SOURCES", "OpenSource", "source_named"]


def _discover() -> dict[str, OpenSource]:
    names = sorted(module.name for module in iter_modules(__path__))
    chosen = [name for name in names if not name.startswith("_")]
    found = [import_module(f"{__name__}.{name}").SOURCE for name in chosen]
    return {source.name: source for source in found}


SOURCES: dict[str, OpenSource] = _discover()


def source_named(name: str) -> OpenSource:
    """Return the source of a name; WeerbeeldError names the known ones."""
    try:
        return SOURCES[name]
    except KeyError:
        raise WeerbeeldError(
            f"'{shortened(name)}' is no open source. Choose one of: {', '.join(SOURCES)}."
        ) from None
