"""Figures on the areas of today, whatever the areas they were counted in.

Nothing is guessed: what does not fit is listed as lost. Before = after + lost, to the digit.
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
    told: "pd.Series[int] | None" = None,
    matches: Mapping[int, pd.DataFrame] | None = None,
    changes: pd.DataFrame | None = None,
) -> Carried:
    """Return ``figures`` (figure, level, area, date, months, value, source) on areas of today.

    Rows that differ in area and value only are one batch: told in one division of the country.
    Which one, follows from the codes in it, and from its date where they leave a choice. Further
    columns (a partner, a delivery) tell batches apart too.

    - Parts of a gemeente of today add up where the batch has all; of a split gemeente, its share.
    - Figures of wijken and buurten stay where their code is in use: ``in_use`` has the codes of
      a level whose borders are installed, other levels stay as they are. Those of a year of
      ``matches`` go where ``geo.matching`` found; ``told`` has the year in whose division each row
      was told (``geo.finer_history``).
    - Averages and shares follow a changed code, and are lost where areas were merged or split.

    ``changes`` is the history of gemeenten, the shipped one by default. Values have at most two
    decimals. Untouched rows come first, in their order.
    """
    changes = history() if changes is None else changes
    codes = {*changes["old"], *changes["new"]}
    here = ((figures["level"] == "gemeente") & figures["area"].isin(codes)).to_numpy()
    changed = figures[here].reset_index(drop=True)
    done = [added_up(changed, _division(changed, changes), divisions(changes))]
    if matches and told is not None:
        finer = told.isin(matches).to_numpy() & ~here
        done.append(carried_finer(figures[finer], told[finer], matches))
        here = here | finer
    every = pd.concat([figures[~here], *(part.figures for part in done)], ignore_index=True)
    gone = _gone(every, in_use or {})
    lost = [*(part.lost for part in done), every[gone].assign(reason="gone")]
    return Carried(every[~gone].reset_index(drop=True), pd.concat(lost, ignore_index=True))


def _division(told: pd.DataFrame, changes: pd.DataFrame) -> "pd.Series[int]":
    """Return in which division of the country each row was told.

    That of its date, unless codes of its batch were not used then: then the nearest division that
    has them. Where no division has them all, the last that has the one to end first.
    """
    batch = batches(told)
    spans = lives(changes).loc[told["area"]].set_axis(told.index)
    start = spans["start"].groupby(batch).transform("max")
    end = spans["end"].groupby(batch).transform("min")
    day = pd.to_datetime(told["date"]).astype(start.dtype)
    day = day.where(day > start, start)
    last = end - A_DAY
    return division_of(day.where(day < last, last), changes)


def _gone(figures: pd.DataFrame, in_use: Mapping[str, Collection[str]]) -> NDArray[np.bool_]:
    gone = np.zeros(len(figures), dtype=bool)
    for level, codes in in_use.items():
        gone |= ((figures["level"] == level) & ~figures["area"].isin(codes)).to_numpy()
    return gone
