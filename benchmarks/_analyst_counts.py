"""The first cells of an analyst's notebook: points in areas and hexagons, and counts by period."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import geopandas as gpd
import h3
import pandas as pd

from demo.period import END, START

BORDERS = Path(__file__).resolve().parents[1] / "data" / "boundaries" / "gemeenten.geojson"
ADMINISTRATIVE = ["nederland", "riec", "gemeente"]

FIRST, LAST = pd.Timestamp(START), pd.Timestamp(END)
MONTHS = pd.period_range(FIRST, LAST, freq="M")
QUARTERS = pd.period_range(FIRST, LAST, freq="Q")
WINDOWS = {
    f"{end:%Y-%m}-12m": (start.start_time, end.end_time)
    for start, end in zip(MONTHS[:-11], MONTHS[11:], strict=True)
    if end.month % 3 == 0
}


def name(period: pd.Period) -> str:
    return f"{period:%Y-%m}" if period.freqstr == "M" else f"{period:%Y-Q%q}"


def stock_day(end: pd.Timestamp) -> pd.Timestamp:
    """Stocks are those of the last day of a year, or of the first month where that is later."""
    last = pd.Timestamp(end.year if end.month == 12 else end.year - 1, 12, 31)
    return max(last, MONTHS[0].end_time.normalize())


ENDS = {name(period): period.end_time for period in (*MONTHS, *QUARTERS)} | {
    window: end for window, (_, end) in WINDOWS.items()
}
DAYS = pd.DataFrame(
    [(period, period in WINDOWS, stock_day(end)) for period, end in ENDS.items()],
    columns=["period", "window", "day"],
)


def placed(frame: pd.DataFrame, points: gpd.GeoSeries) -> pd.DataFrame:
    """Add areas and hexagons; a point beside all borders is in the nearest gemeente."""
    gemeenten = gpd.read_file(BORDERS).to_crs(28992).sort_values("code")
    gemeenten = gemeenten[["code", "riec", "geometry"]]
    where = gpd.GeoDataFrame(geometry=points.to_crs(28992))
    inside = where.sjoin(gemeenten)
    beside = where.drop(inside.index).sjoin_nearest(gemeenten, max_distance=5000)
    found = pd.concat([inside, beside])
    found = found[~found.index.duplicated()]
    degrees = points.to_crs(4326)
    hex9 = [h3.latlng_to_cell(lat, lon, 9) for lat, lon in zip(degrees.y, degrees.x, strict=True)]
    return frame.assign(
        nederland="NL",
        riec=found["riec"],
        gemeente=found["code"],
        hex9=hex9,
        hex8=[h3.cell_to_parent(cell, 8) for cell in hex9],
        hex7=[h3.cell_to_parent(cell, 7) for cell in hex9],
        amount=1,
    )


def counted(rows: pd.DataFrame, by: Sequence[str], subjects: Sequence[str]) -> pd.DataFrame:
    """Add up amounts, and count distinct subjects: the fewest, where there are several kinds."""
    groups = rows.groupby(list(by))
    behind = groups[list(subjects)].nunique().min(axis=1)
    found = pd.DataFrame({"amount": groups["amount"].sum(), "subjects": behind}).reset_index()
    return found.rename(columns={by[0]: "area"}).assign(level=by[0])


def _flows(
    rows: pd.DataFrame, subjects: Sequence[str], levels: Sequence[str]
) -> Iterator[pd.DataFrame]:
    rows = rows[rows["date"].between(FIRST, LAST)]
    for freq in ("M", "Q"):
        dated = rows.assign(period=rows["date"].dt.to_period(freq))
        for level in ADMINISTRATIVE:
            found = counted(dated, [level, "period"], subjects)
            yield found.assign(period=found["period"].map(name))
    for window, (start, end) in WINDOWS.items():
        within = rows[rows["date"].between(start, end)]
        for level in levels:
            yield counted(within, [level], subjects).assign(period=window)


def flow(rows: pd.DataFrame, subjects: Sequence[str], levels: Sequence[str]) -> pd.DataFrame:
    """Count what happened in each month and quarter (from gemeente up) and each window."""
    return pd.concat(_flows(rows, subjects, levels), ignore_index=True)


def stock(
    firms: pd.DataFrame,
    subjects: Sequence[str],
    levels: Sequence[str],
    chosen: Callable[[pd.DataFrame], pd.DataFrame] = lambda there: there,
) -> pd.DataFrame:
    """Count the establishments, or those ``chosen``, that exist on the day of each period."""
    parts = []
    for day in DAYS["day"].unique():
        there = chosen(firms[(firms["founded"] <= day) & ~(firms["dissolved"] <= day)])
        parts += [counted(there, [level], subjects).assign(day=day) for level in levels]
    found = pd.concat(parts, ignore_index=True).merge(DAYS, on="day")
    return found[found["window"] | found["level"].isin(ADMINISTRATIVE)]


def rate(numerator: pd.DataFrame, denominator: pd.DataFrame) -> pd.DataFrame:
    """Put numerator and denominator side by side, at the levels of the numerator."""
    keys = ["level", "area", "period"]
    columns = [*keys, "amount", "subjects"]
    below = denominator.loc[denominator["level"].isin(numerator["level"]), columns]
    both = numerator[columns].merge(
        below, on=keys, how="outer", suffixes=("_numerator", "_denominator")
    )
    return both.fillna(0)
