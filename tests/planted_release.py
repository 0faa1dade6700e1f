"""A small release full of traps: figures of every indicator stand at every level of every place.

Nothing in it was left out for anybody, so whatever a viewer may not see must be kept back by the
gateway.
"""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from indicators import CATALOGUE, Indicator
from release.publishing import Contents, write_release
from store.release import LEVEL_NUMBERS
from store.releases import make_current

RIECS = {"limburg": ("GM0983", "GM0935"), "rotterdam": ("GM0599", "GM0502")}
LEVELS = tuple(LEVEL_NUMBERS)
PERIODS = ("2026-06", "2025-06-12m", "2026-06-12m")
KINDS = ("month", "year", "year")
PLAIN = CATALOGUE["VG01"]

PLANTED: dict[str, Indicator] = {
    "ALL1": replace(PLAIN, code="ALL1", levels="NRGWBH", finest_hexagon=9),
    "NAT1": replace(PLAIN, code="NAT1", levels="NRGWBH", recipients=("nsoc",)),
    "REG1": replace(PLAIN, code="REG1", levels="NRGWBH", recipients=("nsoc", "riec")),
    "MUN1": replace(PLAIN, code="MUN1", levels="NRGWBH", recipients=("gemeente",), weight=0.0),
    "LOW1": replace(PLAIN, code="LOW1", levels="NR"),
    "HEX1": replace(PLAIN, code="HEX1", levels="NRGH", finest_hexagon=8),
}


def passport(indicator: Indicator) -> dict[str, Any]:
    """Return the passport of a planted indicator, as the build writes one."""
    sheet = asdict(indicator) | {
        "level_names": list(indicator.level_names),
        "reads": list(indicator.reads),
    }
    return {k: v for k, v in sheet.items() if k not in ("numerator", "denominator")}


def _areas() -> pd.DataFrame:
    rows = [("nederland", "NL", "", ""), *(("riec", riec, "", riec) for riec in RIECS)]
    for riec, gemeenten in RIECS.items():
        for gemeente in gemeenten:
            rows.append(("gemeente", gemeente, gemeente, riec))
            rows += [
                (level, f"{level}-{gemeente}-{n}", gemeente, riec)
                for level in LEVELS[3:]
                for n in (1, 2)
            ]
    frame = pd.DataFrame(rows, columns=["level", "code", "gemeente", "riec"])
    return frame.assign(
        id=range(1, len(rows) + 1), name=frame["code"], lon=5.0, lat=52.0, outline=None
    )


def _numbers(areas: pd.DataFrame, indicators: dict[str, Indicator]) -> pd.DataFrame:
    rows = [
        (number, LEVEL_NUMBERS[str(area.level)], period, area.id)
        for number in range(1, len(indicators) + 1)
        for area in areas.itertuples()
        for period in range(1, len(PERIODS) + 1)
    ]
    frame = pd.DataFrame(rows, columns=["indicator_id", "level", "period_id", "area_id"])
    numerator = 100.0 + frame["indicator_id"] * 1000 + frame["area_id"]
    return frame.assign(
        numerator=numerator,
        denominator=20_000.0,
        smoothed=numerator / 200,
        low=numerator / 250,
        high=numerator / 150,
        percentile=50.0,
        class_=2,
        contribution=10.0 / len(indicators),
        since=1,
    )


def plant(releases: Path, indicators: dict[str, Indicator] | None = None) -> Path:
    """Publish the planted release in a folder, and return its file."""
    chosen = PLANTED if indicators is None else indicators
    areas = _areas()
    figures = _numbers(areas, chosen)
    scores = figures[figures["indicator_id"] == 1][["level", "period_id", "area_id"]].assign(
        total=10.0,
        tbml=10.0,
        financial_services=None,
        logistics=None,
        corruption_violence=None,
        percentile=50.0,
        class_=2,
    )
    limits = [10.0, 20.0, 30.0, 40.0]
    info = {"schema": "1", "name": "planted", "built": "2026-07-01", "until": "2026-06-30"}
    info |= {"invented": "yes", "only_invented": "yes", "perturbation": "[[1.0]]"}
    contents = Contents(
        info=info,
        passports=[
            {"id": n, "code": code, "passport": passport(indicator)}
            for n, (code, indicator) in enumerate(chosen.items(), start=1)
        ],
        periods=[
            {"id": n, "code": c, "kind": k, "start": date(2025, 7, 1), "end": date(2026, 6, 30)}
            for n, (c, k) in enumerate(zip(PERIODS, KINDS, strict=True), start=1)
        ],
        areas=areas,
        figures=figures,
        scores=scores,
        breaks=[
            (number, level, kind, limits)
            for number in range(len(chosen) + 1)
            for level in LEVEL_NUMBERS.values()
            for kind in set(KINDS)
        ],
        deliveries=[
            {
                "id": 1,
                "kind": "business",
                "partner": "kvk",
                "received": date(2026, 7, 1),
                "rows": 5,
                "first_date": None,
                "last_date": None,
            }
        ],
        places=pd.DataFrame(
            [(1, "Venlo", "GM0983", 6.17, 51.37, 100_000)],
            columns=["id", "name", "gemeente", "lon", "lat", "population"],
        ),
        attributions=["Planted"],
    )
    path = releases / "planted.db"
    write_release(contents, path)
    make_current(path)
    return path
