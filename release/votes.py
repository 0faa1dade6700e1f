"""Which figures stand out so clearly that they count as a partner's word: votes.

A vote is a figure of a 12-month window that lies above the country's rate with its whole interval,
and is unlikely where all is usual, also when so many places and indicators are looked at: of all
votes at most the share FALSE is expected to be false (Benjamini and Hochberg 1995).

What one reader gets may not hang on what another gets. So a figure is held against those of the
indicators that everybody receives who receives its own, and against no others.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.discovery import q_values
from indicators import Indicator
from release.signals import standing_out_since
from release.unlikeliness import CHANCE

FALSE = 0.05


def votes(
    figures: pd.DataFrame, chosen: Mapping[str, Indicator], windows: Collection[int]
) -> NDArray[np.float64]:
    """Return the ``vote`` of ``store.release.Figure``, shape (figures,), NaN for None.

    ``figures`` holds indicator_id (the number in ``chosen``, from 1), level, period_id, area_id,
    clear and CHANCE; ``windows`` are the periods in which any figure of the release is judged.
    """
    chance, number = figures[CHANCE].to_numpy(), figures["indicator_id"].to_numpy()
    vote = np.full(len(figures), np.nan)
    for readers in {indicator.recipients for indicator in chosen.values()}:
        beside = [n for n, i in enumerate(chosen.values(), 1) if {*readers} <= {*i.recipients}]
        own = [n for n, i in enumerate(chosen.values(), 1) if i.recipients == readers]
        asked = np.flatnonzero(np.isfinite(chance) & np.isin(number, beside))
        q = np.full(len(figures), np.nan)
        for rows in figures.iloc[asked].groupby(["level", "period_id"]).indices.values():
            q[asked[rows]] = q_values(chance[asked[rows]])
        mine = asked[np.isin(number[asked], own)]
        vote[mine] = (q[mine] <= FALSE) & (figures["clear"].to_numpy()[mine] > 0)
    return _since(figures, vote, windows)


def _since(
    figures: pd.DataFrame, vote: NDArray[np.float64], windows: Collection[int]
) -> NDArray[np.float64]:
    """Return votes (1, 0 or NaN) with the first window of their unbroken run for 1."""
    rows = np.flatnonzero(figures["period_id"].isin(windows))
    own = figures.iloc[rows]
    series = own.groupby(["indicator_id", "level", "area_id"]).ngroup()
    numbers, periods = (np.asarray(column, np.int64) for column in (series, own["period_id"]))
    result = vote.copy()
    since = standing_out_since(numbers, periods, vote[rows] == 1)
    result[rows] = np.where(vote[rows] == 1, since, vote[rows])
    return result
