"""Evidence as it lies in a release, and back: rows of plain JSON by the name of their kind."""

from datetime import date
from typing import Any, TypeVar, get_args, get_origin

from store.evidence.contract import Evidence, annotations_of

Kind = TypeVar("Kind", bound=Evidence)


def as_json(row: Evidence) -> dict[str, Any]:
    """Return a row for JSON."""
    found = {name: getattr(row, name) for name in annotations_of(type(row))}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
    }


def from_json(kind: type[Kind], row: dict[str, Any]) -> Kind:
    """Return the row that ``as_json`` wrote."""
    hints = annotations_of(kind)
    return kind(**{name: _value(hints[name], value) for name, value in row.items()})


def _value(hint: Any, value: Any) -> Any:  # noqa: ANN401 - an annotation and JSON
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in value)
    is_day = hasattr(hint, "__metadata__") and hint.__origin__ is date
    return date.fromisoformat(value) if is_day else value
