"""What people take along: one file, one format; the folder is the list.

A module that defines ``EXPORT`` adds a format to the command line and the pages.
"""

from importlib import import_module
from pkgutil import iter_modules

from errors import WeerbeeldError
from exports._asked import Asked
from exports._contract import Export, Sheaf

__all__ = ["EXPORTS", "Asked", "Export", "Sheaf", "export_named"]


def _discover() -> dict[str, Export]:
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    found = [import_module(f"{__name__}.{name}").EXPORT for name in names]
    return {export.name: export for export in found}


EXPORTS: dict[str, Export] = _discover()


def export_named(name: str) -> Export:
    """Return the export format with this name; WeerbeeldError names the known ones."""
    if name not in EXPORTS:
        raise WeerbeeldError(f"'{name}' is not a format. Choose one of: {', '.join(EXPORTS)}.")
    return EXPORTS[name]
