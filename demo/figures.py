"""Figures about areas: addresses and firms per hexagon, inhabitants and suspicious transactions."""

import numpy as np
import pandas as pd

from demo.arrays import Floats, Ints
from demo.patterns import Plan
from demo.period import START
from demo.settlements import Settlements
from geo import areas, hexagons
from records.contract import INVENTED_SOURCE

SUSPICIOUS_PER_INHABITANT = 55 / 10_000
"""A year."""
MONTHLY_SPREAD = 0.12
FIRST_STATE = "2023-01-01"
STATES = ("2023-01-01", "2024-01-01", "2025-01-01", "2026-01-01")
GROWTH = 0.006
LABEL_FROM, LABEL_TO = 15_000, 90_000
"""Inhabitants of the gemeenten in which a pattern may be planted."""


def expected_suspicious(s: Settlements) -> Floats:
    """Return the suspicious transactions a year to expect per middle-sized gemeente, (342,)."""
    middling = (s.of_gemeente >= LABEL_FROM) & (s.of_gemeente <= LABEL_TO)
    expected: Floats = SUSPICIOUS_PER_INHABITANT * s.of_gemeente * middling
    return expected


def _figures(
    figure: str, level: str, area: list[str], date: pd.Timestamp, value: Ints, months: int = 0
) -> pd.DataFrame:
    frame = pd.DataFrame({"figure": figure, "level": level, "area": area})
    return frame.assign(date=date, months=months, value=value, source=INVENTED_SOURCE)


def per_hexagon(s: Settlements, businesses: pd.DataFrame) -> pd.DataFrame:
    """Return addresses and firms of each res-9 hexagon with addresses, as of FIRST_STATE."""
    there = np.flatnonzero(s.addresses)
    cells = hexagons.to_text(s.cell[there])
    state = pd.Timestamp(FIRST_STATE)
    opening = pd.Timestamp(START)
    existing = (businesses["founded"] <= opening) & ~(businesses["dissolved"] < opening)
    firms = np.bincount(businesses["row"][existing], minlength=len(s.cell))
    return pd.concat(
        [
            _figures("addresses", "hex9", cells, state, s.addresses[there]),
            _figures("firms", "hex9", cells, state, firms[there]),
        ],
        ignore_index=True,
    )


def inhabitants(s: Settlements) -> pd.DataFrame:
    """Return the inhabitants of each gemeente on 1 January of every year."""
    codes = areas.gemeenten()["code"].tolist()
    return pd.concat(
        [
            _figures(
                "inhabitants",
                "gemeente",
                codes,
                pd.Timestamp(state),
                np.rint(s.of_gemeente * (1 + GROWTH) ** year).astype(np.int64),
            )
            for year, state in enumerate(STATES)
        ],
        ignore_index=True,
    )


def suspicious_transactions(s: Settlements, plan: Plan, rng: np.random.Generator) -> pd.DataFrame:
    """Return the suspicious transactions per gemeente and month."""
    rates = plan.gemeente_rates("FI01").balanced(s.of_gemeente)
    codes = areas.gemeenten()["code"].tolist()
    first_days = np.arange(START.astype("datetime64[M]"), 36 + START.astype("datetime64[M]"))
    frames = []
    for number, month in enumerate(first_days.astype("datetime64[D]")):
        day = np.full(len(codes), (month - START).astype(int))
        everywhere = (1 + 0.06 * np.cos(2 * np.pi * (number + 7) / 12)) * 1.03 ** (number / 12)
        chance = rng.gamma(1 / MONTHLY_SPREAD**2, MONTHLY_SPREAD**2, len(codes))
        mean = s.of_gemeente * SUSPICIOUS_PER_INHABITANT / 12 * everywhere * chance
        value = rng.poisson(mean * rates.at(np.arange(len(codes)), day))
        frames.append(
            _figures("suspicious_transactions", "gemeente", codes, pd.Timestamp(month), value, 1)
        )
    return pd.concat(frames, ignore_index=True)
