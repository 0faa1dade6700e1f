"""Judges what a reader asks for by name, in a link or through a widget, before a page uses it.

A page falls back on what it may show. That it was asked for more must not go unnoticed.
"""

from typing import Literal

from sqlalchemy import and_, or_, select

from access.door import door
from access.partner_figures import SCORE
from access.partner_verdicts import VerdictsGateway
from access.reading import rows
from access.scope import AccessRefusedError, refuse_level, visible
from access.verdicts import VERDICTS
from errors import WeerbeeldError
from store import release as stored

Asked = Literal["own", "area", "level", "indicator"]
"""An area of one's own grant, or of any level; a level; an indicator, the score or verdicts."""


class AskedGateway(VerdictsGateway):
    """Answers whether a reader may ask for something."""

    @door
    def asked(self, what: Asked, name: str) -> None:
        """Return when the viewer may ask for what has this name; else AccessRefusedError.

        What does not exist is refused alike, so that the answer gives nothing away.
        """
        may = {
            "own": self._is_own,
            "area": self._is_area,
            "level": self._is_level,
            "indicator": self._is_indicator,
        }
        if not may[what](name):
            raise AccessRefusedError(f"There is no {what} '{name}' for this viewer.")

    def _is_own(self, code: str) -> bool:
        viewer = self.viewer
        held = or_(
            stored.Area.code.in_(sorted(viewer.gemeenten | viewer.riecs)),
            stored.Area.riec.in_(sorted(viewer.riecs)),
        )
        wide = ("nederland",) if viewer.nsoc else ()
        levels = [stored.LEVEL_NUMBERS[level] for level in (*wide, "riec", "gemeente")]
        query = select(stored.Area.id).where(
            stored.Area.code == code, stored.Area.level.in_(levels)
        )
        return bool(rows(self._release, query if viewer.nsoc else query.where(held), int))

    def _is_area(self, code: str) -> bool:
        seen = or_(
            *(
                and_(stored.Area.level == number, visible(self.viewer, level))
                for level, number in stored.LEVEL_NUMBERS.items()
            )
        )
        return bool(
            rows(self._release, select(stored.Area.id).where(stored.Area.code == code, seen), int)
        )

    def _is_level(self, level: str) -> bool:
        try:
            refuse_level(self.viewer, level)
        except WeerbeeldError:
            return False
        return True

    def _is_indicator(self, code: str) -> bool:
        if code == SCORE:
            return any(self.scored(level) for level in stored.LEVEL_NUMBERS)
        if code == VERDICTS:
            return True  # of what the viewer receives, whatever that is
        return code in self.passports()
