"""The access store, the only one that the web process may write: the two logs."""

import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar, Protocol

from sqlalchemy import URL, Engine, String
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from errors import WeerbeeldError
from folders import make_folder
from store.engine import engine_at, migrate
from store.moments import UtcDateTime
from store.postgresql import ACCESS, engine_in

MIGRATIONS = Path(__file__).parent / "access_migrations"


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Tables of the access store."""


class FormerGrant(Base):
    """A grant as version 0.1 kept it here; ``store.carrying`` takes it over, once."""

    __tablename__ = "granted"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person: Mapped[str] = mapped_column(String(255), index=True)
    role: Mapped[str] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(40))
    given_by: Mapped[str] = mapped_column(String(255))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime())
    until: Mapped[date | None]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    revoked_by: Mapped[str | None] = mapped_column(String(255), default=None)


class Line(Base):
    """A line of a log: its number, and the digest of itself and all lines before it."""

    __abstract__ = True

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, init=False)
    digest: Mapped[str] = mapped_column(String(64), init=False)

    ABOUT: ClassVar[tuple[str, str]]
    """The columns that hold the time, and what was done."""


class AuditLine(Line):
    """Who did what to what, when, from where, and how it ended.

    ``at`` is ISO 8601 in UTC, kept as text so that its digest does not depend on the database.
    """

    __tablename__ = "audit_line"
    ABOUT = ("at", "action")

    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str]
    origin: Mapped[str]
    action: Mapped[str]
    object: Mapped[str]
    result: Mapped[str] = mapped_column(String(10))


class ProcessingLine(Line):
    """One operation on personal data, after the standard Logboek Dataverwerkingen; names no user.

    An operation has a line when it begins (status ``unset``, no end) and one when it ends.
    """

    __tablename__ = "processing_line"
    ABOUT = ("start", "name")

    trace: Mapped[str] = mapped_column(String(32))
    operation: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(10))
    name: Mapped[str]
    start: Mapped[str] = mapped_column(String(32))
    end: Mapped[str | None] = mapped_column(String(32))
    activity: Mapped[str]
    subject: Mapped[str | None]


class AccessFolder(Protocol):
    """Names the access store: a Home, or the part of it that the web process knows."""

    @property
    def access(self) -> Path:
        """The folder that only its owner may enter."""

    @property
    def access_db(self) -> Path:
        """The access store."""

    @property
    def database(self) -> str:
        """The PostgreSQL database that holds it instead, or ''."""


def open_access(home: AccessFolder) -> Engine:
    """Return the engine of the access store, made and brought up to date where needed.

    Raises WeerbeeldError when the folder cannot be written, or the store is damaged, locked by
    another process or made by a newer Weerbeeld. In a database only its owner brings it up to
    date.
    """
    engine = engine_in(home.database, ACCESS) if home.database else _file(home)
    migrate(engine, MIGRATIONS)
    return engine


def _file(home: AccessFolder) -> Engine:
    try:
        make_folder(home.access)
        # Opening one that is there, and closing it, would drop SQLite's locks of this process.
        with suppress(FileExistsError):
            os.close(os.open(home.access_db, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise WeerbeeldError(
            f"The access store {home.access_db} cannot be made: {error.strerror or error}. "
            "Nothing can be read without a log: give this account the right to write there."
        ) from None
    return engine_at(URL.create("sqlite", database=str(home.access_db)))
