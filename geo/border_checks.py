"""What is wrong with the areas of a border file, all of it at once."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from errors import shortened
from geo.border_files import Border
from geo.official_names import PATTERNS
from geo.valid_shapes import MOST_CHANGED, POLYGONS, made_valid, without_shape
from records.free_text import EXPECTED, unfit_in

SHAPES = {
    "gemeente": "a code like GM0599: GM, four digits",
    "wijk": "a code like WK059901: WK, four digits, two figures",
    "buurt": "a code like BU05990110: BU, four digits, four figures",
}
INSIDE_M = 5_000.0
INSIDE_SHARE = 0.95
SPELLED_OUT = 20
LONGEST_FOUND = 120


@dataclass(frozen=True)
class Fault:
    """One fault. ``row`` counts areas from 1 in the file; None for the file as a whole."""

    row: int | None
    column: str
    found: str
    expected: str


def faults(border: Border, level: str, year: int, gemeenten: gpd.GeoDataFrame) -> list[Fault]:
    """Return every fault of ``border`` that cannot be mended; it has no rows of water any more."""
    rows = border.rows
    if rows.empty:
        return [Fault(None, "", "no areas", f"at least one {level}")]
    missing = [
        Fault(int(row), border.name_column, "nothing", "the name of the area")
        for row in rows.loc[rows["name"] == "", "row"]
    ]
    return [
        *_years(rows, year),
        *_codes(border, level),
        *_names(border),
        *(_compared_with_today(rows, gemeenten) if level == "gemeente" else []),
        *missing,
        *_shapes(rows),
        *_whereabouts(rows, gemeenten),
    ]


def described(found: list[Fault]) -> str:
    """Return one line a fault; of many alike the first ones and the rows of the others."""
    alike: dict[tuple[str, str], list[Fault]] = {}
    for fault in found:
        alike.setdefault((fault.column, fault.expected), []).append(fault)
    lines = []
    for (_, expected), group in alike.items():
        lines += [_line(fault) for fault in group[:SPELLED_OUT]]
        rest = [fault.row for fault in group[SPELLED_OUT:] if fault.row]
        if rest:
            lines.append(f"  and {len(rest):,} more, expected {expected}: rows {_ranges(rest)}")
    return "\n".join(lines)


def _line(fault: Fault) -> str:
    where = f"row {fault.row}" if fault.row else "the file"
    column = f", column {fault.column}" if fault.column else ""
    found = shortened(fault.found, LONGEST_FOUND)
    return f"  {where}{column}: found {found}, expected {fault.expected}"


def _ranges(rows: list[int]) -> str:
    """Return 3-5, 9 for 3, 4, 5, 9."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], row]
        else:
            parts.append([row])
    return ", ".join("-".join(map(str, part)) for part in parts)


def _years(rows: gpd.GeoDataFrame, year: int) -> list[Fault]:
    others = sorted(set(rows["year"]) - {"", str(year)})
    if not others:
        return []
    return [Fault(None, "jaarcode", ", ".join(others), f"areas of {year} only, as --year says")]


def _codes(border: Border, level: str) -> list[Fault]:
    codes, rows, column = border.rows["code"], border.rows["row"], border.code_column
    fits = codes.str.fullmatch(PATTERNS[level])
    for other in PATTERNS.keys() - {level}:
        if codes.str.fullmatch(PATTERNS[other]).all():
            hint = f"codes of a {level}; import it with --level {other}"
            return [Fault(None, column, f"codes of a {other} ({codes.iloc[0]})", hint)]
    found = [
        Fault(int(row), column, repr(str(code)) if code else "nothing", SHAPES[level])
        for row, code in zip(rows[~fits], codes[~fits], strict=True)
    ]
    first = dict(zip(codes[::-1], rows[::-1], strict=True))
    again = fits & codes.duplicated()
    return found + [
        Fault(int(row), column, f"{code} again (also in row {first[code]})", "each code once")
        for row, code in zip(rows[again], codes[again], strict=True)
    ]


def _names(border: Border) -> list[Fault]:
    """Return names that may not reach a page, without repeating them, and those read wrongly."""
    found = []
    for row, name in zip(border.rows["row"], border.rows["name"].map(str), strict=True):
        if unfit := unfit_in(name):
            found.append(Fault(int(row), border.name_column, " and ".join(unfit), EXPECTED))
        elif (meant := _read_wrongly(name)) is not None:
            found.append(Fault(int(row), border.name_column, repr(name), f"a name such as {meant}"))
    return found


def _read_wrongly(name: str) -> str | None:
    """Return what a name was before its UTF-8 was taken for Windows-1252, None when it was not."""
    if name.isascii():
        return None
    try:
        return name.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def _compared_with_today(rows: gpd.GeoDataFrame, gemeenten: gpd.GeoDataFrame) -> list[Fault]:
    """Name the gemeenten that the file does not draw, and those it draws beside the known ones."""
    names = dict(zip(gemeenten["code"], gemeenten["name"], strict=True))
    drawn = rows[~without_shape(rows.geometry.to_numpy())]
    in_file = dict(zip(drawn["code"], drawn["name"], strict=True))
    expected = f"the {len(names)} gemeenten of today, each of them and no other"
    odd = [(code, "no area of") for code in names.keys() - in_file.keys()]
    odd += [(code, "also") for code in in_file.keys() - names.keys()]
    return [
        Fault(None, "", f"{what} {code} {(names | in_file)[code]}", expected)
        for code, what in sorted(odd)
    ]


def _shapes(rows: gpd.GeoDataFrame) -> list[Fault]:
    rows = rows[~without_shape(rows.geometry.to_numpy())]
    shapes = rows.geometry.to_numpy()
    flat = ~np.isin(shapely.get_type_id(shapes), POLYGONS)
    found = [
        Fault(int(row), "geometry", f"a {shape.geom_type}", "a polygon")
        for row, shape in zip(rows.loc[flat, "row"], shapes[flat], strict=True)
    ]
    rows, shapes = rows[~flat], shapes[~flat]
    broken = made_valid(shapes)[1] > MOST_CHANGED
    hint = (
        f"one that is valid, or becomes so with at most {MOST_CHANGED:.0%} of its surface changed"
    )
    return found + [
        Fault(int(row), "geometry", f"a polygon beyond mending ({reason})", hint)
        for row, reason in zip(
            rows.loc[broken, "row"], shapely.is_valid_reason(shapes[broken]), strict=True
        )
    ]


def _whereabouts(rows: gpd.GeoDataFrame, gemeenten: gpd.GeoDataFrame) -> list[Fault]:
    """Return a fault when more than a few areas lie far from every municipality."""
    bounds = rows.geometry.bounds.to_numpy()
    known = np.isfinite(bounds).all(axis=1)
    if not known.any():
        return []
    middles = (bounds[known, :2] + bounds[known, 2:]) / 2
    near, _ = gemeenten.sindex.query(
        shapely.points(middles), predicate="dwithin", distance=INSIDE_M
    )
    inside = np.isin(np.arange(len(middles)), near)
    if inside.mean() >= INSIDE_SHARE:
        return []
    row = int(rows.loc[known, "row"].to_numpy()[~inside][0])
    x, y = middles[~inside][0]
    found = (
        f"{(~inside).sum():,} of {len(rows):,} areas elsewhere (row {row}: x {x:.0f}, y {y:.0f})"
    )
    hint = "areas in the Netherlands; check the coordinate system and the order of x and y"
    return [Fault(None, "geometry", found, hint)]
