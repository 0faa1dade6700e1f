"""Public figures about gemeenten, invented in the shape of those of CBS and police."""

import numpy as np
import pandas as pd

from demo.arrays import Floats
from demo.figures import GROWTH, STATES
from demo.period import START
from demo.settlements import Settlements
from geo import areas
from records.contract import INVENTED_SOURCE

MONTHS = 36

FLOWS = {
    "offences": (44.0, 0.28, 0.06),
    "drug_offences": (0.9, 0.35, 0.18),
    "arson": (0.32, 0.20, 0.25),
    "bankruptcies": (0.23, 0.15, 0.20),
}
"""Per flow: a year per 1,000 inhabitants of a middling town, more per tenfold inhabitants (log),
and the standard deviation (log) between towns of one size."""

PER_INHABITANT = {"dwellings": 0.455, "firms": 0.135, "premises": 0.019}
VACANT = 0.07
VACANT_SPREAD = 0.35
MIDDLING = 35_000
HOUSE_PRICE, PRICE_SPREAD = 440_000, 0.2
LIVABILITY, LIVABILITY_SPREAD = 6.6, 1.1


def _frame(figure: str, date: str | np.datetime64, value: Floats, months: int = 0) -> pd.DataFrame:
    codes = areas.gemeenten()["code"].to_numpy()
    frame = pd.DataFrame({"figure": figure, "area": codes, "value": value})
    return frame.assign(
        level="gemeente", date=pd.Timestamp(date), months=months, source=INVENTED_SOURCE
    )


def _flows(s: Settlements, rng: np.random.Generator) -> list[pd.DataFrame]:
    tenfold = np.log10(s.of_gemeente / MIDDLING)
    first = np.arange(START.astype("datetime64[M]"), MONTHS + START.astype("datetime64[M]"))
    frames = []
    for figure, (yearly, more, spread) in FLOWS.items():
        rate = yearly * np.exp(more * tenfold + rng.normal(0, spread, len(tenfold)))
        mean = s.of_gemeente / 1_000 * rate / 12
        frames += [
            _frame(figure, month.astype("datetime64[D]"), rng.poisson(mean).astype(float), 1)
            for month in first
        ]
    return frames


def _states(s: Settlements, rng: np.random.Generator) -> list[pd.DataFrame]:
    frames = []
    vacancy = VACANT * np.exp(rng.normal(0, VACANT_SPREAD, len(s.of_gemeente)))
    for year, day in enumerate(STATES):
        people = s.of_gemeente * (1 + GROWTH) ** year
        stock = {name: np.rint(people * per) for name, per in PER_INHABITANT.items()}
        stock["premises_vacant"] = np.rint(stock["premises"] * vacancy)
        frames += [_frame(figure, day, value) for figure, value in stock.items()]
    return frames


def open_figures(s: Settlements, rng: np.random.Generator) -> pd.DataFrame:
    """Return flows of every gemeente by month, states by year, prices of the last."""
    count = len(s.of_gemeente)
    price = HOUSE_PRICE * np.exp(rng.normal(0, PRICE_SPREAD, count))
    frames = [*_flows(s, rng), *_states(s, rng)]
    frames.append(_frame("house_price", STATES[-1], price.round(-3)))
    return pd.concat(frames, ignore_index=True)


def livability(s: Settlements, rng: np.random.Generator) -> pd.DataFrame:
    """Return the class of livability (1-9) of every gemeente, on the last day with a state."""
    drawn = rng.normal(LIVABILITY, LIVABILITY_SPREAD, len(s.of_gemeente))
    return _frame("livability", STATES[-1], np.clip(np.rint(drawn), 1, 9))
