"""On PostgreSQL the web process has few rights, and rows outside a grant stay hidden."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from command_line import refused, weerbeeld
from granting import give
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planted_release import BELOW, PLACES, PLANTED, RIECS, plant
from postgresql import OWNER, SERVER, WEB, address, administer, forget, in_use
from sqlalchemy import Engine, func, inspect, select, text, true
from sqlalchemy.exc import DBAPIError

from access.door import Notes
from access.partner import PartnerGateway
from access.scope import visible
from access.session import signed_in_gateways
from access.viewer import Viewer, viewer_holding
from errors import WeerbeeldError
from settings import Settings
from store.access import Base as AccessBase
from store.access import open_access
from store.carrying import open_grants
from store.content import content_of
from store.database import prepare
from store.grant_changes import grants_in_force
from store.grants import Base as GrantsBase
from store.grants import read_grants
from store.home import Home
from store.logs import LogFailedError, audit
from store.postgresql import ACCESS, GRANTS, RELEASE, WORK, engine_in, schema_of
from store.release import LEVEL_NUMBERS, Area, Figure, Info, Score, open_release
from store.releases import current_name, make_current, mirror, sweep, use, withdraw
from store.row_security import PLACED, SECURED, as_seen_by
from store.served import open_current
from store.verifying_copies import verify_copies
from store.work import Base as WorkBase

pytestmark = pytest.mark.postgresql

ROOT = Path(__file__).resolve().parents[2]
LEVELS = tuple(LEVEL_NUMBERS)
ROLES = [("nsoc", ""), ("gegevensbeheerder", ""), ("auditor", "")]
ROLES += [("riec", riec) for riec in RIECS] + [("gemeente", code) for code in PLACES]
VIEWERS = [
    viewer_holding(list(roles))  # type: ignore[arg-type]
    for roles in ((), ROLES[:1], ROLES[1:3], ROLES[3:4], ROLES[-1:], (ROLES[3], ROLES[-2]))
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the planted release."""
    home = Home(tmp_path / "home")
    plant(home.releases)
    return home


