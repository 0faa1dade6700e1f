"""Carries figures of former areas over to the areas of today.

Nothing is guessed: what does not fit is listed as lost, so that before = after + lost, exactly.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.carrying import REASONS, Carried, added_up, batches
from geo.finer_history import carried_finer
from geo.gemeente_history import division_of, divisions, history, lives, today

__all__ = ["REASONS", "Carried", "carried", "today"]

A_DAY = pd.Timedelta(days=1)


def carried(
    figures: pd.DataFrame,
    in_use: Mapping[str, Collection[str]] | None = None,
    years: "pd.Series[int] | None" = None,
    matches: Mapping[int, pd.DataFrame] | None = None,
    changes: pd.DataFrame | None = None,
) -> Carried:
    """Return ``figures`` (figure, level, area, date, months, value, source) on areas of today.

    Rows that differ in area and value only are one batch, counted in one division of the country.
    The codes in a batch show which division; where they fit several, its date decides. Rows that
    differ in a further column (a partner, a delivery) are different batches.

    - A gemeente of today gets the sum of its parts where the batch has them all; each part of a
      split gemeente gets its share.
    - Figures of wijken and buurten stay where their code is in use: ``in_use`` has the codes of
      the levels whose borders are installed; figures of other levels stay as they are. ``years``
      names the year in whose division each row was counted (``geo.finer_history``); those of a
      year in ``matches`` move to the areas that ``geo.matching`` found.
    - Averages and shares follow a changed code, and are lost where areas were merged or split.

    ``changes`` is the history of gemeenten, the shipped one by default. Values have at most two
    decimals. Untouched rows come first, in their order.
    """
    changes = history() if changes is None else changes
    codes = {*changes["old"], *changes["new"]}
    here = ((figures["level"] == "gemeente") & figures["area"].isin(codes)).to_numpy()
    changed = figures[here].reset_index(drop=True)
    done = [added_up(changed, _division(changed, changes), divisions(changes))]
    if matches and years is not None:
        finer = years.isin(matches).to_numpy() & ~here
        done.append(carried_finer(figures[finer], years[finer], matches))
        here = here | finer
    every = pd.concat([figures[~here], *(part.figures for part in done)], ignore_index=True)
    gone = _gone(every, in_use or {})
    lost = [*(part.lost for part in done), every[gone].assign(reason="gone")]
    return Carried(every[~gone].reset_index(drop=True), pd.concat(lost, ignore_index=True))


def _division(figures: pd.DataFrame, changes: pd.DataFrame) -> "pd.Series[int]":
    """Return the division of the country in which each row was counted.

    It is the division of the row's date, unless some code of its batch was not used then: in that
    case the nearest division with all codes. Where none has them all, it is the last division
    that still has the code which ended first.
    """
    batch = batches(figures)
    spans = lives(changes).loc[figures["area"]].set_axis(figures.index)
    start = spans["start"].groupby(batch).transform("max")
    end = spans["end"].groupby(batch).transform("min")
    day = pd.to_datetime(figures["date"]).astype(start.dtype)
    day = day.where(day > start, start)
    last = end - A_DAY
    return division_of(day.where(day < last, last), changes)


def _gone(figures: pd.DataFrame, in_use: Mapping[str, Collection[str]]) -> NDArray[np.bool_]:
    gone = np.zeros(len(figures), dtype=bool)
    for level, codes in in_use.items():
        gone |= ((figures["level"] == level) & ~figures["area"].isin(codes)).to_numpy()
    return gone
