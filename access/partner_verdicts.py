"""What partners read of what stands out, by independent partners."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import aliased

from access import queries
from access.door import logged_door
from access.facts import Period
from access.partner_figures import FiguresGateway
from access.passport import Passport
from access.reading import plain_rows
from access.scope import level_number, refuse_level
from access.verdicts import CONTEXT, Heard, Standing, Verdict, Vote, Where, independent, voice_of
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
        asked = self.period(period, level)
        earlier = self._year_before(asked)
        windows = [asked, earlier] if earlier else [asked]
        heard = self._heard(level, windows, within, focus)
        before = earlier.id if earlier else None
        return [
            Verdict(*area[1:], *heard.conclude(area.code, asked.id, before))
            for area in self._areas(level, within)
        ]

    def _heard(
        self,
        level: str,
        windows: Sequence[Period],
        within: str | None,
        focus: str | None,
        *,
        with_context: bool = True,
    ) -> Heard:
        """Return all that the viewer receives of a level in some windows."""
        received = self.granting.passports().values()
        chosen = [p for p in received if level in p.levels and focus in (None, p.focus_area)]
        voting = {p.id: p for p in chosen if p.votes}
        context = {p.id: p for p in chosen if with_context and not p.votes}
        ids = [window.id for window in windows]
        return Heard(
            focus,
            independent(voice_of(passport) for passport in voting.values()),
            self._judging(level, ids, within, voting),
            self._standing(level, ids, within, voting),
            self._beside(level, ids, within, context, every=focus == CONTEXT),
        )

    def _judging(
        self, level: str, windows: list[int], within: str | None, voting: dict[int, Passport]
    ) -> dict[Where, int]:
        """Return of how many independent partners a figure can tell."""
        numbers = func.aggregate_strings(cast(FIGURE.indicator_id, String), ",")
        query = self._of(level, windows, within, voting, numbers).where(FIGURE.vote.is_not(None))
        query = query.group_by(FIGURE.period_id, FIGURE.area_id, stored.Area.code)
        voices = {str(number): voice_of(passport) for number, passport in voting.items()}
        together: dict[str, int] = {}  # the same few sets return in thousands of places
        found: dict[Where, int] = {}
        for window, area, own in plain_rows(self._release, query):
            if own not in together:
                together[own] = independent(voices[number] for number in own.split(","))
            found[window, area] = together[own]
        return found

    def _standing(
        self, level: str, windows: list[int], within: str | None, voting: dict[int, Passport]
    ) -> dict[Where, list[Standing]]:
        """Return what stands out."""
        began = aliased(stored.Period)
        columns = (FIGURE.indicator_id, began.code, FIGURE.low, FIGURE.high)
        query = self._of(level, windows, within, voting, *columns).where(queries.VOTED)
        query = query.join(began, began.id == FIGURE.vote)
        found: defaultdict[Where, list[Standing]] = defaultdict(list)
        for window, area, number, since, low, high in self._by_indicator(query):
            passport = voting[number]
            vote = Vote(passport.code, passport.partners, since)
            found[window, area].append(Standing(vote, voice_of(passport), low, high))
        return dict(found)

    def _beside(
        self,
        level: str,
        windows: list[int],
        within: str | None,
        context: dict[int, Passport],
        *,
        every: bool,
    ) -> dict[Where, list[Vote]]:
        """Return what stands out of the context; ``every``: for each area with such a figure."""
        began = aliased(stored.Period)
        query = self._of(level, windows, within, context, FIGURE.indicator_id, began.code)
        query = query.outerjoin(began, began.id == FIGURE.since)
        query = query.where(FIGURE.smoothed.is_not(None))
        if not every:
            query = query.where(queries.STANDING, FIGURE.since.is_not(None))
        found: defaultdict[Where, list[Vote]] = defaultdict(list)
        for window, area, number, since in self._by_indicator(query):
            own = [Vote(context[number].code, context[number].partners, since)] if since else []
            found[window, area] += own
        return dict(found)

    def _by_indicator(self, query: Select[Any]) -> list[tuple[Any, ...]]:
        """Return rows by their third column; sorted by the database they lead it off its index."""
        return sorted(plain_rows(self._release, query), key=itemgetter(2))

    def _of(
        self,
        level: str,
        windows: list[int],
        within: str | None,
        indicators: Collection[int],
        *columns: Any,  # noqa: ANN401
    ) -> Select[Any]:
        """Return the query of figures that the viewer may read.

        Its columns are the id of the window, the code of the area, and ``columns``.
        """
        return (
            select(FIGURE.period_id, stored.Area.code, *columns)
            .select_from(FIGURE)
            .join(stored.Area, stored.Area.id == FIGURE.area_id)
            .where(FIGURE.level == level_number(level), FIGURE.indicator_id.in_(indicators))
            .where(FIGURE.period_id.in_(windows))
            .where(self.granting.received(level), *self.granting.areas(level, within))
        )

    def _year_before(self, window: Period) -> Period | None:
        """Return the window a year before another, None where the release has none."""
        for period in self.periods(window.kind):
            if period.end.year == window.end.year - 1 and period.end.month == window.end.month:
                return period
        return None
