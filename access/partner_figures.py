"""What partners read of figures and scores."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from access import queries
from access.door import door, logged_door
from access.facts import Area
from access.figures import Figure, Score
from access.filling import AROUND, Row, around, fill
from access.partner_places import BY_NAME, PlacesGateway
from access.passport import Passport
from access.reading import rows
from access.scope import level_number, refuse_level
from access.viewer import Viewer
from store import release as stored

SCORE = "score"
"""Asks for the limits of the score, where others are asked by the code of their indicator."""

Only = Callable[[str], list[ColumnElement[bool]]]
"""The conditions on the areas of a level."""

SCORE_NUMBER = 0
"""Whose limits those of the score are: no indicator has this id."""


class FiguresGateway(PlacesGateway):
    """Reads figures for those whom an indicator is meant for, and scores for who may read all."""

    @logged_door
    def figures(
        self,
        code: str,
        level: str,
        period: str | None = None,
        within: str | None = None,
        area: str | None = None,
    ) -> list[Figure]:
        """Return the figures of an indicator at a level in a period: one per readable area.

        By code of the area; with ``area`` only that one. Where too little was counted, a larger
        area's figure stands there.
        """
        passport, viewer = self.granting.indicator(code, level)
        only = self._only(level, area)

        def read(at: str) -> list[Figure]:
            meant = viewer if at in passport.levels else Viewer()
            seen = [*self.granting.areas(at, within, meant), *only(at)]
            query = self._in_period(at, period, passport)
            return rows(self._release, query.where(*seen).order_by(stored.Area.code), Figure)

        return self._filled(read, passport.id, level, within, viewer, only)

    @logged_door
    def series(self, code: str, level: str, area: str, kind: str = "year") -> list[Figure]:
        """Return the figures of one area over all periods of a kind, oldest first."""
        passport, viewer = self.granting.indicator(code, level)
        self.area(level, area)
        query = (
            self._query(level, passport)
            .where(stored.Figure.period_id.in_([period.id for period in self.periods(kind)]))
            .where(*self.granting.areas(level, None, viewer), stored.Area.code == area)
            .order_by(stored.Figure.period_id)
        )
        return rows(self._release, query, Figure)

    @logged_door
    def profile(self, level: str, area: str, period: str | None = None) -> list[Figure]:
        """Return the figures of all indicators of one area in a period, by indicator."""
        refuse_level(self.viewer, level)
        self.area(level, area)
        query = (
            self._in_period(level, period)
            .where(self.granting.received(level))
            .where(*self.granting.areas(level), stored.Area.code == area)
            .order_by(stored.Figure.indicator_id)
        )
        return rows(self._release, query, Figure)

    @logged_door
    def profiles(self, level: str, area: str) -> dict[str, list[Figure]]:
        """Return the figures of one area in all 12-month windows, oldest first, by indicator."""
        refuse_level(self.viewer, level)
        self.area(level, area)
        query = (
            self._query(level)
            .where(stored.Figure.period_id.in_([period.id for period in self.periods("year")]))
            .where(self.granting.received(level))
            .where(*self.granting.areas(level), stored.Area.code == area)
            .order_by(stored.Figure.indicator_id, stored.Figure.period_id)
        )
        found: dict[str, list[Figure]] = {}
        for figure in rows(self._release, query, Figure):
            found.setdefault(figure.indicator, []).append(figure)
        return found

    @logged_door
    def standing_out(
        self, level: str, period: str | None = None, within: str | None = None
    ) -> list[Figure]:
        """Return every figure that stands out, by name of the area (neutral order)."""
        refuse_level(self.viewer, level)
        since = queries.stands_since(queries.voting(self.granting.passports().values()))
        query = (
            self._in_period(level, period)
            .where(self.granting.received(level), queries.STANDING, since.is_not(None))
            .where(*self.granting.areas(level, within))
            .order_by(*BY_NAME, stored.Figure.indicator_id)
        )
        return rows(self._release, query, Figure)

    @door
    def indicators_at(
        self, level: str, period: str | None = None, within: str | None = None
    ) -> list[str]:
        """Return the codes of the indicators with a figure of some readable area of a level.

        Figures that larger areas lend do not count.
        """
        refuse_level(self.viewer, level)
        figure = stored.Figure
        there = (
            select(figure.area_id)
            .join(stored.Area, stored.Area.id == figure.area_id)
            .where(figure.indicator_id == stored.Passport.id, figure.level == level_number(level))
            .where(figure.period_id == self.period(period, level).id)
            .where(self.granting.received(level), *self.granting.areas(level, within))
            .exists()
        )
        query = select(stored.Passport.code).where(there).order_by(stored.Passport.id)
        return rows(self._release, query, str)

    @door
    def scored(self, level: str) -> bool:
        """Return whether this viewer receives all that the score of a level is made of."""
        return bool(self.granting.as_scored(level).receives)

    @logged_door
    def scores(
        self,
        level: str,
        period: str | None = None,
        within: str | None = None,
        area: str | None = None,
    ) -> list[Score]:
        """Return the composite score of each readable area, by code; of ``area`` only, if given.

        Only for those who receive every indicator that it is made of. A larger area's score stands
        where there is none, as in ``figures``.
        """
        viewer = self.granting.score(level)
        only = self._only(level, area)

        def read(at: str) -> list[Score]:
            meant = viewer.only_as(frozenset(self.granting.as_scored(at).receives))
            query = queries.scores(at, self.period(period, at).id)
            seen = [*self.granting.areas(at, within, meant), *only(at)]
            return rows(self._release, query.where(*seen), Score)

        return self._filled(read, SCORE_NUMBER, level, within, viewer, only)

    @door
    def breaks(self, code: str, level: str, kind: str = "year") -> list[float]:
        """Return the upper limits of a map's classes; ``code`` is an indicator or SCORE.

        ``kind`` is that of the periods, or ``count``: then those of plain counts, [] unless a map
        of the level shows counts.
        """
        if code == SCORE:
            self.granting.score(level)
            return self._limits(SCORE_NUMBER, level, kind)
        passport, _ = self.granting.indicator(code, level)
        return self._limits(passport.id, level, kind)

    def _query(self, level: str, passport: Passport | None = None) -> Select[Any]:
        """Return the query of figures at a level: of one indicator, or of all that there are."""
        every = self.granting.passports().values()
        read = queries.reckoning([passport] if passport else every)
        query = queries.figures(level, read, self.granting.as_scored(level))
        return query.where(stored.Figure.indicator_id == passport.id) if passport else query

    def _in_period(
        self, level: str, period: str | None, passport: Passport | None = None
    ) -> Select[Any]:
        query = self._query(level, passport)
        return query.where(stored.Figure.period_id == self.period(period, level).id)

    def _filled(
        self,
        read: Callable[[str], list[Row]],
        number: int,
        level: str,
        within: str | None,
        viewer: Viewer,
        only: Only,
    ) -> list[Row]:
        """Return what ``read`` finds at a level, lent by larger areas where it finds nothing."""
        areas: list[Area] = []
        if level in AROUND:
            seen = [*self.granting.areas(level, within, viewer), *only(level)]
            areas = rows(self._release, queries.areas(level).where(*seen), Area)
        return fill(read(level), areas, level, read, self._limits(number, level, "year"))

    def _only(self, level: str, area: str | None) -> Only:
        """Return the conditions for one area, and at larger levels for those around it."""
        if area is None:
            return lambda _: []
        own = self.area(level, area)
        return lambda at: [stored.Area.code == (area if at == level else around([own], at)[0])]

    def _limits(self, number: int, level: str, kind: str) -> list[float]:
        query = select(stored.Breaks.limits).where(
            stored.Breaks.indicator_id == number,
            stored.Breaks.level == level_number(level),
            stored.Breaks.kind == kind,
        )
        for limits in rows(self._release, query, list[float]):
            return limits
        return []
