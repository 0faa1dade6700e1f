"""Makes a PostgreSQL database ready: schemas, tables, and what the web process's role may do."""

from sqlalchemy import Connection, text

from errors import WeerbeeldError
from store.access import MIGRATIONS as ACCESS_MIGRATIONS
from store.access import AuditLine, FormerGrant, ProcessingLine
from store.engine import MIGRATIONS as WORK_MIGRATIONS
from store.engine import migrate, understandable
from store.grants import MIGRATIONS as GRANTS_MIGRATIONS
from store.grants import Base as GrantsBase
from store.postgresql import (
    ACCESS,
    BUILD_ROLE,
    GRANTS,
    RELEASE,
    WEB_ROLE,
    WORK,
    WRITES,
    engine_in,
)
from store.source_status import MAKE_TABLE, TABLE

LOGS = (AuditLine.__tablename__, ProcessingLine.__tablename__)

GRANT_TABLES = (
    f"{ACCESS}.{FormerGrant.__tablename__}",
    *(f"{GRANTS}.{table}" for table in GrantsBase.metadata.tables),
)
"""What only the role of the build may write."""

STORES = ((WORK, WORK_MIGRATIONS), (ACCESS, ACCESS_MIGRATIONS), (GRANTS, GRANTS_MIGRATIONS))

PUBLISHED = (
    f"CREATE TABLE IF NOT EXISTS {RELEASE}.published ("
    "name text PRIMARY KEY, sha256 text NOT NULL, current boolean NOT NULL DEFAULT false)",
    f"CREATE UNIQUE INDEX IF NOT EXISTS one_current ON {RELEASE}.published (current) WHERE current",
    MAKE_TABLE,
)

ROLES_SQL = f"""\
-- Once, by the administrator of PostgreSQL; on the server itself with: sudo -u postgres psql
CREATE ROLE {BUILD_ROLE} LOGIN;
CREATE ROLE {WEB_ROLE} LOGIN;
CREATE DATABASE weerbeeld OWNER {BUILD_ROLE} ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE weerbeeld FROM PUBLIC;
GRANT CONNECT ON DATABASE weerbeeld TO {WEB_ROLE};
-- Each account signs in as its own role: by its name on the system (peer), or with a password:
-- \\password {BUILD_ROLE}
-- \\password {WEB_ROLE}
"""
"""What only an administrator can do: roles and the database itself."""


def prepare(database: str) -> None:
    """Make what is not there yet, bring every store up to date, and set the rights anew.

    Runs as the role that is to own everything. Raises WeerbeeldError when that role may not make
    schemas, or the role of the web process is not there.
    """
    for schema, migrations in STORES:
        engine = engine_in(database, schema)
        try:
            with understandable(engine), engine.begin() as connection:
                _check_roles(connection)
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
            migrate(engine, migrations)
        finally:
            engine.dispose()
    engine = engine_in(database, RELEASE)
    options = engine.execution_options(**{WRITES: True})
    try:
        with understandable(engine), options.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {RELEASE}"))
            for statement in (*PUBLISHED, *_rights()):
                connection.execute(text(statement))
    finally:
        engine.dispose()


def _check_roles(connection: Connection) -> None:
    found = text("SELECT rolsuper, current_user = :web FROM pg_roles WHERE rolname = current_user")
    superuser, is_web = connection.execute(found, {"web": WEB_ROLE}).one()
    exists = text("SELECT count(*) FROM pg_roles WHERE rolname = :web")
    if superuser or is_web or not connection.scalar(exists, {"web": WEB_ROLE}):
        raise WeerbeeldError(
            f"The database is made ready by the role of the build, such as {BUILD_ROLE}: not by a "
            f"superuser, nor by {WEB_ROLE}, which must be there. Let the administrator run what "
            "'weerbeeld database prepare --roles-sql' prints."
        )


def _rights() -> list[str]:
    """Return the statements that give the web process the rights it needs, and no more."""
    schemas = (WORK, ACCESS, GRANTS, RELEASE)
    taken = [
        statement
        for schema in schemas
        for statement in (
            f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, {WEB_ROLE}",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {WEB_ROLE}",
        )
    ]
    reads = [f"{schema}.alembic_version" for schema in (ACCESS, GRANTS)]
    reads += [*GRANT_TABLES, f"{RELEASE}.published", TABLE]
    adds = [f"{ACCESS}.{log}" for log in LOGS]
    return [
        *taken,
        f"GRANT USAGE ON SCHEMA {ACCESS}, {GRANTS}, {RELEASE} TO {WEB_ROLE}",
        f"GRANT SELECT ON {', '.join(reads)} TO {WEB_ROLE}",
        f"GRANT SELECT, INSERT ON {', '.join(adds)} TO {WEB_ROLE}",
    ]
