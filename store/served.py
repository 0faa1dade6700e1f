"""Opens the current release for readers: the file of the pointer, or its copy in PostgreSQL."""

from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from errors import WeerbeeldError
from store.home import Served
from store.kept import drop_kept, once
from store.postgresql import RELEASE, engine_in, schema_of
from store.release import current_release, open_release


def open_current(served: Served) -> Engine:
    """Return the engine of the release that is current now; WeerbeeldError when there is none."""
    if served.database:
        return _copy(served.database, *_pointer(served.database))
    path = current_release(served.releases)
    return _file(path, path.stat().st_mtime_ns)


@once(1)
def _file(path: Path, stamp: int) -> Engine:
    """Return the engine of a release; ``stamp`` differs for a file that replaced it."""
    drop_kept()
    return open_release(path)


@once(1)
def _copy(database: str, name: str, sha256: str) -> Engine:
    """Return the engine of a copy; ``sha256`` differs for a copy that replaced it."""
    drop_kept()
    return engine_in(database, schema_of(name))


@once(4)
def _published(database: str) -> Engine:
    return engine_in(database, RELEASE)


def _pointer(database: str) -> tuple[str, str]:
    """Return name and checksum of the current release."""
    query = text("SELECT name, sha256 FROM published WHERE current")
    try:
        with _published(database).connect() as connection:
            row = connection.execute(query).first()
    except DBAPIError as error:
        raise WeerbeeldError(
            f"The database cannot be read: {str(error.orig).splitlines()[0]}. See that PostgreSQL "
            "runs and that the build's account ran 'weerbeeld database prepare'."
        ) from None
    if row is None:
        raise WeerbeeldError(
            "No release is published in the database. Build one with 'weerbeeld build'."
        )
    return row.name, row.sha256
