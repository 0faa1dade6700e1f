"""Finds what became of the wijken or buurten of another year, by comparing two maps."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

COVERED = 0.9
"""An area lies in another when the other covers this share of its surface. It is made up of the
areas that lie in it when they together cover this share of it. Less than all is enough, because
two maps draw one border some percents apart."""

SAME = 0.5
"""An area that kept its code is the same one while old and new share more than this of each."""


def matches(
    then: gpd.GeoDataFrame, now: gpd.GeoDataFrame, people: Mapping[str, float]
) -> pd.DataFrame:
    """Return columns old, new, share and surface: the areas of ``now`` that took over each old one.

    ``then`` and ``now`` hold code and geometry in EPSG:28992. ``share`` is the part (0-1) of the
    old area that the new one took over: 1 where an area was renamed or merged, or is the same. A
    split area is shared out by ``people`` (inhabitants by code of today) where those are known for
    all of its parts, else by surface. ``surface`` is always the share by surface. ``new`` is
    missing where no rule says what became of an area.
    """
    pairs = _pairs(then, now)
    within, around = pairs["shared"] / pairs["of_old"], pairs["shared"] / pairs["of_new"]
    merged, split = pairs[within >= COVERED], pairs[around >= COVERED]
    split = split[_covers(split, "old")]
    merged = merged[_covers(merged, "new") & ~merged["old"].isin(split["old"])]
    ruled = pd.concat([split, merged])
    alike = (pairs["old"] == pairs["new"]) & (within > SAME) & (around > SAME)
    taken = pairs["old"].isin(ruled["old"]) | pairs["new"].isin(ruled["new"])
    ruled = pd.concat([ruled, pairs[alike & ~taken]])
    by_old = ruled["old"]
    ruled["surface"] = ruled["shared"] / ruled.groupby(by_old)["shared"].transform("sum")
    known = ruled["new"].map(pd.Series(people, dtype=float)).astype(float)
    known = known / known.groupby(by_old).transform(lambda each: each.sum(skipna=False))
    ruled["share"] = known.where(np.isfinite(known), ruled["surface"])
    alone = ruled.groupby(by_old)["new"].transform("size") == 1
    ruled.loc[alone, ["share", "surface"]] = 1.0
    every = pd.DataFrame({"old": then["code"].to_numpy()})
    found = every.merge(ruled[["old", "new", "share", "surface"]], on="old", how="left")
    return found.sort_values(["old", "new"], ignore_index=True)


def _pairs(then: gpd.GeoDataFrame, now: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the pairs that touch: codes old and new, m2 of their overlap (shared) and of each."""
    old, new = then.geometry.to_numpy(), now.geometry.to_numpy()
    first, second = shapely.STRtree(new).query(old, predicate="intersects")
    return pd.DataFrame(
        {
            "old": then["code"].to_numpy()[first],
            "new": now["code"].to_numpy()[second],
            "shared": shapely.area(shapely.intersection(old[first], new[second])),
            "of_old": shapely.area(old)[first],
            "of_new": shapely.area(new)[second],
        }
    )


def _covers(pairs: pd.DataFrame, whole: str) -> "pd.Series[bool]":
    """Return for each pair whether the areas inside its ``whole`` (old or new) make that up."""
    covered = pairs.groupby(whole)["shared"].transform("sum")
    enough: pd.Series[bool] = covered >= COVERED * pairs[f"of_{whole}"]
    return enough
