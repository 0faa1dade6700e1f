"""The gateway of partners (NSOC, RIECs, gemeenten): figures, and what helps to read them."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np
from sqlalchemy import Select

from access import queries
from access.door import logged_door
from access.findings import Group, Pattern, PeerRate, Stability
from access.partner_sums import SumsGateway
from access.reading import rows
from access.scope import level_number
from store import release as stored


class PartnerGateway(SumsGateway):
    """Reads figures, what neighbours and history say of them, and how much they are worth."""

    @logged_door
    def groups(self, code: str, level: str) -> dict[Group, list[Pattern]]:
        """Return groups that together stand out in the last window, each with all of its areas.

        A group of which the viewer may not read every area is left out: it would give the
        others away. Empty for levels and indicators without.
        """
        return self._groups(code, level)

    @logged_door
    def pattern(self, code: str, level: str, area: str) -> Pattern | None:
        """Return what neighbours and history say of one area, None where nothing is known.

        Of its group only where ``groups`` has it.
        """
        query = self._patterns(code, level)
        self.area(level, area)
        for found in rows(self._release, query.where(stored.Area.code == area), queries.pattern):
            whole = found.group is None or found.group in self._groups(code, level)
            return found if whole else replace(found, group=None)
        return None

    def _groups(self, code: str, level: str) -> dict[Group, list[Pattern]]:
        query = self._patterns(code, level).where(stored.Pattern.cluster_size.is_not(None))
        groups: defaultdict[Group, list[Pattern]] = defaultdict(list)
        for found in rows(self._release, query, queries.pattern):
            if found.group:
                groups[found.group].append(found)
        return {group: members for group, members in groups.items() if len(members) == group.size}

    def _patterns(self, code: str, level: str) -> Select[Any]:
        passport, viewer = self.granting.indicator(code, level)
        return queries.patterns().where(
            stored.Pattern.indicator_id == passport.id,
            stored.Pattern.level == level_number(level),
            *self.granting.areas(level, None, viewer),
        )

    @logged_door
    def stability(self, level: str, within: str | None = None) -> list[Stability]:
        """Return how well the rank of each readable area's score holds, in the last window."""
        seen = self.granting.areas(level, within, self.granting.score(level))
        query = queries.stability().where(stored.Stability.level == level_number(level), *seen)
        return rows(self._release, query, Stability)

    @logged_door
    def peer_series(self, code: str, area: str) -> list[PeerRate]:
        """Return the 12-month rates of the peers of a gemeente, oldest first."""
        passport, viewer = self.granting.indicator(code, "gemeente")
        query = queries.peer_figures(area).where(
            stored.Figure.indicator_id == passport.id,
            stored.Figure.period_id.in_([period.id for period in self.periods("year")]),
            *self.granting.areas("gemeente", None, viewer),
        )
        rates: defaultdict[str, list[float]] = defaultdict(list)
        for period, smoothed in rows(self._release, query, lambda *found: found):
            rates[period].append(smoothed)
        quartiles = {p: np.quantile(found, (0.5, 0.25, 0.75)) for p, found in rates.items()}
        return [PeerRate(p, *map(float, found)) for p, found in quartiles.items()]
