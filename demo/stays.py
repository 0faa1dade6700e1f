"""Stays: one establishment after another in the same slot, in balance unless a pattern begins."""

from dataclasses import dataclass

import numpy as np

from demo.addresses import Addresses
from demo.arrays import Flags, Floats, Ints
from demo.period import DAYS, PATTERN_DAY, YEAR
from demo.slots import STREET, Slots
from demo.variation import Rates

CASH_SHARE = 0.15
CASH_BY_LOCATION = (0.85, 1.4, 0.9, 1.0, 1.0, 1.0)
FOUNDED_A_YEAR = 0.11
NEW_SLOTS, CLOSING_SLOTS = 0.06, 0.03
"""Shares of the slots first, and last, occupied within the three years."""
NEW_A_YEAR = NEW_SLOTS / 3
NEVER = DAYS + 1
MOVE_DAYS = 90
"""Planted stocks build up in the first quarter of the pattern."""
CHANCE, CASH_PATTERN, CROWD_PATTERN = 0, 1, 2


@dataclass(frozen=True)
class Stays:
    """Stays ordered by slot and day, shape (m,): day numbers ``start`` and ``end`` (NEVER while
    it lasts), whether it is ``cash``-intensive, and whether it came to the crowd (``moved``)."""

    slot: Ints
    start: Ints
    end: Ints
    cash: Flags
    moved: Flags


def _cash_shares(slots: Slots, cash: Rates) -> tuple[Floats, Floats]:
    location = np.array(CASH_BY_LOCATION)[slots.kind]
    location = np.where(cash.labelled[slots.row], 1.0, location) * ~slots.transport
    before = CASH_SHARE * location * cash.before[slots.row]
    return np.minimum(before, 0.9), np.minimum(CASH_SHARE * location * cash.after[slots.row], 0.9)


def occupy(
    slots: Slots, homes: Addresses, cash: Rates, founding: Rates, rng: np.random.Generator
) -> Stays:
    """Return who stayed in which slot when; only stays that reach into the period."""
    n = len(slots.row)
    steady = homes.crowded | homes.moves_in | (slots.kind >= STREET)
    steady |= founding.labelled[slots.row]
    a_day = (FOUNDED_A_YEAR - NEW_A_YEAR * ~steady) / YEAR
    pace = [
        np.where(slots.transport, factor[slots.row], 1.0)
        for factor in (founding.before, founding.after)
    ]
    was, becomes = _cash_shares(slots, cash)

    def changes(first: int, until: int, factor: Floats) -> tuple[Ints, Ints, Ints]:
        slot = np.repeat(np.arange(n), rng.poisson(a_day * factor * (until - first)))
        return slot, rng.integers(first, until, len(slot)), np.full(len(slot), CHANCE)

    def planted(chance: Floats, cause: int) -> tuple[Ints, Ints, Ints]:
        slot = np.flatnonzero(rng.uniform(size=n) < chance)
        day = rng.integers(PATTERN_DAY, PATTERN_DAY + MOVE_DAYS, len(slot))
        return slot, day, np.full(len(slot), cause)

    born = np.where(~steady & (rng.uniform(size=n) < NEW_SLOTS), rng.integers(0, DAYS, n), -1)
    age = np.minimum(rng.exponential(3_000, n), 20_000).astype(np.int64) + 1
    parts = (
        (np.arange(n), np.where(born >= 0, born, -age), np.full(n, CHANCE)),
        changes(0, PATTERN_DAY, pace[0]),
        changes(PATTERN_DAY, DAYS, pace[1]),
        planted((becomes - was) / (1 - was), CASH_PATTERN),
        planted(homes.moves_in.astype(float), CROWD_PATTERN),
    )
    slot, start, cause = (np.concatenate(part) for part in zip(*parts, strict=True))
    kept = start >= np.where(born >= 0, born, -30_000)[slot]
    slot, start, cause = slot[kept], start[kept], cause[kept]
    order = np.lexsort((start, slot))
    slot, start, cause = slot[order], start[order], cause[order]

    last = np.append(slot[1:] != slot[:-1], True)
    gap = np.where(steady[slot], 0, rng.exponential(40, len(slot))).astype(np.int64)
    end = np.where(last, NEVER, np.append(start[1:], 0) - 1 - gap)
    closes = last & ~steady[slot] & (rng.uniform(size=len(slot)) < CLOSING_SLOTS)
    end = np.where(closes, rng.integers(0, DAYS, len(slot)), end)
    end = np.maximum(end, start)
    share = np.where(start >= PATTERN_DAY, becomes[slot], was[slot])
    takes_cash = (rng.uniform(size=len(slot)) < share) | (cause == CASH_PATTERN)
    arrived = np.full(n, NEVER)
    crowd = cause == CROWD_PATTERN
    arrived[slot[crowd]] = start[crowd]
    seen = end >= 0
    return Stays(
        slot[seen], start[seen], end[seen], takes_cash[seen], (start >= arrived[slot])[seen]
    )
