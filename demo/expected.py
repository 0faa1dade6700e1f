"""How many events the base rate gives at each labelled place in the last 12 months."""

import numpy as np
import pandas as pd

from demo.addresses import CROWD_SHARE
from demo.agreement import AGREE_SHARE, NOT_INDEPENDENT, organisation
from demo.arrays import Flags, Floats
from demo.example import Example
from demo.figures import SUSPICIOUS_PER_INHABITANT
from demo.inspections import irregularities
from demo.manifest import Pattern
from demo.patterns import FROM, LEVELS
from demo.period import WINDOW_DAY, WINDOW_FROM
from demo.property import NO_MORTGAGE, RESOLD
from demo.reports import completeness
from demo.settlements import Settlements
from demo.stays import CASH_SHARE, FOUNDED_A_YEAR
from demo.trade import OUTSIDE_SHARE
from demo.violence_and_waste import dumpings_a_year, explosions_a_year
from geo import hexagons
from geo.coordinates import to_lonlat


def _per_row(s: Settlements, frame: pd.DataFrame, counted: "pd.Series[bool] | Flags") -> Floats:
    rows = frame["row"].to_numpy()[np.asarray(counted, dtype=bool)]
    return np.bincount(rows, minlength=len(s.cell)).astype(float)


def _signal_hexagons(example: Example) -> Floats:
    """Return the hexagons with a signal in the window per gemeente, placed at their points."""
    incident = example.incident
    within = (incident["date"] >= WINDOW_FROM) & (incident["discovery"] != "steered_check")
    found = irregularities(example.inspection)
    points = pd.concat(
        [
            incident.loc[within, ["x", "y", "partner", "gemeente"]],
            found.loc[found["day"] >= WINDOW_DAY, ["x", "y", "partner", "gemeente"]],
        ]
    )
    points = points[~np.isin(organisation(points["partner"]), NOT_INDEPENDENT)]
    cell = hexagons.index_points(*to_lonlat(points["x"].to_numpy(), points["y"].to_numpy()))
    distinct = points.assign(cell=cell).drop_duplicates(["gemeente", "cell"])
    return np.bincount(distinct["gemeente"], minlength=len(example.settlements.of_gemeente)).astype(
        float
    )


def _per_unit(example: Example, indicator: str, scale: float) -> Floats:
    """Return the expected numbers per row of Settlements, or per gemeente."""
    s = example.settlements
    sales = example.property_transaction
    stock = example.business["dissolved"].isna()
    recent = sales["date"] >= WINDOW_FROM
    if indicator == "VG01":
        private = (sales["deed"] == "sale") & (sales["buyer_type"] == "private")
        return NO_MORTGAGE * _per_row(s, sales, recent & private)
    if indicator == "VG02":
        return RESOLD * _per_row(s, sales, recent & sales["deed"].isin(["sale", "abc_b_leg"]))
    if indicator == "BD01":
        return CASH_SHARE * _per_row(s, example.business, stock)
    if indicator == "BD03":
        return CROWD_SHARE * _per_row(s, example.business, stock)
    if indicator == "LO01":
        transport = example.business["sbi"].str.startswith(("494", "52", "53"))
        return FOUNDED_A_YEAR * _per_row(s, example.business, stock & transport)
    if indicator == "CV01":
        return explosions_a_year(s) * completeness() * scale
    if indicator == "TB03":
        items = example.trade_declaration
        weighed = (items["date"] >= WINDOW_FROM) & items["weight_kg"].notna()
        counted = _per_row(s, items, weighed)
        return OUTSIDE_SHARE * np.bincount(s.gemeente, counted, len(s.of_gemeente)).astype(float)
    if indicator == "FI01":
        return SUSPICIOUS_PER_INHABITANT * s.of_gemeente
    if indicator == "DR03":
        return dumpings_a_year() * completeness() * scale
    return AGREE_SHARE * _signal_hexagons(example)


def patterns(example: Example, scale: float) -> tuple[Pattern, ...]:
    """Return the labelled places with their expected numbers."""
    s, plan = example.settlements, example.plan
    numbers = {indicator: _per_unit(example, indicator, scale) for indicator in LEVELS}

    def expected(indicator: str, unit: int) -> float:
        values = numbers[indicator]
        if len(values) == len(s.of_gemeente):
            return float(values[unit])
        return float(values[plan.units(LEVELS[indicator]) == unit].sum())

    return tuple(
        Pattern(
            indicator=label.indicator,
            kind=label.kind,
            level=label.level,
            place=label.code,
            name=label.name,
            since=FROM,
            rate_ratio=label.rate_ratio,
            expected=round(expected(label.indicator, label.unit), 1),
        )
        for label in plan.labels
    )
