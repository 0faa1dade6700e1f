"""Figures of areas, gathered from a source: what cannot be taken is counted by reason."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from bilingual import Text
from geo.areas import gemeenten
from geo.official_names import COUNTRY, former
from opendata import left_out as why
from opendata.areas.cbs_areas import PATTERNS
from opendata.contract import COLUMNS, SourceData, SourceFailedError
from opendata.files.periods import Period
from opendata.left_out import LeftOut
from opendata.tables.key_figures import MISSING_CODES
from records.figures import PUBLIC, TEST_ONLY

LEVEL_OF_PREFIX = {"GM": "gemeente", "WK": "wijk", "BU": "buurt", "NL": "nederland"}

FORMS = {**PATTERNS, "nederland": r"NL0[01]"}


class GatheredFigures:
    """The figures of one source, gathered by figure and period.

    ``attribution`` has ``{year}``; each figure carries it with the year of its own date.
    """

    def __init__(self, attribution: str) -> None:
        self.left_out = LeftOut()
        self._attribution = attribution
        self._frames: list[pd.DataFrame] = []
        self._until: date | None = None

    def add(
        self,
        figure: str,
        period: Period,
        areas: Iterable[str],
        values: Iterable[object],
        no_figure: Text = why.MISSING,
        note: str = "",
        factor: float = 1.0,
    ) -> None:
        """Add the values of a figure in areas (official codes without padding) of one period.

        ``no_figure`` is the reason for a null. ``note`` follows the attribution of these figures.
        ``factor``: what a value is multiplied by to be in the unit of the figure.
        """
        given = pd.Series(list(values), dtype=object)
        frame = pd.DataFrame({"area": pd.Series(list(areas), dtype=object)})
        frame["value"] = pd.to_numeric(given, errors="coerce").astype(float)
        frame["level"] = frame["area"].str[:2].map(LEVEL_OF_PREFIX)
        value = frame["value"]
        share = figure in TEST_ONLY
        left_out = (
            (why.OTHER_LEVEL, ~_well_formed(frame)),
            (why.FORMER, (frame["level"] != "nederland") & ~_in_known_gemeente(frame["area"])),
            (why.NOT_TESTED, share & (frame["level"] == "nederland")),
            (no_figure, given.isna()),
            (why.MISSING, value.isin(MISSING_CODES)),
            (why.NO_NUMBER, ~np.isfinite(value) | (value < 0) | (share & (value > 100))),
        )
        for reason, which in left_out:
            frame = self.left_out.drop(frame, which.loc[frame.index], reason)
        taken = frame.reset_index(drop=True)
        if taken.empty:
            return
        flow = not share and PUBLIC[figure].measure == "flow"
        year = period.start.year
        taken["area"] = taken["area"].where(taken["level"] != "nederland", COUNTRY)
        taken = taken.assign(
            figure=figure,
            value=taken["value"] * factor,
            date=pd.Timestamp(period.start),
            months=period.months if flow else 0,
            source=self._attribution.format(year=year) + note,
        )
        self._frames.append(taken[list(COLUMNS)])
        until = period.last_day if flow else period.start
        self._until = max(self._until or until, until)

    def source_data(self, where: str) -> SourceData:
        """Return all that was gathered; SourceFailedError when nothing could be taken."""
        if not self._frames:
            reasons = "; ".join(f"{n:,} {reason.en}" for reason, n in self.left_out.by_reason)
            raise SourceFailedError(f"{where} gives no figure that can be taken: {reasons or 0}.")
        figures = pd.concat(self._frames, ignore_index=True)
        return SourceData(figures, (), self.left_out.by_reason, self._until)


def _well_formed(frame: pd.DataFrame) -> "pd.Series[bool]":
    well = pd.Series(data=False, index=frame.index)
    for level in LEVEL_OF_PREFIX.values():
        here = frame["level"] == level
        well[here] = frame.loc[here, "area"].str.fullmatch(FORMS[level])
    return well


def _in_known_gemeente(areas: "pd.Series[str]") -> "pd.Series[bool]":
    known = {*gemeenten()["code"], *former()}
    return ("GM" + areas.str[2:6]).isin(known)
