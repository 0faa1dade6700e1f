"""Opens for one viewer the gateways of its roles, and no other."""

from dataclasses import dataclass

from sqlalchemy import Engine

from access.auditor import AuditorGateway
from access.door import Notes
from access.gateway import ReleaseGateway, Sources
from access.keeper import KeeperGateway
from access.partner import PartnerGateway
from access.partner_ground import Streets, no_streets
from access.viewer import Viewer
from store.grants import GrantBook


@dataclass(frozen=True)
class Gateways:
    """What one viewer may open during one run of a page or a command.

    Each raises AccessRefusedError, and the audit log says so, for a viewer without its role. All of
    them share ``notes``: what was logged by one is not logged again by another.
    """

    viewer: Viewer
    notes: Notes
    release: Engine
    grants: GrantBook
    sources: Sources = tuple
    streets: Streets = no_streets

    def partner(self) -> PartnerGateway:
        """Return the gateway to figures, for NSOC, a RIEC or a gemeente."""
        return PartnerGateway(self.viewer, self.notes, self.release, self.sources, self.streets)

    def keeper(self) -> KeeperGateway:
        """Return the gateway to deliveries and grants, for a gegevensbeheerder."""
        return KeeperGateway(self.viewer, self.notes, self.release, self.sources, self.grants)

    def auditor(self) -> AuditorGateway:
        """Return the gateway to the audit log, for an auditor."""
        return AuditorGateway(self.viewer, self.notes, self.grants.log)

    def partner_or_keeper(self) -> ReleaseGateway:
        """Return the gateway to what both may read of a release, whichever of the two it is."""
        return self.keeper() if self.viewer.gegevensbeheerder else self.partner()
