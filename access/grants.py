"""Who was granted what: the organisation's own table, read anew at every request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from access.viewer import Role, Viewer, role_named, viewer_holding
from errors import WeerbeeldError
from store.access import AuditLine, Grant
from store.grants import end_grants, grants_in_force, keep_grant
from store.logs import LogFailedError, audit, audit_line

LONGEST_PERSON = 255


class GrantError(WeerbeeldError):
    """A grant cannot be given or revoked as asked."""


@dataclass(frozen=True)
class Giver:
    """Who changes grants, and from where: what the audit log says of it."""

    actor: str
    origin: str

    def line(self, action: str, what: str) -> AuditLine:
        """Return the line of the audit log about a change."""
        return audit_line(
            action=action, object=what, result="ok", origin=self.origin, actor=self.actor
        )


def today_utc() -> date:
    """Return today, as grants count days."""
    return datetime.now(UTC).date()


@contextmanager
def _refusals_logged(engine: Engine, giver: Giver, action: str, what: str) -> Iterator[None]:
    try:
        yield
    except LogFailedError:
        raise
    except WeerbeeldError:
        audit(
            engine,
            action=action,
            object=what,
            result="refused",
            origin=giver.origin,
            actor=giver.actor,
        )
        raise


def _check_person(person: str) -> None:
    if not (person.strip() and person.isprintable() and len(person) <= LONGEST_PERSON):
        raise GrantError(
            "A person is named by the 'sub' of its account at the sign-in service: "
            f"1 to {LONGEST_PERSON} characters, none of them invisible."
        )


def _check_area(role: Role, area: str) -> None:
    from geo import areas  # reads border files, which the web process does not need

    known = {"riec": areas.riecs, "gemeente": areas.gemeenten}
    if role in known and area not in set(known[role]()["code"]):
        raise GrantError(f"There is no {role} with the code '{area}', so it cannot be granted.")


def written(grant: Grant) -> str:
    """Return what was granted as it is written, e.g. ``riec:limburg``."""
    return f"{grant.role}:{grant.area}" if grant.area else grant.role


def add_grant(
    engine: Engine, person: str, what: str, giver: Giver, until: date | None = None
) -> Grant:
    """Give ``person`` a role, written as ``riec:limburg``; ``until`` is its last day.

    Raises WeerbeeldError, after a line in the audit log, when the person, the role, its area or
    the day is not right, or the person holds the same already.
    """
    with _refusals_logged(engine, giver, "grant add", f"{person} {what}"):
        _check_person(person)
        role, area = role_named(what)
        _check_area(role, area)
        if until is not None and until < today_utc():
            raise GrantError(f"{until} is in the past. Give a last day that is still to come.")
        for held in grants_in_force(engine, today_utc(), person):
            if written(held) == what:
                last = f"until {held.until}" if held.until else "without a last day"
                raise GrantError(f"{person} already holds {what}, {last}. Revoke that first.")
        grant = Grant(
            person=person,
            role=role,
            area=area,
            given_by=giver.actor,
            given_at=datetime.now(UTC),
            until=until,
        )
        last = f" until {until}" if until else ""
        keep_grant(engine, grant, giver.line("grant add", f"{person} {what}{last}"))
    return grant


def revoke_grants(engine: Engine, person: str, what: str | None, giver: Giver) -> list[str]:
    """Revoke one grant of ``person``, or all that are in force; return what was revoked.

    Raises WeerbeeldError, after a line in the audit log, when there is nothing to revoke.
    """
    asked = what or "everything"
    with _refusals_logged(engine, giver, "grant revoke", f"{person} {asked}"):
        held = grants_in_force(engine, today_utc(), person)
        chosen = [grant for grant in held if what in (None, written(grant))]
        if not chosen:
            holds = ", ".join(written(grant) for grant in held) or "nothing"
            raise GrantError(f"{person[:80]} does not hold {asked}. It holds: {holds}.")
        names = [written(grant) for grant in chosen]
        line = giver.line("grant revoke", f"{person} {' '.join(names)}")
        end_grants(engine, [grant.id for grant in chosen], giver.actor, line)
    return names


def viewer_of(engine: Engine, person: str, today: date) -> Viewer:
    """Return the viewer that ``person`` is on ``today``; who was granted nothing sees nothing."""
    rows = grants_in_force(engine, today, person) if person else []
    return viewer_holding([role_named(written(grant)) for grant in rows])
