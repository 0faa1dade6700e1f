"""Finds the year in whose division figures of wijken or buurten were counted; carries them over."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from geo.carrying import Carried, added_up

SURFACE = ("land_km2",)
"""Figures of a split area that are divided by surface; all others by inhabitants."""

DELIVERY = ("received", "sequence")
"""Columns that name the delivery of a figure. A source brings only what changed since its delivery
before, so the parts of one area may come in several."""

MAY_DIFFER = ("source", *DELIVERY)
"""Columns that may differ between the parts of one area: two sources of a partner may
bring the same figures."""

WITHIN_A_GROUP = ("figure", "area", "date", "months", "value", *DELIVERY)
"""Columns that may differ between figures of which the division is decided together."""


def division_years(figures: pd.DataFrame, codes: Mapping[int, Collection[str]]) -> "pd.Series[int]":
    """Return the year in whose division each figure was counted.

    ``codes`` has the codes of areas in each year's division. All figures of one partner, source,
    level and year are in one division. The codes of the last deliveries (``sequence``) decide:
    older ones may stem from before the source went over to another division. Codes that are in no
    division decide nothing. Of divisions that fit equally well, the one with most of the codes is
    taken, then the nearest to the date, then the newest.
    """
    dated = pd.to_datetime(figures["date"]).dt.year
    apart = [name for name in figures.columns if name not in WITHIN_A_GROUP]
    group = figures[apart].assign(dated=dated).groupby([*apart, "dated"], dropna=False).ngroup()
    last = figures.assign(group=group).groupby(["group", "area"], as_index=False)["sequence"].max()
    last = last[last["area"].isin(set().union(*codes.values()))]
    years = sorted(codes, reverse=True)
    known = {year: last["area"].isin(codes[year]) for year in years}
    by_group = last["group"]
    strange = pd.DataFrame(
        {y: last["sequence"].where(~there, 0).groupby(by_group).max() for y, there in known.items()}
    )
    number = pd.DataFrame({y: there.groupby(by_group).sum() for y, there in known.items()})
    number = number.where(strange.eq(strange.min(axis="columns"), axis="index"), -1)
    number = number.reindex(sorted(group.unique()), fill_value=0)
    best = number.eq(number.max(axis="columns"), axis="index").to_numpy()[group.to_numpy()]
    away = np.abs(dated.to_numpy()[:, None] - np.array(years)[None, :])
    nearest = np.where(best, away, np.iinfo(away.dtype).max).argmin(axis=1)
    return pd.Series(np.array(years)[nearest], index=figures.index)


def carried_finer(
    figures: pd.DataFrame, years: "pd.Series[int]", matches: Mapping[int, pd.DataFrame]
) -> Carried:
    """Return ``figures`` of wijken and buurten on those of today.

    ``years`` names the division of each figure (``division_years``). ``matches`` has, by year, what
    ``geo.matching`` found; figures of other years stay as they are.
    """
    every = pd.concat(matches, names=["division", None]).reset_index("division")
    areas = pd.MultiIndex.from_arrays([years, figures["area"]])
    moved = every[every["new"].isna()]
    lost = areas.isin(pd.MultiIndex.from_frame(moved[["division", "old"]]))
    parts = every.dropna(subset="new")
    flat = figures["figure"].isin(SURFACE).to_numpy()
    done = [
        added_up(figures[here], years[here], parts.assign(share=parts[by]), MAY_DIFFER)
        for here, by in ((~flat & ~lost, "share"), (flat & ~lost, "surface"))
    ]
    return Carried(
        pd.concat([part.figures for part in done], ignore_index=True),
        pd.concat(
            [figures[lost].assign(reason="moved"), *(part.lost for part in done)],
            ignore_index=True,
        ),
    )
