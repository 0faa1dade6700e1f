"""How likely a figure is, given what it counts: through the published table, in units of its width.

The attacker is told how wide each figure's noise is (`release.widths`); readers are not.
"""

import numpy as np
from numpy.typing import NDArray

from release.noise import Noise

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def chances(
    shown: Floats, counts: Floats | Ints, noise: Noise, width: Floats | float = 1.0
) -> Floats:
    """Return P(shown | count), of shapes that broadcast.

    ``counts`` are records, or subjects where fewer than k are behind a figure; rounded to units of
    ``width`` up with the chance that keeps their mean, or down.

    >>> sure = Noise(5, 0.0, 1, np.array([[0.0, 1.0, 0.0]]))
    >>> chances(np.array([8.0, 12.0, 9.0]), np.array([9, 9, 9]), sure, 4.0).tolist()
    [0.75, 0.25, 0.0]
    """
    units = counts / np.asarray(width)
    low = np.floor(units)
    steps = shown / np.asarray(width)
    found = _chance(steps, low, noise)
    part = units - low
    if (part > 0).any():
        found = (1 - part) * found + part * _chance(steps, low + 1, noise)
    return np.asarray(np.where((steps == np.round(steps)) & (counts >= 0), found, 0.0))


def _chance(shown: Floats, counts: Floats, noise: Noise) -> Floats:
    step = np.round(shown - counts).astype(np.int64)
    row = counts.clip(0, len(noise.table) - 1).astype(np.int64)
    chance = noise.table[row, (step + noise.most).clip(0, 2 * noise.most)]
    return np.asarray(np.where(np.abs(step) <= noise.most, chance, 0.0))
