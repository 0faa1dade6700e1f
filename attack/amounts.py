"""What remains hidden of amounts of money and weight from who knows all amounts elsewhere.

He also knows the largest contributor of every total, and that a shown amount lies 30-120% of that
above or below the true one: so each total leaves two stretches, and he cuts those of gemeente,
region and country with each other.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attack.knowledge import protected_indicators
from indicators import CATALOGUE
from release.counting import KEYS
from release.protection import AMOUNT_STEP, LEAST_SHIFT, MOST_SHIFT
from store.home import Home
from store.release import LEVEL_NUMBERS, Figure, Period, open_release

Floats = NDArray[np.float64]

CLOSE = 0.1
"""Known closely: what remains possible adds up to less than this part of the largest amount."""

GEMEENTE, REGION, COUNTRY = (LEVEL_NUMBERS[name] for name in ("gemeente", "riec", "nederland"))


@dataclass(frozen=True)
class Amounts:
    """12-month municipal amounts: how many, how many published, and how many known closely."""

    amounts: int
    published: int
    close: int


def attack_amounts(home: Home, name: str) -> Amounts:
    """Return what an attacker knows closely of the amounts in the release called ``name``."""
    engine = open_release(home.releases / f"{name}.db")
    with engine.connect() as connection:
        periods = pd.read_sql_table(Period.__tablename__, connection)
        columns = ["indicator_id", "level", *KEYS, "numerator", "denominator"]
        figures = pd.read_sql_table(Figure.__tablename__, connection, columns=columns)
    years = periods.loc[periods["kind"] == "year", "id"]
    places = pd.read_parquet(home.counts / name / "place.parquet")
    riec = places.drop_duplicates("gemeente").set_index("gemeente")["riec"]
    found = []
    for code, number in protected_indicators(engine).items():
        if CATALOGUE[code].counting == "value":
            exact = pd.read_parquet(home.counts / name / f"{code}.parquet")
            exact = exact[exact["period_id"].isin(years)]
            shown = figures[figures["indicator_id"] == number]
            both = exact.merge(shown, on=["level", *KEYS], how="left")
            found += [_one_side(both, side, riec) for side in ("numerator", "denominator")]
    return Amounts(*(sum(part) for part in zip(*found, strict=True))) if found else Amounts(0, 0, 0)


def _one_side(both: pd.DataFrame, side: str, riec: "pd.Series[int]") -> tuple[int, int, int]:
    own = both[(both["level"] == GEMEENTE) & (both[f"amount_{side}"] > 0)]
    own = own.assign(riec=own["area_id"].map(riec))
    amount, largest = own[f"amount_{side}"].to_numpy(), own[f"largest_{side}"].to_numpy()
    left = []
    for level in (GEMEENTE, REGION, COUNTRY):
        total = _totals(both, own, level)
        given = total[side].where(total[side] > 0).to_numpy(dtype=float)
        middle = given - (total[f"amount_{side}"].to_numpy() - amount)
        left.append(_stretches(middle, total[f"largest_{side}"].to_numpy()))
    width = sum(
        (np.minimum.reduce(ends) - np.maximum.reduce(starts)).clip(0)
        for starts, ends in (zip(*parts, strict=True) for parts in product(*left))
    )
    published = int((own[side] > 0).sum())
    return len(own), published, int((np.asarray(width) < CLOSE * largest).sum())


def _stretches(middle: Floats, moved: Floats) -> list[tuple[Floats, Floats]]:
    """Return start and end of the two stretches left by a shown amount; everything if not shown."""
    hidden, half = ~np.isfinite(middle), AMOUNT_STEP / 2
    below = (middle - MOST_SHIFT * moved - half, middle - LEAST_SHIFT * moved + half)
    above = (middle + LEAST_SHIFT * moved - half, middle + MOST_SHIFT * moved + half)
    whole, none = (0.0, np.inf), (0.0, 0.0)
    return [
        (np.where(hidden, free[0], start), np.where(hidden, free[1], end))
        for (start, end), free in ((below, whole), (above, none))
    ]


def _totals(both: pd.DataFrame, own: pd.DataFrame, level: int) -> pd.DataFrame:
    if level == GEMEENTE:
        return own
    totals = both[both["level"] == level].drop(columns="level")
    on = ["period_id"]
    if level == REGION:
        totals, on = totals.rename(columns={"area_id": "riec"}), ["riec", "period_id"]
    else:
        totals = totals.drop(columns="area_id")
    return own[["riec", "period_id"]].merge(totals, on=on, how="left")
