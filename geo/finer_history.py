"""In which year's division figures of wijken or buurten were told, and what became of its areas."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from geo.carrying import Carried, added_up

SURFACE = ("land_km2",)
"""Figures of a split area that are divided by surface; all others by inhabitants."""

DELIVERY = ("received", "sequence")
"""Which delivery brought a figure. A source brings only what changed since the one before, so parts
of an area come in several."""

ALIKE = ("source", *DELIVERY)
"""What may differ between parts of one area that a partner told in one division: two of its sources
may bring the same figures."""

ONE_TELLING = ("figure", "area", "date", "months", "value", *DELIVERY)


def told_in(figures: pd.DataFrame, codes: Mapping[int, Collection[str]]) -> "pd.Series[int]":
    """Return the division of each figure: a year of ``codes``, which has the codes of each.

    What a partner tells of a level and year, by one source, is in one division. That has the codes
    of the last deliveries (``sequence``): those of before a source went over to another division
    are left behind; codes that no division has tell nothing. Of what fits alike it is the one with
    most codes, then the nearest to the date, then the newest.
    """
    dated = pd.to_datetime(figures["date"]).dt.year
    apart = [name for name in figures.columns if name not in ONE_TELLING]
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
    figures: pd.DataFrame, told: "pd.Series[int]", matches: Mapping[int, pd.DataFrame]
) -> Carried:
    """Return ``figures`` of wijken and buurten on those of today.

    ``matches`` has by year of ``told`` what ``geo.matching`` finds; figures of other years stay.
    """
    every = pd.concat(matches, names=["division", None]).reset_index("division")
    areas = pd.MultiIndex.from_arrays([told, figures["area"]])
    moved = every[every["new"].isna()]
    lost = areas.isin(pd.MultiIndex.from_frame(moved[["division", "old"]]))
    parts = every.dropna(subset="new")
    flat = figures["figure"].isin(SURFACE).to_numpy()
    done = [
        added_up(figures[here], told[here], parts.assign(share=parts[by]), ALIKE)
        for here, by in ((~flat & ~lost, "share"), (flat & ~lost, "surface"))
    ]
    return Carried(
        pd.concat([part.figures for part in done], ignore_index=True),
        pd.concat(
            [figures[lost].assign(reason="moved"), *(part.lost for part in done)],
            ignore_index=True,
        ),
    )
