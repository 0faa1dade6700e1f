"""What people take along: one file, one format; the folder is the list.

A module that defines ``EXPORT`` adds a format to the command line and the pages.
"""

from errors import WeerbeeldError
from exports.asked import Asked
from exports.contract import Export, Sheaf
from plugs import plugs

__all__ = ["EXPORTS", "Asked", "Export", "Sheaf", "export_named"]


EXPORTS: dict[str, Export] = {
    export.name: export for export in plugs(__name__, __path__, "EXPORT", Export)
}


def export_named(name: str) -> Export:
    """Return the export format with this name; WeerbeeldError names the known ones."""
    if name not in EXPORTS:
        raise WeerbeeldError(f"'{name}' is not a format. Choose one of: {', '.join(EXPORTS)}.")
    return EXPORTS[name]
