"""Grants decide who sees what, from the organisation's own table; every change is logged."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from command_line import refused, weerbeeld
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from access.grants import Giver, GrantError, add_grant, revoke_grants, today_utc, viewer_of
from access.viewer import Viewer, viewer_named
from errors import WeerbeeldError
from store.access import AuditLine, Grant, open_access
from store.home import Home
from store.logs import LogFailedError, verify_chain

GIVER = Giver("beheerder", "test")

pytestmark = pytest.mark.both


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_access(Home(tmp_path))
    yield engine
    engine.dispose()


def lines(engine: Engine) -> list[tuple[str, str, str, str]]:
    with Session(engine) as session:
        found = session.scalars(select(AuditLine).order_by(AuditLine.sequence))
        return [(line.actor, line.action, line.object, line.result) for line in found]


def test_an_unknown_person_sees_nothing(engine: Engine) -> None:
    add_grant(engine, "anna", "nsoc", GIVER)
    for person in ("", "bob", "Anna", "anna ", "%"):
        assert viewer_of(engine, person, today_utc()) == Viewer()


def test_a_person_is_all_that_was_granted(engine: Engine) -> None:
    for what in ("riec:limburg", "gemeente:GM0599", "gemeente:GM0983", "auditor"):
        add_grant(engine, "anna", what, GIVER)
    add_grant(engine, "bob", "gegevensbeheerder", GIVER)
    viewer = viewer_of(engine, "anna", today_utc())
    assert viewer.label == "riec:limburg+gemeente:GM0599+gemeente:GM0983+auditor"
    assert viewer_of(engine, "bob", today_utc()) == Viewer(gegevensbeheerder=True)


def test_a_revoked_grant_ends_at_once_and_leaves_the_others(engine: Engine) -> None:
    for what in ("riec:limburg", "gemeente:GM0599"):
        add_grant(engine, "anna", what, GIVER)
    assert revoke_grants(engine, "anna", "riec:limburg", GIVER) == ["riec:limburg"]
    assert viewer_of(engine, "anna", today_utc()).label == "gemeente:GM0599"
    assert revoke_grants(engine, "anna", None, GIVER) == ["gemeente:GM0599"]
    assert viewer_of(engine, "anna", today_utc()) == Viewer()
    with Session(engine) as session:
        assert all(g.revoked_by == "beheerder" for g in session.scalars(select(Grant)))
    add_grant(engine, "anna", "riec:limburg", GIVER)
    assert viewer_of(engine, "anna", today_utc()).label == "riec:limburg"


def test_a_grant_holds_to_the_end_of_its_last_day(engine: Engine) -> None:
    today = today_utc()
    add_grant(engine, "anna", "nsoc", GIVER, until=today + timedelta(days=3))
    assert viewer_of(engine, "anna", today + timedelta(days=3)).nsoc
    assert not viewer_of(engine, "anna", today + timedelta(days=4)).nsoc


@pytest.mark.parametrize(
    ("person", "what", "says"),
    [
        ("anna", "burgemeester", "not a role"),
        ("anna", "nsoc:limburg", "not a role"),
        ("anna", "riec", "not a role"),
        ("anna", "riec:atlantis", "no riec"),
        ("anna", "gemeente:GM9999", "no gemeente"),
        ("anna", "gemeente:GM0599+nsoc", "not a role"),
        ("", "nsoc", "'sub'"),
        ("   ", "nsoc", "'sub'"),
        ("an\nna", "nsoc", "'sub'"),
        ("x" * 300, "nsoc", "'sub'"),
    ],
)
def test_a_wrong_grant_is_refused_and_logged(
    engine: Engine, person: str, what: str, says: str
) -> None:
    with pytest.raises(WeerbeeldError, match=says):
        add_grant(engine, person, what, GIVER)
    assert viewer_of(engine, person, today_utc()) == Viewer()
    ((actor, action, _, result),) = lines(engine)
    assert (actor, action, result) == ("beheerder", "grant add", "refused")


def test_what_is_held_already_or_over_or_not_held_is_refused(engine: Engine) -> None:
    add_grant(engine, "anna", "nsoc", GIVER)
    with pytest.raises(GrantError, match="already holds"):
        add_grant(engine, "anna", "nsoc", GIVER)
    with pytest.raises(GrantError, match="in the past"):
        add_grant(engine, "anna", "auditor", GIVER, until=date(2020, 1, 1))
    with pytest.raises(GrantError, match="It holds: nsoc"):
        revoke_grants(engine, "anna", "auditor", GIVER)
    assert [line[3] for line in lines(engine)] == ["ok", "refused", "refused", "refused"]


def test_every_change_stands_in_the_log_with_who_did_it(engine: Engine) -> None:
    add_grant(engine, "anna", "gemeente:GM0599", GIVER, until=today_utc())
    revoke_grants(engine, "anna", None, GIVER)
    assert lines(engine) == [
        ("beheerder", "grant add", f"anna gemeente:GM0599 until {today_utc()}", "ok"),
        ("beheerder", "grant revoke", "anna gemeente:GM0599", "ok"),
    ]
    assert verify_chain(engine, "audit").broken is None


def test_a_grant_that_cannot_be_logged_is_not_given(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE audit_line"))
    with pytest.raises(WeerbeeldError):
        add_grant(engine, "anna", "nsoc", GIVER)
    with pytest.raises(LogFailedError):
        add_grant(engine, "anna", "koning", GIVER)
    assert viewer_of(engine, "anna", today_utc()) == Viewer()


def test_a_row_that_nobody_could_have_written_gives_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO granted (person, role, area, given_by, given_at)"
                " VALUES ('anna', 'koning', '', 'x', '2026-01-01 00:00:00')"
            )
        )
    with pytest.raises(WeerbeeldError):
        viewer_of(engine, "anna", today_utc())


ROLES = st.sampled_from(
    ["nsoc", "riec:limburg", "gemeente:GM0599", "gemeente:GM0983", "auditor", "gegevensbeheerder"]
)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("ab"), ROLES), max_size=12))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_after_any_changes_a_person_is_what_it_was_granted(
    engine: Engine, changes: list[tuple[bool, str, str]]
) -> None:
    held: dict[str, set[str]] = {"a": set(), "b": set()}
    for person in held:
        if viewer_of(engine, person, today_utc()).roles:
            revoke_grants(engine, person, None, GIVER)
    for add, person, what in changes:
        if add == (what in held[person]):
            with pytest.raises(GrantError):
                (add_grant if add else revoke_grants)(engine, person, what, GIVER)
        elif add:
            add_grant(engine, person, what, GIVER)
            held[person].add(what)
        else:
            revoke_grants(engine, person, what, GIVER)
            held[person].remove(what)
    for person, roles in held.items():
        expected = viewer_named("+".join(roles)) if roles else Viewer()
        assert viewer_of(engine, person, today_utc()) == expected


@given(st.text(max_size=60), st.text(max_size=40))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_gives_a_grant_or_a_clear_refusal(engine: Engine, person: str, what: str) -> None:
    with suppress(WeerbeeldError):
        add_grant(engine, person, what, GIVER)
    assert lines(engine)[-1][1] == "grant add"
    assert verify_chain(engine, "audit").broken is None


def test_the_command_line_gives_lists_and_revokes(tmp_path: Path) -> None:
    assert weerbeeld(tmp_path, "grant", "list").stdout == ""
    given = weerbeeld(tmp_path, "grant", "add", "anna", "riec:limburg", "--until", "2999-12-31")
    assert (given.returncode, given.stderr) == (0, "")
    listed = weerbeeld(tmp_path, "grant", "list").stdout
    assert listed.startswith("anna\triec:limburg\tuntil 2999-12-31\tgiven by ")
    assert "not a role" in refused(tmp_path, "grant", "add", "anna", "koning")
    assert "not a date" in refused(tmp_path, "grant", "add", "anna", "nsoc", "--until", "soon")
    assert weerbeeld(tmp_path, "grant", "revoke", "anna").returncode == 0
    assert weerbeeld(tmp_path, "grant", "list").stdout == ""
    assert "nothing" in refused(tmp_path, "grant", "revoke", "anna")
