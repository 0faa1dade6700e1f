"""What stands out in a place, by how many independent partners: the finding that pages open with.

The release holds votes of single indicators (`release.votes`). They are put together here, of what
the viewer receives and nothing else: an indicator that it does not receive changes no verdict.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from access.passport import Passport

Sureness = Literal["strong", "possible", "nothing", "too_little", "context"]
"""Two or more independent partners stand out; one does; none; too few can be judged. ``context``:
what stands out has no vote."""

STANDING: tuple[Sureness, ...] = ("strong", "possible", "context")
"""Those of places in which something stands out."""

Change = Literal["new", "worse", "confirmed", "cooled"]
"""Beside the window a year earlier: stands out since; more or clearly higher; possible then and
strong now; strong then and possible now, or no more."""

VERDICTS = "verdicts"
"""Asks a map for verdicts, where others are asked by the code of their indicator."""

CONTEXT = "context"
"""The focus area of what gives no vote."""

ENOUGH = 2
"""Independent partners of which one must be able to tell, to say that nothing stands out."""


class Vote(NamedTuple):
    """A figure that stands out: its indicator, whose word it is, and since which window."""

    indicator: str
    partners: tuple[str, ...]
    since: str


class Verdict(NamedTuple):
    """What stands out in one area in one window."""

    area: str
    """Code of the area."""
    name: str
    gemeente: str
    riec: str
    lon: float
    lat: float
    sure: Sureness
    independent: int
    """How many independent partners stand out here."""
    votes: tuple[Vote, ...]
    """What stands out, by indicator."""
    context: tuple[Vote, ...]
    """What stands out beside it and has no vote."""
    change: Change | None
    """None: as a year earlier, and where there was no window then."""


class Voice(NamedTuple):
    """Whose word a vote is, and what it is counted over."""

    partners: frozenset[str]
    over: frozenset[str]

    def apart(self, other: "Voice") -> bool:
        """Return whether two voices are independent: they share neither partner nor denominator.

        One error in a denominator makes all rates over it high.
        """
        return not (self.partners & other.partners or self.over & other.over)


class Standing(NamedTuple):
    """An indicator that stands out in a window: whose word it is, and the ends of its interval."""

    vote: Vote
    voice: Voice
    low: float
    high: float


Where = tuple[int, str]
"""Id of a window, and code of an area."""


@dataclass(frozen=True)
class Heard:
    """All that a viewer receives of a level, in one or more windows.

    ``known`` is of how many independent partners a figure could tell at all, ``judging`` of how
    many one does, ``standing`` what stands out, ``beside`` the context: empty where it has a figure
    that does not stand out. ``focus`` is the focus area that all is about, None for all together.
    """

    focus: str | None
    known: int
    judging: Mapping[Where, int]
    standing: Mapping[Where, Sequence[Standing]]
    beside: Mapping[Where, Sequence[Vote]]

    def conclude(self, area: str, window: int, earlier: int | None) -> "Conclusion":
        """Return the verdict on an area in a window; ``earlier`` is the window a year before."""
        standing = self.standing.get((window, area), ())
        judged = self.judging.get((window, area), 0)
        partners = independent(one.voice for one in standing)
        sure = sureness_of(partners, judged, self.known)
        context = self.beside.get((window, area))
        if self.focus == CONTEXT:
            sure = "too_little" if context is None else "context" if context else "nothing"
        change = None
        if earlier is not None:
            before = self.standing.get((earlier, area), ())
            past = sureness_of(independent(one.voice for one in before), judged, self.known)
            change = change_of((sure, standing), (past, before))
        votes = tuple(one.vote for one in standing)
        return Conclusion(sure, partners, votes, tuple(context or ()), change)


class Conclusion(NamedTuple):
    """The part of a ``Verdict`` that is no name and no place."""

    sure: Sureness
    independent: int
    votes: tuple[Vote, ...]
    context: tuple[Vote, ...]
    change: Change | None


def voice_of(passport: Passport) -> Voice:
    """Return whose word the votes of an indicator are."""
    return Voice(frozenset(passport.partners), frozenset(passport.over))


def independent(voices: Iterable[Voice]) -> int:
    """Return how many of the voices are independent of one another, at the most.

    >>> police = Voice(frozenset({"politie"}), frozenset({"addresses"}))
    >>> offences = Voice(frozenset({"politie"}), frozenset({"inhabitants"}))
    >>> unit = Voice(frozenset({"fiu"}), frozenset({"inhabitants"}))
    >>> independent([police, offences, unit]), independent([offences, unit])
    (2, 1)
    """
    return _most_apart(frozenset(voices))


@lru_cache(maxsize=4096)
def _most_apart(voices: frozenset[Voice]) -> int:
    if not voices:
        return 0
    first = min(voices, key=lambda voice: (sorted(voice.partners), sorted(voice.over)))
    rest = voices - {first}
    with_first = frozenset(voice for voice in rest if voice.apart(first))
    if len(with_first) == len(rest):
        return 1 + _most_apart(rest)
    return max(1 + _most_apart(with_first), _most_apart(rest))


def sureness_of(standing: int, judged: int, known: int) -> Sureness:
    """Return the verdict on so many independent partners that stand out, of those ``judged``.

    ``known`` is how many there could be at all, where every figure could be judged.
    """
    if standing:
        return "strong" if standing >= ENOUGH else "possible"
    return "nothing" if known and judged >= min(ENOUGH, known) else "too_little"


RANK: dict[Sureness, int] = {"strong": 2, "possible": 1}


def change_of(
    now: tuple[Sureness, Collection[Standing]], before: tuple[Sureness, Collection[Standing]]
) -> Change | None:
    """Return what changed since a year earlier: verdicts then and now, with what stood out."""
    rank, then = RANK.get(now[0], 0), RANK.get(before[0], 0)
    if rank < then:
        return "cooled"
    if rank > then:
        return "confirmed" if then else "new"
    known = {one.vote.indicator: one.high for one in before[1]}
    more = any(one.low > known.get(one.vote.indicator, 0.0) for one in now[1])
    return "worse" if rank and more else None
