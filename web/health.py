"""Tells a monitor whether readers can be served: is there a release, and can reading be logged."""

from datetime import date

from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse

from access.facts import facts_of
from errors import WeerbeeldError
from store.access import Grant
from store.release import current_release, open_release
from web.desk import Desk


class Health:
    """Answers 200 with the release and its age in days, or 503 with the reason."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def answer(self, _: Request) -> JSONResponse:
        """Look anew at each request."""
        try:
            facts = facts_of(open_release(current_release(self._desk.served.releases)))
        except (WeerbeeldError, SQLAlchemyError):
            return _unfit("there is no release that can be read")
        try:
            with self._desk.log("health", "health").engine.begin() as connection:
                connection.execute(delete(Grant).where(Grant.id < 0))
        except (WeerbeeldError, SQLAlchemyError):
            return _unfit("the access store cannot be written, so nothing can be read")
        age = (date.today() - facts.built).days  # noqa: DTZ011
        return JSONResponse({"ok": True, "release": facts.name, "age_days": age}, headers=FRESH)


FRESH = {"cache-control": "no-store"}


def _unfit(reason: str) -> JSONResponse:
    return JSONResponse({"ok": False, "reason": reason}, 503, headers=FRESH)
