"""What a gegevensbeheerder reads: deliveries, sources and grants, and never a figure."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import Engine

from access.door import Notes, door
from access.gateway import ReleaseGateway, Sources
from access.grants import today_utc
from access.viewer import Role, Viewer
from store.grants import grants_in_force


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant in force: the role of a person, and its area ('' for a role without one).

    ``until`` is its last day, None when it has none; ``given_by`` the account that gave it.
    """

    person: str
    role: str
    area: str
    until: date | None
    given_by: str
    given_on: date


class KeeperGateway(ReleaseGateway):
    """Reads what a gegevensbeheerder looks after."""

    ROLES: ClassVar[tuple[Role, ...]] = ("gegevensbeheerder",)
    OFFERS = "grants"

    def __init__(
        self, viewer: Viewer, notes: Notes, release: Engine, sources: Sources, access: Engine
    ) -> None:
        super().__init__(viewer, notes, release, sources)
        self._access = access

    @door
    def grants(self) -> list[HeldGrant]:
        """Return the grants in force, by person and role."""
        self.notes.note("read", "grants", "ok")
        return [
            HeldGrant(g.person, g.role, g.area, g.until, g.given_by, g.given_at.date())
            for g in grants_in_force(self._access, today_utc())
        ]
