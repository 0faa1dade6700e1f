"""What lies under and over the figures of a map: public, the same for everybody who may look."""

from collections.abc import Callable

from sqlalchemy import Engine

from access.door import Notes, door
from access.gateway import Sources
from access.partner_maps import MapsGateway
from access.viewer import Viewer
from geo.ground import Ground, shipped_ground
from geo.streets.file import StreetFile, StreetsAbout

Streets = Callable[[], StreetFile | None]
"""Opens the streets that are installed, if any are."""


def no_streets() -> None:
    """Say that no streets are installed."""


class GroundGateway(MapsGateway):
    """Reads the ground of maps. None of it is a figure, so reading it leaves no line in the log."""

    def __init__(
        self,
        viewer: Viewer,
        notes: Notes,
        release: Engine,
        sources: Sources,
        streets: Streets = no_streets,
    ) -> None:
        super().__init__(viewer, notes, release, sources)
        self._streets = streets

    @door
    def ground(self) -> Ground:
        """Return land abroad, roads, railways and places abroad."""
        return shipped_ground()

    @door
    def streets(self) -> StreetsAbout | None:
        """Return whose the installed streets are and how many; None where none are installed."""
        found = self._streets()
        return found.about if found else None

    @door
    def street_tile(self, x: int, y: int) -> bytes | None:
        """Return the streets of a tile, JSON in gzip; None where there are none."""
        found = self._streets()
        return found.tile(x, y) if found else None
