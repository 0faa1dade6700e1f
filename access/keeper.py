"""What a gegevensbeheerder reads: deliveries, sources and grants, and never a figure."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import Engine

from access.door import Notes, door
from access.gateway import ReleaseGateway, Sources
from access.grants import today_utc
from access.viewer import Role, Viewer
from store.grant_changes import grants_in_force
from store.grants import GrantBook


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant in force: the role of a person, and its area ('' for a role without one).

    ``organisation`` is for whom, ``purpose`` what for and on what legal ground, ``until`` its last
    day. ``given_by`` is the account that gave it; ``confirmed_by`` the second person, where the
    role asks for one; ``alone`` says why none confirmed it.
    """

    person: str
    role: str
    area: str
    organisation: str
    purpose: str
    until: date
    given_by: str
    given_on: date
    confirmed_by: str | None
    alone: str


class KeeperGateway(ReleaseGateway):
    """Reads what a gegevensbeheerder looks after."""

    ROLES: ClassVar[tuple[Role, ...]] = ("gegevensbeheerder",)
    OFFERS = "grants"

    def __init__(
        self, viewer: Viewer, notes: Notes, release: Engine, sources: Sources, grants: GrantBook
    ) -> None:
        super().__init__(viewer, notes, release, sources)
        self._grants = grants

    @door
    def grants(self) -> list[HeldGrant]:
        """Return the grants in force, by person and role."""
        self.notes.note("read", "grants", "ok")
        return [
            HeldGrant(
                g.person, g.role, g.area, g.organisation, g.purpose, g.until, g.given_by,
                g.given_at.date(), g.confirmed_by, g.alone,
            )
            for g in grants_in_force(self._grants, today_utc())
        ]  # fmt: skip
