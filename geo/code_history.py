"""Figures on the areas of today, whatever the areas they were counted in.

Nothing is guessed: what does not fit is listed as lost. Before = after + lost, to the digit.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.carrying import REASONS, Carried, added_up, batches
from geo.gemeente_history import division_of, divisions, history, lives, today

__all__ = ["REASONS", "Carried", "carried", "today"]

FINER = ("wijk", "buurt")
A_DAY = pd.Timedelta(days=1)


def carried(
    figures: pd.DataFrame,
    in_use: Mapping[str, Collection[str]] | None = None,
    matches: Mapping[int, pd.DataFrame] | None = None,
    changes: pd.DataFrame | None = None,
) -> Carried:
    """Return ``figures`` (figure, level, area, date, months, value, source) on areas of today.

    Rows that differ in area and value only are one batch: told in one division of the country.
    Which one, follows from the codes in it, and from its date where they leave a choice. Further
    columns (a partner, a delivery) tell batches apart too.

    - Parts of a gemeente of today add up where the batch has all; of a split gemeente, its share.
    - Figures of wijken and buurten stay where their code is in use: ``in_use`` has the codes of
      a level whose borders are installed, other levels stay as they are. ``matches`` tells by year
      of figures which old areas make up one of today, as ``geo.matching`` finds.
    - Averages and shares follow a changed code, and are lost where areas were merged or split.

    ``changes`` is the history of gemeenten, the shipped one by default. Values have at most two
    decimals. Untouched rows come first, in their order.
    """
    changes = history() if changes is None else changes
    codes = {*changes["old"], *changes["new"]}
    here = ((figures["level"] == "gemeente") & figures["area"].isin(codes)).to_numpy()
    told = figures[here].reset_index(drop=True)
    gemeenten = added_up(told, _division(told, changes), divisions(changes))
    done = _with(figures[~here], gemeenten)
    if matches:
        done = _matched(done, pd.concat(matches, names=["division", None]).reset_index("division"))
    gone = _gone(done.figures, in_use or {})
    lost = done.figures[gone].assign(reason="gone")
    return Carried(
        done.figures[~gone].reset_index(drop=True),
        pd.concat([done.lost, lost], ignore_index=True),
    )


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


def _matched(so_far: Carried, parts: pd.DataFrame) -> Carried:
    figures = so_far.figures
    year = pd.to_datetime(figures["date"]).dt.year
    here = figures["level"].isin(FINER) & figures["area"].isin({*parts["old"], *parts["new"]})
    here &= year.isin(parts["division"].unique())
    more = added_up(figures[here], year[here], parts)
    found = _with(figures[~here], more)
    return Carried(found.figures, pd.concat([so_far.lost, more.lost], ignore_index=True))


def _with(others: pd.DataFrame, some: Carried) -> Carried:
    every = pd.concat([others, some.figures], ignore_index=True)
    return Carried(every, some.lost)


def _gone(figures: pd.DataFrame, in_use: Mapping[str, Collection[str]]) -> NDArray[np.bool_]:
    gone = np.zeros(len(figures), dtype=bool)
    for level, codes in in_use.items():
        gone |= ((figures["level"] == level) & ~figures["area"].isin(codes)).to_numpy()
    return gone
