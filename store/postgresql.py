"""PostgreSQL instead of SQLite files: a schema for each store, a role for each account.

The role of the build owns everything. That of the web process reads releases and grants and adds
lines to the logs; of the schema WORK it sees nothing.
"""

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from errors import WeerbeeldError

WORK, ACCESS, GRANTS, RELEASE = "work", "access", "grants", "release"
"""Schemas of the stores; RELEASE names the current release."""

BUILD_ROLE, WEB_ROLE = "weerbeeld_build", "weerbeeld_web"

WRITES = "weerbeeld_writes"
"""Execution option of a connection whose transaction takes the write lock at once."""

VIEWER = "weerbeeld_viewer"
"""Execution option of a connection that reads a release: the label of the viewer."""

CONNECT_SECONDS = 10
BUSY_SECONDS = 30


def schema_of(release: str) -> str:
    """Return the schema that holds a release."""
    return f"{RELEASE}_{release}"


def database_url(database: str) -> URL:
    """Return the address of a database for its driver; WeerbeeldError when it is not one."""
    try:
        url = make_url(database)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() != "postgresql":
        raise WeerbeeldError(
            "WEERBEELD_DATABASE is not the address of a PostgreSQL database. Write it as "
            "postgresql://weerbeeld_build@/weerbeeld?host=/run/postgresql, or leave it out: then "
            "the stores are SQLite files."
        )
    return url.set(drivername="postgresql+psycopg")


def engine_in(database: str, schema: str, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine whose tables are those of ``schema``.

    A writer waits ``busy_seconds`` for other writers of the same schema.
    """
    options = f"-csearch_path={schema} -clock_timeout={int(busy_seconds * 1000)}"
    engine = create_engine(
        database_url(database),
        connect_args={"options": options, "connect_timeout": CONNECT_SECONDS},
        pool_pre_ping=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        chosen = connection.get_execution_options()
        if chosen.get(WRITES):
            lock = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
            connection.exec_driver_sql(lock, (f"weerbeeld {schema}",))
        if VIEWER in chosen:
            seen = "SELECT set_config('weerbeeld.viewer', %s, true)"
            connection.exec_driver_sql(seen, (chosen[VIEWER],))

    event.listen(engine, "handle_error", _explain)
    return engine


def _explain(context: ExceptionContext) -> None:
    """Explain a value that cannot be sent to PostgreSQL at all, such as a null character."""
    error = context.original_exception
    unfit = context.dialect.loaded_dbapi.DataError if context.dialect else ()
    if isinstance(error, (unfit, UnicodeEncodeError)):
        said = str(error).partition("\n")[0]
        raise WeerbeeldError(f"The database cannot take what it was given: {said}.") from None


def is_busy(error: BaseException | None) -> bool:
    """Return whether PostgreSQL gave up waiting for another writer."""
    return getattr(error, "sqlstate", None) == "55P03"
