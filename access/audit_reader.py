"""What an auditor reads: the lines of the audit log, and whether its chain holds."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from time import time
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from sqlalchemy import ColumnElement, Engine, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from errors import WeerbeeldError
from store.access import AuditLine
from store.logs import Chain, verify_chain

MOST_LINES = 5_000
COLUMNS = ("sequence", "at", "actor", "action", "object", "result", "origin")


CHECKED_EVERY = 300
"""Seconds for which a check of the chain is shown again: it takes a second per 100,000 lines."""


@dataclass(frozen=True)
class Checked:
    """What came of a check of the chain, and when it was made (UTC)."""

    chain: Chain
    at: datetime


@lru_cache(maxsize=2)
def _checked(engine: Engine, turn: int) -> Checked:
    """Check the chain, once in each ``turn``."""
    at = datetime.now(UTC)
    return Checked(verify_chain(engine, "audit"), at)


@dataclass(frozen=True)
class Wanted:
    """Which lines: each choice narrows; ``first`` and ``last`` are days in UTC, both included."""

    first: date | None = None
    last: date | None = None
    actor: str | None = None
    action: str | None = None
    result: str | None = None
    text: str = ""

    @property
    def written(self) -> str:
        """The choice as one text, for a link; '' when everything is wanted."""
        return urlencode({name: str(value) for name, value in asdict(self).items() if value})

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on the lines."""
        found: list[ColumnElement[bool]] = []
        if self.first:
            found.append(AuditLine.at >= self.first.isoformat())
        if self.last:
            found.append(AuditLine.at < (self.last + timedelta(days=1)).isoformat())
        exact = {
            AuditLine.actor: self.actor,
            AuditLine.action: self.action,
            AuditLine.result: self.result,
        }
        found += [column == value for column, value in exact.items() if value is not None]
        if self.text.strip():
            columns = (AuditLine.object, AuditLine.actor, AuditLine.origin)
            sought = self.text.strip()
            found.append(or_(*(c.icontains(sought, autoescape=True) for c in columns)))
        return found


def wanted_named(written: str) -> Wanted:
    """Return the choice that ``Wanted.written`` wrote; WeerbeeldError for any other text."""
    try:
        given: dict[str, Any] = dict(parse_qsl(written, strict_parsing=bool(written)))
        for name in {"first", "last"} & set(given):
            given[name] = date.fromisoformat(given[name])
        return Wanted(**given)
    except (TypeError, ValueError):
        raise WeerbeeldError(
            f"'{written[:60]}' is not a choice of lines. Make the file anew from the page."
        ) from None


class AuditReader:
    """Reads the audit log; only the gateway makes one, for an auditor."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def lines(self, wanted: Wanted) -> pd.DataFrame:
        """Return the newest lines, MOST_LINES at most: columns COLUMNS."""
        columns = [getattr(AuditLine, name) for name in COLUMNS]
        query = select(*columns).where(*wanted.conditions())
        return self._frame(query.order_by(AuditLine.sequence.desc()).limit(MOST_LINES), COLUMNS)

    def per_day(self, wanted: Wanted) -> pd.DataFrame:
        """Return how many lines there are per day (UTC) and result: day, result, lines."""
        day = func.substr(AuditLine.at, 1, 10).label("day")
        query = (
            select(day, AuditLine.result, func.count().label("lines"))
            .where(*wanted.conditions())
            .group_by(day, AuditLine.result)
            .order_by(day, AuditLine.result)
        )
        return self._frame(query, ("day", "result", "lines"))

    def values(self, name: Literal["actor", "action", "result"]) -> list[str]:
        """Return the distinct values of a column, in order."""
        column: InstrumentedAttribute[str] = getattr(AuditLine, name)
        with Session(self._engine) as session:
            return list(session.scalars(select(column).distinct().order_by(column)))

    def checked(self) -> Checked:
        """Return the chain as verified from the first line on, CHECKED_EVERY ago at most."""
        return _checked(self._engine, int(time() / CHECKED_EVERY))

    def _frame(self, query: Select[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
        with self._engine.connect() as connection:
            return pd.DataFrame(connection.execute(query).all(), columns=list(columns))
