"""The kinds of record that partners deliver, one file each; the folder is the list.

A module here that defines ``KIND`` adds a kind of record.
"""

from errors import WeerbeeldError, shortened
from plugs import plugs
from records.contract import Column, RecordKind, Rule
from records.retention import Retention

__all__ = ["KINDS", "Column", "RecordKind", "Retention", "Rule", "kind_named"]


KINDS: dict[str, RecordKind] = {
    kind.name: kind for kind in plugs(__name__, __path__, "KIND", RecordKind)
}


def kind_named(name: str) -> RecordKind:
    """Return the kind of record called ``name``; WeerbeeldError names the known ones."""
    try:
        return KINDS[name]
    except KeyError:
        raise WeerbeeldError(
            f"'{shortened(name)}' is not a kind of record. Choose one of: {', '.join(KINDS)}."
        ) from None
