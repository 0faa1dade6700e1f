"""The notebook of an analyst who wants seven indicators once: pandas, geopandas, h3, groupby.

It reads the files that partners deliver and counts, for each indicator, area and period, what
Weerbeeld counts before it protects anything: numerator and denominator, and how many distinct
subjects are behind each. It checks no delivery, protects nothing, and makes no statistics.
"""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks._analyst_counts import ADMINISTRATIVE, flow, placed, rate, stock

TO_HEX7 = [*ADMINISTRATIVE, "hex7"]
TO_HEX8 = [*TO_HEX7, "hex8"]
TO_HEX9 = [*TO_HEX8, "hex9"]

CASH_INTENSIVE = ["96021", "96022", "96040", "96012", "56101", "56102", "56300"]
CASH_INTENSIVE += ["45112", "45204", "47772", "47422", "77111", "92009"]
TRANSPORT = ("494", "52", "53")


def read_parquet(folder: Path, kind: str, dates: Sequence[str]) -> pd.DataFrame:
    files = sorted(folder.glob(f"*_{kind}_*.parquet"))
    frame = pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)
    frame = frame.assign(**{date: pd.to_datetime(frame[date]) for date in dates})
    return placed(frame, gpd.GeoSeries.from_xy(frame["lon"], frame["lat"], crs=4326))


def read_csv(folder: Path, kind: str, dates: Sequence[str]) -> pd.DataFrame:
    files = sorted(folder.glob(f"*_{kind}_*.csv"))
    read = [pd.read_csv(file, sep=";", decimal=",", parse_dates=list(dates)) for file in files]
    frame = pd.concat(read, ignore_index=True)
    return placed(frame, gpd.GeoSeries.from_xy(frame["x"], frame["y"], crs=28992))


def cash_intensive(firms: pd.DataFrame) -> pd.DataFrame:
    return firms[firms["sbi"].isin(CASH_INTENSIVE) & (firms["premises_use"] != "dwelling")]


def crowded(firms: pd.DataFrame) -> pd.DataFrame:
    ordinary = firms[firms["address_kind"] == "ordinary"]
    return ordinary[ordinary.groupby("address_id")["amount"].transform("sum") >= 5]


def of_businesses(firms: pd.DataFrame) -> dict[str, pd.DataFrame]:
    both, firm = ["firm_id", "address_id"], ["firm_id"]
    everyone = stock(firms, both, TO_HEX9)
    founded = firms.rename(columns={"founded": "date"})
    transport = firms["sbi"].str.startswith(TRANSPORT)
    return {
        "BD01": rate(stock(firms, both, TO_HEX9, cash_intensive), everyone),
        "BD03": rate(stock(firms, firm, TO_HEX9, crowded), stock(firms, firm, TO_HEX9)),
        "BD04": rate(flow(founded, both, TO_HEX7), everyone),
        "LO01": rate(
            flow(founded[transport], both, TO_HEX8), stock(firms[transport], both, TO_HEX8)
        ),
    }


def of_property(sales: pd.DataFrame) -> dict[str, pd.DataFrame]:
    both = ["buyer_id", "object_id"]
    private = sales[(sales["deed"] == "sale") & (sales["buyer_type"] == "private")]
    unmortgaged = private[private["mortgage_eur"] == 0]
    sold = sales[sales["deed"].isin(["sale", "abc_b_leg"])]
    sold = sold.sort_values(["date", "transaction_id"])
    previous = sold.groupby("object_id")["date"].shift()
    again = sold[sold["date"] <= previous + pd.DateOffset(months=6)]
    return {
        "VG01": rate(flow(unmortgaged, both, TO_HEX9), flow(private, both, TO_HEX9)),
        "VG02": rate(flow(again, both, TO_HEX8), flow(sold, both, TO_HEX8)),
    }


def of_trade(trade: pd.DataFrame) -> dict[str, pd.DataFrame]:
    firm, goods = ["firm_id"], ["hs6", "direction", "year"]
    weighed = trade[(trade["weight_kg"] > 0) & (trade["value_eur"] > 0)]
    priced = weighed.assign(
        price=np.log(weighed["value_eur"] / weighed["weight_kg"]),
        year=weighed["date"].dt.year,
        amount=weighed["value_eur"],
    )
    alike = [priced[column] for column in goods]
    away = (priced["price"] - priced["price"].groupby(alike).transform("median")).abs()
    priced = priced.assign(away=away, spread=1.4826 * away.groupby(alike).transform("median"))
    enough = away.groupby(alike).transform("size") >= 50
    priced = priced[enough & (priced["spread"] > 0)]
    outside = priced[priced["away"] > 3.5 * priced["spread"]]
    return {"TB03": rate(flow(outside, firm, ADMINISTRATIVE), flow(priced, firm, ADMINISTRATIVE))}


def notebook(folder: Path, target: Path) -> None:
    """Count the seven indicators of the deliveries in ``folder`` into the Parquet ``target``."""
    counts = {
        **of_businesses(read_parquet(folder, "business", ["founded", "dissolved"])),
        **of_property(read_csv(folder, "property_transaction", ["date"])),
        **of_trade(read_parquet(folder, "trade_declaration", ["date"])),
    }
    pd.concat([table.assign(code=code) for code, table in counts.items()]).to_parquet(target)
