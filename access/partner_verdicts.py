"""What partners read of what stands out, by independent partners."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from access.door import logged_door
from access.facts import Period
from access.partner_figures import FiguresGateway
from access.passport import Passport
from access.reading import rows
from access.scope import level_number, refuse_level
from access.verdicts import (
    CONTEXT,
    Standing,
    Verdict,
    Vote,
    change_of,
    independent,
    sureness_of,
    voice_of,
)
from store import release as stored

FIGURE = stored.Figure


class VerdictsGateway(FiguresGateway):
    """Puts the votes of the indicators that a viewer receives together, place by place."""

    @logged_door
    def verdicts(
        self,
        level: str,
        period: str | None = None,
        within: str | None = None,
        focus: str | None = None,
    ) -> list[Verdict]:
        """Return what stands out in each readable area of a level, by name of the area.

        ``focus``: of the indicators of one focus area; for ``context`` those without a vote.
        """
        refuse_level(self.viewer, level)
        received = self.granting.passports().values()
        chosen = [p for p in received if level in p.levels and focus in (None, p.focus_area)]
        voting = {p.id: p for p in chosen if p.votes}
        asked = self.period(period, level)
        earlier = self._year_before(asked)
        judging = self._judging(level, asked, within, voting)
        now = self._standing(level, asked, within, voting)
        then = self._standing(level, earlier, within, voting)
        known = independent(voice_of(passport) for passport in voting.values())
        beside = self._beside(level, asked, within, {p.id: p for p in chosen if not p.votes})
        found = []
        for area in self._areas(level, within):
            judged, standing, before = judging[area.code], now[area.code], then[area.code]
            partners = independent(one.voice for one in standing)
            sure = sureness_of(partners, judged, known)
            context = beside.get(area.code)
            if focus == CONTEXT:
                sure = "too_little" if context is None else "context" if context else "nothing"
            change = None
            if earlier is not None:
                past = sureness_of(independent(one.voice for one in before), judged, known)
                change = change_of((sure, standing), (past, before))
            votes = tuple(one.vote for one in standing)
            found.append(Verdict(*area[1:], sure, partners, votes, tuple(context or ()), change))
        return found

    def _judging(
        self, level: str, period: Period, within: str | None, voting: dict[int, Passport]
    ) -> dict[str, int]:
        """Return of how many independent partners a figure can tell, by code of the area."""
        query = self._of(level, within, voting, FIGURE.indicator_id)
        query = query.where(FIGURE.period_id == period.id, FIGURE.vote.is_not(None))
        numbers: defaultdict[str, set[int]] = defaultdict(set)
        for area, number in rows(self._release, query, lambda *found: found):
            numbers[area].add(number)
        judging = {
            area: independent(voice_of(voting[number]) for number in own)
            for area, own in numbers.items()
        }
        return defaultdict(int, judging)

    def _standing(
        self, level: str, period: Period | None, within: str | None, voting: dict[int, Passport]
    ) -> dict[str, list[Standing]]:
        """Return what stands out in a window, by code of the area; nothing without a window."""
        found: defaultdict[str, list[Standing]] = defaultdict(list)
        if period is None:
            return found
        began = aliased(stored.Period)
        query = self._of(
            level, within, voting, FIGURE.indicator_id, began.code, FIGURE.low, FIGURE.high
        )
        query = query.join(began, began.id == FIGURE.vote).order_by(FIGURE.indicator_id)
        query = query.where(FIGURE.period_id == period.id, FIGURE.vote > 0)
        for area, number, since, low, high in rows(self._release, query, lambda *found: found):
            passport = voting[number]
            vote = Vote(passport.code, passport.partners, since)
            found[area].append(Standing(vote, voice_of(passport), low, high))
        return found

    def _beside(
        self, level: str, period: Period, within: str | None, context: dict[int, Passport]
    ) -> dict[str, list[Vote]]:
        """Return what stands out of the context, by code of each area with such a figure."""
        began = aliased(stored.Period)
        query = self._of(level, within, context, FIGURE.indicator_id, began.code)
        query = query.outerjoin(began, began.id == FIGURE.since).order_by(FIGURE.indicator_id)
        query = query.where(FIGURE.period_id == period.id, FIGURE.smoothed.is_not(None))
        found: defaultdict[str, list[Vote]] = defaultdict(list)
        for area, number, since in rows(self._release, query, lambda *found: found):
            own = [Vote(context[number].code, context[number].partners, since)] if since else []
            found[area] += own
        return found

    def _of(
        self,
        level: str,
        within: str | None,
        indicators: Collection[int],
        *columns: Any,  # noqa: ANN401
    ) -> Select[Any]:
        """Return the query of figures that the viewer may read: code of the area, and columns."""
        return (
            select(stored.Area.code, *columns)
            .select_from(FIGURE)
            .join(stored.Area, stored.Area.id == FIGURE.area_id)
            .where(FIGURE.level == level_number(level), FIGURE.indicator_id.in_(indicators))
            .where(self.granting.received(level), *self.granting.areas(level, within))
        )

    def _year_before(self, window: Period) -> Period | None:
        """Return the window a year before another, None where the release has none."""
        for period in self.periods(window.kind):
            if period.end.year == window.end.year - 1 and period.end.month == window.end.month:
                return period
        return None
