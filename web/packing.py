"""Packs arrays for a browser: a JSON head, and behind it the bytes of each array.

The first 8 bytes (little-endian) are the length of the head. Head and arrays each begin on a
multiple of 8 bytes, so that a browser reads the arrays where they lie.
"""

import json
from collections.abc import Mapping
from gzip import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from access.facts import Place
from access.map_figures import MapBounds, MapFigures
from access.map_shapes import DEGREE, MapShapes
from access.map_verdicts import CHANGES, SURENESS, MapVerdicts
from access.verdicts import VERDICTS
from geo import hexagons
from geo.ground import Ground
from geo.lines import Lines

WORD = 8
LEVEL = 6
"""Of gzip: above it the same bytes take twice as long and shrink by a hundredth."""


def packed(head: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return a head and arrays in one piece; the head lists name, type, place and size of each."""
    listed, parts, at = [], [], 0
    for name, array in arrays.items():
        raw = np.ascontiguousarray(array).tobytes()
        listed.append([name, array.dtype.str[1:], at, int(array.size)])
        parts.append(raw + bytes(-len(raw) % WORD))
        at += len(parts[-1])
    text = json.dumps({**head, "arrays": listed}, separators=(",", ":"), ensure_ascii=False)
    head_bytes = text.encode()
    head_bytes += b" " * (-len(head_bytes) % WORD)
    return len(head_bytes).to_bytes(WORD, "little") + head_bytes + b"".join(parts)


def packed_shapes(shapes: MapShapes) -> bytes:
    """Return shapes as a map reads them, compressed: hexagons as steps from cell to cell."""
    names = sorted(set(shapes.names))
    place = {name: number for number, name in enumerate(names)}
    head: dict[str, Any] = {"level": shapes.level, "n": len(shapes.codes), "names": names}
    arrays: dict[str, NDArray[Any]] = {
        "name": np.array([place[name] for name in shapes.names], np.uint16)
    }
    if shapes.level.startswith("hex"):
        resolution = int(shapes.level[-1])
        cells = _significant(shapes.codes, resolution)
        head |= {"resolution": resolution, "first": f"{int(cells[0]):x}" if len(cells) else "0"}
        arrays["step"] = np.diff(cells, prepend=cells[:1]).astype(np.uint32)
    else:
        head |= {"codes": shapes.codes, "degree": DEGREE}
        arrays |= {"x": shapes.points[:, 0], "y": shapes.points[:, 1]}
        arrays |= {"rings": shapes.rings, "polygons": shapes.polygons}
    return compress(packed(head, arrays), LEVEL)


def _significant(codes: tuple[str, ...], resolution: int) -> NDArray[np.uint64]:
    """Return cells without the digits of finer resolutions, which are the same in all."""
    cells = np.array([hexagons.from_text(code) or 0 for code in codes], np.uint64)
    return cells >> np.uint64(3 * (15 - resolution))


def packed_figures(figures: MapFigures) -> bytes:
    """Return figures as a map reads them, compressed."""
    sheets = figures.sheets
    head = {
        "code": figures.code,
        "level": figures.level,
        "periods": figures.periods,
        "limits": figures.limits,
        "counts": figures.counts,
        "since": figures.since,
        "sheets": [{"level": sheet.level, "m": sheet.marks.shape[1]} for sheet in sheets],
    }
    arrays: dict[str, NDArray[Any]] = {"values": figures.values, "held": figures.held}
    for number, sheet in enumerate(sheets):
        arrays[f"of{number}"] = _narrow(sheet.of, sheet.marks.shape[1])
        arrays[f"value{number}"] = _narrow(sheet.value, len(figures.values))
        for name in ("marks", "class_", "percentile", "since"):
            arrays[f"{name}{number}"] = getattr(sheet, name)
    return compress(packed(head, arrays), LEVEL)


def packed_verdicts(verdicts: MapVerdicts) -> bytes:
    """Return verdicts as a map reads them, compressed."""
    head = {
        "code": VERDICTS,
        "theme": verdicts.focus,
        "level": verdicts.level,
        "periods": verdicts.periods,
        "earlier": verdicts.earlier,
        "n": verdicts.sure.shape[1],
        "sureness": SURENESS,
        "changes": CHANGES,
    }
    names = ("sure", "independent", "change")
    return compress(packed(head, {name: getattr(verdicts, name) for name in names}), LEVEL)


def packed_bounds(bounds: MapBounds) -> bytes:
    """Return intervals as a map reads them, compressed."""
    many, m = len(bounds.values), bounds.low.shape[1]
    arrays: dict[str, NDArray[Any]] = {"values": bounds.values, "of": _narrow(bounds.of, m)}
    arrays |= {"low": _narrow(bounds.low, many), "high": _narrow(bounds.high, many)}
    return compress(packed({"code": bounds.code, "level": bounds.level, "m": m}, arrays), LEVEL)


def _narrow(numbers: NDArray[Any], many: int) -> NDArray[Any]:
    """Return numbers below ``many`` in two bytes where they fit; others are ``many``."""
    inside = np.where((numbers >= 0) & (numbers < many), numbers, many)
    return inside.astype(np.uint16 if many < 2**16 else np.uint32)


def packed_ground(ground: Ground) -> bytes:
    """Return the ground of maps as a map reads it, compressed."""
    arrays: dict[str, NDArray[Any]] = {}
    for kind, lines in ground.lines.items():
        arrays |= _of_lines(kind, lines)
    head = {
        "kinds": list(ground.lines),
        "degree": next(iter(ground.lines.values())).degree,
        "abroad": [[p.name, round(p.lon, 4), round(p.lat, 4), p.population] for p in ground.abroad],
    }
    return compress(packed(head, arrays), LEVEL)


def _of_lines(name: str, lines: Lines) -> dict[str, NDArray[Any]]:
    return {
        f"{name}-lengths": lines.lengths,
        f"{name}-x": lines.steps[:, 0],
        f"{name}-y": lines.steps[:, 1],
    }


def packed_names(places: list[Place]) -> bytes:
    """Return the places to name on a map, the most populous first, compressed."""
    listed = [[p.name, round(p.lon, 4), round(p.lat, 4), p.population] for p in places]
    return compress(packed({"places": listed}, {}), LEVEL)
