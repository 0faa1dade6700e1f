"""The door of each method of the gateway: who may call it, and what the audit log says of it."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from access.scope import AccessRefusedError
from access.viewer import Role, Viewer
from store.logs import Result

PARTNERS: tuple[Role, ...] = ("nsoc", "riec", "gemeente")

Audit = Callable[[str, str, Result], None]
"""Writes a line about (action, object, result), or raises: then nothing is answered."""


class Guarded(Protocol):
    """What a door stands in: somebody looks, and it is told to the audit log."""

    viewer: Viewer

    def note(self, action: str, what: str, result: Result) -> None:
        """Tell the audit log, once for each distinct thing."""

    def period_named(self, period: str | None, level: str) -> str:
        """Return the code of the period that is meant, for the log."""


Self = TypeVar("Self", bound=Guarded)
Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Method = Callable[Concatenate[Self, Given], Answer]


def door(
    *roles: Role, figures: bool = False
) -> Callable[[Method[Self, Given, Answer]], Method[Self, Given, Answer]]:
    """Let only viewers with one of ``roles`` call a method, and log every refusal.

    With ``figures`` the call itself is logged as well, before its answer is given.
    """

    def guard(method: Method[Self, Given, Answer]) -> Method[Self, Given, Answer]:
        names = list(signature(method).parameters)[1:]

        @wraps(method)
        def guarded(self: Self, /, *args: Given.args, **kwargs: Given.kwargs) -> Answer:
            asked = dict(zip(names, args, strict=False)) | kwargs
            try:
                _refuse_others(self.viewer, roles, method.__name__)
                answer = method(self, *args, **kwargs)
            except AccessRefusedError as error:
                if not error.noted:
                    self.note("read", _written(method.__name__, asked), "refused")
                    error.noted = True
                raise
            if figures:
                if "period" in names:
                    level = str(asked["level"])
                    asked["period"] = self.period_named(_text(asked.get("period")), level)
                self.note("read", _written(method.__name__, asked), "ok")
            return answer

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return guard


def _refuse_others(viewer: Viewer, roles: tuple[Role, ...], name: str) -> None:
    if not viewer.roles & set(roles):
        who = viewer.label or "without a grant"
        raise AccessRefusedError(
            f"The viewer '{who}' may not read {name}: that is for {', '.join(roles)}."
        )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _written(name: str, asked: dict[str, object]) -> str:
    """Return what was asked in words: ``figures VG01 gemeente 2026-06-12m within GM0599``."""
    words = [name]
    for key, value in sorted(asked.items(), key=lambda item: ORDER.get(item[0], 0)):
        if value is not None:
            words.append(f"{key} {value}" if key == "within" else str(value))
    return " ".join(words)


ORDER = {"period": 1, "kind": 2, "within": 3}
