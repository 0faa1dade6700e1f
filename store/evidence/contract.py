"""What a kind of evidence is: a frozen dataclass that says what it rests on, and how fine it is.

Evidence is what a release knows of its own worth. Exact counts are at hand while it is made, so a
release holds no other evidence than rows of declared kinds, with values of their declared grain.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from math import isfinite
from numbers import Real
from types import UnionType
from typing import Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from errors import WeerbeeldError
from store.evidence.grains import INDICATOR, SCORED_LEVEL, Grain, Known, Number

Row = TypeVar("Row", bound="Evidence")


@dataclass(frozen=True)
class Rest:
    """What a kind of evidence rests on.

    ``shown``: figures as protected; ``open``: public figures; ``settings``: the code alone;
    ``coarse``: exact counts, which ``maker`` (a module) makes coarse. Of those, ``why`` says why
    shown figures will not do, and ``left`` what is left of the counts.
    """

    on: Literal["shown", "open", "settings", "coarse"]
    maker: str = ""
    why: str = ""
    left: str = ""


SHOWN, OPEN, SETTINGS = Rest("shown"), Rest("open"), Rest("settings")


def coarse(maker: str, why: str, left: str) -> Rest:
    """Return what a kind rests on that is made of exact counts by ``maker``."""
    return Rest("coarse", maker, why, left)


@dataclass(frozen=True)
class Evidence:
    """A row of evidence, country-wide. ``key`` names the fields by which its kind knows a row.

    A row that names an indicator is for that indicator's recipients, one with a scored level for
    those who may read that score; all others are for every reader.
    """

    rests: ClassVar[Rest]
    key: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, *, rests: Rest, key: tuple[str, ...]) -> None:
        super().__init_subclass__()
        cls.rests, cls.key = rests, key


_ANNOTATIONS: dict[type, dict[str, Any]] = {}


def annotations_of(kind: type[Evidence]) -> dict[str, Any]:
    """Return the annotation of each field; WeerbeeldError where one has no grain."""
    if kind in _ANNOTATIONS:
        return _ANNOTATIONS[kind]
    hints = get_type_hints(kind, include_extras=True)
    found = {field.name: hints[field.name] for field in fields(kind)}
    bare = [name for name, hint in found.items() if not all(map(_is_grain, _grains(hint)))]
    if bare or not set(kind.key) <= set(found):
        raise WeerbeeldError(
            f"The kind of evidence {kind.__name__} says too little: {', '.join(bare) or 'its key'}."
            " Give each field a type of store/evidence/grains.py, and name fields in its key."
        )
    _ANNOTATIONS[kind] = found
    return found


def fault_of(row: Evidence, known: Known) -> str:
    """Return which field of a row is not as declared, and why; empty when all are."""
    for name, hint in annotations_of(type(row)).items():
        value = getattr(row, name)
        if fault := _fault(hint, value, known):
            return f"{name} ({value!r}) {fault}"
    return ""


def rounded(row: Row) -> Row:
    """Return a row whose numbers are no finer than declared; what is not finite becomes None."""
    numbers = {
        name: grain.rounded(float(value)) if isfinite(value) else None
        for name, hint in annotations_of(type(row)).items()
        for grain in _grains(hint)
        if isinstance(grain, Number) and isinstance(value := getattr(row, name), Real)
    }
    return replace(row, **numbers)


def indicators_of(row: Evidence) -> list[str]:
    """Return the codes of the indicators that a row is about."""
    return _named(row, INDICATOR)


def scored_levels_of(row: Evidence) -> list[str]:
    """Return the levels whose score a row is about."""
    return _named(row, SCORED_LEVEL)


_NAMING: dict[tuple[type, Grain], list[str]] = {}


def _named(row: Evidence, grain: Grain) -> list[str]:
    kind = type(row)
    if (kind, grain) not in _NAMING:
        hints = annotations_of(kind)
        _NAMING[kind, grain] = [name for name, hint in hints.items() if grain in _grains(hint)]
    return [getattr(row, name) for name in _NAMING[kind, grain]]


def _grains(hint: Any) -> Iterator[object]:  # noqa: ANN401 - an annotation
    """Give the grains that an annotation holds, and whatever in it is none."""
    if hasattr(hint, "__metadata__"):
        yield from hint.__metadata__
    elif get_origin(hint) in (Union, UnionType, tuple):
        for part in get_args(hint):
            if part not in (type(None), ...):
                yield from _grains(part)
    else:
        yield hint


def _is_grain(found: object) -> bool:
    return not isinstance(found, type) and hasattr(found, "fault")


def _fault(hint: Any, value: object, known: Known) -> str:  # noqa: ANN401 - an annotation
    if get_origin(hint) in (Union, UnionType):
        (own,) = (part for part in get_args(hint) if part is not type(None))
        return "" if value is None else _fault(own, value, known)
    if get_origin(hint) is tuple:
        if type(value) is not tuple:
            return "is no tuple"
        return next(filter(None, (_fault(get_args(hint)[0], one, known) for one in value)), "")
    (grain,) = _grains(hint)
    fault: str = grain.fault(value, known)  # type: ignore[attr-defined]
    return fault
