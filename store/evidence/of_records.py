"""Evidence that only exact counts can give, of the records of the whole country, made coarse."""

from dataclasses import dataclass
from typing import Annotated

from store.evidence.contract import Evidence, coarse
from store.evidence.grains import (
    Choice,
    Figure,
    Flag,
    Indicator,
    KindOfRecord,
    Level,
    Number,
    Partner,
    Period,
    WordOf,
    words,
)

METRES, DAYS = (200.0, 400.0), (14.0, 28.0)
"""Upper limits of the bands in which incidents may come again."""


@dataclass(frozen=True)
class Completeness(
    Evidence,
    rests=coarse(
        "release.lateness",
        "how late records come in is not in any figure that is shown",
        "shares of the whole country in whole percents, deviations in tenths of one; complete from "
        "99.5% on",
    ),
    key=("indicator", "partner", "period"),
):
    """Which part (0-1) of a period's events is registered by now, and its standard deviation.

    ``partner`` is None for all together; ``completed`` says whether rates were completed for it.
    The deviation is None where too little is known of delays.
    """

    indicator: Indicator
    partner: Partner | None
    completed: Flag
    period: Period
    share: Annotated[float, Number(0, 1, decimals=2)]
    deviation: Annotated[float, Number(0, 100, decimals=3)] | None


@dataclass(frozen=True)
class Behind(
    Evidence,
    rests=coarse(
        "release.staleness",
        "how far counts have moved on from what stands is in no figure but the widths of intervals",
        "a step for a level and period, at limits that are drawn with a secret key; of levels of "
        "fewer than a hundred areas always the same",
    ),
    key=("indicator", "level", "period"),
):
    """How far counts of a level have moved on from what stands: a deviation in subjects.

    All intervals of that level and period know it already. Where nothing has moved there is no row.
    """

    indicator: Indicator
    level: Level
    period: Period
    deviation: Annotated[float, Number(0, 1e4, decimals=1)]


@dataclass(frozen=True)
class NearRepeat(
    Evidence,
    rests=coarse(
        "release.near_repeats",
        "pairs of incidents need exact points and days, of which no figure is shown",
        "one decimal, of pairs over the whole country with a deviation of five that is drawn from "
        "secret keys; no band of fewer than five expected pairs",
    ),
    key=("indicator", "metres", "days"),
):
    """How many times as often as by chance incidents come again within a band, and the chance."""

    indicator: Indicator
    metres: Annotated[float, Choice(METRES)]
    days: Annotated[float, Choice(DAYS)]
    ratio: Annotated[float, Number(0, 1e6, decimals=1)]
    p: Annotated[float, Number(0, 1, decimals=3)]


@dataclass(frozen=True)
class SameEvents(
    Evidence,
    rests=coarse(
        "release.same_events",
        "which records two partners both delivered is in no figure that is shown",
        "three words, at limits that are drawn with a secret key; nothing of fewer than ten",
    ),
    key=("kind", "partner", "first"),
):
    """``part`` of what ``partner`` delivered of a kind was delivered by ``first`` before."""

    kind: KindOfRecord
    partner: Partner
    first: Partner
    part: Annotated[str, words("some", "most", "all")]


@dataclass(frozen=True)
class Waiting(
    Evidence,
    rests=coarse(
        "release.in_use",
        "an indicator can be counted only where something of its kinds was delivered",
        "whether anything was, and nothing else",
    ),
    key=("code",),
):
    """An indicator that cannot be counted yet, with its name, and what its first form lacks.

    ``kinds`` holds for each of its counts the kinds of record of which one would do, ``figures``
    all public figures that nobody delivered.
    """

    code: Annotated[str, WordOf("indicator of the catalogue")]
    nl: Annotated[str, WordOf("name of an indicator")]
    en: Annotated[str, WordOf("name of an indicator")]
    kinds: tuple[tuple[KindOfRecord, ...], ...]
    figures: tuple[Figure, ...]
