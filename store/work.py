"""The work store: which deliveries were accepted, what is left of them, where their records lie.

An intake or a removal takes effect when its row commits; a Parquet file that no row points to is
never read.
"""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, mapped_column

from store.engine import understandable
from store.home import Home
from store.moments import UtcDateTime


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Tables of the work store."""


class Delivery(Base):
    """One accepted delivery; where keys coincide, the highest ``sequence`` wins.

    ``partner`` is the full code (``gemeente:GM0599``). ``encoding`` and ``separator`` are None
    for Parquet, ``crs`` is None for kinds without a point. ``key_check`` recognises the key of
    the pseudonyms without giving it away. ``rows`` are those still kept, ``rejected`` were never
    taken in, and ``revision`` counts how often records were removed since.
    """

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("kind", "partner", "sha256"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    partner: Mapped[str] = mapped_column(String(80))
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime())
    rows: Mapped[int]
    first_date: Mapped[date]
    last_date: Mapped[date]
    encoding: Mapped[str | None] = mapped_column(String(20))
    separator: Mapped[str | None] = mapped_column(String(1))
    crs: Mapped[str | None] = mapped_column(String(20))
    invented: Mapped[bool]
    key_check: Mapped[str] = mapped_column(String(16))
    rejected: Mapped[int] = mapped_column(default=0, server_default="0")
    revision: Mapped[int] = mapped_column(default=0, server_default="0")


class Removal(Base):
    """A removal of records from a delivery, which made its ``revision``: how many, when, why."""

    __tablename__ = "removal"

    delivery_id: Mapped[str] = mapped_column(ForeignKey(Delivery.id), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    rows: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    why: Mapped[str] = mapped_column(String(200))


class Withdrawal(Base):
    """A release that may never be current again, since when and why."""

    __tablename__ = "withdrawal"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    why: Mapped[str] = mapped_column(String(200))


class KeyMark(Base):
    """The mark of a key that what is kept depends on, by the key's name, and since when."""

    __tablename__ = "key_mark"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    mark: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime] = mapped_column(UtcDateTime())


def deliveries(engine: Engine) -> list[Delivery]:
    """Return the accepted deliveries in order of acceptance."""
    with understandable(engine), Session(engine, expire_on_commit=False) as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.sequence)))


def records_path(home: Home, delivery: Delivery) -> Path:
    """Return where the records of a delivery lie: each revision is a file, written once."""
    revision = f".{delivery.revision}" if delivery.revision else ""
    return home.records / delivery.kind / f"{delivery.id}{revision}.parquet"
