"""Give each piece of land the code of its municipality.

GeoNames points vote with the municipality they name; seeds set by hand stand above the votes. A
piece without either follows the longest border it shares, or else the nearest piece; what is
small or far off is dropped.
"""

import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from scipy import ndimage

from tools.boundaries.georeference import Grid
from tools.boundaries.raster import Pieces

SEEDS = Path(__file__).with_name("seeds.csv")
SMALLEST_KM2, FARTHEST_M = 1.0, 2500.0
OFFICIAL = {
    ("Den Haag", "South Holland"): "'s-Gravenhage",
    ("Sûdwest Fryslân", "Friesland"): "Súdwest-Fryslân",
    ("Hengelo", "Overijssel"): "Hengelo (O)",
    ("Bergen", "North Holland"): "Bergen (NH)",
    ("Bergen", "Limburg"): "Bergen (L)",
}


def official_codes(file: Path) -> dict[str, int]:
    """Number of each municipality by its official name (nlmod writes GM0014 as G0014)."""
    listed = json.loads(file.read_text(encoding="utf-8"))
    return {name: int(code[1:]) for code, name in listed.items() if code.startswith("G")}


def votes(geonames: Path) -> list[tuple[str, float, float]]:
    """(official municipality name, longitude, latitude) of every Dutch GeoNames point."""
    with gzip.open(geonames) as stream:
        places = [place for place in json.load(stream) if place["country_code"] == "NL"]
    found = []
    for place in places:
        name = place.get("county", place["city"]).removeprefix("Gemeente ")
        name = OFFICIAL.get((name, place.get("state")), name)
        found.append((name, place["longitude"], place["latitude"]))
    return found


def named(
    pieces: Pieces, grid: Grid, points: Iterable[tuple[str, float, float]], codes: dict[str, int]
) -> NDArray[np.int64]:
    """Grid of municipality numbers in the shape of `pieces.labels`, 0 where there is none."""
    owner = _voted(pieces, grid, points, codes) | _seeded(pieces, grid, codes)
    sizes = np.bincount(pieces.labels.ravel(), minlength=pieces.count + 1) * grid.cell_km2
    loose = [piece for piece in range(1, pieces.count + 1) if piece not in owner]
    borders = _borders(pieces.labels)
    for piece in sorted(loose, key=lambda piece: -sizes[piece]):
        beside = {other: n for other, n in borders[piece].items() if other in owner}
        if beside:
            owner[piece] = owner[max(beside, key=lambda other: (beside[other], -other))]
        elif sizes[piece] >= SMALLEST_KM2:
            nearest = _nearest(pieces.labels, piece, owner, FARTHEST_M / abs(grid.dx))
            owner |= {piece: owner[nearest]} if nearest else {}
    lookup = np.zeros(pieces.count + 1, dtype=np.int64)
    lookup[list(owner)] = list(owner.values())
    return lookup[pieces.labels]


def _voted(
    pieces: Pieces, grid: Grid, points: Iterable[tuple[str, float, float]], codes: dict[str, int]
) -> dict[int, int]:
    names, longitude, latitude = zip(*points, strict=True)
    x, y = Transformer.from_crs(4326, 28992, always_xy=True).transform(longitude, latitude)
    rows, columns = grid.cell(np.array(x), np.array(y))
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for name, piece in zip(names, pieces.labels[rows, columns], strict=True):
        if piece and name in codes:
            counts[int(piece)][name] += 1
    return {piece: codes[votes.most_common(1)[0][0]] for piece, votes in counts.items()}


def _seeded(pieces: Pieces, grid: Grid, codes: dict[str, int]) -> dict[int, int]:
    seeded = {}
    with SEEDS.open(encoding="utf-8", newline="") as stream:
        for seed in csv.DictReader(stream):
            row, column = grid.cell(np.array([float(seed["x"])]), np.array([float(seed["y"])]))
            piece = int(pieces.labels[row[0], column[0]])
            if not piece:
                raise SystemExit(f"seeds.csv: {seed['gemeente']} ({seed['reason']}) is in the sea")
            seeded[piece] = codes[seed["gemeente"]]
    return seeded


def _borders(labels: NDArray[np.int64]) -> dict[int, Counter[int]]:
    """For each piece, how many cell sides it shares with each other piece."""
    borders: dict[int, Counter[int]] = defaultdict(Counter)
    for one, other in ((labels[:, 1:], labels[:, :-1]), (labels[1:], labels[:-1])):
        differs = (one != other) & (one > 0) & (other > 0)
        pairs = np.column_stack([one[differs], other[differs]])
        for (a, b), count in zip(*np.unique(pairs, axis=0, return_counts=True), strict=True):
            borders[int(a)][int(b)] += int(count)
            borders[int(b)][int(a)] += int(count)
    return borders


def _nearest(
    labels: NDArray[np.int64], piece: int, owner: dict[int, int], reach_cells: float
) -> int:
    """The named piece nearest to `piece` within reach, or 0."""
    rows, columns = np.nonzero(labels == piece)
    margin = int(reach_cells) + 1
    top, left = max(0, rows.min() - margin), max(0, columns.min() - margin)
    window = labels[top : rows.max() + margin, left : columns.max() + margin]
    distance = ndimage.distance_transform_edt(window != piece)
    candidates = np.isin(window, list(owner)) & (distance <= reach_cells)
    if not candidates.any():
        return 0
    return int(window.ravel()[np.where(candidates, distance, np.inf).argmin()])
