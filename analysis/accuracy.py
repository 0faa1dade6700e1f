"""Would this map have pointed at the right places? A prediction held against what came after.

Plain counts are the prediction to beat: a cleverer one is shown only when it does.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]

SHARES = (0.03, 0.05, 0.10)
"""Parts of the area (or of the addresses) that could be looked after."""

ROUNDING = 1e-12


class Hindcast(NamedTuple):
    """How well a prediction did: arrays of shape (shares,).

    ``covered`` is the part of the extent that was pointed at, ``hit_rate`` the part of the events
    found there, ``pai`` = hit_rate/covered, ``best_pai`` the highest possible and ``pei`` =
    pai/best_pai.
    """

    covered: Floats
    hit_rate: Floats
    pai: Floats
    pei: Floats
    best_pai: Floats


class Choice(NamedTuple):
    """The prediction to show, with each one's mean PEI and how likely it beats plain by chance."""

    name: str
    pei: dict[str, float]
    chance: dict[str, float]


def hindcast(
    predicted: Floats, observed: Floats, extent: Floats, shares: tuple[float, ...] = SHARES
) -> Hindcast:
    """Return how well ``predicted`` events found the ``observed`` ones.

    All have shape (places,); ``extent`` is each place's area or addresses, in any unit. Places
    are taken by predicted events per extent, highest first, until they hold at least each share of
    the total extent; equal ones are taken against the model, those with the fewest events per
    extent first. PAI = (hits/events)/(extent taken/extent), PEI = PAI over that of the perfect
    order. A place without extent or observation lies outside the study, one without a prediction
    comes last; NaN when nothing was observed. ValueError for shapes that do not fit, negative
    numbers or shares outside (0, 1]. Sources: Chainey, Tompson and Uhlig (2008), The utility of
    hotspot mapping for predicting spatial patterns of crime (PAI); Hunt (2016), Do crime hot spots
    move? (PEI).

    Six places of one size; the prediction points at the right place first, then at two equal ones.

    >>> predicted = np.array([8.0, 4, 4, 2, 1, 0])
    >>> observed = np.array([6.0, 7, 3, 2, 1, 0])
    >>> found = hindcast(predicted, observed, np.ones(6), shares=(1 / 6, 2 / 6, 3 / 6))
    >>> found.pai.round(3).tolist()
    [1.895, 1.421, 1.684]
    >>> found.pei.round(3).tolist()
    [0.857, 0.692, 1.0]
    """
    ahead, after, size = _study(predicted, observed, extent, shares)
    found = _found(ahead, after, size, shares)
    best = _found(after, after, size, shares)
    pai = found[1] / found[0]
    best_pai = best[1] / best[0]
    return Hindcast(found[0], found[1], pai, pai / best_pai, best_pai)


