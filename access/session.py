"""Opens the current release for whoever looks: somebody who signed in, or an example viewer.

Knows no more of an installation than its releases and its access store.
"""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from sqlalchemy import Engine

from access.door import Notes
from access.facts import ReleaseFacts, facts_of
from access.gateway import Sources
from access.gateways import Gateways
from access.grants import today_utc, viewer_with
from access.partner_ground import Streets
from access.scope import AccessRefusedError
from access.unsigned import Write
from access.viewer import viewer_named
from geo.streets.file import open_streets
from store.access import open_access
from store.grant_changes import sessions_end, told_apart
from store.grants import GrantBook, read_grants
from store.home import Served
from store.logs import Result, audit
from store.served import open_current
from store.source_status import read_statuses

Environment = Literal["local", "production"]
WEB = "dashboard"


@dataclass(frozen=True)
class Logbook:
    """The audit log as one person writes it from one place."""

    engine: Engine
    actor: str
    origin: str

    def __call__(self, action: str, what: str, result: Result) -> None:
        """Write a line; LogFailedError when that fails."""
        audit(
            self.engine,
            action=action,
            object=what,
            result=result,
            origin=self.origin,
            actor=self.actor,
        )


@lru_cache(maxsize=4)
def _access(served: Served) -> Engine:
    return open_access(served)


@lru_cache(maxsize=4)
def _kept_grants(served: Served) -> GrantBook:
    return read_grants(served, _access(served))


def _grants(served: Served) -> GrantBook:
    """Return the grants; kept open once there are any."""
    there = bool(served.database) or served.grants_db.exists()
    return _kept_grants(served) if there else read_grants(served, _access(served))


def sessions_ended(served: Served, person: str) -> float:
    """Return the moment (Unix seconds) before which no sign-in of ``person`` holds any more."""
    moment = sessions_end(_grants(served), person)
    return moment.timestamp() if moment else 0.0


def grounds(served: Served, person: str) -> str:
    """Return for which organisations and purposes ``person`` may look, for the log."""
    held = told_apart(_grants(served), today_utc(), person)[0]
    return "; ".join(dict.fromkeys(f"{g.organisation}, {g.purpose}" for g in held))


def _sources(served: Served) -> Sources:
    return partial(read_statuses, served)


def _streets(served: Served) -> Streets:
    return partial(open_streets, served.streets)


def logbook(served: Served, actor: str, origin: str = WEB) -> Logbook:
    """Return what writes the audit log for ``actor``: sign-ins and exports, for example.

    ``origin`` says from where: the dashboard, the console, a route.
    """
    return Logbook(_access(served), actor, origin)


def signed_in_gateways(served: Served, person: str, *, origin: str = WEB) -> Gateways:
    """Return the gateways of somebody who signed in; ``person`` is the ``sub`` of the account.

    The viewer is what the grants in force say now: without any it may read nothing, and that it
    came is logged as refused.
    """
    log, book = logbook(served, person, origin), _grants(served)
    held, seeming = told_apart(book, today_utc(), person) if person else ([], [])
    viewer, notes = viewer_with(held), Notes(log)
    gateways = Gateways(
        viewer, notes, open_current(served), book, _sources(served), _streets(served)
    )
    for grant in seeming:
        notes.note("enter", f"grant {grant.id}, which no line of the log gives", "refused")
    if not viewer.roles:
        gateways.notes.note("enter", "no grant in force", "refused")
    return gateways


def facts_before_entering(served: Served) -> ReleaseFacts:
    """Return what is true of the current release, for the page on which one chooses a viewer.

    WeerbeeldError when there is no release.
    """
    return facts_of(open_current(served))


def example_gateways(
    served: Served,
    viewer: str,
    *,
    env: Environment,
    actor: str | None = None,
    origin: str = WEB,
    write: Write | None = None,
) -> Gateways:
    """Return the gateways of an example viewer written as in ``viewer_named``.

    ``actor`` is who looks as that viewer, if known; ``write`` writes the log in its stead. Raises
    AccessRefusedError in production and when any delivery in the release is real, and
    WeerbeeldError when there is no release or no such viewer.
    """
    wanted = viewer_named(viewer)
    log = write or logbook(served, actor or f"example {wanted.label}", origin)
    release = open_current(served)
    gateways = Gateways(
        wanted, Notes(log), release, _grants(served), _sources(served), _streets(served)
    )
    try:
        _refuse_unless_example(env, public=facts_of(release).public)
        _refuse_unknown_areas(gateways)
    except AccessRefusedError as error:
        if not error.noted:
            log("enter", f"example viewer {wanted.label}", "refused")
        raise
    return gateways


def _refuse_unless_example(env: Environment, *, public: bool) -> None:
    if env == "production":
        raise AccessRefusedError(
            "There are no example viewers in production (WEERBEELD_ENV). Sign in instead."
        )
    if not public:
        raise AccessRefusedError(
            "Example viewers exist only while every delivery is invented or a public figure, and "
            "this release holds real ones. Sign in instead."
        )


def _refuse_unknown_areas(gateways: Gateways) -> None:
    viewer = gateways.viewer
    for level, codes in {"riec": viewer.riecs, "gemeente": viewer.gemeenten}.items():
        for code in codes:
            gateways.partner().area(level, code)
