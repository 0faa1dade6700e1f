"""What one viewer may read of a release: its grant, the indicators' recipients and their levels.

A grant as one kind of recipient opens only the indicators meant for that kind: who is a RIEC and a
municipality reads an indicator for RIECs in its region, not in its municipality elsewhere.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, or_

from access.passport import Passport
from access.scope import AccessRefusedError, level_number, refuse_level, visible
from access.viewer import Viewer
from store import release as stored


class Granting:
    """Decides for one viewer, from the passports of one release."""

    def __init__(self, viewer: Viewer, passports: Sequence[Passport]) -> None:
        self._viewer = viewer
        self._every = passports
        receives = viewer.receives
        self._received = {p.code: p for p in passports if receives & set(p.recipients)}

    def passports(self) -> dict[str, Passport]:
        """Return the passports of the indicators that the viewer receives, by code."""
        return self._received

    def passport(self, code: str, level: str | None = None) -> Passport:
        """Return one passport; refused when the indicator or the level is not for the viewer."""
        received = self.passports()
        if code not in received:
            raise AccessRefusedError(
                f"There is no indicator '{code}' for this viewer. Known: {', '.join(received)}."
            )
        if level is not None and level not in received[code].levels:
            raise AccessRefusedError(
                f"{code} is not published at level {level}. "
                f"Its levels are: {', '.join(received[code].levels)}."
            )
        return received[code]

    def indicator(self, code: str, level: str) -> tuple[Passport, Viewer]:
        """Return a passport and the part of the viewer that it is meant for, or refuse."""
        refuse_level(self._viewer, level)
        passport = self.passport(code, level)
        viewer = self.as_recipient(passport)
        refuse_level(viewer, level)
        return passport, viewer

    def score(self, level: str) -> Viewer:
        """Return the part of the viewer that the score of a level is meant for, or refuse."""
        refuse_level(self._viewer, level)
        viewer = self.as_scored(level)
        if not self._makes_score(level):
            raise AccessRefusedError(
                f"There is no score at level {level}: it would be made of nothing, because no "
                "indicator that counts in it has data there yet. Read the indicators instead."
            )
        if not viewer.receives:
            raise AccessRefusedError(
                f"The score at level {level} counts signals that are not meant for the viewer "
                f"'{self._viewer.label}', so it would give them away. Read the indicators instead."
            )
        refuse_level(viewer, level)
        return viewer

    def as_recipient(self, passport: Passport) -> Viewer:
        """Return the part of the viewer that an indicator is meant for."""
        return self._viewer.only_as(frozenset(passport.recipients))

    def as_scored(self, level: str) -> Viewer:
        """Return the part of the viewer that receives all that goes into the score of a level.

        To others the score, and how it is made up, would give away an indicator not meant for them.
        Nobody receives a score that is made of nothing.
        """
        parts = self._makes_score(level)
        if not parts:
            return Viewer()
        return self._viewer.only_as(frozenset(self._viewer.receives).intersection(*parts))

    def _makes_score(self, level: str) -> list[set[str]]:
        """Return for whom each indicator is meant that goes into the score of a level."""
        return [set(p.recipients) for p in self._every if p.scored and level in p.levels]

    def received(self, level: str) -> ColumnElement[bool]:
        """Return the condition on Figure and Area for all indicators of a level together."""
        numbers: dict[Viewer, list[int]] = {}
        for passport in self.passports().values():
            if level in passport.levels:
                numbers.setdefault(self.as_recipient(passport), []).append(passport.id)
        return or_(
            false(),
            *(
                and_(stored.Figure.indicator_id.in_(sorted(ids)), visible(viewer, level))
                for viewer, ids in numbers.items()
            ),
        )

    def scored(self, level: str) -> ColumnElement[bool]:
        """Return the condition on Area that the score of a level may be read there."""
        return visible(self.as_scored(level), level)

    def areas(
        self, level: str, within: str | None = None, viewer: Viewer | None = None
    ) -> list[ColumnElement[bool]]:
        """Return the conditions on Area for a level: ``within`` a RIEC or gemeente code.

        With ``viewer`` only what that part of the viewer may read.
        """
        seen = visible(viewer or self._viewer, level)
        conditions = [stored.Area.level == level_number(level), seen]
        if within:
            inside = stored.Area.gemeente if within.startswith("GM") else stored.Area.riec
            conditions.append(inside == within)
        return conditions
