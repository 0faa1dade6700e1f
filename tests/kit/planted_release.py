"""A small release full of traps: figures of every indicator stand at every level of every place.

Nothing in it was left out for anybody, so whatever a viewer may not see must be kept back by the
gateway. Places in THIN have no figures, so that larger ones speak for them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bilingual import Text
from geo import hexagons
from indicators import CATALOGUE, Indicator
from indicators.contract import Recipient
from release.contents import Contents, passport, words_of
from release.evidence import by_kind
from release.noise import published_noise
from release.writing import write_release
from store.evidence import Evidence
from store.evidence.of_maps import Moran
from store.evidence.of_score import Coherence, RelatedPair
from store.evidence.of_sources import ClassPercentile, FigureSource
from store.home import Home
from store.release import LEVEL_NUMBERS, SCHEMA
from store.releases import make_current, mirror

PLACES = {
    "GM0983": ("Venlo", "limburg", 6.17, 51.37),
    "GM0946": ("Nederweert", "limburg", 5.75, 51.29),
    "GM0599": ("Rotterdam", "rotterdam", 4.48, 51.92),
    "GM0502": ("Capelle aan den IJssel", "rotterdam", 4.58, 51.93),
    "GM0847": ("Someren", "oost-brabant", 5.71, 51.38),
}
RIECS = sorted({riec for _, riec, _, _ in PLACES.values()})
ACROSS = ("GM0946", "GM0847")
"""The first has hexagons of which the larger one belongs to the second, in another region."""

DAY = timedelta(days=1)
LEVELS = tuple(LEVEL_NUMBERS)
PERIODS = ("2026-06", "2025-06-12m", "2026-03-12m", "2026-06-12m")
KINDS = ("month", "year", "year", "year")


def _planted(
    code: str,
    levels: str,
    recipients: tuple[Recipient, ...] = ("nsoc", "riec", "gemeente"),
    weight: float = 0.0,
    finest_hexagon: int = 9,
) -> Indicator:
    """Return an indicator of a partner and over a denominator of its own, so that all agree."""
    below = CATALOGUE["VG01"].denominator
    return replace(
        CATALOGUE["VG01"],
        code=code,
        name=Text(f"Proef {code}", f"Trial {code}"),
        levels=levels,
        recipients=recipients,
        weight=weight,
        finest_hexagon=finest_hexagon,
        partners=(f"partner of {code}",),
        denominator=replace(below, sql=f"{below.sql} AND figure = 'of_{code}'"),
    )


PLANTED: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        _planted("ALL1", levels="NRGWBH", weight=1.0),
        _planted("NAT1", levels="NRG", recipients=("nsoc",), weight=1.0),
        _planted("REG1", levels="NRGWBH", recipients=("nsoc", "riec")),
        _planted("MUN1", levels="NRGWBH", recipients=("gemeente",)),
        _planted("LOW1", levels="NR"),
        _planted("HEX1", levels="NRGBH", finest_hexagon=8),
    )
}
"""The score counts NAT1 down to gemeente, so below it more viewers may read the score."""


def _hexagons(lon: float, lat: float) -> dict[str, list[str]]:
    """Return a res-7 hexagon around a point, two res-8 ones in it, and three res-9 ones."""
    whole = hexagons.parents(hexagons.index_points([lon], [lat]), 7)
    spread = np.linspace(-0.02, 0.02, 41)
    lons, lats = (axis.ravel() for axis in np.meshgrid(lon + spread, lat + spread))
    cells = np.unique(hexagons.index_points(lons, lats))
    cells = cells[hexagons.parents(cells, 7) == whole[0]]
    above = hexagons.parents(cells, 8)
    first, second = np.unique(above)[:2]
    fine = [*cells[above == first][:1], *cells[above == second][:2]]
    found = {"hex7": list(whole), "hex8": [first, second], "hex9": fine}
    return {level: hexagons.to_text(map(int, chosen)) for level, chosen in found.items()}


def _below(gemeente: str) -> dict[str, list[str]]:
    """Return the codes of the places in a gemeente by level; hexagons by their centre."""
    number = gemeente[2:]
    own = _hexagons(*PLACES[gemeente][2:])
    return {
        "wijk": [f"WK{number}00", f"WK{number}01"],
        "buurt": [f"BU{number}0001", f"BU{number}0101"],
        **own,
    }


def _all_below() -> dict[str, dict[str, list[str]]]:
    every = {gemeente: _below(gemeente) for gemeente in PLACES}
    mine, theirs = every[ACROSS[0]], every[ACROSS[1]]
    for level in ("hex8", "hex9"):
        mine[level].append(theirs[level].pop())
    return every


BELOW = _all_below()
THIN = frozenset(
    code
    for levels in BELOW.values()
    for code in (levels["buurt"][1], levels["hex8"][-1], levels["hex9"][0], levels["hex9"][-1])
) | {BELOW["GM0502"]["hex7"][0]}
"""Places without figures; some of the larger places around them have none either."""


def _outline(lon: float, lat: float, size: float) -> dict[str, Any]:
    ring = [[lon - size, lat - size], [lon + size, lat - size], [lon, lat + size]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _areas() -> pd.DataFrame:
    rows: list[tuple[str, str, str, str, str, float, float, float]] = []
    rows.append(("nederland", "NL", "Nederland", "", "", 5.3, 52.1, 2.0))
    rows += [("riec", riec, riec.title(), "", riec, 5.3, 52.0, 0.5) for riec in RIECS]
    for gemeente, (name, riec, lon, lat) in PLACES.items():
        rows.append(("gemeente", gemeente, name, gemeente, riec, lon, lat, 0.05))
        rows += [
            (level, code, f"Plek {code}", gemeente, riec, lon, lat, 0.01)
            for level, codes in BELOW[gemeente].items()
            for code in codes
        ]
    columns = ["level", "code", "name", "gemeente", "riec", "lon", "lat", "size"]
    frame = pd.DataFrame(rows, columns=columns)
    outlines = [
        None if level.startswith("hex") else _outline(lon, lat, size)
        for level, lon, lat, size in zip(
            frame["level"], frame["lon"], frame["lat"], frame["size"], strict=True
        )
    ]
    return frame.drop(columns="size").assign(
        id=range(1, len(rows) + 1), outline=pd.Series(outlines, dtype=object)
    )


def _end(code: str) -> date:
    year, month = int(code[:4]), int(code[5:7])
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _start(code: str, kind: str) -> date:
    end = _end(code)
    return end.replace(day=1) if kind == "month" else _end(f"{end.year - 1}-{code[5:7]}") + DAY


def _numbers(areas: pd.DataFrame, indicators: dict[str, Indicator]) -> pd.DataFrame:
    rows = [
        (number, LEVEL_NUMBERS[str(area.level)], period, area.id)
        for number in range(1, len(indicators) + 1)
        for area in areas.itertuples()
        if area.code not in THIN
        for period in range(1, len(PERIODS) + 1)
    ]
    frame = pd.DataFrame(rows, columns=["indicator_id", "level", "period_id", "area_id"])
    numerator = 100.0 + frame["indicator_id"] * 1000 + frame["area_id"]
    return frame.assign(
        numerator=numerator,
        denominator=20_000.0,
        mix=1.1,
        smoothed=numerator / 200,
        low=numerator / 250,
        high=numerator / 150,
        percentile=50.0,
        class_=2,
        contribution=10.0 / len(indicators),
        since=1,
        clear=1,
        hot=1,
        vote=2.0,
    )


def _patterns(figures: pd.DataFrame) -> pd.DataFrame:
    """Return a pattern for every figure of the last window, each with a Gi* of its own."""
    last = figures[figures["period_id"] == len(PERIODS)]
    found = last[["indicator_id", "level", "area_id"]].assign(gi=last["numerator"])
    found = found.assign(lisa=1, emerging=1, slope=1.0, slope_low=0.5, slope_high=2.0)
    size = found.groupby(["indicator_id", "level"])["area_id"].transform("size")
    cluster = {"cluster_ratio": 2.5, "cluster_p": 0.01, "cluster_since": 2}
    return found.assign(trend_p=0.01, alarm=1.5, cluster_size=size, **cluster)


def _evidence(indicators: dict[str, Indicator]) -> list[Evidence]:
    """Return evidence about each indicator, two, the score of each level, and about neither."""
    codes = list(indicators)
    return [
        *(Moran(code, "gemeente", 0.5, 3.0) for code in codes),
        *(Coherence(level, 0.5) for level in LEVELS),
        *(RelatedPair("gemeente", *pair, 0.9, "redundant") for pair in combinations(codes, 2)),
        ClassPercentile(50.0),
    ]


EVIDENCE: tuple[type[Evidence], ...] = (Moran, Coherence, RelatedPair, ClassPercentile)
"""What is planted of it."""

PEERS = {"GM0983": "GM0599", "GM0599": "GM0502"}
"""Gemeenten with one peer each."""


def _key_figures(
    areas: pd.DataFrame, states: Mapping[tuple[str, str], float] | None
) -> pd.DataFrame:
    """Return key figures: those of ``states``, else the number of each area as its inhabitants."""
    numbered = areas.assign(area_id=areas["id"], level=areas["level"].map(LEVEL_NUMBERS))
    if states is None:
        found = numbered.assign(figure="inhabitants", value=numbered["id"].astype(float))
    else:
        rows = [(code, figure, value) for (code, figure), value in states.items()]
        found = numbered.merge(pd.DataFrame(rows, columns=["code", "figure", "value"]), on="code")
    return found.assign(day=date(2026, 1, 1))


def plant(
    releases: Path,
    indicators: dict[str, Indicator] | None = None,
    evidence: Iterable[Evidence] | None = None,
    states: Mapping[tuple[str, str], float] | None = None,
) -> Path:
    """Publish the planted release in a folder, and return its file.

    ``evidence`` comes instead of what is planted of it; ``states`` holds key figures by area and
    figure, of 1 January 2026, instead of the planted ones.
    """
    chosen = PLANTED if indicators is None else indicators
    found = list(_evidence(chosen) if evidence is None else evidence)
    areas = _areas()
    figures = _numbers(areas, chosen)
    scores = figures[figures["indicator_id"] == 1][["level", "period_id", "area_id"]].assign(
        total=figures["area_id"] / 10,
        tbml=figures["area_id"] / 10,
        financial_services=None,
        logistics=None,
        corruption_violence=None,
        percentile=50.0,
        class_=2,
    )
    numbered = dict(zip(areas["code"], areas["id"], strict=True))
    limits = [10.0, 20.0, 30.0, 40.0]
    info = {"schema": SCHEMA, "name": "planted", "built": "2026-07-01", "until": "2026-06-30"}
    info |= {"invented": "yes", "public": "yes", "noise": json.dumps(published_noise(5))}
    contents = Contents(
        info=info,
        passports=[
            {"id": n, "code": code, "passport": passport(indicator)}
            for n, (code, indicator) in enumerate(chosen.items(), start=1)
        ],
        periods=[
            {"id": n, "code": c, "kind": k, "start": _start(c, k), "end": _end(c)}
            for n, (c, k) in enumerate(zip(PERIODS, KINDS, strict=True), start=1)
        ],
        areas=areas,
        figures=[figures],
        patterns=_patterns(figures),
        scores=scores,
        stability=scores[scores["period_id"] == len(PERIODS)][["level", "area_id"]].assign(
            low=40.0, middle=50.0, high=60.0, same=0.9, stability=0
        ),
        peers=pd.DataFrame(
            [(numbered[own], 1, numbered[peer], 0.5) for own, peer in PEERS.items()],
            columns=["area_id", "rank", "peer_id", "distance"],
        ),
        key_figures=_key_figures(areas, states),
        evidence=by_kind(found, PERIODS),
        words=words_of(CATALOGUE, [row.source for row in found if isinstance(row, FigureSource)]),
        breaks=[
            (number, level, kind, limits)
            for number in range(len(chosen) + 1)
            for level in LEVEL_NUMBERS.values()
            for kind in set(KINDS)
        ],
        deliveries=[
            {
                "id": 1,
                "kind": "property_transaction",
                "partner": "kvk",
                "received": "2026-07",
                "size": 0,
                "first": None,
                "last": None,
            }
        ],
        places=pd.DataFrame(
            [
                (number, name, gemeente, lon, lat, 100_000)
                for number, (gemeente, (name, _, lon, lat)) in enumerate(PLACES.items(), start=1)
            ],
            columns=["id", "name", "gemeente", "lon", "lat", "population"],
        ),
        attributions=["Planted"],
    )
    path = releases / "planted.db"
    write_release(contents, path, lambda _: None)  # nothing in it is meant to hide anything
    make_current(path)
    if releases.name == "releases":
        mirror(Home(releases.parent))
    return path
