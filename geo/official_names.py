"""Codes and names of the gemeenten and RIEC regions, for who needs no border."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED = DATA / "boundaries"
HISTORY = DATA / "places" / "gemeente_history.csv"

COUNTRY = "NL"

PATTERNS = {
    "gemeente": r"GM[0-9]{4}",
    "wijk": r"WK[0-9]{4}[0-9A-Z]{2}",
    "buurt": r"BU[0-9]{4}[0-9A-Z]{4}",
}
"""The number of the gemeente, then digits; Amsterdam has letters among them (BU0363AA01)."""


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


def riec_codes() -> frozenset[str]:
    """Return the codes of the ten RIEC regions."""
    return frozenset(one.code for one in official_names().values() if one.riec == one.code)


def gemeente_codes() -> frozenset[str]:
    """Return the codes of the gemeenten of today."""
    return frozenset(official_names()) - riec_codes()


@cache
def former() -> frozenset[str]:
    """Return the codes of gemeenten that no longer exist."""
    with HISTORY.open(encoding="utf-8", newline="") as changes:
        return frozenset(change["old"] for change in csv.DictReader(changes)) - gemeente_codes()


def _properties(file: str) -> list[dict[str, str]]:
    text = (SHIPPED / f"{file}.geojson").read_text(encoding="utf-8")
    found = [feature["properties"] for feature in json.loads(text)["features"]]
    return sorted(found, key=lambda of: of["name"])
