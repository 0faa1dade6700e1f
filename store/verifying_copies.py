"""Checks the copies of releases in PostgreSQL against the files that the build published."""

from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Table, select, text
from sqlalchemy.exc import DBAPIError

from store.content import HASHED, checksum_path, content_of
from store.database import GRANT_TABLES, LOGS
from store.home import Home
from store.postgresql import ACCESS, RELEASE, WEB_ROLE, WORK, engine_in, schema_of
from store.release import Base, Info, open_release
from store.releases import current_name
from store.row_security import GEMEENTE, GEMEENTEN, PLACED, SECURED
from store.verifying import Finding

SMALL = [t for t in Base.metadata.sorted_tables if t not in [m.__table__ for m in HASHED]]
"""Tables that are compared row by row; a hash stands for the others."""


def verify_copies(home: Home) -> list[Finding]:
    """Check every copy in the database, and what the web process may do; nothing without one."""
    if not home.database:
        return []
    engine = engine_in(home.database, RELEASE)
    try:
        with engine.connect() as connection:
            wrong = _rights(connection)
            rows = connection.execute(text("SELECT * FROM published ORDER BY name")).all()
    except DBAPIError as error:
        return [Finding("database", False, str(error.orig).partition("\n")[0])]
    finally:
        engine.dispose()
    found = [Finding("rights in the database", not wrong, wrong or f"{WEB_ROLE} has its own only")]
    found += [_copy(home, row.name, row.sha256) for row in rows]
    current = next((row.name for row in rows if row.current), None)
    if current != current_name(home):
        words = f"readers find {current}, and the pointer names {current_name(home)}"
        found.append(Finding("current release in the database", False, words))
    return found


def _rights(connection: Connection) -> str:
    """Return rights that the role of the web process has but should not, empty when none."""
    asked = {f"use the schema {WORK}": f"has_schema_privilege(:web, '{WORK}', 'USAGE, CREATE')"}
    for table in LOGS:
        may = f"has_table_privilege(:web, '{ACCESS}.{table}', 'UPDATE, DELETE, TRUNCATE')"
        asked[f"change {table}"] = may
    for table in (*GRANT_TABLES, f"{RELEASE}.published"):
        may = f"has_table_privilege(:web, '{table}', 'INSERT, UPDATE, DELETE, TRUNCATE')"
        asked[f"change {table}"] = may
    query = text(f"SELECT {', '.join(asked.values())}")
    answers = connection.execute(query, {"web": WEB_ROLE}).one()
    too_much = [what for what, granted in zip(asked, answers, strict=True) if granted]
    return f"{WEB_ROLE} may {', '.join(too_much)}" if too_much else ""


def _copy(home: Home, name: str, sha256: str) -> Finding:
    what, path = f"release {name} in the database", home.releases / f"{name}.db"
    checksum = checksum_path(path)
    if not checksum.exists() or sha256 not in checksum.read_text(encoding="ascii").split():
        return Finding(what, False, f"is not a copy of {path}")
    engine = engine_in(home.database, schema_of(name))
    try:
        with engine.connect() as connection:
            wrong = _content(connection, path) or _secured(connection)
    except DBAPIError as error:
        wrong = str(error.orig).partition("\n")[0]
    finally:
        engine.dispose()
    return Finding(what, not wrong, wrong or "as it was published")


def _content(connection: Connection, path: Path) -> str:
    stated = connection.scalars(select(Info.value).where(Info.key == "content")).first()
    if content_of(connection) != stated:
        return "its figures or scores differ from its content hash"
    file = open_release(path)
    try:
        with file.connect() as original:
            for table in SMALL:
                if _rows(connection, table) != _rows(original, table):
                    return f"its table {table.name} differs from the file"
    finally:
        file.dispose()
    return ""


def _rows(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    found = connection.execute(select(table).order_by(*table.primary_key)).all()
    return cast(list[tuple[object, ...]], found)


def _secured(connection: Connection) -> str:
    """Return what is wrong with the row security of a copy, empty when nothing."""
    secured = text(
        "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
        " WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity"
    )
    found = sorted(connection.scalars(secured))
    if found != sorted(SECURED):
        return f"row security stands on {', '.join(found)} instead of {', '.join(sorted(SECURED))}"
    for table in PLACED:
        astray = text(
            f"SELECT count(*) FROM {table} JOIN area ON area.id = area_id"
            f" LEFT JOIN ({GEMEENTEN}) AS own ON own.code = area.gemeente"
            f" WHERE {GEMEENTE} IS DISTINCT FROM own.number"
        )
        if connection.scalar(astray):
            return f"rows of {table} are shown to another gemeente than their area's"
    return ""
