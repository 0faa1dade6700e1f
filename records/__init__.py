"""The six kinds of record that partners deliver, one file each; the folder is the list.

Every module here without a leading underscore that defines ``KIND`` adds a kind of record.
"""

from importlib import import_module
from pkgutil import iter_modules

from errors import WeerbeeldError, shortened
from records._contract import Column, RecordKind, Rule
from records._retention import Retention

__all__ = ["KINDS", "Column", "RecordKind", "Retention", "Rule", "kind_named"]


def _discover() -> dict[str, RecordKind]:
    found: dict[str, RecordKind] = {}
    for module in iter_modules(__path__):
        kind = getattr(import_module(f"{__name__}.{module.name}"), "KIND", None)
        if isinstance(kind, RecordKind):
            found[kind.name] = kind
    return dict(sorted(found.items()))


KINDS: dict[str, RecordKind] = _discover()


def kind_named(name: str) -> RecordKind:
    """Return the kind of record called ``name``; WeerbeeldError names the known ones."""
    try:
        return KINDS[name]
    except KeyError:
        raise WeerbeeldError(
            f"'{shortened(name)}' is not a kind of record. Choose one of: {', '.join(KINDS)}."
        ) from None
