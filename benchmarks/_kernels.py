"""The bare kernels in a row: what the same counts cost without any of our rules.

DuckDB reads the files, pyproj and shapely place all points at once, h3 finds each cell (it takes a
point at a time), and DuckDB groups what the SELECTs of the catalogue return. Nothing is checked,
pseudonymised, kept, corrected or keyed.
"""

from pathlib import Path

import duckdb
import geopandas as gpd
import h3.api.basic_int as h3
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from benchmarks._ours import SEVEN
from demo.period import END, START
from indicators import CATALOGUE
from indicators.contract import Count
from release.look_tables import period_table
from release.periods import calendar_of, kinds_at

BORDERS = Path(__file__).resolve().parents[1] / "data" / "boundaries" / "gemeenten.geojson"
FURTHEST_M = 5_000
LEVELS = ("nederland", "riec", "gemeente", "hex7", "hex8", "hex9")
THREADS = 2
"""As many as a build takes."""

READERS = {
    "business": "read_parquet('{}/*_business_*.parquet')",
    "property_transaction": "read_csv('{}/*_property_transaction_*.csv', delim = ';',"
    " decimal_separator = ',')",
    "trade_declaration": "read_parquet('{}/*_trade_declaration_*.parquet')",
}


def bare_kernels(folder: Path, target: Path) -> None:
    """Count the seven indicators of the deliveries in ``folder`` into the Parquet ``target``."""
    with duckdb.connect(config={"threads": THREADS}) as con:
        period_table(con, calendar_of(START.item(), END.item()))
        gemeenten = gpd.read_file(BORDERS).to_crs(28992).sort_values("code", ignore_index=True)
        for kind, reader in READERS.items():
            con.execute(f"CREATE TABLE raw_{kind} AS SELECT * FROM {reader.format(folder)}")
            spots = _spots(con, kind, gemeenten)
            con.register("spots", spots)
            con.execute(f"CREATE TABLE at_{kind} AS SELECT * FROM raw_{kind} POSITIONAL JOIN spots")
        _places(con, gemeenten)
        con.execute(
            "CREATE TABLE counted (code VARCHAR, side VARCHAR, level VARCHAR, area VARCHAR,"
            " period VARCHAR, amount DOUBLE, subjects BIGINT)"
        )
        for code in SEVEN:
            indicator = CATALOGUE[code]
            for side, count in enumerate((indicator.numerator, indicator.denominator)):
                levels = [level for level in indicator.level_names if level in LEVELS]
                _count(con, count, levels, f"'{code}', {side}")
        con.execute(
            "COPY (SELECT code, level, area, period,"
            " coalesce(n.amount, 0) AS amount_numerator, coalesce(n.subjects, 0) AS"
            " subjects_numerator, coalesce(d.amount, 0) AS amount_denominator,"
            " coalesce(d.subjects, 0) AS subjects_denominator"
            " FROM (FROM counted WHERE side = 0) n FULL JOIN (FROM counted WHERE side = 1) d"
            f" USING (code, level, area, period)) TO '{target}' (FORMAT parquet)"
        )


def _spots(con: duckdb.DuckDBPyConnection, kind: str, gemeenten: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the gemeente (a row, -1 for none) and the finest hexagon of each record."""
    ours, other = (28992, 4326) if kind == "property_transaction" else (4326, 28992)
    names = ("x", "y") if ours == 28992 else ("lon", "lat")
    columns = con.execute(f"SELECT {', '.join(names)} FROM raw_{kind}").fetchnumpy()
    given = [np.asarray(columns[name], dtype=float) for name in names]
    turned = pyproj.Transformer.from_crs(ours, other, always_xy=True).transform(given[0], given[1])
    (x, y), (lon, lat) = (given, turned) if ours == 28992 else (turned, given)
    points, tree = np.asarray(shapely.points(x, y)), shapely.STRtree(gemeenten.geometry.to_numpy())
    gemeente: NDArray[np.int64] = np.full(len(points), -1)
    point, area = tree.query(points, predicate="intersects")
    gemeente[point[::-1]] = area[::-1]
    lost = np.flatnonzero(gemeente < 0)
    point, area = tree.query_nearest(points[lost], max_distance=FURTHEST_M, all_matches=False)
    gemeente[lost[point]] = area
    found = (h3.latlng_to_cell(*at, 9) for at in zip(lat.tolist(), lon.tolist(), strict=True))
    hex9 = np.fromiter(found, dtype=np.int64, count=len(points))
    return pd.DataFrame({"gemeente": gemeente, "hex9": hex9})


def _places(con: duckdb.DuckDBPyConnection, gemeenten: gpd.GeoDataFrame) -> None:
    """Make ``place``, the areas of each distinct place, and the tables that the SELECTs read."""
    every = " UNION ".join(f"SELECT gemeente, hex9 FROM at_{kind}" for kind in READERS)
    places = con.execute(every).df()
    cells = places["hex9"].tolist()
    found = {
        "place": np.arange(len(places)),
        "at": places["gemeente"],
        "nederland": "NL",
        "riec": gemeenten["riec"].reindex(places["gemeente"]).to_numpy(),
        "gemeente": gemeenten["code"].reindex(places["gemeente"]).to_numpy(),
    } | {
        f"hex{resolution}": [h3.cell_to_parent(cell, resolution) for cell in cells]
        for resolution in (7, 8, 9)
    }
    con.register("places", pd.DataFrame(found))
    con.execute("CREATE TABLE place AS SELECT * FROM places")
    for kind in READERS:
        con.execute(
            f"CREATE TABLE {kind} AS SELECT r.*, place, 0::UINTEGER AS unit, NULL AS received,"
            f" NULL AS partner FROM at_{kind} r JOIN place p"
            " ON p.at = r.gemeente AND p.hex9 = r.hex9"
        )
    con.execute(
        "CREATE VIEW business_at AS SELECT b.*, moment FROM business b"
        " JOIN (SELECT DISTINCT look AS moment FROM period)"
        " ON founded <= moment AND (dissolved IS NULL OR dissolved > moment)"
    )


def _count(con: duckdb.DuckDBPyConnection, count: Count, levels: list[str], of: str) -> None:
    """Add up the rows of a count and its distinct subjects, for each level and period."""
    hashed = ", ".join(f"hash({word}) AS {word}" for word in count.subjects)
    con.execute(
        f"CREATE OR REPLACE TABLE units AS SELECT place, {count.when} AS date, amount, {hashed}"
        f" FROM ({count.sql})"
    )
    distinct = ", ".join(f"count(DISTINCT {word})" for word in count.subjects)
    sums = f"sum(amount) AS amount, least({distinct}) AS subjects"
    for level in levels:
        area = f"printf('%x', {level})" if level.startswith("hex") else level
        kinds = ", ".join(f"'{kind}'" for kind in kinds_at(level))
        periods = f"(SELECT * FROM period WHERE kind IN ({kinds}))"
        units = (
            f"(SELECT u.*, {level} FROM units u JOIN place USING (place) WHERE {level} IS NOT NULL)"
        )
        if count.when == "moment":
            looks = f"(SELECT {level}, date, {sums} FROM {units} GROUP BY ALL)"
            found = (
                f"SELECT {area}, code, amount, subjects FROM {looks} JOIN {periods} ON date = look"
            )
        else:
            during = 'date BETWEEN start AND "end"'
            found = (
                f"SELECT {area}, code, {sums} FROM {units} JOIN {periods} ON {during} GROUP BY ALL"
            )
        con.execute(f"INSERT INTO counted SELECT {of}, '{level}', * FROM ({found})")
