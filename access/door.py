"""The door of each method of a gateway: what the audit log says of a read or a refusal."""

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import signature
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from access.scope import AccessRefusedError
from store.logs import Result

Audit = Callable[[str, str, Result], None]
"""Writes a line about (action, object, result), or raises: then nothing is answered."""


class Notes:
    """Writes to the audit log what one viewer reads and is refused, once for each distinct thing.

    One run of a page asks the same several times; its gateways share their notes.
    """

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._noted: set[tuple[str, str, Result]] = set()

    def note(self, action: str, what: str, result: Result) -> None:
        """Write a line, unless the same was written before."""
        if (action, what, result) not in self._noted:
            self._audit(action, what, result)
            self._noted.add((action, what, result))

    def refused(self, error: AccessRefusedError, *lines: str) -> None:
        """Write that reading was refused, unless the log knows of this refusal."""
        if not error.noted:
            for what in lines:
                self.note("read", what, "refused")
            error.noted = True


class Noted(Protocol):
    """A gateway, as doors know it."""

    notes: Notes


class Dated(Noted, Protocol):
    """A gateway whose reads may be of a period."""

    def period_named(self, period: str | None, level: str) -> str:
        """Return the code of the period that is meant, for the log."""

    def reaches(self, level: str, within: str) -> bool:
        """Return whether the viewer may read anything of a level within an area."""


AnyNoted = TypeVar("AnyNoted", bound=Noted)
AnyDated = TypeVar("AnyDated", bound=Dated)
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def door(
    method: Callable[Concatenate[AnyNoted, Given], Answer],
) -> Callable[Concatenate[AnyNoted, Given], Answer]:
    """Log every refusal by a method."""

    @wraps(method)
    def guarded(self: AnyNoted, /, *args: Given.args, **kwargs: Given.kwargs) -> Answer:
        try:
            return method(self, *args, **kwargs)
        except AccessRefusedError as error:
            self.notes.refused(error, *_written(method, _asked(method, args, kwargs)))
            raise

    guarded.is_door = True  # type: ignore[attr-defined]
    return guarded


def logged_door(
    method: Callable[Concatenate[AnyDated, Given], Answer],
) -> Callable[Concatenate[AnyDated, Given], Answer]:
    """Log every refusal by a method, and every call before its answer is given.

    A call within an area of which the viewer may read nothing is answered with nothing, and is a
    refusal as well.
    """
    ask = door(method)

    @wraps(ask)
    def logged(self: AnyDated, /, *args: Given.args, **kwargs: Given.kwargs) -> Answer:
        answer = ask(self, *args, **kwargs)
        asked = _asked(method, args, kwargs)
        if "period" in signature(method).parameters:
            period = asked.get("period")
            code = self.period_named(None if period is None else str(period), str(asked["level"]))
            asked["period"] = code
        within = asked.get("within")
        reached = not within or self.reaches(str(asked["level"]), str(within))
        for what in _written(method, asked):
            self.notes.note("read", what, "ok" if reached else "refused")
        return answer

    return logged


def _asked(
    method: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> dict[str, object]:
    names = list(signature(method).parameters)[1:]
    return dict(zip(names, args, strict=False)) | kwargs


def _written(method: Callable[..., object], asked: dict[str, object]) -> list[str]:
    """Return what was asked in words: ``figures VG01 gemeente 2026-06-12m within GM0599``.

    Several areas stand at the end, in as many lines as they need: a line of the log is cut off.
    """
    words, areas = [method.__name__], list[str]()
    for key, value in sorted(asked.items(), key=lambda item: ORDER.get(item[0], 0)):
        if key == "areas" and isinstance(value, Sequence):
            areas = sorted({str(area) for area in value})
            words.append(f"{len(areas)} places")
        elif value is not None:
            words.append(f"{key} {value}" if key == "within" else str(value))
    parts = [areas[n : n + AREAS_OF_A_LINE] for n in range(0, len(areas), AREAS_OF_A_LINE)]
    return [" ".join([*words, *part]) for part in parts or [[]]]


ORDER = {"period": 1, "kind": 2, "within": 3}

AREAS_OF_A_LINE = 20
"""So many codes of the longest kind fit in a line of the log (``store.logs.LONGEST``)."""
