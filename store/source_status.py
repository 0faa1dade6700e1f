"""What became of each open source the last time, for readers at once: it waits for no release."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from errors import WeerbeeldError
from store.home import Served
from store.postgresql import RELEASE, engine_in

Outcome = Literal["ok", "unchanged", "failed", "never"]

NAME = "sources.json"
TABLE = f"{RELEASE}.sources"
MAKE_TABLE = f"CREATE TABLE IF NOT EXISTS {TABLE} (told text NOT NULL)"
"""In PostgreSQL: one row with what the file says."""


@dataclass(frozen=True)
class SourceStatus:
    """One open source: what it is, and what became of asking it.

    ``tried_at`` is the last time that it was asked, ``fetched_at`` the last time that it answered
    well; what else is said of its data is of then: ``until`` (the last day that it tells of),
    ``figures`` (how many are held), ``left_out`` (reason in Dutch and English, how many).
    ``fault`` is the kind of failure, ``words`` what exactly. ``by_name``: only asked when named.
    """

    name: str
    title_nl: str
    title_en: str
    licence: str
    attribution: str
    page: str
    fresh_days: int
    by_name: bool = False
    outcome: Outcome = "never"
    fault: str = ""
    words: str = ""
    tried_at: datetime | None = None
    fetched_at: datetime | None = None
    until: date | None = None
    figures: int = 0
    left_out: tuple[tuple[str, str, int], ...] = ()


STATUSES = TypeAdapter(tuple[SourceStatus, ...])
"""Statuses as JSON, and back."""


def read_statuses(served: Served) -> tuple[SourceStatus, ...]:
    """Return the status of each source, () before the first update."""
    if served.database:
        told = _told(served.database)
    else:
        path = served.releases / NAME
        told = path.read_text(encoding="utf-8") if path.exists() else None
    try:
        return STATUSES.validate_json(told) if told is not None else ()
    except ValidationError:
        raise WeerbeeldError(
            f"The status of the open sources ({NAME}) cannot be read. Run 'weerbeeld update'."
        ) from None


def _told(database: str) -> str | None:
    engine = engine_in(database, RELEASE)
    try:
        with engine.connect() as connection:
            told: str | None = connection.scalar(text(f"SELECT told FROM {TABLE}"))
            return told
    except DBAPIError as error:
        raise WeerbeeldError(
            f"The status of the open sources cannot be read: {str(error.orig).splitlines()[0]}. "
            "Run 'weerbeeld database prepare' as the build's account."
        ) from None
    finally:
        engine.dispose()
