"""Inspections of establishments by municipalities, the tax administration, customs and police."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from demo.arrays import Floats, Ints, Texts, coded
from demo.branches import CASH
from demo.businesses import businesses
from demo.contract import Delivery, Example, KindExample, by_partner
from demo.period import dates, days_of, sample_days
from demo.reports import discoveries, reporting_gemeenten

INSPECTIONS = 6_000
CASH_INSPECTED = 3.0
"""Cash-intensive firms are inspected this much more often."""
IRREGULAR = {"own_initiative": 0.26, "tip": 0.45, "random_check": 0.14, "steered_check": 0.36}
HAULAGE = ("494", "52", "53")
HAULAGE_CHECKS = 480
"""In joint actions, beside the others; few enough to leave alone where sources agree."""
MEANS_SEEN = 0.55
MEANS_FIT = {True: 0.45, False: 0.93}
PARTNERS = ("belastingdienst", "douane", "politie", "gemeente")
PARTNER_CHANCES = (0.40, 0.12, 0.08, 0.40)


def _partners(gemeente: Ints, reporting: Texts, rng: np.random.Generator) -> Texts:
    chosen = rng.choice(PARTNERS, len(gemeente), p=PARTNER_CHANCES).astype("U20")
    local = chosen == "gemeente"
    code = reporting[gemeente]
    return np.where(local, np.where(code == "", "belastingdienst", code), chosen)


def existing_on(
    register: pd.DataFrame, weight: Floats, day: Ints, rng: np.random.Generator
) -> Ints:
    """Return the row of an establishment that exists on each day, drawn by ``weight``.

    One that does not exist on its day is drawn again.
    """
    founded = days_of(register["founded"].to_numpy())
    dissolved = register["dissolved"].fillna(pd.Timestamp("2100-01-01"))
    until = days_of(dissolved.to_numpy())
    chosen = np.zeros(len(day), dtype=np.int64)
    left = np.arange(len(day))
    while left.size:
        chosen[left] = rng.choice(len(weight), left.size, p=weight / weight.sum())
        at = chosen[left]
        left = left[(founded[at] > day[left]) | (until[at] < day[left])]
    return chosen


def inspections(example: Example) -> pd.DataFrame:
    """Return the inspections by day, with ``partner``, x, y (RD New), ``day``, ``gemeente``."""
    s, rng = example.settlements, example.rng(5)
    register = example.records(businesses)
    n = round(INSPECTIONS * example.scale)
    day = np.sort(sample_days(rng, n, season=0.15, peak=10, trend=0.03))
    weight = np.where(register["sbi"].isin(list(CASH)), CASH_INSPECTED, 1.0)
    firm = existing_on(register, weight, day, rng)
    gemeente = s.gemeente[register["row"].to_numpy()[firm]]
    discovery = discoveries(day, rng)
    chance = pd.Series(discovery).map(IRREGULAR).to_numpy()
    irregular = rng.uniform(size=n) < chance
    fits = rng.uniform(size=n) < np.where(irregular, MEANS_FIT[True], MEANS_FIT[False])
    seen = rng.uniform(size=n) < MEANS_SEEN
    return pd.DataFrame(
        {
            "inspection_id": coded("C", np.arange(n)),
            "firm_id": register["firm_id"].to_numpy()[firm],
            "date": dates(day),
            "sbi": register["sbi"].to_numpy()[firm],
            "discovery": discovery,
            "irregular": irregular,
            "means_fit": pd.arrays.BooleanArray(fits, ~seen),
            "x": register["x"].to_numpy()[firm],
            "y": register["y"].to_numpy()[firm],
            "partner": _partners(gemeente, reporting_gemeenten(s), rng),
            "day": day,
            "gemeente": gemeente,
        }
    )


def haulage_checks(example: Example) -> pd.DataFrame:
    """Return checks of transport firms in joint actions, as `inspections` are."""
    s, rng = example.settlements, example.rng("haulage")
    register = example.records(businesses)
    n = round(HAULAGE_CHECKS * example.scale)
    day = np.sort(sample_days(rng, n, season=0.1, peak=10))
    weight = np.where(register["sbi"].str.startswith(HAULAGE), 1.0, 0.0)
    firm = existing_on(register, weight, day, rng)
    discovery = discoveries(day, rng)
    irregular = rng.uniform(size=n) < pd.Series(discovery).map(IRREGULAR).to_numpy()
    chosen = register.iloc[firm]
    return pd.DataFrame(
        {
            "inspection_id": coded("H", np.arange(n)),
            "firm_id": chosen["firm_id"].to_numpy(),
            "date": dates(day),
            "sbi": chosen["sbi"].to_numpy(),
            "discovery": discovery,
            "irregular": irregular,
            "means_fit": pd.arrays.BooleanArray(np.ones(n, dtype=bool), np.ones(n, dtype=bool)),
            "x": chosen["x"].to_numpy(),
            "y": chosen["y"].to_numpy(),
            "partner": rng.choice(["politie", "douane"], n),
            "day": day,
            "gemeente": s.gemeente[chosen["row"].to_numpy()],
        }
    )


def irregularities(found: pd.DataFrame) -> pd.DataFrame:
    """Return the inspections that count as a signal: irregular, and not steered by the map."""
    counted = found["irregular"] & (found["discovery"] != "steered_check")
    return found.loc[counted, ["partner", "day", "x", "y", "gemeente"]]


def _deliveries(example: Example) -> Iterable[Delivery]:
    checks = [example.records(inspections), example.records(haulage_checks)]
    return by_partner(pd.concat(checks, ignore_index=True))


EXAMPLE = KindExample("inspection", 6, _deliveries)
