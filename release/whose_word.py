"""Leaves out of a build what its partner may not deliver, by the table that intake checks with.

What an earlier version of Weerbeeld took in, or the table no longer allows, does not count; nor
does a figure of another partner where its own source delivered it.
"""

import duckdb
import geopandas as gpd

from geo.own_area import in_own_area
from records import KINDS, RecordKind
from records.authority import SOURCE_OF, right_of


def leave_out_others(con: duckdb.DuckDBPyConnection, gemeenten: gpd.GeoDataFrame) -> None:
    """Remove from every ``raw_<kind>``, which has a ``deliverer``, what is not its deliverer's.

    Deliverers without an area in their code are taken at their word about where things are.
    """
    for kind in KINDS.values():
        found = con.execute(f"SELECT DISTINCT deliverer FROM raw_{kind.name} ORDER BY 1").fetchall()
        for (deliverer,) in found:
            right = right_of(deliverer, kind.name)
            if right is None:
                con.execute(f"DELETE FROM raw_{kind.name} WHERE deliverer = ?", [deliverer])
            elif right.where == "own area" and ":" in deliverer and kind.located:
                _leave_out_elsewhere(con, kind, deliverer, gemeenten)
    _leave_out_corrections(con)


def _leave_out_elsewhere(
    con: duckdb.DuckDBPyConnection, kind: RecordKind, deliverer: str, gemeenten: gpd.GeoDataFrame
) -> None:
    level, _, code = deliverer.partition(":")
    rows = con.execute(
        f"SELECT row, lon, lat FROM raw_{kind.name} WHERE deliverer = ?", [deliverer]
    ).df()
    lon, lat = rows["lon"].to_numpy(), rows["lat"].to_numpy()
    elsewhere = rows.loc[~in_own_area(lon, lat, level, code, gemeenten), ["row"]]
    if len(elsewhere):
        con.register("elsewhere", elsewhere)
        con.execute(f"DELETE FROM raw_{kind.name} WHERE row IN (SELECT row FROM elsewhere)")
        con.unregister("elsewhere")


def _leave_out_corrections(con: duckdb.DuckDBPyConnection) -> None:
    """Remove figures of others, where the one source of that figure delivered it."""
    con.execute("CREATE TEMP TABLE source_of (figure VARCHAR, source_partner VARCHAR)")
    con.executemany("INSERT INTO source_of VALUES (?, ?)", list(map(list, SOURCE_OF.items())))
    con.execute(
        "DELETE FROM raw_area_figure AS r USING source_of AS s WHERE r.figure = s.figure"
        " AND r.partner <> s.source_partner AND r.figure IN (SELECT o.figure FROM raw_area_figure o"
        " JOIN source_of t ON o.figure = t.figure AND o.partner = t.source_partner)"
    )
    con.execute("DROP TABLE source_of")
