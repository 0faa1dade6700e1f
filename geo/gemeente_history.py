"""Which gemeenten there were since 2020, and what became of them.

The facts are in ``data/places/gemeente_history.csv``; the README beside it names their source.
"""

from functools import cache

import numpy as np
import pandas as pd

from geo.areas import gemeenten
from geo.official_names import HISTORY

EARLIEST, LATEST = pd.Timestamp("1800-01-01"), pd.Timestamp("2200-01-01")
"""Stand for the start of a code that is older than the history, and the end of one in use."""


@cache
def history() -> pd.DataFrame:
    """Return every change: date, old, new, share (part of ``old`` that went to ``new``) and what.

    Every part of each ``new`` has a row, so a gemeente that grew is also its own ``old``. Shares
    of one ``old`` add up to 1.
    """
    text = {"old": str, "new": str, "what": str}
    table = pd.read_csv(HISTORY, parse_dates=["date"], dtype=text)
    return table.sort_values(["date", "old", "new"], ignore_index=True)


def today(code: str) -> tuple[str, ...]:
    """Return the gemeenten of today that took over a code, largest share first; () if unknown."""
    if code in set(gemeenten()["code"]):
        return (code,)
    found = divisions(history())
    last = found[found["old"] == code]
    last = last[last["division"] == last["division"].max()]
    return tuple(last.sort_values(["share", "new"], ascending=[False, True])["new"])


def lives(changes: pd.DataFrame) -> pd.DataFrame:
    """Return, by code of ``changes``, from which day it was used (start) and until which (end)."""
    lasting = changes.loc[changes["old"] == changes["new"], ["date", "old"]]
    stayed = pd.MultiIndex.from_frame(lasting)
    spans = pd.DataFrame(index=sorted({*changes["old"], *changes["new"]}))
    for name, column, otherwise in (("start", "new", EARLIEST), ("end", "old", LATEST)):
        here = ~pd.MultiIndex.from_frame(changes[["date", column]]).isin(stayed)
        days = changes[here].groupby(column)["date"].min()
        spans[name] = days.reindex(spans.index).fillna(otherwise)
    return spans


def divisions(changes: pd.DataFrame) -> pd.DataFrame:
    """Return which old areas make up the areas of today, in each former division of the country.

    Columns: division (0 until the first date of change, then 1, ...), old, new, share. Areas of
    today that did not change are left out; the others have all their parts.
    """
    spans, dates = lives(changes), sorted(changes["date"].unique())
    frames = []
    for number, day in enumerate(dates):
        alive = spans.index[(spans["start"] < day) & (spans["end"] >= day)]
        parts = pd.DataFrame({"old": alive, "new": alive, "share": 1.0})
        for later in dates[number:]:
            parts = _after(parts, changes[changes["date"] == later])
        same = parts["old"] == parts["new"]
        alone = parts.groupby("new")["old"].transform("size") == 1
        frames.append(parts[~(same & alone)].assign(division=number))
    return pd.concat(frames, ignore_index=True)


def _after(parts: pd.DataFrame, change: pd.DataFrame) -> pd.DataFrame:
    """Return ``parts`` with the changes of one day carried through."""
    step = change[["old", "new", "share"]].set_axis(["new", "next", "portion"], axis=1)
    joined = parts.merge(step, on="new", how="left")
    joined["new"] = joined["next"].fillna(joined["new"])
    joined["share"] *= joined["portion"].fillna(1.0)
    return joined.groupby(["old", "new"], as_index=False).agg(share=("share", "sum"))


def division_of(dates: "pd.Series[pd.Timestamp]", changes: pd.DataFrame) -> "pd.Series[int]":
    """Return the division of the country in force on each day (as in ``divisions``)."""
    days = np.sort(changes["date"].unique())
    numbers = np.searchsorted(days, dates.to_numpy().astype(days.dtype), side="right")
    return pd.Series(numbers, index=dates.index)
