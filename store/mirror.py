"""Copies the current release into PostgreSQL, where the web process reads it.

What the build makes stays the file. A copy appears whole in one transaction, or not at all.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from psycopg import Connection as Driver
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Table, text
from sqlalchemy.schema import CreateIndex, CreateTable

from errors import WeerbeeldError
from store.content import checksum_path, file_hash
from store.engine import understandable
from store.postgresql import RELEASE, WEB_ROLE, WRITES, engine_in, schema_of
from store.release import Base
from store.row_security import GEMEENTE, GEMEENTEN, PLACED, SECURED, secure


def mirror_releases(database: str, releases: Path, current: str | None) -> None:
    """Make the database hold what the folder ``releases`` publishes, in one transaction.

    The ``current`` release is copied where it is not there yet, copies of releases that are gone
    are dropped, and from then on readers find the current one. Raises WeerbeeldError when the
    database cannot be written, or the file of the release is damaged.
    """
    engine = engine_in(database, RELEASE)
    options = engine.execution_options(**{WRITES: True})
    try:
        with understandable(engine), options.begin() as connection:
            _mirror(connection, releases, current)
    finally:
        engine.dispose()


def _mirror(connection: Connection, releases: Path, current: str | None) -> None:
    known = connection.execute(text("SELECT name, sha256 FROM release.published"))
    copied = {row.name: row.sha256 for row in known}
    path = releases / f"{current}.db"
    if current and path.exists():
        digest = _digest(path, copied.get(current))
        if digest != copied.get(current):
            _copy(connection, path)
            _note(connection, current, digest)
    _point(connection, current)
    for name in copied.keys() - {path.stem for path in releases.glob("*.db")}:
        _run(connection, "DROP SCHEMA IF EXISTS {} CASCADE", schema_of(name))
        gone = text("DELETE FROM release.published WHERE name = :name")
        connection.execute(gone, {"name": name})


def _digest(path: Path, copied: str | None) -> str:
    """Return the checksum of a release's file, which is only read when its copy is not of it."""
    checksum = checksum_path(path)
    noted = checksum.read_text(encoding="ascii").split() if checksum.exists() else []
    if copied is not None and noted == [copied]:
        return copied
    found = file_hash(path)
    if found not in noted:
        raise WeerbeeldError(
            f"The release {path} is not as it was published, so it is not copied into the "
            f"database. Withdraw it with 'weerbeeld release withdraw {path.stem}'."
        )
    return found


def _note(connection: Connection, name: str, digest: str) -> None:
    note = text(
        "INSERT INTO release.published (name, sha256) VALUES (:name, :sha256)"
        " ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256"
    )
    connection.execute(note, {"name": name, "sha256": digest})


def _point(connection: Connection, current: str | None) -> None:
    before = text("UPDATE release.published SET current = false WHERE current")
    after = text("UPDATE release.published SET current = true WHERE name = :name")
    connection.execute(before)
    connection.execute(after, {"name": current})


def _copy(connection: Connection, path: Path) -> None:
    """Copy a release into its schema; readers of an older copy wait for a moment only."""
    schema, fresh = schema_of(path.stem), f"{schema_of(path.stem)}_new"
    _run(connection, "CREATE SCHEMA {}", fresh)
    _run(connection, "SET LOCAL search_path TO {}", fresh)
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as source:
        for table in Base.metadata.sorted_tables:
            _copy_table(connection, source, table)
    for name in SECURED:
        for statement in secure(name):
            connection.execute(text(statement))
    _run(connection, "GRANT USAGE ON SCHEMA {} TO {}", fresh, WEB_ROLE)
    _run(connection, "GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}", fresh, WEB_ROLE)
    _run(connection, "DROP SCHEMA IF EXISTS {} CASCADE", schema)
    _run(connection, "ALTER SCHEMA {} RENAME TO {}", fresh, schema)


def _copy_table(connection: Connection, source: sqlite3.Connection, table: Table) -> None:
    connection.execute(CreateTable(table, include_foreign_key_constraints=[]))
    names = [column.name for column in table.columns]
    wanted, origin = [f"{table.name}.{name}" for name in names], table.name
    if table.name in PLACED:
        _run(connection, "ALTER TABLE {} ADD {} smallint", table.name, GEMEENTE)
        names, wanted = [*names, GEMEENTE], [*wanted, "own.number"]
        origin += f" JOIN area ON area.id = {table.name}.area_id"
        origin += f" LEFT JOIN ({GEMEENTEN}) AS own ON own.code = area.gemeente"
    columns = SQL(", ").join(map(Identifier, names))
    statement = SQL("COPY {} ({}) FROM STDIN (FREEZE)").format(Identifier(table.name), columns)
    there = {row[1] for row in source.execute(f"PRAGMA table_info({table.name})")}
    if not there.issuperset(column.name for column in table.columns):
        # Of an earlier form, which only says so: its table stays empty.
        wanted, origin = ["NULL"] * len(wanted), f"{origin} LIMIT 0"
    rows = source.execute(f"SELECT {', '.join(wanted)} FROM {origin}")
    with _driver(connection).cursor() as cursor, cursor.copy(statement) as into:
        for row in rows:
            into.write_row(row)
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        connection.execute(CreateIndex(index))
    _run(connection, "ANALYZE {}", table.name)


def _run(connection: Connection, statement: str, *names: str) -> None:
    """Run a statement with names in the place of its ``{}``."""
    _driver(connection).execute(SQL(statement).format(*map(Identifier, names)))


def _driver(connection: Connection) -> Driver[tuple[object, ...]]:
    driver = connection.connection.driver_connection
    if not isinstance(driver, Driver):
        raise TypeError(f"Releases are copied into PostgreSQL only, not by {type(driver)}.")
    return driver