@pytest.fixture(scope="module")
def planted(socket_of_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with the planted release that stays as it is, for tests that read or are refused."""
    folder = tmp_path_factory.mktemp("planted")
    with in_use(socket_of_server):
        plant(Home(folder / "home").releases)
    yield Home(folder / "home")
    with in_use(socket_of_server):
        forget(folder)


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of a database as an administrator leaves it, for the role of the build."""
    name = "empty"
    administer(os.environ[SERVER], f"CREATE DATABASE {name} OWNER {OWNER}")
    yield address(os.environ[SERVER], name, OWNER)
    administer(os.environ[SERVER], f"DROP DATABASE {name} WITH (FORCE)")


def web(home: Home, schema: str = RELEASE) -> Engine:
    return engine_in(home.served.database, schema)


def said(engine: Engine, statement: str) -> str:
    """Return what the database says when it refuses a statement, '' when it does not."""
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    except DBAPIError as error:
        return str(error.orig)
    return ""


def owner(home: Home, *statements: str, schema: str = "release_planted") -> None:
    """Change the database as the build, or somebody with its rights, could."""
    engine = engine_in(home.database, schema)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def broken(home: Home) -> list[str]:
    return [f"{found.what}: {found.words}" for found in verify_copies(home) if not found.sound]


# Getting ready


def test_an_empty_database_is_made_ready_and_made_so_again(empty: str) -> None:
    for _ in range(2):
        prepare(empty)
        for schema, base in ((WORK, WorkBase), (ACCESS, AccessBase), (GRANTS, GrantsBase)):
            engine = engine_in(empty, schema)
            assert set(inspect(engine).get_table_names()) == {
                "alembic_version",
                *base.metadata.tables,
            }
            engine.dispose()
    reader = engine_in(empty.replace(OWNER, WEB), RELEASE)
    assert said(reader, "SELECT * FROM published") == ""
    assert "permission denied" in said(reader, "SELECT * FROM work.delivery")
    reader.dispose()


def test_what_was_granted_too_much_is_taken_back(empty: str) -> None:
    prepare(empty)
    engine = engine_in(empty, WORK)
    with engine.begin() as connection:
        connection.execute(text(f"GRANT USAGE ON SCHEMA work TO {WEB}"))
        connection.execute(text(f"GRANT ALL ON work.delivery, access.audit_line TO {WEB}"))
    engine.dispose()
    reader = engine_in(empty.replace(OWNER, WEB), ACCESS)
    assert said(reader, "SELECT * FROM work.delivery") == ""
    prepare(empty)
    assert "permission denied" in said(reader, "SELECT * FROM work.delivery")
    assert "permission denied" in said(reader, "UPDATE audit_line SET actor = 'x'")
    reader.dispose()


@pytest.mark.parametrize("role", [WEB, "postgres"])
def test_only_the_role_of_the_build_makes_it_ready(empty: str, role: str) -> None:
    with pytest.raises(WeerbeeldError, match="role of the build"):
        prepare(empty.replace(OWNER, role))


def test_the_command_prepares_what_the_setting_names(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "CREATE ROLE weerbeeld_web" in weerbeeld(tmp_path, *PREPARE, "--roles-sql").stdout
    monkeypatch.setenv("WEERBEELD_DATABASE", empty)
    assert weerbeeld(tmp_path, *PREPARE).stdout == "The database is ready.\n"
    monkeypatch.setenv("WEERBEELD_DATABASE", empty.replace(OWNER, WEB))
    assert "role of the build" in refused(tmp_path, *PREPARE)


PREPARE = ("database", "prepare")


@pytest.mark.parametrize("wrong", ["mysql://a/b", "weerbeeld", "postgresql+nothing", "://", "x"])
def test_what_is_no_address_of_a_database_is_refused(wrong: str) -> None:
    with pytest.raises(WeerbeeldError, match="not the address of a PostgreSQL database"):
        prepare(wrong)


def test_a_web_process_of_a_newer_version_says_what_to_do(home: Home) -> None:
    owner(home, "UPDATE alembic_version SET version_num = '0000'", schema=ACCESS)
    with pytest.raises(WeerbeeldError):
        open_access(home.served)
    owner(home, "DELETE FROM alembic_version", schema=ACCESS)
    with pytest.raises(WeerbeeldError, match=r"permission denied.*database prepare"):
        open_access(home.served)


def test_a_server_that_is_not_there_is_said_without_a_password() -> None:
    nowhere = "postgresql://weerbeeld_web:very-secret@localhost:1/weerbeeld"
    served = Home(Path("nowhere"), nowhere).served
    for opened in (open_current, open_access):
        with pytest.raises(WeerbeeldError, match="See that PostgreSQL runs") as caught:
            opened(served)
        assert "very-secret" not in str(caught.value)
    shown = Settings(database=nowhere)
    assert "very-secret" not in f"{shown!r} {shown} {shown.folders!r} {shown.folders.served!r}"


# What the web process may do

NEVER = (
    "SELECT * FROM work.delivery",
    "SELECT * FROM work.alembic_version",
    "CREATE TABLE work.mine (id integer)",
    "UPDATE access.audit_line SET actor = 'nobody'",
    "DELETE FROM access.audit_line",
    "TRUNCATE access.processing_line",
    "DELETE FROM access.processing_line",
    "DROP TRIGGER audit_line_no_update ON access.audit_line",
    "ALTER TABLE access.audit_line DISABLE TRIGGER ALL",
    "CREATE OR REPLACE FUNCTION access.audit_line_refuse() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NULL; END $$",
    "INSERT INTO access.granted (person, role, area, given_by, given_at)"
    " VALUES ('me', 'nsoc', '', 'me', now())",
    "UPDATE access.granted SET role = 'nsoc'",
    "DELETE FROM access.granted",
    "INSERT INTO grants.grants (person, role, area, organisation, purpose, given_by, given_at,"
    " until, waits, alone, line)"
    " VALUES ('me', 'nsoc', '', '', '', 'me', now(), now(), false, '', 1)",
    "UPDATE grants.grants SET role = 'nsoc'",
    "UPDATE grants.grants SET waits = false",
    "DELETE FROM grants.grants",
    "INSERT INTO grants.pilot (begun_by, begun_at, until, why) VALUES ('me', now(), now(), '')",
    "DELETE FROM grants.session_end",
    "INSERT INTO release_planted.info VALUES ('a', 'b')",
    "UPDATE release_planted.figure SET numerator = 1",
    "DELETE FROM release_planted.score",
    "TRUNCATE release_planted.area",
    "DROP SCHEMA release_planted CASCADE",
    "ALTER TABLE release_planted.figure DISABLE ROW LEVEL SECURITY",
    "DROP POLICY within_grant ON release_planted.area",
    "UPDATE release.published SET current = false",
    "DELETE FROM release.published",
    "UPDATE release.sources SET told = '[]'",
    "INSERT INTO release.sources VALUES ('[]')",
    "CREATE TABLE release.mine (id integer)",
    "CREATE SCHEMA mine",
    "CREATE TEMPORARY TABLE audit_line (sequence integer)",
    "SET ROLE weerbeeld_build",
    "SET session_replication_role = replica",
    "COPY access.audit_line TO PROGRAM 'cat'",
)


@pytest.mark.parametrize("statement", NEVER)
def test_the_web_process_may_not(planted: Home, statement: str) -> None:
    audit(open_access(planted), action="read", object="x", result="ok", origin="t", actor="a")
    refusal = said(web(planted), statement)
    assert "permission denied" in refusal or "must be owner" in refusal


def test_the_web_process_reads_and_logs_without_a_single_file(home: Home) -> None:
    give(open_grants(home), "anna", "gemeente:GM0599")
    served = home.served
    gateway = signed_in_gateways(served, "anna").partner()
    shutil.rmtree(home.root)
    assert {figure.gemeente for figure in gateway.figures("ALL1", "buurt")} == {"GM0599"}
    assert signed_in_gateways(served, "bob").viewer == Viewer()
    assert gateway.figures("ALL1", "hex9", within="GM0983") == []
    assert not home.root.exists()


def test_a_log_that_refuses_stops_the_reading(home: Home) -> None:
    gateways = signed_in_gateways(home.served, "anna")
    owner(home, f"REVOKE INSERT ON audit_line FROM {WEB}", schema=ACCESS)
    with pytest.raises(LogFailedError):
        signed_in_gateways(home.served, "anna")
    with pytest.raises(LogFailedError):
        gateways.notes.note("read", "something", "ok")


def test_moments_are_the_same_in_any_time_zone(home: Home) -> None:
    database = home.database.split("@/")[1].split("?")[0]
    administer(os.environ[SERVER], f"ALTER DATABASE {database} SET timezone = 'Asia/Tokyo'")
    now = datetime.now(UTC)
    give(open_grants(home), "anna", "auditor")
    (kept,) = grants_in_force(read_grants(home.served), now.date())
    assert kept.given_at.utcoffset() == UTC.utcoffset(None)
    assert abs((kept.given_at - now).total_seconds()) < 60


def partner(release: Engine, viewer: Viewer) -> PartnerGateway:
    return PartnerGateway(viewer, Notes(lambda *_: None), release, tuple)


@pytest.mark.parametrize("hostile", ["\0", "a\0b", "\ud800", "'; DROP TABLE area; --", "\uffff"])
def test_hostile_text_is_refused_or_finds_nothing(planted: Home, hostile: str) -> None:
    gateway = partner(open_current(planted.served), VIEWERS[1])
    asked: tuple[Callable[[], object], ...] = (
        lambda: gateway.search(hostile),
        lambda: gateway.area("gemeente", hostile),
        lambda: gateway.figures("ALL1", "gemeente", within=hostile),
        lambda: gateway.breaks("ALL1", "gemeente", hostile),
        lambda: grants_in_force(read_grants(planted.served), datetime.now(UTC).date(), hostile),
    )
    for ask in asked:
        with suppress(WeerbeeldError):
            assert len(ask()) == 0  # type: ignore[arg-type]


# Row security


def ids(engine: Engine, column: "object", *conditions: "object") -> set[int]:
    with engine.connect() as connection:
        query = select(column).where(*conditions)  # type: ignore[call-overload]
        return set(connection.scalars(query))


@pytest.mark.long
@given(st.sets(st.sampled_from(ROLES)))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_without_any_condition_exactly_the_grant_is_read(
    planted: Home, roles: set[tuple[str, str]]
) -> None:
    """The same rule twice: as a condition on a file, and in the database."""
    viewer = viewer_holding(sorted(roles))  # type: ignore[arg-type]
    file = open_release(planted.releases / "planted.db")
    copy = as_seen_by(open_current(planted.served), viewer.label)
    allowed: set[int] = set()
    for level, number in LEVEL_NUMBERS.items():
        allowed |= ids(file, Area.id, Area.level == number, visible(viewer, level))
    assert ids(copy, Area.id) == allowed
    for column in (Figure.area_id, Score.area_id):
        assert ids(copy, column) == ids(file, column) & allowed
    file.dispose()


def test_a_query_in_the_name_of_nobody_reads_nothing(planted: Home) -> None:
    engine = open_current(planted.served)
    named = as_seen_by(engine, "nsoc")
    assert ids(named, Area.id)
    labels = ("", "+", "auditor", "gegevensbeheerder+auditor", "nsoc:", "NSOC", "gemeente")
    for nobody in (engine, *(as_seen_by(engine, label) for label in labels)):
        for column in (Area.id, Figure.area_id, Score.area_id):
            assert ids(nobody, column) == set()
    assert ids(named, Area.id), "the name holds for one transaction only"


def codes_in(answer: object) -> set[str]:
    rows = cast(list[Any], answer)
    return {row.area if hasattr(row, "area") else row.code for row in rows}


NOTHING: dict[str, set[str]] = {level: set() for level in LEVELS}
"""What is read by who opens no gateway."""


def everything(gateway: PartnerGateway) -> dict[str, set[str]]:
    """Return the codes of all places that any method answers with, by level."""
    found: dict[str, set[str]] = {level: set() for level in LEVELS}
    official = {"nederland": ["NL"], "riec": RIECS, "gemeente": list(PLACES)}
    methods = (gateway.areas, gateway.outlines, gateway.standing_out, gateway.scores)
    for level in LEVELS:
        known = official.get(level) or [below[level][0] for below in BELOW.values()]
        asked: list[Callable[[], object]] = [partial(method, level) for method in methods]
        asked += [partial(gateway.figures, code, level) for code in PLANTED]
        asked += [partial(gateway.profile, level, area) for area in known]
        asked += [partial(gateway.series, "ALL1", level, area) for area in known]
        for ask in asked:
            with suppress(WeerbeeldError):
                found[level] |= codes_in(ask())
    return found


@pytest.mark.long
@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.label or "nobody")
def test_a_gateway_whose_conditions_fail_still_reads_nothing_outside_the_grant(
    planted: Home, viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def place(engine: Engine, *, sabotaged: bool) -> dict[str, set[str]]:
        with monkeypatch.context() as patch:
            if sabotaged:
                patch.setattr("access.granting.visible", lambda *_: true())
            return everything(partner(engine, viewer)) if viewer.receives else NOTHING

    file = open_release(planted.releases / "planted.db")
    sound = place(file, sabotaged=False)
    leaking = place(file, sabotaged=True)
    guarded = place(open_current(planted.served), sabotaged=True)
    if viewer.receives and not viewer.nsoc:
        assert any(leaking[level] > sound[level] for level in LEVELS), "the sabotage works"
    for level in LEVELS:
        allowed = ids(file, Area.code, Area.level == LEVEL_NUMBERS[level], visible(viewer, level))
        assert guarded[level] <= allowed
        assert guarded[level] >= sound[level]


def test_the_grant_is_worked_out_once_for_a_query(planted: Home) -> None:
    """Row by row it would cost many times the query itself."""
    every = "+".join(f"gemeente:{code}" for code in PLACES)
    query = (
        "EXPLAIN SELECT * FROM figure JOIN area ON area.id = area_id"
        " WHERE indicator_id = 1 AND figure.level = 2 AND period_id = 4 AND area.level = 2"
    )
    with as_seen_by(open_current(planted.served), every).connect() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = list(connection.scalars(text(query)))
    used = [line for line in plan if "SubPlan" in line and "Filter" in line]
    assert used
    assert all(line.count("SubPlan") == line.count("hashed SubPlan") for line in used)
    assert any("figure_pkey" in line for line in plan)


# Releases


def read(home: Home) -> str:
    """Return how many indicators readers find, having checked that the release is whole."""
    with open_current(home.served).connect() as connection:
        name = connection.scalars(select(Info.value).where(Info.key == "name")).one()
    everything = engine_in(home.database, schema_of(name))
    with everything.connect() as connection:
        published = connection.scalars(select(Info.value).where(Info.key == "content")).one()
        assert content_of(connection) == published
        indicators = connection.scalar(select(func.max(Figure.indicator_id)))
    everything.dispose()
    return str(indicators)


def test_readers_follow_the_pointer_and_withdrawn_releases_are_dropped(home: Home) -> None:
    home.work.mkdir()
    path = home.releases / "planted.db"
    for suffix in (".db", ".sha256"):
        shutil.copy(path.with_suffix(suffix), home.releases / f"0ther{suffix}")
    make_current(home.releases / "0ther.db")
    mirror(home)
    schemas = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'release%' ORDER BY 1"

    def kept() -> list[str]:
        with engine_in(home.database, RELEASE).connect() as connection:
            return list(connection.scalars(text(schemas)))

    assert kept() == ["release", "release_0ther", "release_planted"]
    assert broken(home) == []
    use(home, "planted")
    assert kept() == ["release", "release_0ther", "release_planted"]
    assert withdraw(home, "planted", "wrong") is None
    assert kept() == ["release", "release_0ther"], "a file that calls itself otherwise is not used"
    with pytest.raises(WeerbeeldError, match="No release is published in the database"):
        open_current(home.served)


def test_a_damaged_release_is_never_copied(home: Home) -> None:
    before = read(home)
    path = home.releases / "planted.db"
    path.write_bytes(path.read_bytes() + b"\0")
    path.with_suffix(".sha256").write_text("0" * 64, encoding="ascii")
    with pytest.raises(WeerbeeldError, match="not as it was published"):
        mirror(home)
    assert read(home) == before


def published_in_a_child(home: Home, codes: str) -> int:
    """Return the process that publishes the planted release with other indicators."""
    child = os.fork()
    if child == 0:
        plant(home.releases, {code: PLANTED[code] for code in codes.split()})
        os._exit(0)
    return child


@pytest.mark.long
def test_a_copy_killed_at_any_moment_is_there_whole_or_not_at_all(home: Home) -> None:
    """Two releases take each other's place under one name; readers only ever find a whole one."""
    chance, wholes = random.Random(20260630), {"1": "ALL1", "6": " ".join(PLANTED)}
    begin, found = time.monotonic(), ["6"]
    assert os.waitpid(published_in_a_child(home, wholes["6"]), 0)[1] == 0
    whole = time.monotonic() - begin
    killed = 0
    for number in range(16):
        child = published_in_a_child(home, wholes["1" if number % 2 else "6"])
        time.sleep(chance.uniform(0.2, 1.1) * whole)
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        found.append(read(home))
    assert set(found) <= set(wholes)
    assert killed > 4
    sweep(home)
    assert read(home) in wholes
    assert broken(home) == []
    print(f"{killed} of 16 publications were cut off; readers found {' '.join(found)} indicators")


WRONG = {
    "UPDATE figure SET numerator = numerator + 1 WHERE area_id = 5": "content hash",
    "UPDATE area SET gemeente = 'GM0599' WHERE gemeente = 'GM0983'": "table area",
    "UPDATE breaks SET kind = 'week' WHERE kind = 'month'": "table breaks",
    "UPDATE figure SET gemeente_number = 1 WHERE level > 2": "another gemeente",
    "ALTER TABLE score DISABLE ROW LEVEL SECURITY": "row security",
    "CREATE POLICY more ON area USING (true)": "row security",
    "DROP POLICY within_grant ON figure": "row security",
    "DROP TABLE place": "does not exist",
    "UPDATE release.published SET sha256 = 'x'": "not a copy",
    "UPDATE release.published SET current = false": "pointer names planted",
    f"GRANT USAGE ON SCHEMA work TO {WEB}": "use the schema work",
    f"GRANT DELETE ON access.audit_line TO {WEB}": "change audit_line",
    f"GRANT INSERT ON access.granted TO {WEB}": "change access.granted",
    f"GRANT UPDATE ON grants.grants TO {WEB}": "change grants.grants",
}


@pytest.mark.long
def test_whatever_was_changed_in_the_database_is_found(home: Home) -> None:
    assert broken(home) == []
    schema = schema_of("planted")
    for statement, words in WRONG.items():
        owner(home, statement, schema=schema)
        assert any(words in finding for finding in broken(home)), statement
        owner(home, "DELETE FROM published", f"DROP SCHEMA {schema} CASCADE", schema=RELEASE)
        prepare(home.database)
        mirror(home)
        assert broken(home) == [], statement
    assert set(SECURED) > set(PLACED)
    assert current_name(home) == "planted"


def test_a_trigger_that_is_gone_hollow_or_off_is_found(home: Home) -> None:
    from store.append_only import missing_triggers

    engine = engine_in(home.database, ACCESS)
    hollow = (
        "CREATE OR REPLACE FUNCTION audit_line_refuse() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$"
    )
    for statement in (
        "ALTER TABLE audit_line DISABLE TRIGGER audit_line_no_update",
        "DROP TRIGGER audit_line_no_delete ON audit_line",
        hollow,
    ):
        with engine.connect() as connection:
            assert missing_triggers(connection, "audit_line") == []
            connection.execute(text(statement))
            assert missing_triggers(connection, "audit_line") != []
            connection.rollback()
    engine.dispose()
