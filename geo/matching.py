"""Which wijken or buurten of another year make up one of today, by their borders."""

import geopandas as gpd
import pandas as pd
import shapely

COVERED = 0.95
"""An area of today takes over one that lies in it for this share of its surface, and is made up
of those it takes over when they cover as much of it."""


def matches(then: gpd.GeoDataFrame, now: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return old, new and share (1.0): all parts of each area of ``now`` that ``then`` makes up.

    Both hold code and geometry in EPSG:28992. Areas that kept their code and borders are left
    out, and so are areas of today of which the parts cannot be told.
    """
    old, new = then.geometry.to_numpy(), now.geometry.to_numpy()
    first, second = shapely.STRtree(new).query(old, predicate="intersects")
    shared = shapely.area(shapely.intersection(old[first], new[second]))
    pairs = pd.DataFrame(
        {
            "old": then["code"].to_numpy()[first],
            "new": now["code"].to_numpy()[second],
            "share": 1.0,
            "shared": shared,
            "of_new": shapely.area(new)[second],
        }
    )
    pairs = pairs.loc[shared >= COVERED * shapely.area(old)[first]]
    made_up = pairs.groupby("new")["shared"].transform("sum") >= COVERED * pairs["of_new"]
    alone = pairs.groupby("new")["old"].transform("size") == 1
    as_before = alone & (pairs["old"] == pairs["new"])
    kept = pairs.loc[made_up & ~as_before, ["old", "new", "share"]]
    ordered: pd.DataFrame = kept.sort_values(["new", "old"], ignore_index=True)
    return ordered
