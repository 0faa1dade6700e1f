"""Gather figures of areas: what can be taken is taken, what cannot is counted by reason."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from geo.areas import COUNTRY, gemeenten
from opendata._contract import COLUMNS, Brought, SourceFailedError
from opendata._periods import Period
from records.figures import PUBLIC, TEST_ONLY

LEVELS = {"GM": "gemeente", "WK": "wijk", "BU": "buurt", "NL": "nederland"}

FORMS = {
    "gemeente": r"GM\d{4}",
    "wijk": r"WK\d{4}[0-9A-Z]{2}",
    "buurt": r"BU\d{4}[0-9A-Z]{4}",
    "nederland": r"NL0[01]",
}

MISSING = (-99_997, -99_995, -99_999_999)
"""Values that CBS writes for what is secret, unknown or does not occur."""

NO_FIGURE = "no figure published"
MISSING_CODE = "a code for a missing value"
NO_NUMBER = "no number, or one that cannot be"
OTHER_AREA = "areas of another kind"
UNKNOWN_AREA = "in a gemeente that is no more, or unknown or abroad"
NOT_TESTED = "the country as a whole, where a fairness test reads nothing"


class Gathering:
    """Figures of one source on their way to Brought.

    ``attribution`` has ``{year}``; each figure carries it with the year of its own date.
    """

    def __init__(self, attribution: str) -> None:
        self._attribution = attribution
        self._frames: list[pd.DataFrame] = []
        self._left_out: Counter[str] = Counter()
        self._until: date | None = None

    def leave_out(self, reason: str, count: int) -> None:
        """Count what was not taken."""
        if count:
            self._left_out[reason] += count

    def take(
        self,
        figure: str,
        period: Period,
        areas: Iterable[str],
        values: Iterable[object],
        no_figure: str = NO_FIGURE,
        note: str = "",
    ) -> None:
        """Take the values of a figure in areas (official codes without padding) of one period.

        ``no_figure`` is the reason for a null. ``note`` follows the attribution of these figures.
        """
        given = pd.Series(list(values), dtype=object)
        frame = pd.DataFrame({"area": pd.Series(list(areas), dtype=object)})
        frame["value"] = pd.to_numeric(given, errors="coerce").astype(float)
        frame["level"] = frame["area"].str[:2].map(LEVELS)
        value = frame["value"]
        share = figure in TEST_ONLY
        reasons = np.select(
            [
                ~_well_formed(frame),
                (frame["level"] != "nederland") & ~_in_known_gemeente(frame["area"]),
                share & (frame["level"] == "nederland"),
                given.isna(),
                value.isin(MISSING),
                ~np.isfinite(value) | (value < 0) | (share & (value > 100)),
            ],
            [OTHER_AREA, UNKNOWN_AREA, NOT_TESTED, no_figure, MISSING_CODE, NO_NUMBER],
            default="",
        )
        for reason, count in Counter(reasons[reasons != ""]).items():
            self.leave_out(str(reason), count)
        taken = frame[reasons == ""].reset_index(drop=True)
        if taken.empty:
            return
        flow = not share and PUBLIC[figure].measure == "flow"
        year = period.start.year
        taken["area"] = taken["area"].where(taken["level"] != "nederland", COUNTRY)
        taken = taken.assign(
            figure=figure,
            date=pd.Timestamp(period.start),
            months=period.months if flow else 0,
            source=self._attribution.format(year=year) + note,
        )
        self._frames.append(taken[list(COLUMNS)])
        told = period.last_day if flow else period.start
        self._until = max(self._until or told, told)

    def brought(self, where: str) -> Brought:
        """Return all that was gathered; SourceFailedError when nothing could be taken."""
        if not self._frames:
            reasons = "; ".join(f"{n:,} {reason}" for reason, n in self._left_out.items())
            raise SourceFailedError(f"{where} gives no figure that can be taken: {reasons or 0}.")
        figures = pd.concat(self._frames, ignore_index=True)
        return Brought(figures, (), tuple(sorted(self._left_out.items())), self._until)


def _well_formed(frame: pd.DataFrame) -> "pd.Series[bool]":
    well = pd.Series(data=False, index=frame.index)
    for level, form in FORMS.items():
        here = frame["level"] == level
        well[here] = frame.loc[here, "area"].str.fullmatch(form)
    return well


def _in_known_gemeente(areas: "pd.Series[str]") -> "pd.Series[bool]":
    return areas.str[2:6].isin(set(gemeenten()["code"].str[2:]))
