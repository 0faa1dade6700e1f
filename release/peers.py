"""The ten gemeenten most like each gemeente: what a municipal figure is compared with.

Alike in what a gemeente is, never in what was signalled there: size, density, business mix, the
land border, ports, holiday parks. Groups of features weigh the same, however many each holds. Where
establishments were not delivered of nearly all gemeenten, public figures of them give the business
mix.
"""

from collections.abc import Mapping, Sequence

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.peers import peers
from analysis.standardisation import shrunken_shares
from geo.distances import distances_km
from records.branches import GROUPS as BRANCHES
from records.branches import group_sql
from records.figures import FIRMS_IN
from release.looks import KEY_RANGE
from release.noise import Noise
from release.open_counting import WHOLE
from release.protection import Held, protected_subjects
from release.strata import TYPICAL
from store.release import LEVEL_NUMBERS

COUNT = 10
FAR_KM = 30.0
"""Further than this a border or port is not near, and further still makes no difference."""

SAME = 1e-9
"""A feature that spreads less is the same everywhere: what is left of it is rounding."""

GEMEENTE = LEVEL_NUMBERS["gemeente"]
LATEST = "moment = (SELECT max(moment) FROM moments)"

PARKS = "parks"
"""SBI 552 and 553: holiday homes and camping sites, counted apart. No public figure counts them."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "size": ("inhabitants",),
    "density": ("density",),
    "business_mix": tuple(BRANCHES),
    "border": ("border",),
    "gateways": ("seaport", "airport"),
    "holiday_parks": (PARKS,),
}
DELIVERED = ("inhabitants", "density", *BRANCHES, PARKS)
"""Features from deliveries; the others are of the map, and alone make no peers."""


def _open_figures(
    con: duckdb.DuckDBPyConnection, names: Sequence[str], level: str, own: pd.Index
) -> pd.DataFrame:
    """Return public figures (columns) of the gemeenten ``own``, NaN where one is not known."""
    found: pd.DataFrame = con.execute(
        "SELECT gemeente AS area_id, figure, sum(value)::DOUBLE AS value FROM figure_at"
        f" JOIN place USING (place) WHERE gemeente > 0 AND {LATEST}"
        " AND list_contains(?, figure) AND level = ? GROUP BY ALL",
        [list(names), level],
    ).df()
    table = found.pivot_table(index="area_id", columns="figure", values="value", aggfunc="sum")
    return table.reindex(index=own, columns=list(names)).astype(float)


def _branches(con: duckdb.DuckDBPyConnection, noise: Noise, own: pd.Index) -> pd.DataFrame:
    """Return establishments of the gemeenten ``own`` by branch, as delivered of nearly all of them.

    Else public ones, where there are any: NaN where their source has none, and without the branches
    that nobody has.
    """
    delivered = _branch_counts(con, noise)
    known = _open_figures(con, list(FIRMS_IN.values()), "gemeente", own)
    public = known.set_axis(list(FIRMS_IN), axis=1).dropna(axis=1, how="all")
    if len(delivered) and (public.empty or len(delivered) >= WHOLE * _gemeenten(con)):
        return delivered.reindex(own, fill_value=0.0)
    return public


def _gemeenten(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many gemeenten have a place."""
    query = "SELECT count(DISTINCT gemeente) FROM place WHERE gemeente > 0"
    return int(con.execute(query).fetchall()[0][0])


def _branch_counts(con: duckdb.DuckDBPyConnection, noise: Noise) -> pd.DataFrame:
    """Return protected establishments per area_id and branch (columns), 0 where none."""
    counted: pd.DataFrame = con.execute(
        "SELECT area_id, branch, sum(units)::BIGINT AS units,"
        f" (sum(key) % {KEY_RANGE})::BIGINT AS key, count(*) AS subjects,"
        " max(units) AS most FROM (SELECT gemeente AS area_id, firm_id, CASE WHEN"
        f" left(sbi, 3) IN ('552', '553') THEN '{PARKS}' ELSE {group_sql()} END AS branch,"
        " count(*) AS units, sum(unit) AS key FROM business_at JOIN place USING (place)"
        f" WHERE gemeente > 0 AND {LATEST} GROUP BY ALL) GROUP BY ALL"
    ).df()
    held = Held(*(counted[name].to_numpy(dtype=np.int64) for name in Held._fields))
    shown = counted.assign(shown=protected_subjects(held, noise).shown)
    table = shown.pivot_table(index="area_id", columns="branch", values="shown", aggfunc="sum")
    return table.reindex(columns=[*BRANCHES, PARKS]).fillna(0.0)


