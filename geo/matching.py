"""What became of the wijken or buurten of another year, by their borders and those of today."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

COVERED = 0.9
"""An area lies in another with this share of its surface, and is made up of the areas that lie in
it when they cover as much of it: two maps draw one border some percents apart."""

SAME = 0.5
"""An area that kept its code is the same one while old and new share more than this of each."""


def matches(
    then: gpd.GeoDataFrame, now: gpd.GeoDataFrame, people: Mapping[str, float]
) -> pd.DataFrame:
    """Return old, new, share and surface: what each area of ``then`` went to.

    Both hold code and geometry in EPSG:28992. ``share`` is the part of the old area that the new
    one took over: 1 where an area was renamed or merged, or is the same; of a split one by
    ``people`` (inhabitants by code of today) where they are known of all that it was split in, else
    by surface. ``surface`` is always the latter. ``new`` is missing where no rule tells.
    """
    pairs = _pairs(then, now)
    within, around = pairs["shared"] / pairs["of_old"], pairs["shared"] / pairs["of_new"]
    merged, split = pairs[within >= COVERED], pairs[around >= COVERED]
    split = split[_covers(split, "old")]
    merged = merged[_covers(merged, "new") & ~merged["old"].isin(split["old"])]
    told = pd.concat([split, merged])
    alike = (pairs["old"] == pairs["new"]) & (within > SAME) & (around > SAME)
    taken = pairs["old"].isin(told["old"]) | pairs["new"].isin(told["new"])
    told = pd.concat([told, pairs[alike & ~taken]])
    by_old = told["old"]
    told["surface"] = told["shared"] / told.groupby(by_old)["shared"].transform("sum")
    known = told["new"].map(pd.Series(people, dtype=float)).astype(float)
    known = known / known.groupby(by_old).transform(lambda each: each.sum(skipna=False))
    told["share"] = known.where(np.isfinite(known), told["surface"])
    alone = told.groupby(by_old)["new"].transform("size") == 1
    told.loc[alone, ["share", "surface"]] = 1.0
    every = pd.DataFrame({"old": then["code"].to_numpy()})
    found = every.merge(told[["old", "new", "share", "surface"]], on="old", how="left")
    return found.sort_values(["old", "new"], ignore_index=True)


def _pairs(then: gpd.GeoDataFrame, now: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the areas that touch: old, new, and the surface of each and of what they share."""
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
    """Tell of each pair whether what lies in its ``whole`` (old or new) makes that up."""
    covered = pairs.groupby(whole)["shared"].transform("sum")
    enough: pd.Series[bool] = covered >= COVERED * pairs[f"of_{whole}"]
    return enough
