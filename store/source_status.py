"""The status of each open source at its last update, which readers see without a new release."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, TypeAdapter, ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bilingual import Text
from errors import WeerbeeldError
from store.home import Served
from store.postgresql import RELEASE, engine_in

Outcome = Literal["ok", "unchanged", "failed", "never"]

NAME = "sources.json"
TABLE = f"{RELEASE}.sources"
MAKE_TABLE = f"CREATE TABLE IF NOT EXISTS {TABLE} (told text NOT NULL)"
"""In PostgreSQL: one row, whose column ``told`` holds the text of the file."""


@dataclass(frozen=True)
class SourceStatus:
    """One open source: what it is, and how its last update went.

    ``tried_at`` is the last time that it was asked, ``fetched_at`` the last time that it answered
    well. Of that answer are ``until`` (the last day that its data cover), ``figures`` (how many
    are held) and ``left_out`` (reason, how many). ``fault`` is the kind of
    the last failure, ``words`` describes it. A source ``by_name`` is only asked when named.
    """

    name: str
    title: Text
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
    left_out: tuple[tuple[Text, int], ...] = ()


def _of_now(row: object) -> object:
    """Return a status as it is written now: version 0.1.0 wrote its texts as pairs."""
    if not isinstance(row, dict) or "title_nl" not in row:
        return row
    kept = {name: value for name, value in row.items() if name not in ("title_nl", "title_en")}
    out = [(Text(nl, en), count) for nl, en, count in row.get("left_out", ())]
    return kept | {"title": Text(row["title_nl"], row["title_en"]), "left_out": out}


STATUSES = TypeAdapter(tuple[Annotated[SourceStatus, BeforeValidator(_of_now)], ...])
"""Statuses as JSON, and back."""


def read_statuses(served: Served) -> tuple[SourceStatus, ...]:
    """Return the status of each source, () before the first update."""
    if served.database:
        written = _from_database(served.database)
    else:
        path = served.releases / NAME
        written = path.read_text(encoding="utf-8") if path.exists() else None
    try:
        return STATUSES.validate_json(written) if written is not None else ()
    except ValidationError:
        raise WeerbeeldError(
            f"The status of the open sources ({NAME}) cannot be read. Run 'weerbeeld update'."
        ) from None


def _from_database(database: str) -> str | None:
    engine = engine_in(database, RELEASE)
    try:
        with engine.connect() as connection:
            written: str | None = connection.scalar(text(f"SELECT told FROM {TABLE}"))
            return written
    except DBAPIError as error:
        raise WeerbeeldError(
            f"The status of the open sources cannot be read: {str(error.orig).splitlines()[0]}. "
            "Run 'weerbeeld database prepare' as the build's account."
        ) from None
    finally:
        engine.dispose()
