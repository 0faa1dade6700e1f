"""What pages read is found by an index, on SQLite and on PostgreSQL.

Pages are drawn from the whole example, and every query that their gateway ran is explained on both:
no large table may be gone through by who wants a few rows of it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from page_drawing import draw, gateway_of
from postgresql import forget
from reads import BESIDE, Read, around_reads, doors
from sqlalchemy import Connection, Engine, Executable, event, func, select

from access.viewer import PARTNERS
from errors import WeerbeeldError
from pages import PAGES
from store.home import Home
from store.release import Base, current_release, open_release
from store.row_security import as_seen_by
from store.served import open_current

VIEWERS = {
    "nsoc": ("GM0363", None),
    "riec:limburg": ("GM0983", "limburg"),
    "gemeente:GM0599": ("GM0599", "GM0599"),
}
"""Who looks: at which gemeente, and within which area."""

SIGHTS: tuple[dict[str, Any], ...] = (
    {"indicator": "VG01"},
    {"indicator": "CV01", "kaart": "hex7"},
    {"indicator": "score"},
)

WALK = re.compile(r"SCAN (\w+?)(?:_\d+)?(?: |$)|SEARCH (\w+) USING PRIMARY KEY \(indicator_id=\?\)")
"""A step of SQLite through a whole table, or through all that there is of an indicator."""

TABLE = re.compile(r"(?:FROM|JOIN) (\w+)")

LARGE, FEW = 3_000, 0.2
"""Rows of a large table, and the share of them that may be found by an index only."""

Queries = dict[tuple[str, str], Executable]
"""Every query that was run, by its text and by who looked."""


@pytest.fixture(scope="module")
def home(example_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the release of the example, of which nothing was read yet."""
    home = Home(tmp_path_factory.mktemp("plans") / "home")
    home.root.mkdir()
    (home.root / "releases").symlink_to(example_release.resolve())
    return home


@pytest.fixture(scope="module")
def queries(home: Home) -> Queries:
    """What was run while pages were drawn, and what their maps asked for."""
    found: Queries = {}
    opened: set[str] = set()
    looking = ""

    def hear(_: Connection, query: object, *__: object) -> None:
        read = set(TABLE.findall(str(query)))
        if isinstance(query, Executable) and read and read <= set(Base.metadata.tables):
            found.setdefault((str(query), looking), query)

    def noting(name: str, read: Read) -> Read:
        @wraps(read)
        def noted(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            opened.add(name)
            return read(*args, **kwargs)

        return noted

    event.listen(Engine, "before_execute", hear)
    try:
        with around_reads(noting):
            for looking, (place, within) in VIEWERS.items():
                _draw(home.releases, looking, place)
                _ask_beside(home.releases, looking, within)
    finally:
        event.remove(Engine, "before_execute", hear)
    assert opened == set(doors()), f"no page and no map read {sorted(set(doors()) - opened)}"
    return found


def _draw(releases: Path, viewer: str, place: str) -> None:
    for page in PAGES:
        for sight in SIGHTS if page.roles & set(PARTNERS) else ():
            draw(page.path, releases, viewer, gebied=place, **sight)


def _ask_beside(releases: Path, viewer: str, within: str | None) -> None:
    gateway = gateway_of(releases, viewer)
    for ask in BESIDE.values():
        for code, level in (("VG01", "gemeente"), ("CV01", "hex7"), ("VG01", "hex9")):
            with suppress(WeerbeeldError):
                ask(gateway, code, level, within)


@pytest.fixture(scope="module")
def sizes(home: Home) -> dict[str, int]:
    """How many rows large tables have."""
    with open_release(current_release(home.releases)).connect() as connection:
        found = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }
    return {name: rows for name, rows in found.items() if rows > LARGE}


@contextmanager
def _explaining(engine: Engine, how: str) -> Iterator[None]:
    """Let each query give its plan instead of what it finds."""

    def explain(_: object, __: object, statement: str, given: object, *___: object) -> Any:  # noqa: ANN401
        return statement if "set_config" in statement else f"{how} {statement}", given

    event.listen(engine, "before_cursor_execute", explain, retval=True)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the steps of a plan of PostgreSQL; who wants one row may begin with the first."""
    if plan["Node Type"] != "Limit":
        yield plan
        for part in plan.get("Plans", ()):
            yield from _steps(part)


@pytest.mark.sqlite
def test_sqlite_goes_through_no_large_table(
    home: Home, queries: Queries, sizes: dict[str, int]
) -> None:
    engine = open_current(home.served)
    assert {"figure", "area", "pattern"} <= set(sizes)
    walks = []
    with _explaining(engine, "EXPLAIN QUERY PLAN"), engine.connect() as connection:
        for (said, viewer), query in queries.items():
            for *_, step in connection.execute(query).cursor.fetchall():
                found = WALK.match(step)
                if found and (found[1] or found[2]) in sizes:
                    walks.append(f"{viewer}: {step}: {said}")
    assert not walks, "\n\n".join(walks)


@pytest.mark.postgresql
def test_postgresql_goes_through_no_large_table(
    home: Home, queries: Queries, sizes: dict[str, int]
) -> None:
    engine, walks = open_current(home.served), []
    assert engine.dialect.name == "postgresql"
    with _explaining(engine, "EXPLAIN (ANALYZE, FORMAT JSON)"):
        for (said, viewer), query in queries.items():
            with as_seen_by(engine, viewer).connect() as connection:
                (((plan,),),) = connection.execute(query).cursor.fetchall()
            for step in _steps(plan["Plan"]):
                rows = sizes.get(step.get("Relation Name", ""), 0)
                sought = {"Index Cond", "Recheck Cond"} & set(step)
                if not sought and step["Actual Rows"] < FEW * rows:
                    walks.append(
                        f"{viewer}: {step['Node Type']} of {step['Relation Name']}: {said}"
                    )
    forget(home.root)
    assert not walks, "\n\n".join(walks)
