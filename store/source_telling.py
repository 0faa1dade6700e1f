"""Writes what became of the open sources: a file beside the releases, a copy in PostgreSQL."""

from collections.abc import Sequence

from pydantic import ValidationError
from sqlalchemy import text

from store.engine import understandable
from store.files import put
from store.home import Home
from store.postgresql import RELEASE, WRITES, engine_in
from store.source_status import NAME, STATUSES, TABLE, SourceStatus


def known_statuses(home: Home) -> dict[str, SourceStatus]:
    """Return what was written last, by name of the source; {} when nothing can be read."""
    try:
        told = (home.releases / NAME).read_text(encoding="utf-8")
        return {status.name: status for status in STATUSES.validate_json(told)}
    except (OSError, ValidationError):
        return {}


def write_statuses(home: Home, statuses: Sequence[SourceStatus]) -> None:
    """Put the status of all sources in the place of what was said before, whole or not at all."""
    told = STATUSES.dump_json(tuple(statuses), indent=1).decode()
    home.releases.mkdir(parents=True, exist_ok=True)
    put(home.releases / NAME, f"{told}\n")
    if home.database:
        _copy(home.database, told)


def _copy(database: str, told: str) -> None:
    engine = engine_in(database, RELEASE)
    try:
        writes = engine.execution_options(**{WRITES: True})
        with understandable(engine), writes.begin() as connection:
            connection.execute(text(f"DELETE FROM {TABLE}"))
            connection.execute(text(f"INSERT INTO {TABLE} (told) VALUES (:told)"), {"told": told})
    finally:
        engine.dispose()
