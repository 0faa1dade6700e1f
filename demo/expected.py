"""How many events the base rate gives at each labelled place in the last 12 months."""

import numpy as np
import pandas as pd

from demo.addresses import CROWD_SHARE
from demo.agreement import AGREE_SHARE, NOT_INDEPENDENT, organisation
from demo.arrays import Flags, Floats
from demo.businesses import businesses
from demo.contract import Example
from demo.figures import SUSPICIOUS_PER_INHABITANT
from demo.incidents import incidents
from demo.inspections import inspections, irregularities
from demo.manifest import Pattern
from demo.patterns import FROM, LEVELS
from demo.period import WINDOW_DAY, WINDOW_FROM
from demo.property import NO_MORTGAGE, RESOLD, transactions
from demo.reports import completeness
from demo.settlements import Settlements
from demo.stays import CASH_SHARE, FOUNDED_A_YEAR
from demo.trade import OUTSIDE_SHARE, declarations
from demo.violence_and_waste import dumpings_a_year, explosions_a_year
from geo import hexagons
from geo.coordinates import to_lonlat
from records.property_transaction import BUYER_TYPES


def _per_row(s: Settlements, frame: pd.DataFrame, counted: "pd.Series[bool] | Flags") -> Floats:
    rows = frame["row"].to_numpy()[np.asarray(counted, dtype=bool)]
    return np.bincount(rows, minlength=len(s.cell)).astype(float)


def _signal_hexagons(example: Example) -> Floats:
    """Return the hexagons with a signal in the window per gemeente, placed at their points."""
    incident = example.records(incidents)
    within = (incident["date"] >= WINDOW_FROM) & (incident["discovery"] != "steered_check")
    found = irregularities(example.records(inspections))
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


def _stock(example: Example, share: float, branches: tuple[str, ...] = ("",)) -> Floats:
    business = example.records(businesses)
    counted = business["dissolved"].isna() & business["sbi"].str.startswith(branches)
    return share * _per_row(example.settlements, business, counted)


def _sales(
    example: Example, share: float, deeds: tuple[str, ...], buyers: tuple[str, ...]
) -> Floats:
    sales = example.records(transactions)
    counted = sales["deed"].isin(deeds) & sales["buyer_type"].isin(buyers)
    recent = sales["date"] >= WINDOW_FROM
    return share * _per_row(example.settlements, sales, counted & recent)


def _items(example: Example) -> Floats:
    s, items = example.settlements, example.records(declarations)
    counted = (items["date"] >= WINDOW_FROM) & items["weight_kg"].notna()
    per_row = _per_row(s, items, counted)
    return OUTSIDE_SHARE * np.bincount(s.gemeente, per_row, len(s.of_gemeente)).astype(float)


def _numbers(example: Example) -> dict[str, Floats]:
    """Return per indicator the expected numbers per row of Settlements, or per gemeente."""
    s = example.settlements
    registered = completeness() * example.scale
    return {
        "VG01": _sales(example, NO_MORTGAGE, ("sale",), ("private",)),
        "VG02": _sales(example, RESOLD, ("sale", "abc_b_leg"), BUYER_TYPES),
        "BD01": _stock(example, CASH_SHARE),
        "BD03": _stock(example, CROWD_SHARE),
        "LO01": _stock(example, FOUNDED_A_YEAR, ("494", "52", "53")),
        "CV01": explosions_a_year(s) * registered,
        "KR01": AGREE_SHARE * _signal_hexagons(example),
        "DR03": dumpings_a_year() * registered,
        "TB03": _items(example),
        "FI01": SUSPICIOUS_PER_INHABITANT * s.of_gemeente,
    }


def patterns(example: Example) -> tuple[Pattern, ...]:
    """Return the labelled places with their expected numbers."""
    s, plan = example.settlements, example.plan
    numbers = _numbers(example)

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
