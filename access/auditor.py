"""What an auditor reads: the lines of the audit log, and whether its chain holds."""

from typing import ClassVar, Literal

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import InstrumentedAttribute

from access.audit_lines import MOST_LINES, Checked, LinesOfDay, LoggedLine, Wanted, checked
from access.audit_views import VIEW, LoggedView, grouped
from access.door import Notes, door
from access.gateway import Gateway
from access.reading import rows, selected
from access.viewer import Role, Viewer
from store.access import AuditLine


class AuditorGateway(Gateway):
    """Reads the audit log, and nothing of any release."""

    ROLES: ClassVar[tuple[Role, ...]] = ("auditor",)
    OFFERS = "audit log"

    def __init__(self, viewer: Viewer, notes: Notes, access: Engine) -> None:
        super().__init__(viewer, notes)
        self._access = access

    @door
    def lines(self, wanted: Wanted) -> list[LoggedLine]:
        """Return the newest lines, the last one first; MOST_LINES at most."""
        self._note()
        query = selected(LoggedLine, AuditLine).where(*wanted.conditions())
        query = query.order_by(AuditLine.sequence.desc()).limit(MOST_LINES)
        return rows(self._access, query, LoggedLine)

    @door
    def views(self, wanted: Wanted) -> list[LoggedView]:
        """Return the looks at pages in which the lines were, the last one first."""
        looks = Wanted(wanted.first, wanted.last, wanted.actor, action=VIEW)
        return grouped(self.lines(wanted), self.lines(looks))

    @door
    def per_day(self, wanted: Wanted) -> list[LinesOfDay]:
        """Return how many lines there are per day and result, the first day first."""
        self._note()
        day = func.substr(AuditLine.at, 1, 10)
        query = (
            selected(LinesOfDay, AuditLine, day=day, lines=func.count())
            .where(*wanted.conditions())
            .group_by("day", AuditLine.result)
            .order_by("day", AuditLine.result)
        )
        return rows(self._access, query, LinesOfDay)

    @door
    def values(self, name: Literal["actor", "action", "result"]) -> list[str]:
        """Return the distinct values of a column, in order."""
        self._note()
        column: InstrumentedAttribute[str] = getattr(AuditLine, name)
        return rows(self._access, select(column).distinct().order_by(column), str)

    @door
    def checked(self) -> Checked:
        """Return the chain as verified from the first line on, some minutes ago at most."""
        self._note()
        return checked(self._access)

    def _note(self) -> None:
        self.notes.note("read", self.OFFERS, "ok")
