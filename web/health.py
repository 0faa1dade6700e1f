"""Tells a monitor whether readers can be served: is there a release, and can reading be logged."""

from datetime import date

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse

from access.gateway import Gateway
from access.viewer import Viewer
from errors import WeerbeeldError
from store.home import Home
from store.release import current_release, open_release


class Health:
    """Answers 200 with the release and its age in days, or 503 with the reason."""

    def __init__(self, folders: Home) -> None:
        self._folders = folders

    def answer(self, _: Request) -> JSONResponse:
        """Look anew at each request."""
        try:
            facts = Gateway(open_release(current_release(self._folders.releases)), Viewer()).facts()
        except (WeerbeeldError, SQLAlchemyError):
            return JSONResponse({"ok": False, "reason": "there is no readable release"}, 503)
        age = (date.today() - facts.built).days  # noqa: DTZ011
        return JSONResponse({"ok": True, "release": facts.name, "age_days": age})
