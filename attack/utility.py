"""What protection costs: how far rates move, and how many places keep a figure of their own."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from attack.knowledge import protected_indicators
from indicators import CATALOGUE
from release.counting import KEYS
from store.home import Home
from store.release import LEVEL_NUMBERS, Figure, Period, open_release

LEAST_DENOMINATOR = 100
GEMEENTE = LEVEL_NUMBERS["gemeente"]


@dataclass(frozen=True)
class Utility:
    """``rates``: per indicator the number of 12-month municipal rates on at least 100 and the
    median part (0-1) by which protection changed them; ``change``: that of all together;
    ``places``: per indicator, at its finest hexagons in the last window, those where something was
    counted, and the share (0-1) that has a figure of its own, that of a larger hexagon, or that
    of the gemeente.
    """

    rates: pd.DataFrame
    change: float
    places: pd.DataFrame


def utility(home: Home, name: str) -> Utility:
    """Compare a release with its exact counts."""
    engine = open_release(home.releases / f"{name}.db")
    with engine.connect() as connection:
        periods = pd.read_sql_table(Period.__tablename__, connection)
        figures = pd.read_sql_table(
            Figure.__tablename__,
            connection,
            columns=["indicator_id", *KEYS, "level", "numerator", "denominator"],
        )
    places = pd.read_parquet(home.counts / name / "place.parquet")
    years = set(periods.loc[periods["kind"] == "year", "id"])
    rates, moved, kept = [], [], []
    for code, number in protected_indicators(engine).items():
        shown = figures[(figures["indicator_id"] == number) & figures["period_id"].isin(years)]
        exact = pd.read_parquet(home.counts / name / f"{code}.parquet")
        if CATALOGUE[code].counting == "value":
            shown = shown[shown["numerator"].gt(0) | _nothing(shown, exact)]
        change = _changes(shown, exact)
        moved.append(change)
        rates.append((code, len(change), float(np.median(change)) if len(change) else np.nan))
        if "H" in CATALOGUE[code].levels:
            kept.append((code, *_kept(shown, exact, places, CATALOGUE[code].finest_hexagon)))
    names = ["code", "hexagons", "own", "larger", "gemeente"]
    changes = np.concatenate([np.zeros(0), *moved])
    return Utility(
        pd.DataFrame(rates, columns=["code", "rates", "change"]),
        float(np.median(changes)) if len(changes) else 0.0,
        pd.DataFrame(kept, columns=names),
    )


def _changes(
    shown: pd.DataFrame, exact: pd.DataFrame
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return by which part each 12-month municipal rate was changed; infinite where it was 0.

    Of those that there are: a denominator that shows as 0 gives none.
    """
    both = shown[shown["level"] == GEMEENTE].merge(exact, on=["level", *KEYS])
    both = both[(both["amount_denominator"] >= LEAST_DENOMINATOR) & (both["denominator"] > 0)]
    true = (both["amount_numerator"] / both["amount_denominator"]).to_numpy(dtype=float)
    given = (both["numerator"] / both["denominator"]).to_numpy(dtype=float)
    nothing = np.where(given == 0, 0.0, np.inf)
    return np.asarray(np.divide(np.abs(given - true), true, out=nothing, where=true > 0))


def _nothing(shown: pd.DataFrame, exact: pd.DataFrame) -> "pd.Series[bool]":
    """Return where an amount is truly 0: one of few shows as 0 too, and is no rate to measure."""
    both = shown[["level", *KEYS]].merge(exact, on=["level", *KEYS], how="left")
    return pd.Series((both["amount_numerator"] == 0).to_numpy(), index=shown.index)


def _kept(
    shown: pd.DataFrame, exact: pd.DataFrame, places: pd.DataFrame, resolution: int
) -> tuple[int, float, float, float]:
    last, own = shown["period_id"].max(), f"hex{resolution}"
    counted = exact[(exact["period_id"] == last) & (exact["level"] == LEVEL_NUMBERS[own])]
    counted = counted[counted["amount_denominator"] > 0]
    above = places[places[own] > 0].drop_duplicates(own).set_index(own, drop=False)
    above = above.reindex(counted["area_id"])
    latest = shown[shown["period_id"] == last]
    larger = [f"hex{r}" for r in range(resolution - 1, 6, -1)]
    found, shares = np.zeros(len(above), dtype=bool), []
    for step in ([own], larger, ["gemeente"]):
        has = found.copy()
        for name in step:
            figures = latest.loc[latest["level"] == LEVEL_NUMBERS[name], "area_id"]
            has |= above[name].isin(figures).to_numpy()
        shares.append(float((has & ~found).mean()))
        found = has
    return len(above), shares[0], shares[1], shares[2]
