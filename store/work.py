"""The work store's one table: which deliveries were accepted, and where their records lie.

A row is the commit point of an intake: a Parquet file without a row exists for no one.
"""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import DateTime, Dialect, Engine, String, UniqueConstraint, select
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from store.engine import understandable
from store.home import Home


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, also on databases that do not keep a time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its time zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Tables of the work store."""


class Delivery(Base):
    """One accepted delivery; where keys coincide, the highest ``sequence`` wins.

    ``partner`` is the full code (``gemeente:GM0599``). ``encoding`` and ``separator`` are None
    for Parquet, ``crs`` is None for kinds without a point. ``key_check`` recognises the key of
    the pseudonyms without giving it away.
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


def deliveries(engine: Engine) -> list[Delivery]:
    """Return the accepted deliveries in order of acceptance."""
    with understandable(engine), Session(engine, expire_on_commit=False) as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.sequence)))


def records_path(home: Home, delivery: Delivery) -> Path:
    """Return where the records of an accepted delivery lie."""
    return home.records / delivery.kind / f"{delivery.id}.parquet"
