"""Declarations at customs: many goods items of firms in ports and distribution towns.

In each group of goods code, direction and year some two in a hundred lie clearly apart from the
rest, half of them below; where a pattern is planted more of them come from there.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from demo.arrays import Flags, Floats, Ints, coded
from demo.businesses import businesses
from demo.contract import Delivery, Example, KindExample, by_year
from demo.gateways import DECLARATION_WEIGHTS, ELSEWHERE, LOGISTIC_TOWNS
from demo.goods import COUNTRIES, GOODS
from demo.period import YEARS, dates, sample_days
from demo.repeats import with_repeats
from demo.settlements import Settlements
from geo import areas

DECLARATIONS = 80_000
WEIGHED = 0.97
LOCAL_OUTSIDE = 0.5
"""Unusual prices outside ports and distribution towns, as a share of what they are within."""
ITEMS_A_FIRM = 60
LEAST_FIRMS = 12
INSIDE, OUTSIDE = 1.8, 3.4
"""Ordinary prices end here, odd ones begin here (standard deviations). Half of the ordinary ones
lie within 0.52 of the usual price, so that a cut-off of 3.5 robust deviations lies at 2.7."""
OUTSIDE_SHARE = 0.023
"""Share of odd prices in ordinary places: two in a hundred, and what rounding up adds."""


def _weights(of_gemeente: Floats) -> Floats:
    """Return each gemeente's share of the declarations, given its inhabitants, (342,)."""
    gemeenten = areas.gemeenten()
    named = gemeenten["code"].map(DECLARATION_WEIGHTS)
    size = np.sqrt(of_gemeente) * named.isna().to_numpy()
    weights = named.fillna(0.0).to_numpy(dtype=np.float64) + ELSEWHERE * size / size.sum()
    shares: Floats = weights / weights.sum()
    return shares


def expected_outside(s: Settlements) -> Floats:
    """Return the items outside the band to expect in 12 months, per gemeente that is a
    distribution town (others 0), shape (342,)."""
    chosen = areas.gemeenten()["code"].isin(LOGISTIC_TOWNS).to_numpy()
    expected: Floats = (
        _weights(s.of_gemeente) * DECLARATIONS / YEARS * WEIGHED * OUTSIDE_SHARE * chosen
    )
    return expected


def _firms(
    s: Settlements, register: pd.DataFrame, items: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Return for each item its gemeente and its establishment: a trading or transport firm
    that existed throughout where there is one."""
    gemeente_of = s.gemeente[register["row"].to_numpy()]
    lasting = (register["founded"] < "2023-07-01") & register["dissolved"].isna()
    trading = register["sbi"].str.startswith(("46", "52")) & lasting
    firms, gemeenten = [], []
    for gemeente in np.flatnonzero(items):
        here = gemeente_of == gemeente
        pool = np.flatnonzero(here & trading.to_numpy())
        if len(pool) < LEAST_FIRMS:
            pool = np.flatnonzero(here)
        wanted = max(LEAST_FIRMS, items[gemeente] // ITEMS_A_FIRM)
        chosen = rng.permutation(pool)[:wanted]
        share = rng.gamma(2, 1, len(chosen))
        firms.append(rng.choice(chosen, items[gemeente], p=share / share.sum()))
        gemeenten.append(np.full(items[gemeente], gemeente))
    return np.concatenate(gemeenten), np.concatenate(firms)


def _outside(group: Ints, weighed: Flags, weight: Floats, rng: np.random.Generator) -> Ints:
    """Return -1 for items below the band, 1 above it, else 0: one in a hundred of each group on
    either side, rounded up, drawn with chances in proportion to ``weight``."""
    side = np.zeros(len(group), dtype=np.int64)
    rows = np.flatnonzero(weighed)
    key = np.log(weight[rows]) + rng.gumbel(size=len(rows))
    order = rows[np.lexsort((-key, group[rows]))]
    _, first, size = np.unique(group[order], return_index=True, return_counts=True)
    rank = np.arange(len(order)) - np.repeat(first, size)
    beyond = np.repeat((0.01 * (size - 1)).astype(np.int64) + 1, size)
    hit = rank < 2 * beyond
    side[order[hit]] = np.where(rank[hit] % 2 == 0, 1, -1)
    return side


def deviations(side: Ints, rng: np.random.Generator) -> Floats:
    """Return how many standard deviations the logarithm of each price is off the usual."""
    usual = rng.normal(0, 0.8, len(side))
    usual = np.where(np.abs(usual) < INSIDE, usual, rng.uniform(-INSIDE, INSIDE, len(side)))
    far: Floats = side * (OUTSIDE + rng.exponential(0.5, len(side)))
    return np.where(side == 0, usual, far)


def declarations(example: Example) -> pd.DataFrame:
    """Return the goods items by day, with x, y (RD New) and ``row`` of Settlements."""
    s, rng = example.settlements, example.rng(4)
    register = example.records(businesses)
    n = round(DECLARATIONS * example.scale)
    firms = np.bincount(s.gemeente[register["row"].to_numpy()], minlength=len(s.of_gemeente))
    share = _weights(s.of_gemeente) * (firms > 0)
    gemeente, firm = _firms(s, register, rng.multinomial(n, share / share.sum()), rng)
    order = rng.permutation(n)
    gemeente, firm = gemeente[order], firm[order]
    day = np.sort(sample_days(rng, n, season=0.05, peak=10))
    date = dates(day)
    year = date.astype("datetime64[Y]").astype(np.int64)
    imported = rng.integers(0, 2, n)
    goods = rng.integers(0, len(GOODS), n)
    weighed = rng.uniform(size=n) < WEIGHED
    group = (year * 2 + imported) * len(GOODS) + goods
    local = ~areas.gemeenten()["code"].isin(list(DECLARATION_WEIGHTS)).to_numpy()
    chance = example.plan.gemeente_rates("TB03").at(gemeente, day)
    chance = chance * np.where(local, LOCAL_OUTSIDE, 1.0)[gemeente]
    side = _outside(group, weighed, chance, rng)
    usual, spread = np.array(list(GOODS.values())).T
    price = usual[goods] * np.exp(spread[goods] * deviations(side, rng))
    value = np.round(rng.lognormal(9.6, 0.5, n), 2)
    countries = np.array(list(COUNTRIES.values()))
    items = pd.DataFrame(
        {
            "declaration_id": coded("D", np.arange(n)),
            "firm_id": register["firm_id"].to_numpy()[firm],
            "date": date,
            "direction": np.where(imported == 1, "import", "export"),
            "hs6": np.array(list(GOODS))[goods],
            "value_eur": value,
            "weight_kg": np.where(weighed, np.round(value / price, 2), np.nan),
            "country": rng.choice(list(COUNTRIES), n, p=countries / countries.sum()),
            "x": register["x"].to_numpy()[firm],
            "y": register["y"].to_numpy()[firm],
            "row": register["row"].to_numpy()[firm],
        }
    )
    return with_repeats(items, example.rng("repeats"))


def _deliveries(example: Example) -> Iterable[Delivery]:
    return by_year("douane", example.records(declarations), "date")


EXAMPLE = KindExample("trade_declaration", 4, _deliveries, parquet=True)
