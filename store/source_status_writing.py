"""Writes the status of the open sources: a file beside the releases, a copy in PostgreSQL."""

from collections.abc import Sequence

from pydantic import ValidationError
from sqlalchemy import text

from folders import make_folder
from store.engine import understandable
from store.files import put
from store.home import Home
from store.postgresql import RELEASE, WRITES, engine_in
from store.source_status import NAME, STATUSES, TABLE, SourceStatus


def known_statuses(home: Home) -> dict[str, SourceStatus]:
    """Return the statuses that were written last, by source name; {} when none can be read."""
    try:
        written = (home.releases / NAME).read_text(encoding="utf-8")
        return {status.name: status for status in STATUSES.validate_json(written)}
    except (OSError, ValidationError):
        return {}


def write_statuses(home: Home, statuses: Sequence[SourceStatus]) -> None:
    """Replace the statuses of all sources, whole or not at all."""
    statuses_json = STATUSES.dump_json(tuple(statuses), indent=1).decode()
    make_folder(home.releases)
    put(home.releases / NAME, f"{statuses_json}\n")
    if home.database:
        _copy(home.database, statuses_json)


def _copy(database: str, statuses_json: str) -> None:
    engine = engine_in(database, RELEASE)
    try:
        writes = engine.execution_options(**{WRITES: True})
        with understandable(engine), writes.begin() as connection:
            connection.execute(text(f"DELETE FROM {TABLE}"))
            connection.execute(
                text(f"INSERT INTO {TABLE} (told) VALUES (:told)"), {"told": statuses_json}
            )
    finally:
        engine.dispose()
