"""Plays tables of statistics services: OData v3 and v4, as documented, with their habits."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import product
from typing import Any

from server import Fault, Reply, Request, Services, altered, as_json

MOST_ROWS = 10_000

Value = float | str | None
Codes = dict[str, str]


@dataclass(frozen=True)
class PlayedDimension:
    """A dimension: ``kind`` is the Type of v3 (GeoDetail, TimeDimension, Dimension)."""

    key: str
    title: str
    kind: str
    codes: Sequence[tuple[str, str]]
    width: int = 0

    def padded(self, code: str) -> str:
        return code.ljust(self.width)


@dataclass(frozen=True)
class PlayedMeasure:
    key: str
    title: str
    unit: str = "aantal"
    groups: tuple[str, ...] = ()


@dataclass
class PlayedTable:
    """A table whose figures are ``value(measure key, codes)``."""

    table: str
    title: str
    dimensions: Sequence[PlayedDimension]
    measures: Sequence[PlayedMeasure]
    value: Callable[[str, Codes], Value] = field(default=lambda _, __: 1.0)
    page: int = MOST_ROWS

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """Every combination of codes, padded as this table pads them."""
        keys = [d.key for d in self.dimensions]
        codes = ([d.padded(code) for code, _ in d.codes] for d in self.dimensions)
        return [dict(zip(keys, place, strict=True)) for place in product(*codes)]

    def chosen(self, condition: str) -> list[dict[str, str]]:
        """Return the rows that a filter chooses; keys are compared with their padding."""
        test = re.sub(
            r"startswith\((\w+),('(?:[^']|'')*')\)", r"row['\1'].startswith(\2)", condition
        )
        test = re.sub(r"\b(\w+) eq ('(?:[^']|'')*')", r"row.get('\1', \2) == \2", test)
        chooses = eval(f"lambda row: {test or 'True'}")
        return [row for row in self.rows if chooses(row)]

    def figure(self, measure: str, row: dict[str, str]) -> Value:
        return self.value(measure, {key: code.strip() for key, code in row.items()})


def play_v3(services: Services, table: PlayedTable, host: str = "opendata.cbs.nl") -> str:
    """Serve a table over OData v3; returns its address."""
    address = f"https://{host}/ODataApi/odata/{table.table}"
    lists: dict[str, list[dict[str, Any]]] = {
        "TableInfos": [{"Title": table.title, "Identifier": table.table}],
        "DataProperties": _properties(table),
    }
    for dimension in table.dimensions:
        lists[dimension.key] = [
            {"Key": dimension.padded(code), "Title": title, "Description": ""}
            for code, title in dimension.codes
        ]
    for name, rows in lists.items():
        services.serve(f"{address}/{name}", partial(_page, rows=rows))

    def typed(request: Request) -> Reply:
        names = request.query["$select"].split(",")
        rows = table.chosen(request.query.get("$filter", ""))
        if len(rows) > MOST_ROWS:
            return _refusal(f"The query returns more than {MOST_ROWS} records")
        keys = [d.key for d in table.dimensions]
        known = {*keys, *(m.key for m in table.measures)}
        if not known >= set(names):
            return _refusal("Could not find a property")
        answered = [
            {name: row[name] if name in keys else table.figure(name, row) for name in names}
            for row in rows
        ]
        return _page(request, answered, table.page)

    services.serve(f"{address}/TypedDataSet", typed)
    return address


def play_v4(services: Services, table: PlayedTable, host: str = "datasets.cbs.nl") -> str:
    """Serve a table over OData v4; returns its address."""
    address = f"https://{host}/odata/v1/CBS/{table.table}"
    lists: dict[str, list[dict[str, Any]]] = {
        "Dimensions": [
            {"Identifier": d.key, "Title": d.title, "Kind": d.kind} for d in table.dimensions
        ],
        "MeasureCodes": [
            {"Identifier": m.key, "Title": m.title, "Unit": m.unit} for m in table.measures
        ],
    }
    for dimension in table.dimensions:
        lists[f"{dimension.key}Codes"] = [
            {"Identifier": dimension.padded(code), "Title": title}
            for code, title in dimension.codes
        ]
    for name, rows in lists.items():
        services.serve(f"{address}/{name}", partial(_page, rows=rows))

    def observations(request: Request) -> Reply:
        condition = request.query.get("$filter", "")
        answered = [
            {**row, "Measure": measure.key, "Value": table.figure(measure.key, row)}
            for measure in table.measures
            for row in table.chosen(condition.replace("Measure eq", f"'{measure.key}' =="))
        ]
        return _page(request, answered, table.page, "@odata.nextLink")

    services.serve(f"{address}/Observations", observations)
    return address


def without_filter(key: str, code: str) -> Fault:
    """Answer as services do that ignore a filter: the first rows of all, with status 200."""
    return altered(lambda body: {"value": [{**row, key: code} for row in body["value"]]})


def empty() -> Fault:
    """Answer no rows, with status 200."""
    return lambda _, __: as_json({"value": []})


def _properties(table: PlayedTable) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"ID": number, "ParentID": None, "Type": d.kind, "Key": d.key, "Title": d.title}
        for number, d in enumerate(table.dimensions)
    ]
    groups: dict[tuple[str, ...], int] = {}
    for measure in table.measures:
        for depth in range(1, len(measure.groups) + 1):
            path = measure.groups[:depth]
            if path not in groups:
                groups[path] = len(rows)
                parent = groups.get(path[:-1])
                rows.append(
                    {
                        "ID": len(rows),
                        "ParentID": parent,
                        "Type": "TopicGroup",
                        "Key": "",
                        "Title": path[-1],
                    }
                )
        rows.append(
            {
                "ID": len(rows),
                "ParentID": groups.get(measure.groups),
                "Type": "Topic",
                "Key": measure.key,
                "Title": measure.title,
                "Unit": measure.unit,
            }
        )
    return rows


def _page(
    request: Request,
    rows: list[dict[str, Any]],
    size: int = 10**6,
    link: str = "odata.nextLink",
) -> Reply:
    start = int(request.query.get("$skiptoken", 0))
    body: dict[str, Any] = {"value": rows[start : start + size]}
    if start + size < len(rows):
        query = "&".join(
            f"{name}={text.replace(' ', '%20')}"
            for name, text in request.query.items()
            if name != "$skiptoken"
        )
        body[link] = f"{request.address}?{query}&$skiptoken={start + size}"
    return as_json(body)


def _refusal(message: str) -> Reply:
    body = {"odata.error": {"code": "", "message": {"lang": "en-US", "value": message}}}
    return Reply(json.dumps(body).encode(), status=500)
