"""The store of the grants, which the account of the build writes and the web process only reads.

A file of its own on SQLite, so that rights on files keep the web process from writing it; a schema
of its own in PostgreSQL. A grant is never changed, only confirmed once and revoked.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from sqlalchemy import URL, Engine, String, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from errors import WeerbeeldError
from folders import make_folder
from store.access import AccessFolder, FormerGrant, open_access
from store.engine import engine_at, migrate
from store.moments import UtcDateTime
from store.postgresql import GRANTS, engine_in

MIGRATIONS = Path(__file__).parent / "grants_migrations"


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Tables of the store of the grants; a number is never given twice."""


class Grant(Base):
    """A role that a person holds, and its area where the role has one ('' otherwise).

    ``organisation`` is for whom, ``purpose`` what for and on what legal ground. ``until`` is the
    last day on which it holds. ``waits`` as long as a second person has to confirm it; ``alone``
    says why none had to ('' when that was not asked: 'pilot', 'glass' or 'carried'). ``line`` is
    the number of the line in the audit log that gives it.
    """

    __tablename__ = "grants"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person: Mapped[str] = mapped_column(String(255), index=True)
    role: Mapped[str] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(40))
    organisation: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(String(200))
    given_by: Mapped[str] = mapped_column(String(255))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime())
    until: Mapped[date]
    waits: Mapped[bool] = mapped_column(default=False)
    alone: Mapped[str] = mapped_column(String(10), default="")
    confirmed_by: Mapped[str | None] = mapped_column(String(255), default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    revoked_by: Mapped[str | None] = mapped_column(String(255), default=None)
    line: Mapped[int] = mapped_column(default=0)


class Pilot(Base):
    """A time in which one person may give every grant alone: who began it, why, until when."""

    __tablename__ = "pilot"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    begun_by: Mapped[str] = mapped_column(String(255))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime())
    until: Mapped[date]
    why: Mapped[str] = mapped_column(String(200))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)


class SessionEnd(Base):
    """Every sign-in of ``person`` ('' for everybody) from before ``at`` is over."""

    __tablename__ = "session_end"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person: Mapped[str] = mapped_column(String(255), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    by: Mapped[str] = mapped_column(String(255))


class Review(Base):
    """Somebody went through all grants in force, and how many there were."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    by: Mapped[str] = mapped_column(String(255))
    grants: Mapped[int]


class Carried(Base):
    """The store was made, and took over the grants that the access store held until then."""

    __tablename__ = "carried"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class GrantsFolder(AccessFolder, Protocol):
    """Names the store of the grants: a Home, or the part of it that the web process knows."""

    @property
    def grants(self) -> Path:
        """The folder that only the account of the build may write."""

    @property
    def grants_db(self) -> Path:
        """The store of the grants."""


@dataclass(frozen=True)
class GrantBook:
    """The store of the grants, and the log without whose line no grant holds.

    ``grants`` is None where nothing was ever granted.
    """

    grants: Engine | None
    log: Engine

    @property
    def kept(self) -> Engine:
        """The store, where it is open to be changed."""
        if self.grants is None:
            raise WeerbeeldError("Nothing was ever granted here.")
        return self.grants

    def dispose(self) -> None:
        """Close what is open."""
        if self.grants is not None:
            self.grants.dispose()
        self.log.dispose()


def read_grants(home: GrantsFolder, log: Engine | None = None) -> GrantBook:
    """Return the grants to read only, with the access store ``log`` where that is open already.

    Raises WeerbeeldError when the grants of an earlier version were not carried over yet.
    """
    log = log or open_access(home)
    if home.database:
        return GrantBook(engine_in(home.database, GRANTS), log)
    if home.grants_db.exists():
        return GrantBook(_reader(home.grants_db), log)
    with log.connect() as connection:
        if connection.scalar(select(func.count()).select_from(FormerGrant)):
            raise WeerbeeldError(
                "The grants of the earlier version were not carried over yet. Let the account of "
                "the build run 'weerbeeld upgrade'."
            )
    return GrantBook(None, log)


def open_grants_for_writing(home: GrantsFolder) -> GrantBook:
    """Return the grants, made and brought up to date where needed.

    Raises WeerbeeldError when this account may not write them. ``store.carrying`` takes over those
    of an earlier version.
    """
    if home.database:
        engine = engine_in(home.database, GRANTS)
    else:
        _make(home)
        url = URL.create("sqlite", database=str(home.grants_db))
        engine = engine_at(url, journal="DELETE")
    migrate(engine, MIGRATIONS)
    return GrantBook(engine, open_access(home))


def _make(home: GrantsFolder) -> None:
    try:
        make_folder(home.grants)
        with suppress(FileExistsError):
            os.close(os.open(home.grants_db, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o640))
        if not os.access(home.grants_db, os.W_OK):
            raise PermissionError(13, "no right to write it")
    except OSError as error:
        raise WeerbeeldError(
            f"The grants in {home.grants_db} cannot be changed: {error.strerror or error}. Only "
            "the account of the build gives and revokes grants."
        ) from None


def _reader(path: Path) -> Engine:
    name = f"file:{quote(str(path))}"
    return engine_at(
        URL.create("sqlite", database=name, query={"mode": "ro", "uri": "true"}), journal=""
    )


def cannot_be_read(error: DBAPIError) -> WeerbeeldError:
    """Return the error for grants that cannot be read: then nobody holds any."""
    said = str(error.orig).partition("\n")[0]
    return WeerbeeldError(
        f"The grants cannot be read: {said}. Let the account of the build run 'weerbeeld upgrade'."
    )
