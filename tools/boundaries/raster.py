"""Cut the municipality image into pieces of land along the middle of its drawn border lines.

A watershed over the darkness of the lines finds their ridge; the sea takes part as a piece of its
own, so that the coast too runs along the middle of its line and a dike drawn as a bare line in the
water is no land.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage
from skimage.segmentation import watershed

CELLS_PER_PIXEL = 2
LAND_GREY = 204.0
LINE_DARKNESS = 40.0
SMALLEST_PIECE_CELLS = 36
OPAQUE, CLEAR = 0.9, 0.1


@dataclass(frozen=True)
class Pieces:
    """`labels` (rows, columns), CELLS_PER_PIXEL cells a pixel: 0 sea, 1..count a piece of land."""

    labels: NDArray[np.int64]
    count: int


def read_pieces(image: Path) -> Pieces:
    """The connected pieces of land in `image`, grown to the middle of the lines between them."""
    colours = np.asarray(Image.open(image).convert("RGBA")).astype(np.float64)
    opacity = colours[..., 3] / 255
    darkness = np.clip(LAND_GREY - colours[..., 0], 0, None) * opacity
    darkness, opacity = _finer(darkness), _finer(opacity)
    land, count = _numbered((darkness < LINE_DARKNESS) & (opacity > OPAQUE))
    sea, _ = _numbered(opacity < CLEAR)
    markers = np.where(sea > 0, count + 1, land)
    grown = watershed(darkness, markers)
    return Pieces(np.where(grown > count, 0, grown).astype(np.int64), count)


def _finer(values: NDArray[np.float64]) -> NDArray[np.float64]:
    finer: NDArray[np.float64] = ndimage.zoom(
        values, CELLS_PER_PIXEL, order=1, grid_mode=True, mode="nearest"
    )
    return finer


def _numbered(mask: NDArray[np.bool_]) -> tuple[NDArray[np.int64], int]:
    """Connected parts of `mask` numbered from 1, parts too small to be an area left out."""
    parts, _ = ndimage.label(mask)
    sizes = np.bincount(parts.ravel())
    sizes[0] = 0
    kept = sizes >= SMALLEST_PIECE_CELLS
    numbers = np.where(kept, np.cumsum(kept), 0)
    return numbers[parts].astype(np.int64), int(kept.sum())
