"""Engines of the stores, and the one way to open the work store.

Writers take the write lock at the start of their transaction, so that what they read is still
true when they commit; the lock falls away by itself when the process ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from errors import WeerbeeldError
from folders import make_folder
from store.home import Home
from store.postgresql import BUSY_SECONDS, WORK, WRITES, engine_in, is_busy

MIGRATIONS = Path(__file__).parent / "migrations"


def engine_at(url: URL | str, busy_seconds: float = BUSY_SECONDS, journal: str = "WAL") -> Engine:
    """Return an engine; on SQLite with foreign keys and waiting for other writers.

    ``journal`` is SQLite's mode: with WAL who reads must be able to write beside the file; '' for a
    file that is only read.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def prepare(connection: object, _: ConnectionPoolEntry) -> None:
            connection.isolation_level = None  # type: ignore[attr-defined]
            for pragma in (
                f"busy_timeout={int(busy_seconds * 1000)}",
                f"journal_mode={journal}" if journal else "query_only=ON",
                "synchronous=FULL",
                "foreign_keys=ON",
            ):
                connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            writes = connection.get_execution_options().get(WRITES, False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def work_engine(home: Home, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return the engine of the work store, without making or changing a table."""
    if home.database:
        return engine_in(home.database, WORK, busy_seconds)
    return engine_at(URL.create("sqlite", database=str(home.work_db)), busy_seconds)


def open_for_writing(home: Home) -> Engine:
    """Return the engine of the work store, made and brought up to date where needed.

    Raises WeerbeeldError when the folder cannot be written, or the store is damaged, locked
    by another process or made by a newer Weerbeeld.
    """
    try:
        make_folder(home.work)
    except OSError as error:
        raise WeerbeeldError(
            f"The folder {home.work} cannot be made: {error.strerror or error}. "
            "Choose a home folder that you may write to."
        ) from None
    engine = work_engine(home)
    migrate(engine)
    return engine


@contextmanager
def understandable(engine: Engine) -> Iterator[None]:
    """Turn an error of the database into a WeerbeeldError that names the store."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).partition("\n")[0].rstrip(".")
        raise WeerbeeldError(
            f"The store {engine.url.database} cannot be used: {said}. {_advice(engine, error.orig)}"
        ) from None


def _advice(engine: Engine, error: BaseException | None) -> str:
    if "locked" in str(error) or is_busy(error):
        return "Another intake or build is busy with it; try again when that is done."
    if engine.dialect.name == "postgresql":
        return (
            "See that PostgreSQL runs, that WEERBEELD_DATABASE names the role of this account, and "
            "that the build's account ran 'weerbeeld database prepare'."
        )
    return "Check the disk and the rights on this file, or restore it from a backup."


@contextmanager
def appending(engine: Engine) -> Iterator[Connection]:
    """Give a connection that holds the write lock; it commits at the end, or changes nothing."""
    with understandable(engine), _of_writers(engine).begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session that holds the write lock; it commits at the end, or changes nothing."""
    with understandable(engine), Session(_of_writers(engine), expire_on_commit=False) as session:
        session.connection()
        yield session
        session.commit()


def _of_writers(engine: Engine) -> Engine:
    """Return an engine whose transactions take the write lock as they begin."""
    return engine.execution_options(**{WRITES: True})


def migrate(engine: Engine, folder: Path = MIGRATIONS) -> None:
    """Upgrade the store to the newest migration in ``folder``; one that is up to date stays."""
    with understandable(engine), engine.connect() as connection:
        if revision_of(connection) == newest_revision(folder):
            return
    from store.migrating import upgrade  # takes long to import, and is seldom needed

    upgrade(engine, folder)


def newest_revision(folder: Path) -> str:
    """Return the newest migration in a folder: the number that its file begins with."""
    return max(path.name.partition("_")[0] for path in (folder / "versions").glob("[0-9]*.py"))


def revision_of(connection: Connection) -> str | None:
    """Return the migration that a store is at, None when it has no table yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision
