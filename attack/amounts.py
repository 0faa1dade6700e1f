"""What remains hidden of amounts of money and weight from who knows all amounts elsewhere.

He also knows the largest contributor of every total, and that what is shown lies at most MOST_SHIFT
of that above or below the true total: so each leaves a stretch, and he cuts those of gemeente,
region and country with each other.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attack.declarants import Guessed, guess_largest
from attack.knowledge import SIDES, protected_indicators
from indicators import CATALOGUE
from release.counting import KEYS
from release.protection import AMOUNT_STEP, MOST_SHIFT
from store.home import Home
from store.release import LEVEL_NUMBERS, Figure, Period, open_release

Floats = NDArray[np.float64]

CLOSE = 0.1
"""Known closely: what remains possible adds up to less than this part of the largest amount."""

GEMEENTE, REGION, COUNTRY = (LEVEL_NUMBERS[name] for name in ("gemeente", "riec", "nederland"))


@dataclass(frozen=True)
class Amounts:
    """12-month municipal amounts: how many, how many published, and how many known closely.

    How often the largest contributor is guessed in the last window: ``largest`` by who knows what
    all others add up to, ``above_second`` by who also knows that it is larger than the next.
    """

    amounts: int
    published: int
    close: int
    largest: Guessed
    above_second: Guessed


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
    found, last = [], []
    for code, number in protected_indicators(engine).items():
        if CATALOGUE[code].counting == "value":
            exact = pd.read_parquet(home.counts / name / f"{code}.parquet")
            exact = exact[exact["period_id"].isin(years)]
            shown = figures[figures["indicator_id"] == number]
            both = exact.merge(shown, on=["level", *KEYS], how="left")
            found += [_one_side(both, side, riec) for side in SIDES]
            last += [_shown(both[both["period_id"] == years.max()], side) for side in SIDES]
    amounts, published, close = np.sum(found, axis=0).tolist() if found else (0, 0, 0)
    asked = np.concatenate(last, axis=1) if last else np.empty((4, 0))
    total, largest, shown_as, second = asked
    return Amounts(
        amounts,
        published,
        close,
        guess_largest(total, largest, shown_as, np.zeros_like(total)),
        guess_largest(total, largest, shown_as, second),
    )


def _shown(both: pd.DataFrame, side: str) -> Floats:
    """Return amount, largest, what is shown and second of municipal totals, shape (4, n)."""
    own = both[(both["level"] == GEMEENTE) & (both[side] > 0) & (both[f"amount_{side}"] > 0)]
    names = [f"amount_{side}", f"largest_{side}", side, f"second_{side}"]
    return own[names].to_numpy(dtype=float).T


def _one_side(both: pd.DataFrame, side: str, riec: "pd.Series[int]") -> tuple[int, int, int]:
    own = both[(both["level"] == GEMEENTE) & (both[f"amount_{side}"] > 0)]
    own = own.assign(riec=own["area_id"].map(riec))
    amount, largest = own[f"amount_{side}"].to_numpy(), own[f"largest_{side}"].to_numpy()
    left = []
    for level in (GEMEENTE, REGION, COUNTRY):
        total = _totals(both, own, level)
        given = total[side].where(total[side] > 0).to_numpy(dtype=float)
        middle = given - (total[f"amount_{side}"].to_numpy() - amount)
        left.append(_stretch(middle, total[f"largest_{side}"].to_numpy()))
    starts, ends = zip(*left, strict=True)
    width = (np.minimum.reduce(ends) - np.maximum.reduce(starts)).clip(0)
    published = int((own[side] > 0).sum())
    return len(own), published, int((np.asarray(width) < CLOSE * largest).sum())


def _stretch(middle: Floats, moved: Floats) -> tuple[Floats, Floats]:
    """Return start and end of what a shown amount leaves possible; everything if not shown."""
    hidden, reach = ~np.isfinite(middle), MOST_SHIFT * moved + AMOUNT_STEP / 2
    return np.where(hidden, 0.0, middle - reach), np.where(hidden, np.inf, middle + reach)


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
