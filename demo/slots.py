"""Slots: places for one firm each, in homes, town centres, business estates and dense sites."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from demo.arrays import Flags, Floats, Ints
from demo.clusters import clustered
from demo.settlements import Settlements
from demo.sites import Site
from demo.variation import gamma_field

SLOTS = 113_000
HOME, CENTRE, ESTATE, STREET, OFFICES, PARK = range(6)
LOCATION_SHARES = (0.42, 0.33, 0.25)
TRANSPORT_SHARE = (0.04, 0.005, 0.03, 0.0, 0.01, 0.0)
PARK_OTHERS = 40
CELL_SPREAD = 2.5
"""Firms gather: so much do cells of the same kind differ (coefficient of variation)."""
LEAST_ADDRESSES = 90


@dataclass(frozen=True)
class Slots:
    """Slots ordered by row of Settlements; all arrays have shape (n,).

    ``kind`` is the kind of location, ``transport`` says that only transport firms use it.
    """

    row: Ints
    kind: Ints
    transport: Flags


def _weights(s: Settlements, rng: np.random.Generator) -> list[Floats]:
    """Return weights of the cells for homes, centres and estates.

    They differ from cell to cell, while those of a gemeente keep their sum.
    """
    most = np.zeros(len(s.of_gemeente))
    np.maximum.at(most, s.gemeente, s.addresses)
    homes = s.addresses * (s.addresses >= np.minimum(LEAST_ADDRESSES, most / 2)[s.gemeente])
    spread = gamma_field(rng, s.cell, CELL_SPREAD)
    weights = []
    for even, used in ((s.addresses, homes), (s.centre, s.centre), (s.estate, s.estate)):
        lumpy = used * spread
        was = np.bincount(s.gemeente, even, minlength=len(most))
        becomes = np.bincount(s.gemeente, lumpy, minlength=len(most))
        weights.append(lumpy * (was / np.maximum(becomes, 1e-12))[s.gemeente])
    return weights


def allocate(
    s: Settlements, sites: Sequence[Site], scale: float, rng: np.random.Generator
) -> Slots:
    """Spread the slots: the dense sites first, the rest by addresses, centres and estates."""
    rows: list[Ints] = []
    kinds: list[Ints] = []
    transport: list[Flags] = []

    def add(where: Ints, kind: int, share: float) -> None:
        rows.append(where)
        kinds.append(np.full(len(where), kind))
        transport.append(rng.uniform(size=len(where)) < share)

    for site in sites:
        size = round(site.size * scale)
        if site.kind == "street":
            add(np.repeat(site.rows, size), STREET, TRANSPORT_SHARE[STREET])
        elif site.kind == "offices":
            add(np.repeat(site.rows, size), OFFICES, TRANSPORT_SHARE[OFFICES])
        elif site.kind == "park":
            add(rng.choice(site.rows, size), PARK, 1.0)
            add(rng.choice(site.rows, round(PARK_OTHERS * scale)), PARK, 0.0)
    left = round(SLOTS * scale) - sum(len(where) for where in rows)
    for kind, chance in enumerate(_weights(s, rng)):
        size = round(left * LOCATION_SHARES[kind])
        if kind == HOME:
            where = rng.choice(len(s.cell), size, p=chance / chance.sum())
        else:
            where = clustered(size, chance, s.gemeente, scale, rng)
        add(where, kind, TRANSPORT_SHARE[kind])
    row = np.concatenate(rows)
    order = rng.permutation(len(row))
    order = order[np.argsort(row[order], kind="stable")]
    return Slots(row[order], np.concatenate(kinds)[order], np.concatenate(transport)[order])
