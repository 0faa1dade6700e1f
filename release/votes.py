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


def votes(figures: pd.DataFrame, chosen: Mapping[str, Indicator]) -> NDArray[np.float64]:
    """Return of figures of one level in one window which have a vote (1), shape (figures,).

    NaN where there is too little to tell, and for what gives no vote. ``figures`` holds
    indicator_id (the number in ``chosen``, from 1), clear and CHANCE.
    """
    chance, number = figures[CHANCE].to_numpy(), figures["indicator_id"].to_numpy()
    vote = np.full(len(figures), np.nan)
    for readers in {indicator.recipients for indicator in chosen.values()}:
        beside = [n for n, i in enumerate(chosen.values(), 1) if {*readers} <= {*i.recipients}]
        own = [n for n, i in enumerate(chosen.values(), 1) if i.recipients == readers]
        asked = np.flatnonzero(np.isfinite(chance) & np.isin(number, beside))
        q = q_values(chance[asked])
        mine = np.isin(number[asked], own)
        clear = figures["clear"].to_numpy()[asked[mine]] > 0
        vote[asked[mine]] = (q[mine] <= FALSE) & clear
    return vote


def votes_since(voted: pd.DataFrame, windows: Collection[int]) -> NDArray[np.float64]:
    """Return the ``vote`` of ``store.release.Figure`` of one indicator, shape (figures,).

    That is the first window of the unbroken run for what has a vote. ``voted`` holds level,
    period_id, area_id and vote (1, 0 or NaN); ``windows`` are the periods in which any figure of
    the release is judged.
    """
    rows = np.flatnonzero(voted["period_id"].isin(windows))
    own = voted.iloc[rows]
    places = np.asarray(own.groupby(["level", "area_id"]).ngroup(), np.int64)
    vote = own["vote"].to_numpy(dtype=float)
    since = standing_out_since(places, own["period_id"].to_numpy(dtype=np.int64), vote == 1)
    result = voted["vote"].to_numpy(dtype=float, copy=True)
    result[rows] = np.where(vote == 1, since, vote)
    return result
