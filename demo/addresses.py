"""Buildings: which slots share an address, and whether many firms there are normal.

Crowded addresses hold at least five firms and are on no list; at listed addresses
(multi-tenant buildings, accountants, trust offices) many firms are normal.
"""

from dataclasses import dataclass

import numpy as np

from demo.arrays import Flags, Floats, Ints, Texts
from demo.clusters import CLUSTER
from demo.slots import CENTRE, ESTATE, OFFICES, STREET, Slots
from demo.variation import Rates

CROWD_SHARE = 0.042
"""Share of the establishments at a crowded address, at dense sites and in the country."""
LEAST, GROUP = 5, 6
"""A crowded address holds at least so many firms, and about so many at dense sites."""
CROWDED_CLUSTERS, CROWDED_REST = 0.95, 0.01
IN_CLUSTER = (0.07, 0.12)
SMALLEST = 10
LISTED_SHARE = {OFFICES: 0.35, CENTRE: 0.05, ESTATE: 0.03, STREET: 0.03}
LISTED_GROUP = 12
LISTED_KINDS = ("multi_tenant", "accountant", "trust_office")
LISTED_CHANCES = (0.88, 0.09, 0.03)
SHARED = 0.15
_CROWDED, _MOVED, _LISTED, _OWN = (step * 10_000 for step in range(4))


@dataclass(frozen=True)
class Addresses:
    """Addresses of slots, shape (n,): numbers unique in the country, before and after a
    planted crowd; ``kind`` is the listed kind or "ordinary" and belongs to ``before``."""

    before: Ints
    after: Ints
    kind: Texts
    crowded: Flags
    moves_in: Flags


def _crowd_sizes(count: Ints, dense_site: Flags, chance: Floats, rng: np.random.Generator) -> Ints:
    """How many slots of each row are crowded: binomial at dense sites; in most other clusters
    one building with a tenth of the firms or less; seldom anywhere else."""
    building = np.maximum(LEAST, np.rint(count * rng.uniform(*IN_CLUSTER, len(count))))
    likely = np.select(
        [count >= CLUSTER[0], count >= SMALLEST], [CROWDED_CLUSTERS, CROWDED_REST], 0
    )
    elsewhere = np.where(rng.uniform(size=len(count)) < likely, building, 0)
    sizes: Ints = np.where(dense_site, rng.binomial(count, chance), elsewhere).astype(np.int64)
    return sizes


def place_in_buildings(slots: Slots, crowding: Rates, rng: np.random.Generator) -> Addresses:
    """Give every slot an address."""
    rows, first, position, count = np.unique(
        slots.row, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.arange(len(slots.row)) - first[position]
    was = CROWD_SHARE * crowding.before[rows]
    becomes = CROWD_SHARE * crowding.after[rows]
    dense_site = np.bincount(position, slots.kind >= STREET) > count / 2
    crowd = _crowd_sizes(count, dense_site, was, rng)
    moved = rng.binomial(count - crowd, np.clip((becomes - was) / (1 - was), 0, 1))
    share = np.zeros(len(rows))
    for kind, chance in LISTED_SHARE.items():
        share = np.maximum(share, chance * np.bincount(position, slots.kind == kind) / count)
    listed = rng.binomial(count - crowd - moved, share)

    steps = [step[position] for step in (crowd, crowd + moved, crowd + moved + listed)]
    neighbour = rng.uniform(size=len(rank)) < SHARED
    own = _OWN + rank - (neighbour & (rank > steps[2]))
    building = np.select(
        [rank < steps[0], (rank >= steps[1]) & (rank < steps[2])],
        [
            _CROWDED + rank % np.maximum(1, crowd // GROUP)[position],
            _LISTED + rank % np.maximum(1, listed // LISTED_GROUP)[position],
        ],
        own,
    )
    moves_in = (rank >= steps[0]) & (rank < steps[1])
    joined = _MOVED + rank % np.maximum(1, moved // GROUP)[position]
    base = slots.row * 100_000
    listed_here = (rank >= steps[1]) & (rank < steps[2])
    of_row = rng.choice(LISTED_KINDS, size=len(rows), p=LISTED_CHANCES)
    return Addresses(
        before=base + building,
        after=base + np.where(moves_in, joined, building),
        kind=np.where(listed_here, of_row[position], "ordinary"),
        crowded=rank < steps[0],
        moves_in=moves_in,
    )
