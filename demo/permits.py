"""Decisions on permits in a handful of gemeenten: most are granted, few refused or withdrawn."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from demo.arrays import Flags, Texts, coded
from demo.branches import HOSPITALITY
from demo.businesses import businesses
from demo.contract import Delivery, Example, KindExample, by_partner
from demo.inspections import existing_on
from demo.period import YEARS, dates, sample_days
from demo.reports import reporting_gemeenten

GEMEENTEN = 6
"""The largest ones deliver."""
DECISIONS_PER_INHABITANT = 40 / 100_000
"""A year."""
HOSPITALITY_DECIDED = 25.0
"""A place that serves guests gets this many times the decisions of another firm."""
PERMITS_OF_HOSPITALITY = {"catering": 0.46, "alcohol": 0.40, "gambling": 0.10, "event": 0.04}
PERMITS_OF_OTHERS = {
    "building": 0.46,
    "environment": 0.24,
    "event": 0.12,
    "other": 0.12,
    "gambling": 0.03,
    "sex_business": 0.03,
}
DECISIONS = {"granted": 0.88, "refused": 0.07, "withdrawn": 0.05}
GROUNDS = {
    "public_order": 0.32,
    "bibob": 0.20,
    "bad_conduct": 0.18,
    "other": 0.18,
    "false_statement": 0.12,
}


def _drawn(chances: dict[str, float], n: int, rng: np.random.Generator) -> Texts:
    return rng.choice(list(chances), n, p=list(chances.values()))


def permits(example: Example) -> pd.DataFrame:
    """Return the decisions by day, with ``partner``, x and y (RD New) of the firm."""
    s, rng = example.settlements, example.rng(11)
    firms = example.records(businesses)
    gemeente = s.gemeente[firms["row"].to_numpy()]
    largest = np.argsort(-s.of_gemeente, kind="stable")[:GEMEENTEN]
    serves: Flags = firms["sbi"].isin(list(HOSPITALITY)).to_numpy()
    a_year = DECISIONS_PER_INHABITANT * s.of_gemeente[largest].sum()
    n = round(a_year * YEARS * example.scale)
    day = np.sort(sample_days(rng, n, season=0.15, peak=4, trend=0.02))
    weight = np.where(serves, HOSPITALITY_DECIDED, 1.0) * np.isin(gemeente, largest)
    firm = existing_on(firms, weight, day, rng)
    decision = _drawn(DECISIONS, n, rng)
    return pd.DataFrame(
        {
            "decision_id": coded("B", np.arange(n)),
            "firm_id": firms["firm_id"].to_numpy()[firm],
            "permit": np.where(
                serves[firm],
                _drawn(PERMITS_OF_HOSPITALITY, n, rng),
                _drawn(PERMITS_OF_OTHERS, n, rng),
            ),
            "decision": decision,
            "date": dates(day),
            "ground": np.where(decision == "granted", "none", _drawn(GROUNDS, n, rng)),
            "x": firms["x"].to_numpy()[firm],
            "y": firms["y"].to_numpy()[firm],
            "partner": reporting_gemeenten(s)[gemeente[firm]],
        }
    )


def _deliveries(example: Example) -> Iterable[Delivery]:
    return by_partner(example.records(permits))


EXAMPLE = KindExample("vergunning", 7, _deliveries)
