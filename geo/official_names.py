"""Codes and names of the gemeenten and RIEC regions, for who needs no border."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "boundaries"


class OfficialName(NamedTuple):
    """A gemeente with the RIEC region that it lies in, or such a region, which lies in itself."""

    code: str
    name: str
    riec: str


@cache
def official_names() -> dict[str, OfficialName]:
    """Return the shipped names by code: the gemeenten by name, then the RIEC regions."""
    found = [
        OfficialName(of["code"], of["name"], of.get("riec", of["code"]))
        for file in ("gemeenten", "riec")
        for of in _properties(file)
    ]
    return {one.code: one for one in found}


def _properties(file: str) -> list[dict[str, str]]:
    text = (SHIPPED / f"{file}.geojson").read_text(encoding="utf-8")
    found = [feature["properties"] for feature in json.loads(text)["features"]]
    return sorted(found, key=lambda of: of["name"])
