"""Livability of buurten, wijken and gemeenten: the Leefbaarometer of the ministry, over WFS.

A layer ``buurtscore24`` is the edition of 2024; which editions there are is read from the service.
``kscore`` is a class from 1 to 9. Thinly inhabited buurten have none and are no features.
"""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from bilingual import Text
from errors import shortened
from opendata import left_out as why
from opendata.contract import Fetcher, OpenSource, SourceData, SourceFailedError, UpdateRequest
from opendata.files.periods import Period, read_period
from opendata.files.year_of_file import year_of
from opendata.tables.columns import Measure
from opendata.tables.file_table import FileTable, Layout
from opendata.tables.gathered_figures import GatheredFigures

SERVICE = "https://geo.leefbaarometer.nl/lbm3/ows?service=WFS&version=2.0.0"
LAYERS = ("gemeentescore", "wijkscore", "buurtscore")
PAGE = 5_000
WHERE = "The WFS of the Leefbaarometer"

SCORES = Layout(measures={name: Measure(name, "kscore") for name in ("kscore", "klasse")})


class Leefbaarometer(OpenSource):
    """The class of livability, in the newest edition up to the year asked for."""

    name = "leefbaarometer"
    title = Text("Leefbaarometer (BZK)", "Leefbaarometer, livability (Ministry of the Interior)")
    brings = ("livability",)
    partner = "bzk"
    licence = Text("open data (CC0, niet bevestigd)", "open data (CC0, not confirmed)")
    attribution = "Bron: Leefbaarometer {year}, Ministerie van BZK / VRO"
    page = "https://www.leefbaarometer.nl"
    fresh_days = 1_100

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return the class of every area of the newest edition, or those of a file."""
        if request.file:
            return self._of_file(request.file, request)
        offered = fetcher.get(f"{SERVICE}&request=GetCapabilities", _check_capabilities)
        gathered = GatheredFigures(self.attribution)
        for layer in LAYERS:
            found = re.findall(rf"lbm3:{layer}(\d\d)\b", offered.decode(errors="replace"))
            years = [year for year in (2000 + int(two) for two in found) if year <= request.year]
            if not years:
                raise SourceFailedError(f"{WHERE} offers no layer {layer} up to {request.year}.")
            year = max(years)
            rows = _features(fetcher, f"lbm3:{layer}{year % 100:02d}")
            classed = [row for row in rows if row["kscore"] in range(1, 10)]
            gathered.left_out.add(why.NO_CLASS, len(rows) - len(classed))
            gathered.add(
                "livability",
                Period(date(year, 1, 1), 12),
                [str(row["id"]).strip() for row in classed],
                [row["kscore"] for row in classed],
            )
        return gathered.source_data(WHERE)

    def _of_file(self, file: Path, request: UpdateRequest) -> SourceData:
        table = FileTable(file, SCORES)
        gathered = GatheredFigures(self.attribution)
        gathered.left_out.add(why.FORMER, table.unknown)
        score = table.measure("kscore")
        rows = table.rows([score], {})
        year, remarks = year_of(table.title, request)
        moment = date(year, 1, 1).strftime("%YJJ00")
        moments = rows[table.periods.key] if table.periods else pd.Series(moment, rows.index)
        for code, here in rows.groupby(moments):
            period = read_period(str(code))
            if period is None:
                raise SourceFailedError(f"{table.where} has the period '{code}', expected a year.")
            classed = here[here[score.key].isin(range(1, 10))]
            gathered.left_out.add(why.NO_CLASS, len(here) - len(classed))
            areas = classed[table.areas.key]
            gathered.add("livability", period, areas, classed[score.key])
        data = gathered.source_data(table.where)
        return data if table.periods else replace(data, remarks=remarks)


def _features(fetcher: Fetcher, layer: str) -> list[dict[str, Any]]:
    """Return the properties of every feature of a layer, without its shapes, page by page."""
    address = f"{SERVICE}&request=GetFeature&typeNames={layer}&outputFormat=application/json"
    rows: list[dict[str, Any]] = []
    while True:
        page = f"{address}&propertyName=id,kscore&sortBy=id&count={PAGE}&startIndex={len(rows)}"
        found = _collection(fetcher.get(page, _check_collection))
        rows += [feature["properties"] for feature in found["features"]]
        if len(found["features"]) < PAGE:
            break
    total = found.get("numberMatched", found.get("totalFeatures"))
    if total != len(rows) or len({row["id"] for row in rows}) < len(rows):
        raise SourceFailedError(
            f"{WHERE} gave {len(rows):,} features of {layer} where it has {total}, or some twice.",
            "truncated",
        )
    return rows


def _collection(answer: bytes) -> dict[str, Any]:
    """Return a page of features; SourceFailedError when it is none or lacks id and kscore."""
    begins = shortened(answer[:80].decode(errors="replace"))
    try:
        body = json.loads(answer)
    except ValueError:
        raise SourceFailedError(
            f"{WHERE} gave no whole JSON; it begins with '{begins}'.", "truncated"
        ) from None
    features = body.get("features") if isinstance(body, dict) else None
    if not isinstance(features, list):
        raise SourceFailedError(f"{WHERE} gave no features; it begins with '{begins}'.")
    for feature in features:
        names = feature.get("properties") or {}
        if not {"id", "kscore"} <= set(names):
            raise SourceFailedError(
                f"{WHERE} gave features without id or kscore, but with {', '.join(names)}."
            )
    return dict(body)


def _check_collection(answer: bytes) -> None:
    _collection(answer)


def _check_capabilities(answer: bytes) -> None:
    if b"WFS_Capabilities" not in answer or b"</" not in answer[-60:]:
        raise SourceFailedError(f"{WHERE} does not say what it offers.")


SOURCE = Leefbaarometer()
