"""The lines of the audit log: which ones are wanted, what they hold, and whether they are whole."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from time import time
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import ColumnElement, Engine, or_

from access.audit_places import about, place_named
from errors import WeerbeeldError
from store.access import AuditLine
from store.logs import Chain, verify_chain

MOST_LINES = 5_000

CHECKED_EVERY = 300
"""Seconds for which a check of the chain is shown again: it takes a second per 100,000 lines."""


@dataclass(frozen=True, slots=True)
class LoggedLine:
    """Who did what to what, when (ISO 8601, UTC), how it ended, and from where."""

    sequence: int
    at: str
    actor: str
    action: str
    object: str
    result: str
    origin: str


@dataclass(frozen=True, slots=True)
class LinesOfDay:
    """How many lines there are with one result on one day (ISO 8601, UTC)."""

    day: str
    result: str
    lines: int


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
    """Which lines: each choice narrows; ``first`` and ``last`` are days in UTC, both included.

    ``place`` is the code of a gemeente or region: lines of reads in which its figures were.
    ``text`` is sought in the lines; of the name of such a place those reads are found as well.
    """

    first: date | None = None
    last: date | None = None
    actor: str | None = None
    action: str | None = None
    result: str | None = None
    text: str = ""
    place: str = ""

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
            named = place_named(sought)
            also = [about(named)] if named else []
            found.append(or_(*(c.icontains(sought, autoescape=True) for c in columns), *also))
        if place := place_named(self.place) if self.place else None:
            found.append(about(place))
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


def checked(engine: Engine) -> Checked:
    """Return the chain as verified from the first line on, CHECKED_EVERY ago at most."""
    return _checked(engine, int(time() / CHECKED_EVERY))
