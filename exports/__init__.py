"""What people take along: one file, one format; the folder is the list.

A module that defines ``EXPORT`` adds a format to the command line and the pages.
"""

from dataclasses import dataclass

from access.gateways import Gateways
from errors import WeerbeeldError
from exports.contract import Export, ExportTable
from exports.request import ExportRequest
from plugs import plugs

__all__ = [
    "EXPORTS",
    "Export",
    "ExportFile",
    "ExportRequest",
    "ExportTable",
    "FormatRefusedError",
    "export_file",
    "export_for",
    "export_named",
    "exports_for",
]


EXPORTS: dict[str, Export] = {
    export.name: export for export in plugs(__name__, __path__, "EXPORT", Export)
}


class FormatRefusedError(WeerbeeldError):
    """There is no such format, or it cannot hold the table that was asked for."""


@dataclass(frozen=True)
class ExportFile:
    """A file to hand out."""

    name: str
    media_type: str
    content: bytes


def export_named(name: str) -> Export:
    """Return the export format with this name; FormatRefusedError names the known ones."""
    if name not in EXPORTS:
        raise FormatRefusedError(f"'{name}' is not a format. Choose one of: {', '.join(EXPORTS)}.")
    return EXPORTS[name]


def exports_for(level: str) -> list[Export]:
    """Return the formats that can hold a table of places of ``level``, '' for another table."""
    return [export for export in EXPORTS.values() if export.fits(level)]


def export_for(name: str, level: str) -> Export:
    """Return the format with this name; FormatRefusedError when the table does not fit in it."""
    export = export_named(name)
    if not export.fits(level):
        others = ", ".join(other.name for other in exports_for(level))
        raise FormatRefusedError(
            f"{export.label} draws places, and this table has none. Choose one of: {others}."
        )
    return export


def export_file(request: ExportRequest, gateways: Gateways) -> ExportFile:
    """Return what is asked as a file, within the viewer's grant; refused as a gateway does."""
    export = export_for(request.format, request.level)
    content = export.write(request.read(gateways, outlined=export.places))
    return ExportFile(f"weerbeeld-{request.name}.{export.ending}", export.media_type, content)
