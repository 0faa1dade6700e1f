"""The land register: purchases where the houses are, many of them in new districts."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from demo.arrays import Floats, Ints, coded
from demo.contract import Delivery, Example, KindExample, by_year
from demo.gathering import INVESTOR, LOCAL_BUYERS, gathered, local_sizes
from demo.period import DAYS, YEARS, dates, sample_days
from demo.settlements import Settlements
from demo.sites import Site
from demo.variation import Rates, gamma_field
from records.property_transaction import BUYER_TYPES

TRANSACTIONS = 120_000
DISTRICT_TREND = 0.06
NO_MORTGAGE = 0.12
NO_MORTGAGE_OTHERS = 0.55
RESOLD = 0.04
"""Share of the sales of an object that was sold at most six months before."""
RESOLD_WITHIN = 175
B_LEGS = 0.25
B_LEG_WITHIN = 20
BUYERS = (0.84, 0.11, 0.01, 0.03, 0.01)
NEW_BUYERS = (0.90, 0.07, 0.01, 0.01, 0.01)
DEEDS = ("sale", "inheritance", "restructuring")
DEED_CHANCES = (0.90, 0.07, 0.03)
NEW_DEED_CHANCES = (0.98, 0.01, 0.01)


def _first_sales(
    s: Settlements, sites: Sequence[Site], scale: float, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Return row, day and whether it lies in a district (1) of each first transaction."""
    districts = [(row, site.size) for site in sites if site.kind == "district" for row in site.rows]
    at = np.array([row for row, _ in districts])
    counts = rng.poisson([size * YEARS * scale for _, size in districts])
    built = np.repeat(at, counts)
    left = max(round(TRANSACTIONS / (1 + RESOLD) * scale) - len(built), 0)
    chance = s.addresses * gamma_field(rng, s.hex8, 0.3)
    rows = rng.choice(len(s.cell), left, p=chance / chance.sum())
    days = (
        sample_days(rng, len(built), season=0.1, peak=7, trend=DISTRICT_TREND),
        sample_days(rng, left, season=0.15, peak=7, trend=0.02),
    )
    new = np.repeat([1, 0], [len(built), left])
    return np.concatenate((built, rows)), np.concatenate(days), new


def _resales(
    row: Ints, day: Ints, sold: Ints, rates: Rates, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Return which transactions are followed by a resale, on which day, and whether the first
    was the B leg of an A-B-C sale (1)."""
    b_leg = rng.uniform(size=len(sold)) < B_LEGS
    lag = np.where(
        b_leg,
        rng.integers(1, B_LEG_WITHIN + 1, len(sold)),
        rng.integers(15, RESOLD_WITHIN + 1, len(sold)),
    )
    again = day[sold] + lag
    share = np.minimum(RESOLD * rates.at(row[sold], again), 0.45)
    hit = (rng.uniform(size=len(sold)) < share / (1 - share)) & (again < DAYS)
    return sold[hit], again[hit], b_leg[hit].astype(np.int64)


def _prices(s: Settlements, row: Ints, day: Ints, rng: np.random.Generator) -> Floats:
    town = np.log10(1 + s.of_gemeente[s.gemeente[row]])
    level = 250_000 * np.exp(0.28 * (town - 4)) * 1.04 ** (day / 365)
    prices: Floats = np.round(level * rng.lognormal(0.25, 0.35, len(row)), -2)
    return prices


def transactions(example: Example) -> pd.DataFrame:
    """Return the transactions by day, with x, y (RD New) and ``row`` of Settlements."""
    s, plan, rng = example.settlements, example.plan, example.rng(3)
    row, day, new = _first_sales(s, example.sites, example.scale, rng)
    cashless, resale = plan.rates("VG01"), plan.rates("VG02")
    n = len(row)
    deed = np.where(
        new == 1,
        rng.choice(DEEDS, n, p=NEW_DEED_CHANCES),
        rng.choice(DEEDS, n, p=DEED_CHANCES),
    ).astype(object)
    sold, again, b_leg = _resales(row, day, np.flatnonzero(deed == "sale"), resale, rng)
    deed[sold[b_leg == 1]] = "abc_b_leg"
    x, y = s.scatter(row, rng)
    price = _prices(s, row, day, rng)
    whole = np.concatenate((np.arange(n), sold))
    frame = pd.DataFrame(
        {
            "object": whole,
            "day": np.concatenate((day, again)),
            "deed": np.concatenate((deed, np.full(len(sold), "sale", dtype=object))),
            "price_eur": price[whole],
            "x": x[whole],
            "y": y[whole],
            "row": row[whole],
            "new": new[whole],
        }
    )
    frame.loc[n:, "price_eur"] = np.round(frame.loc[n:, "price_eur"] * 1.08, -2)
    finished = _finished(frame.sort_values("day", kind="stable", ignore_index=True), cashless, rng)
    buyers = _buyers(finished, s, example.rng(14))
    return finished.assign(buyer_id=coded("K", buyers))


def _buyers(sales: pd.DataFrame, s: Settlements, rng: np.random.Generator) -> Ints:
    """Return who bought: hardly anybody twice, but for some who buy much in one gemeente."""
    private = (sales["buyer_type"] == "private") & (sales["deed"] == "sale")
    sizes = [*INVESTOR, *local_sizes(LOCAL_BUYERS, rng)]
    once = rng.integers(0, 20 * len(sales), len(sales))
    gemeente = s.gemeente[sales["row"].to_numpy()]
    return gathered(once, gemeente, np.flatnonzero(private), sizes, rng)


def _finished(frame: pd.DataFrame, cashless: Rates, rng: np.random.Generator) -> pd.DataFrame:
    n = len(frame)
    buyer = np.where(
        frame["new"] == 1,
        rng.choice(BUYER_TYPES, n, p=NEW_BUYERS),
        rng.choice(BUYER_TYPES, n, p=BUYERS),
    )
    share = NO_MORTGAGE * cashless.at(frame["row"].to_numpy(), frame["day"].to_numpy())
    counted = (buyer == "private") & (frame["deed"] == "sale").to_numpy()
    none = rng.uniform(size=n) < np.where(counted, share, NO_MORTGAGE_OTHERS)
    loan = np.round(frame["price_eur"] * rng.uniform(0.4, 1.0, n), -3)
    shuffled = rng.permutation(n)
    return pd.DataFrame(
        {
            "transaction_id": coded("T", np.arange(n)),
            "object_id": coded("O", shuffled[frame["object"].to_numpy()]),
            "buyer_id": "",
            "date": dates(frame["day"].to_numpy()),
            "deed": frame["deed"],
            "buyer_type": buyer,
            "price_eur": frame["price_eur"],
            "mortgage_eur": np.where(none, 0.0, loan),
            "x": frame["x"],
            "y": frame["y"],
            "row": frame["row"],
        }
    )


def _deliveries(example: Example) -> Iterable[Delivery]:
    return by_year("kadaster", example.records(transactions), "date")


EXAMPLE = KindExample("property_transaction", 3, _deliveries)
