"""What lies under and over the figures of a map: public, the same for everybody who may look."""

from access.door import door
from access.partner_maps import MapsGateway
from geo.ground import Ground, shipped_ground


class GroundGateway(MapsGateway):
    """Reads the ground of maps. None of it is a figure, so reading it leaves no line in the log."""

    @door
    def ground(self) -> Ground:
        """Return land abroad, roads, railways and places abroad."""
        return shipped_ground()
