"""The readers under attack: one file, one way in; the folder is the list."""

from importlib import import_module
from pkgutil import iter_modules

from tools.fuzz.contract import Reader


def readers() -> tuple[Reader, ...]:
    """Return every reader, by name."""
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    found = [reader for n in names for reader in import_module(f"{__name__}.{n}").READERS]
    return tuple(sorted(found, key=lambda reader: reader.name))
