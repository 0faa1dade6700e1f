"""Evidence of the maps of one indicator: would they have been right, are they sure, is there order.

All of it rests on figures as they are shown, but for what maps of exact counts would have found.
"""

from dataclasses import dataclass
from typing import Annotated

from store.evidence.contract import SHOWN, Evidence, coarse
from store.evidence.grains import (
    Amount,
    Choice,
    Indicator,
    Level,
    Number,
    Places,
    Ratio,
    Share,
    Z,
    words,
)

Extent = Annotated[str, words("area", "addresses")]
Method = Annotated[str, words("plain", "smoothed", "earlier", "neighbours")]
ShownMethod = Annotated[str, words("plain", "smoothed")]
ChosenShare = Annotated[float, Choice((0.03, 0.05, 0.10))]
HitShare = Annotated[float, Number(0, 1, decimals=2)]


@dataclass(frozen=True)
class Hits:
    """How much of what followed lay in the places that a map would have chosen.

    ``share`` (0-1) is the part of the extent (surface or addresses) that is chosen, ``hit_rate``
    (0-1) the part of the events found there, ``pai`` how many times as much as at random,
    ``best_pai`` the highest possible, ``pei`` their quotient (1 is perfect), ``events`` how many
    events there were, as shown, in three digits.
    """

    share: ChosenShare
    hit_rate: Share | None
    pai: Ratio | None
    pei: Ratio | None
    best_pai: Ratio | None
    events: Amount


@dataclass(frozen=True)
class Hindcast(
    Hits, Evidence, rests=SHOWN, key=("indicator", "level", "extent", "method", "share")
):
    """What a map of shown figures, made a year before the last window, found of that window."""

    indicator: Indicator
    level: Level
    extent: Extent
    method: Method


@dataclass(frozen=True)
class ExactHindcast(
    Evidence,
    rests=coarse(
        "release.exact_hindcasts",
        "the price of protection can only be seen beside what exact counts would have found",
        "hits in whole percents, with a deviation of ten events that is drawn from secret keys",
    ),
    key=("indicator", "level", "extent", "method", "share"),
):
    """What a map of exact counts would have found; fields as of `Hits`, in coarser steps.

    ``pai`` and ``pei`` follow from the coarse ``hit_rate``.
    """

    share: ChosenShare
    hit_rate: HitShare | None
    pai: Ratio | None
    pei: Ratio | None
    indicator: Indicator
    level: Level
    extent: Extent
    method: ShownMethod


@dataclass(frozen=True)
class MapChoice(Evidence, rests=SHOWN, key=("indicator", "level")):
    """Which prediction a map of hexagons shows, with the mean PEI of it and of plain counts."""

    indicator: Indicator
    level: Level
    method: ShownMethod
    pei_plain: Ratio | None
    pei_shown: Ratio | None


@dataclass(frozen=True)
class Calibration(Evidence, rests=SHOWN, key=("indicator", "level")):
    """Of how many places the later count lay inside, below or above its 90% interval (0-1)."""

    indicator: Indicator
    level: Level
    places: Places
    inside: Share
    below: Share
    above: Share


@dataclass(frozen=True)
class Moran(Evidence, rests=SHOWN, key=("indicator", "level")):
    """How alike neighbours are in the last window: Moran's I, and its z under chance."""

    indicator: Indicator
    level: Level
    i: Annotated[float, Number(-100, 100, decimals=3)]
    z: Z