def _some(figures: pd.DataFrame) -> "pd.Series[float]":
    """Return the only figure where it is more than 0."""
    (name,) = figures.columns
    known: pd.Series[float] = figures[name].where(figures[name] > 0)
    return known


def _shares(branches: pd.DataFrame) -> pd.DataFrame:
    """Return each branch's share, drawn to the country's where there are few establishments."""
    if not branches.sum().sum() > 0:
        return branches * np.nan
    shares = shrunken_shares(branches.to_numpy(dtype=float), TYPICAL)
    return pd.DataFrame(shares, index=branches.index, columns=branches.columns)


def features(
    con: duckdb.DuckDBPyConnection,
    official: pd.DataFrame,
    noise: Mapping[int, Noise],
    gemeenten: gpd.GeoDataFrame,
) -> pd.DataFrame:
    """Return the features of each gemeente, in order of area_id (the index), not standardised.

    Inhabitants and addresses per km2 (inhabitants, where no addresses are known) are logs,
    distances log(1 + km) up to FAR_KM, branches the square root of their share, so that shares of
    every size spread alike. Left out are features that nobody has or that are the same everywhere,
    and gemeenten that lack one of the rest. Empty when nothing was delivered in which
    gemeenten differ.
    """
    own = official[official["level"] == "gemeente"].set_index("id").sort_index()
    km2 = gemeenten.set_index("code").area.loc[own["code"]].to_numpy() / 1e6
    inhabitants = _some(_open_figures(con, ["inhabitants"], "gemeente", own.index))
    addresses = _some(_open_figures(con, ["addresses"], "hex9", own.index))
    crowd = addresses if addresses.notna().any() else inhabitants
    near = distances_km(gemeenten).loc[own["code"]].set_index(own.index).clip(upper=FAR_KM)
    shares = _shares(_branches(con, noise[GEMEENTE], own.index))
    table = pd.DataFrame(
        {
            "inhabitants": np.log(inhabitants),
            "density": np.log(crowd / km2),
            **{str(branch): np.sqrt(shares[branch]) for branch in shares},
            **{str(kind): np.log1p(near[kind]) for kind in near},
        }
    )
    table = table.loc[:, table.notna().any()].dropna()
    table = table.loc[:, table.std() > SAME]
    return table if table.columns.isin(DELIVERED).any() else table.iloc[:0]


def feature_weights(names: Sequence[str]) -> NDArray[np.float64]:
    """Return the weight of each feature (n,): those of one group add up to 1."""
    group_of = {name: group for group, members in GROUPS.items() for name in members}
    groups = [group_of[name] for name in names]
    return np.array([1 / groups.count(group) for group in groups])


def peer_frame(
    con: duckdb.DuckDBPyConnection,
    official: pd.DataFrame,
    noise: Mapping[int, Noise],
    gemeenten: gpd.GeoDataFrame,
) -> pd.DataFrame:
    """Return area_id, rank (1 the nearest), peer_id and distance: ten rows a gemeente.

    ``con`` holds the tables of ``prepare``, ``official`` its areas, ``noise`` that of each level by
    its number, ``gemeenten`` their borders. Counts of establishments are protected first. Fewer
    rows where fewer gemeenten are known, none where nothing makes them differ.
    """
    table = features(con, official, noise, gemeenten)
    count = min(COUNT, len(table) - 1)
    if count < 1:
        return pd.DataFrame(columns=["area_id", "rank", "peer_id", "distance"])
    weights = feature_weights(list(table.columns))
    nearest, distance = peers(table.to_numpy(), count=count, weights=weights)
    ids = table.index.to_numpy()
    return pd.DataFrame(
        {
            "area_id": np.repeat(ids, count),
            "rank": np.tile(np.arange(1, count + 1), len(ids)),
            "peer_id": ids[nearest].ravel(),
            "distance": distance.ravel().round(4),
        }
    )