def choose(
    candidates: Mapping[str, Floats],
    observed: Floats,
    extent: Floats,
    shares: tuple[float, ...] = SHARES,
    level: float = 0.05,
) -> Choice:
    """Return which of ``candidates`` to show; the first is plain counts, which win every tie.

    A rival is shown when its mean PEI over the shares is above that of plain counts by more than
    chance: one-sided p below ``level`` divided by the number of rivals (Bonferroni); of those that
    pass, the one with the highest mean PEI. As both maps take the same extent, the difference in
    PEI at a share is a sum over the places that only one of them takes, of +-(events - t x
    extent)/best hits, t being the events per extent in all of these places; p is that of z =
    sum d/sqrt(sum d^2), d being a place's mean over the shares: the normal limit of a paired
    bootstrap over places. A rival that differs in fewer than ten places is not shown: the limit
    needs some. Here equal predictions share what is left of the extent, which is what a random
    order would give: working plain counts' many ties against them would hand the choice to any
    rival that breaks them blindly. NaN when nothing was observed, and then plain counts.
    ValueError without candidates and as `hindcast`. Sources: as `hindcast`; Efron and Tibshirani
    (1993), An Introduction to the Bootstrap, chapters 8 and 16.

    Forty places of one size, half of which may be pointed at: plain counts find 100 of the 180
    events, their rival all of them.

    >>> observed = np.tile([9.0, 1.0], 20)
    >>> predictions = {"counts": np.arange(40.0), "rates": observed / 2}
    >>> choice = choose(predictions, observed, np.ones(40), shares=(0.5,))
    >>> choice.name, round(choice.pei["counts"], 3), choice.pei["rates"]
    ('rates', 0.556, 1.0)
    """
    if not candidates:
        raise ValueError("there must be a first candidate, plain counts")
    studied = {
        name: _study(predicted, observed, extent, shares) for name, predicted in candidates.items()
    }
    plain, *rivals = studied
    _, after, size = studied[plain]
    events = after * size
    most = np.array([_taken(after, size, share) @ events for share in shares])
    if not events.any():
        return Choice(plain, dict.fromkeys(studied, np.nan), dict.fromkeys(rivals, np.nan))
    taken = {
        name: np.array([_taken(density, size, share) for share in shares])
        for name, (density, _, _) in studied.items()
    }
    pei = {name: float((part @ events / most).mean()) for name, part in taken.items()}
    chance = {name: _by_chance(taken[name] - taken[plain], events, size, most) for name in rivals}
    passed = [name for name in rivals if chance[name] < level / len(rivals)]
    best = max(passed, key=lambda name: pei[name], default=plain)
    return Choice(best, pei, chance)


def _study(
    predicted: Floats, observed: Floats, extent: Floats, shares: tuple[float, ...]
) -> tuple[Floats, Floats, Floats]:
    """Return predicted and observed events per extent and the extent of the places in the study."""
    if predicted.ndim != 1 or observed.shape != predicted.shape or extent.shape != predicted.shape:
        raise ValueError("predicted, observed and extent must share the shape (places,)")
    if not all(0 < share <= 1 for share in shares):
        raise ValueError(f"shares must lie above 0 and up to 1, not {shares}")
    if (observed < 0).any() or (extent < 0).any():
        raise ValueError("observed events and extent must be 0 or more")
    inside = np.isfinite(observed) & np.isfinite(extent) & (extent > 0)
    size = extent[inside]
    ahead = np.where(np.isfinite(predicted[inside]), predicted[inside], -np.inf)
    return ahead / size, observed[inside] / size, size


def _found(
    density: Floats, after: Floats, size: Floats, shares: tuple[float, ...]
) -> tuple[Floats, Floats]:
    """Return the part of the extent taken and of the events found there, at each share."""
    if not after.any():
        return np.full(len(shares), np.nan), np.full(len(shares), np.nan)
    order = np.lexsort((after, -density))
    covered = np.cumsum(size[order]) / size.sum()
    events = (after * size)[order]
    last = np.searchsorted(covered, np.array(shares) - ROUNDING).clip(max=len(order) - 1)
    return covered[last], np.cumsum(events)[last] / events.sum()


def _taken(density: Floats, size: Floats, share: float) -> Floats:
    """Return how much of each place is taken (0-1) when exactly ``share`` of the extent is."""
    _, level = np.unique(-density, return_inverse=True)
    held = np.bincount(level, weights=size)
    before = np.cumsum(held) - held
    return np.asarray(((share * size.sum() - before) / held).clip(0, 1)[level])


def _by_chance(differ: Floats, events: Floats, size: Floats, most: Floats) -> float:
    """Return how likely it is that plain counts are at least as good as this rival.

    ``differ`` (shares, places) is how much more of each place the rival takes.
    """
    disputed = np.abs(differ)
    if (disputed.sum(axis=0) > ROUNDING).sum() < 10:
        return 1.0
    held = np.maximum(disputed @ size, ROUNDING)
    typical = disputed @ events / held
    gained = (differ * (events - typical[:, None] * size) / most[:, None]).mean(axis=0)
    spread = np.sqrt((gained**2).sum())
    return float(ndtr(-gained.sum() / spread)) if spread > 0 else 1.0
