"""Reports to a monitor whether readers can be served: a release is there, and the log works."""

from datetime import date

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse

from access.facts import facts_of
from errors import WeerbeeldError
from store.access import AuditLine
from store.served import open_current
from web.desk import Desk

FRESH = {"cache-control": "no-store"}


class Health:
    """Answers 200 with the release and its age in days, or 503 with the reason."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def answer(self, _: Request) -> JSONResponse:
        """Look anew at each request."""
        try:
            facts = facts_of(open_current(self._desk.served))
        except (WeerbeeldError, SQLAlchemyError):
            return _unfit("there is no release that can be read")
        try:
            _try_to_log(self._desk.access)
        except (WeerbeeldError, SQLAlchemyError):
            return _unfit("the access store cannot be written, so nothing can be read")
        age = (date.today() - facts.built).days  # noqa: DTZ011
        return JSONResponse({"ok": True, "release": facts.name, "age_days": age}, headers=FRESH)


def _try_to_log(engine: Engine) -> None:
    """Write a line at the end of the audit log and take it back at once."""
    last = select(func.coalesce(func.max(AuditLine.sequence), 0) + 1).scalar_subquery()
    texts = ("at", "actor", "origin", "action", "object", "digest")
    line = insert(AuditLine).values(sequence=last, result="ok", **dict.fromkeys(texts, ""))
    with engine.connect() as connection:
        connection.execute(line)
        connection.rollback()


def _unfit(reason: str) -> JSONResponse:
    return JSONResponse({"ok": False, "reason": reason}, 503, headers=FRESH)
