"""Check that the areas of area figures, and those that partners name, exist."""

import re

import numpy as np
import pyarrow.compute as pc

from errors import WeerbeeldError, shortened
from geo.coordinates import to_rd
from geo.hexagons import FINEST, centres, from_text, resolution_of
from geo.official_names import COUNTRY, PATTERNS, former, gemeente_codes, riec_codes
from geo.surroundings import near_netherlands
from intake.arrays import booleans, texts
from intake.fault_collector import CellFaults
from intake.parsing import Columns
from records import RecordKind
from records.free_text import personal_in
from records.partners import Partner, partner_named

HEX_LEVEL = f"hex{FINEST}"

_HEX = re.compile(r"[0-9a-f]{15}", re.ASCII)

GEMEENTE_NOW = "the code of one of the 342 gemeenten, e.g. GM0599"

EXPECTED = {
    "nederland": COUNTRY,
    "riec": "one of the ten RIEC regions, e.g. limburg",
    "gemeente": f"{GEMEENTE_NOW}, or of one that was, since 2020",
    "wijk": "the code of a wijk, e.g. WK059901, of a gemeente that is or was, since 2020",
    "buurt": "the code of a buurt, e.g. BU05990110, of a gemeente that is or was, since 2020",
    HEX_LEVEL: f"the index of an H3 cell of resolution {FINEST} in the Netherlands",
}


def check_areas(columns: Columns, kind: RecordKind, cells: CellFaults) -> None:
    """Mark areas that never existed, in kinds that have a ``level`` and an ``area``.

    Former areas are accepted: the build carries their figures over (``geo.code_history``). Of
    wijken and buurten only the form of the code and its gemeente are checked, since every year
    has other codes.
    """
    if not {"level", "area"} <= {column.name for column in kind.columns}:
        return
    for level, expected in EXPECTED.items():
        here = pc.is_in(columns["level"], texts([level]))
        codes = pc.unique(columns["area"].filter(here).drop_null()).to_pylist()
        wrong = texts(sorted(set(codes) - existing_areas(level, codes)))
        cells.add("area", booleans(pc.and_(here, pc.is_in(columns["area"], wrong))), expected)


def known_partner(code: str) -> Partner:
    """Return the partner of a code such as ``gemeente:GM0599``.

    WeerbeeldError when the partner, the gemeente or the RIEC it names does not exist.
    """
    partner = partner_named(code)
    area = code.partition(":")[2]
    if personal := personal_in(area):
        raise WeerbeeldError(f"The partner's name holds {' and '.join(personal)}: choose another.")
    known = {
        "riec": (riec_codes, EXPECTED["riec"]),
        "gemeente": (gemeente_codes, GEMEENTE_NOW),
    }
    if area and partner.code in known:
        those, expected = known[partner.code]
        if area not in those():
            raise WeerbeeldError(f"'{shortened(code)}' does not exist: expected {expected}.")
    return partner


def existing_areas(level: str, codes: list[str]) -> set[str]:
    """Return the codes at a level that exist or existed; among ``codes`` where there is no list."""
    if level == HEX_LEVEL:
        return _hexagons(codes)
    if level == "nederland":
        return {COUNTRY}
    if level == "riec":
        return set(riec_codes())
    gemeenten = gemeente_codes() | former()
    if level == "gemeente":
        return set(gemeenten)
    fits = re.compile(PATTERNS[level], re.ASCII).fullmatch
    return {code for code in codes if fits(code) and f"GM{code[2:6]}" in gemeenten}


def _hexagons(codes: list[str]) -> set[str]:
    cells = {code: from_text(code) for code in codes if _HEX.fullmatch(code)}
    valid = {
        code: cell
        for code, cell in cells.items()
        if cell is not None and resolution_of(cell) == FINEST
    }
    near = near_netherlands(*to_rd(*centres(list(valid.values()))))
    return {code for code, inside in zip(valid, np.atleast_1d(near), strict=True) if inside}
