"""Locks: only one build, removal of records or change of the current release runs at a time.

Updates of open data have a lock of their own. A lock is SQLite's own, on an empty file, so that it
ends with its process.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from errors import WeerbeeldError
from folders import make_folder
from store.home import Home

WAIT_SECONDS = 30.0
BUILD_WAIT_SECONDS = 900.0
"""A build waits for another one, because it may find its work done."""


@contextmanager
def publication_lock(home: Home, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock on what is published from ``home``.

    Raises WeerbeeldError when another process still holds it after ``wait_seconds``, or the
    folder cannot be written.
    """
    busy = "A build, a removal of records or a change of release is at work"
    with _alone(home, "publication.lock", wait_seconds, busy):
        yield


@contextmanager
def update_lock(home: Home) -> Iterator[None]:
    """Hold the lock on fetching open data; WeerbeeldError when another update is at work."""
    with _alone(home, "update.lock", 0, "An update of open data is at work"):
        yield


@contextmanager
def seal_lock(home: Home) -> Iterator[None]:
    """Hold the lock on sealing the logs, so that seals follow one another."""
    with _alone(home, "seal.lock", WAIT_SECONDS, "Another seal is being made"):
        yield


@contextmanager
def _alone(home: Home, name: str, wait_seconds: float, busy: str) -> Iterator[None]:
    try:
        make_folder(home.work)
        connection = sqlite3.connect(home.work / name, timeout=wait_seconds, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise WeerbeeldError(
            f"The folder {home.work} cannot be used: {error}. Check the rights on it."
        ) from None
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise WeerbeeldError(f"{busy} in {home.root}. Try again when it is done.") from None
        yield
