"""Gateways: the only code that reads a release or the access store for viewers.

There is one for each task: figures (``access.partner``), looking after what comes in and who may
read it (``access.keeper``) and the audit log (``access.auditor``). None is opened for a viewer
without a role that it is for, and what lies outside a grant raises AccessRefusedError or is simply
not there. Every read of figures, grants or logs and every refusal is in the audit log before it is
answered.
"""

import json
from collections.abc import Callable
from typing import Any, ClassVar

from sqlalchemy import Engine, select

from access.door import Notes, door
from access.facts import Delivery, ReleaseFacts, facts_of
from access.reading import rows, selected
from access.scope import AccessRefusedError
from access.viewer import Role, Viewer
from store import release as stored
from store.kept import kept
from store.row_security import as_seen_by
from store.source_status import SourceStatus

Sources = Callable[[], tuple[SourceStatus, ...]]


def _refuse_others(viewer: Viewer, roles: tuple[Role, ...], what: str) -> None:
    if not viewer.roles & set(roles):
        who = viewer.label or "without a grant"
        raise AccessRefusedError(
            f"The viewer '{who}' may not read {what}: that is for {', '.join(roles)}."
        )


class Gateway:
    """What one viewer reads in one of its roles, during one run of a page or a command."""

    ROLES: ClassVar[tuple[Role, ...]]
    """The roles that it is for."""

    OFFERS: ClassVar[str]
    """What others are refused, as the audit log names it."""

    def __init__(self, viewer: Viewer, notes: Notes) -> None:
        self.viewer = viewer
        self.notes = notes
        try:
            _refuse_others(viewer, self.ROLES, self.OFFERS)
        except AccessRefusedError as error:
            notes.refused(error, self.OFFERS)
            raise


class ReleaseGateway(Gateway):
    """What partners and the keeper both read: where figures come from, and how they are protected.

    ``sources`` says what became of the open sources up to now, beside the release.
    """

    def __init__(self, viewer: Viewer, notes: Notes, release: Engine, sources: Sources) -> None:
        super().__init__(viewer, notes)
        self._release = as_seen_by(release, viewer.label)
        self._of_all = release
        self._sources = sources

    @door
    def facts(self) -> ReleaseFacts:
        """Return what is true of the whole release."""
        return facts_of(self._of_all)

    @door
    def deliveries(self) -> list[Delivery]:
        """Return the deliveries that the release was made of, by kind and partner."""
        model = stored.DeliveryStatus
        query = selected(Delivery, model).order_by(model.kind, model.partner)
        return rows(self._release, query, Delivery)

    @door
    def sources(self) -> tuple[SourceStatus, ...]:
        """Return what became of each open source the last time that it was asked."""
        return self._sources()

    @door
    def attributions(self) -> list[str]:
        """Return the lines that stand on every map and export."""
        query = select(stored.Attribution.line).order_by(stored.Attribution.id)
        return rows(self._release, query, str)

    @door
    def protects(self) -> int:
        """Return k: fewer subjects than this are protected, and never shown."""
        return int(self._noise["k"])

    @property
    def _noise(self) -> dict[str, Any]:
        return _noise_of(self._of_all)


@kept(4)
def _noise_of(release: Engine) -> dict[str, Any]:
    """Return the noise of a release, the same for all viewers: its tables are long to read."""
    query = select(stored.Info.value).where(stored.Info.key == "noise")
    (found,) = rows(release, query, str)
    noise: dict[str, Any] = json.loads(found)
    return noise
