"""Checks whether a partner may deliver what it delivers: the kind, the figures, and the places.

What lies outside is a fault like any other, so that all of it is listed at once; but rows are set
aside for it only where the keeper named the partner.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from errors import WeerbeeldError, shortened
from geo.own_area import MARGIN_M, in_own_area
from intake.area_codes import known_partner
from intake.arrays import Integers, booleans, texts
from intake.fault_collector import CellFaults, FaultCollector
from intake.parsing import Parsed
from intake.points import Points
from records import RecordKind
from records.authority import SOURCE_OF, Right, deliverers_of, right_of

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True)
class Authority:
    """The right of a partner to deliver a kind of record; None where it has none.

    ``boundaries`` is the folder of imported borders. ``set_aside``: the keeper lets rows outside
    the right be set aside.
    """

    partner: str
    kind: RecordKind
    right: Right | None
    boundaries: Path
    set_aside: bool = False

    @cached_property
    def gemeenten(self) -> "gpd.GeoDataFrame":
        """The gemeenten with their borders, which only partners with an area of their own need."""
        from geo import areas

        return areas.gemeenten(self.boundaries)

    @property
    def area(self) -> tuple[str, str] | None:
        """The level and code of the partner's own area, None where it may be anywhere."""
        level, _, code = self.partner.partition(":")
        return (level, code) if self.right and self.right.where == "own area" else None


def authority_of(
    partner: str, kind: RecordKind, boundaries: Path, set_aside: Collection[str] = ()
) -> Authority:
    """Return what a partner may deliver of a kind.

    ``set_aside`` names partners, as in ``gemeente:GM0599``, whose rows outside may be set aside.
    WeerbeeldError when a partner does not exist, or must name its area.
    """
    for named in (partner, *sorted(set_aside)):
        known_partner(named)
    authority = Authority(
        partner, kind, right_of(partner, kind.name), boundaries, partner in set_aside
    )
    if authority.area and not authority.area[1]:
        example = {"gemeente": "gemeente:GM0599", "riec": "riec:limburg"}[partner]
        raise WeerbeeldError(
            f"'{shortened(partner)}' delivers about its own area only. Name which one it is, "
            f"e.g. --partner {example}."
        )
    return authority


def check_authority(authority: Authority, collector: FaultCollector) -> None:
    """Mark the file where its partner may not deliver such records at all."""
    if authority.right is None:
        kind = authority.kind.name
        may = ", ".join(deliverers_of(kind))
        collector.add_whole(f"{kind} from {authority.partner}", f"{kind} from one of {may}")


def check_rights(
    parsed: Parsed, points: Points | None, authority: Authority, cells: CellFaults
) -> None:
    """Mark rows that the partner may not deliver: figures of others, places elsewhere."""
    right = authority.right
    if right is not None and right.figures:
        _check_figures(parsed, right, cells)
    if authority.area and points is not None:
        _check_places(parsed, points, authority, cells)


def _check_figures(parsed: Parsed, right: Right, cells: CellFaults) -> None:
    figure = parsed.columns["figure"]
    others = set(pc.unique(figure).to_pylist()) & set(SOURCE_OF) - set(right.figures)
    for name in sorted(others):
        expected = f"figures of {right.partner}; {name} counts from {SOURCE_OF[name]} only"
        cells.add("figure", booleans(pc.is_in(figure, texts([name]))), expected, outside=True)


def _check_places(parsed: Parsed, points: Points, authority: Authority, cells: CellFaults) -> None:
    level, code = authority.area or ("", "")
    outside = ~in_own_area(points.lon, points.lat, level, code, authority.gemeenten)
    x, y = parsed.point or (points.lon, points.lat)
    outside &= ~np.isnan(x) & ~np.isnan(y)

    def found(rows: Integers) -> list[str]:
        return [f"{x[row]:.10g}, {y[row]:.10g}" for row in rows]

    expected = f"a point in {level} {code}, at most {MARGIN_M:g} m beyond its border"
    cells.add("x", outside, expected, found, outside=True)
