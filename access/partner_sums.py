"""What partners read of several places taken together."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import select

from access.door import logged_door
from access.facts import Period
from access.figures import Figure
from access.partner_evidence import EvidenceGateway
from access.passport import Passport
from access.reading import rows
from access.scope import AccessRefusedError
from access.together import (
    LEAST_PLACES,
    MOST_PLACES,
    NEVER_ADDED,
    OPEN,
    Protection,
    Together,
    together,
)
from errors import WeerbeeldError
from store import release as stored
from store.evidence.of_records import Behind, Completeness


class SumsGateway(EvidenceGateway):
    """Adds up what is shown of places that the viewer may read one by one."""

    @logged_door
    def sum_of(
        self, code: str, level: str, areas: Sequence[str], period: str | None = None
    ) -> Together:
        """Return the sum of the figures of different areas of a level in a period, and its rate.

        WeerbeeldError for fewer than LEAST_PLACES, more than MOST_PLACES, and an indicator that is
        never added; AccessRefusedError when the indicator or an area is not for the viewer.
        """
        codes = sorted(set(areas))
        _refuse_number(len(codes))
        passport, viewer = self.granting.indicator(code, level)
        if passport.counting in NEVER_ADDED:
            raise WeerbeeldError(
                f"Figures of {code} are not added up: what it shows of places holds the same "
                "declarations or follows from other figures. Compare the places one by one."
            )
        seen = (*self.granting.areas(level, None, viewer), stored.Area.code.in_(codes))
        known = set(rows(self._release, select(stored.Area.code).where(*seen), str))
        for unknown in (area for area in codes if area not in known):
            raise AccessRefusedError(f"There is no {level} '{unknown}' within this viewer's grant.")
        asked = self.period(period, level)
        query = self._in_period(level, asked.code, passport)
        figures = rows(self._release, query.where(*seen), Figure)
        none = Together(code, level, asked.code, len(codes))
        return together(none, passport, figures, self._protection(passport, level, asked))

    def _protection(self, passport: Passport, level: str, period: Period) -> Protection:
        """Return what is published of how the figures of an indicator deviate."""
        complete = next(
            (
                row.share
                for row in self.evidence(Completeness)
                if (row.indicator, row.period) == (passport.code, period.code)
                and row.partner is None
                and row.completed
            ),
            1.0,
        )
        if passport.open:
            return replace(OPEN, complete=complete)
        behind = next(
            (
                row.deviation
                for row in self.evidence(Behind)
                if (row.indicator, row.level, row.period) == (passport.code, level, period.code)
            ),
            0.0,
        )
        kind = "year" if passport.counting == "stock" else period.kind
        table = np.array(self._deviations(level, kind))
        return Protection(table, self.protects(), complete, behind)


def _refuse_number(places: int) -> None:
    if not LEAST_PLACES <= places <= MOST_PLACES:
        raise WeerbeeldError(
            f"{places} places were asked for together. Choose {LEAST_PLACES} to {MOST_PLACES} "
            "different places of one level."
        )
