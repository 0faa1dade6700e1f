"""A release as wide as a full catalogue: that of the example, with its indicators under more codes.

A copy of an indicator has its figures, patterns, limits and evidence. Where the release has no
wijken and buurten, each gemeente gets as many as are usual, with its own figures over 12 months.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Table, select

from indicators import CATALOGUE
from release.contents import Contents, words_of
from release.evidence import ByKind
from store import release as stored
from store.evidence import KINDS, Evidence
from store.evidence.contract import annotations_of, indicators_of
from store.evidence.keeping import from_json
from store.evidence.of_sources import FigureSource
from store.release import LEVEL_NUMBERS, open_release

NAMES = {number: name for name, number in LEVEL_NUMBERS.items()}
GEMEENTE = LEVEL_NUMBERS["gemeente"]

INSIDE = {"wijk": ("WK", 10), "buurt": ("BU", 42)}
"""How codes begin, and how many a gemeente has: 3,420 and 14,364, as many as there are."""

CORNERS = 40


def contents_of(path: Path) -> Contents:
    """Return all that a release holds, as the build had it before it was written."""
    with open_release(path).connect() as connection:

        def frame(model: type[stored.Base]) -> pd.DataFrame:
            return pd.read_sql(select(_table(model)), connection)

        rows = {model: _rows(connection, model) for model in (stored.Passport, stored.Period)}
        evidence: ByKind = {
            KINDS[found["name"]]: [from_json(KINDS[found["name"]], row) for row in found["rows"]]
            for found in _rows(connection, stored.Evidence)
        }
        sources = [row.source for row in evidence.get(FigureSource, []) if hasattr(row, "source")]
        info = {found["key"]: found["value"] for found in _rows(connection, stored.Info)}
        areas = frame(stored.Area)
        return Contents(
            info={key: value for key, value in info.items() if key != "content"},
            passports=rows[stored.Passport],
            periods=rows[stored.Period],
            areas=areas.assign(level=areas["level"].map(NAMES)),
            figures=[frame(stored.Figure)],
            patterns=frame(stored.Pattern),
            scores=frame(stored.Score),
            stability=frame(stored.Stability),
            peers=frame(stored.Peer),
            key_figures=frame(stored.KeyFigure),
            evidence=evidence,
            breaks=[tuple(row.values()) for row in _rows(connection, stored.Breaks)],
            deliveries=_rows(connection, stored.DeliveryStatus),
            places=frame(stored.Place),
            attributions=[found["line"] for found in _rows(connection, stored.Attribution)],
            words=words_of(CATALOGUE, sources),
        )


def widened(contents: Contents, indicators: int) -> Contents:
    """Return contents with wijken and buurten, and ``indicators`` indicators."""
    return _with_more_indicators(_with_all_levels(contents), indicators)


def _table(model: type[stored.Base]) -> Table:
    return cast(Table, model.__table__)


def _rows(connection: Connection, model: type[stored.Base]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(_table(model))).mappings()]


def _with_all_levels(contents: Contents) -> Contents:
    areas, figures = contents.areas, pd.concat(contents.figures)
    windows = [period["id"] for period in contents.periods if period["kind"] == "year"]
    over_a_year = figures[(figures["level"] == GEMEENTE) & figures["period_id"].isin(windows)]
    every_area, every_figure = [areas], [figures]
    limits = list(contents.breaks)
    for level in INSIDE.keys() - set(areas["level"]):
        published = [p["id"] for p in contents.passports if level in p["passport"]["level_names"]]
        inside = _inside(areas, level, first=1 + max(int(part["id"].max()) for part in every_area))
        own = over_a_year[over_a_year["indicator_id"].isin(published)]
        numbers = inside[["id", "around"]].rename(columns={"id": "inside"})
        own = own.merge(numbers, left_on="area_id", right_on="around")
        every_area.append(inside.drop(columns="around"))
        every_figure.append(
            own.assign(level=LEVEL_NUMBERS[level], area_id=own["inside"])[figures.columns]
        )
        limits += [
            (number, LEVEL_NUMBERS[level], kind, found)
            for number, at, kind, found in contents.breaks
            if at == GEMEENTE and kind == "year" and number in published
        ]
    return replace(
        contents,
        areas=pd.concat(every_area, ignore_index=True),
        figures=[pd.concat(every_figure, ignore_index=True)],
        breaks=limits,
    )


def _inside(areas: pd.DataFrame, level: str, first: int) -> pd.DataFrame:
    """Return places inside each gemeente, numbered from ``first``; ``around`` is its id."""
    begin, number = INSIDE[level]
    gemeenten = areas[areas["level"] == "gemeente"]
    found = gemeenten.loc[gemeenten.index.repeat(number)].reset_index(drop=True)
    order = found.groupby("id").cumcount()
    places = [f"{n:02}" if level == "wijk" else f"{n // 10:02}{n % 10:02}" for n in order]
    codes = [f"{begin}{code[2:]}{n}" for code, n in zip(found["code"], places, strict=True)]
    lon, lat = found["lon"] + order % 7 * 0.01, found["lat"] + order // 7 * 0.01
    return found.assign(
        around=found["id"],
        id=range(first, first + len(found)),
        level=level,
        code=codes,
        name=[f"{name} {n}" for name, n in zip(found["name"], places, strict=True)],
        lon=lon,
        lat=lat,
        outline=pd.Series(map(_circle, lon, lat), dtype=object),
    )


def _circle(lon: float, lat: float) -> dict[str, Any]:
    turns = np.linspace(0, 2 * np.pi, CORNERS)
    ring = np.column_stack([lon + 0.005 * np.cos(turns), lat + 0.005 * np.sin(turns)]).round(5)
    return {"type": "Polygon", "coordinates": [[*ring[:-1].tolist(), ring[0].tolist()]]}


def _with_more_indicators(contents: Contents, indicators: int) -> Contents:
    own = {passport["id"]: passport for passport in contents.passports}
    codes = {  # new number: the number that it is a copy of, and its code
        number: (original, f"{own[original]['code']}{(number - 1) // len(own) or ''}")
        for number in range(1, indicators + 1)
        for original in [list(own)[(number - 1) % len(own)]]
    }

    def copied(frame: pd.DataFrame) -> pd.DataFrame:
        by_number = dict(list(frame.groupby("indicator_id")))
        found = [
            by_number[original].assign(indicator_id=number)
            for number, (original, _) in codes.items()
            if original in by_number
        ]
        return pd.concat(found, ignore_index=True) if found else frame

    called: dict[str, list[str]] = {passport["code"]: [] for passport in contents.passports}
    for original, code in codes.values():
        called[own[original]["code"]].append(code)
    return replace(
        contents,
        passports=[
            {"id": number, "code": code, "passport": own[original]["passport"] | {"code": code}}
            for number, (original, code) in codes.items()
        ],
        figures=[copied(pd.concat(contents.figures))],
        patterns=copied(contents.patterns),
        breaks=[
            *(limits for limits in contents.breaks if limits[0] not in own),
            *(
                (number, *limits[1:])
                for number, (original, _) in codes.items()
                for limits in contents.breaks
                if limits[0] == original
            ),
        ],
        evidence={
            kind: [copy for row in rows for copy in _copies(row, called)]
            for kind, rows in contents.evidence.items()
        },
    )


def _copies(row: Evidence, called: dict[str, list[str]]) -> list[Evidence]:
    """Return a row for each code under which its indicator goes on; of a pair only itself."""
    about = indicators_of(row)
    if len(about) != 1 or about[0] not in called:
        return [row]
    (name,) = (n for n in annotations_of(type(row)) if getattr(row, n) == about[0])
    return [replace(row, **{name: code}) for code in called[about[0]]]
