"""Check that the areas of area figures, and those that partners name, exist."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from errors import WeerbeeldError, shortened
from geo import areas
from geo.border_checks import PATTERNS
from geo.coordinates import to_rd
from geo.hexagons import FINEST, centres, from_text, resolution_of
from intake.marks import Marks
from intake.placing import near_netherlands
from records import RecordKind
from records.partners import Partner, partner_named

HEX_LEVEL = f"hex{FINEST}"

_HEX = re.compile(r"[0-9a-f]{15}", re.ASCII)

EXPECTED = {
    "nederland": areas.COUNTRY,
    "riec": "one of the ten RIEC regions, e.g. limburg",
    "gemeente": "the code of one of the 342 gemeenten, e.g. GM0599",
    "wijk": "the code of a wijk, e.g. WK059901, that is in the installed borders",
    "buurt": "the code of a buurt, e.g. BU05990110, that is in the installed borders",
    HEX_LEVEL: f"the index of an H3 cell of resolution {FINEST} in the Netherlands",
}


def check_areas(frame: pd.DataFrame, kind: RecordKind, boundaries: Path, marks: Marks) -> None:
    """Mark areas that do not exist, in kinds that have a ``level`` and an ``area``.

    Where no wijken or buurten are installed in ``boundaries``, only the form of their codes is
    checked.
    """
    if not {"level", "area"} <= {column.name for column in kind.columns}:
        return
    for level, expected in EXPECTED.items():
        here = (frame["level"] == level).fillna(False) & frame["area"].notna()
        codes = frame.loc[here, "area"]
        wrong = set(codes.unique()) - existing_areas(level, list(codes.unique()), boundaries)
        marks.mark("area", here & frame["area"].isin(wrong), expected)


def known_partner(code: str) -> Partner:
    """Return the partner of a code such as ``gemeente:GM0599``.

    WeerbeeldError when the partner, the gemeente or the RIEC it names does not exist.
    """
    partner = partner_named(code)
    area = code.partition(":")[2]
    named = partner.code in {"gemeente", "riec"} and area
    if named and area not in existing_areas(partner.code, [area], Path()):
        raise WeerbeeldError(
            f"'{shortened(code)}' does not exist: expected {EXPECTED[partner.code]}."
        )
    return partner


def existing_areas(level: str, codes: list[str], boundaries: Path) -> set[str]:
    """Return which of ``codes`` are areas of a level; see ``check_areas``."""
    if level == HEX_LEVEL:
        return _hexagons(codes)
    if level == "nederland":
        return {areas.COUNTRY}
    if level in PATTERNS:
        installed = areas.finer(level, boundaries)
        if installed is None:
            return {code for code in codes if re.fullmatch(PATTERNS[level], code, re.ASCII)}
        return set(installed["code"])
    return set((areas.riecs() if level == "riec" else areas.gemeenten())["code"])


def _hexagons(codes: list[str]) -> set[str]:
    cells = {code: from_text(code) for code in codes if _HEX.fullmatch(code)}
    valid = {
        code: cell
        for code, cell in cells.items()
        if cell is not None and resolution_of(cell) == FINEST
    }
    near = near_netherlands(*to_rd(*centres(list(valid.values()))))
    return {code for code, inside in zip(valid, np.atleast_1d(near), strict=True) if inside}
