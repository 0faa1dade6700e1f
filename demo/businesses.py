"""The trade register: establishments with branch, address and life span."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from demo import branches
from demo.addresses import place_in_buildings
from demo.arrays import Flags, Ints, Texts, coded
from demo.contract import Delivery, Example, KindExample
from demo.decoys import NEW_PARK, with_parks
from demo.gathering import CHAIN, LOCAL_FIRMS, gathered, local_sizes
from demo.period import DAYS, dates
from demo.slots import CENTRE, ESTATE, HOME, OFFICES, PARK, STREET, allocate
from demo.stays import occupy
from demo.traders import with_traders

HOME_CASH_SHARE = 0.05
BRANCH_OFFICES = 0.08
"""Share of the establishments whose firm has another one."""
MIX_OF_LOCATION = {
    HOME: branches.HOME,
    CENTRE: branches.CENTRE,
    ESTATE: branches.ESTATE,
    STREET: branches.CENTRE,
    OFFICES: branches.CENTRE,
    PARK: branches.ESTATE,
}
USES = {
    HOME: (("dwelling", "office", "other"), (0.82, 0.12, 0.06)),
    CENTRE: (("shop", "office", "dwelling", "other"), (0.5, 0.35, 0.1, 0.05)),
    ESTATE: (("industrial", "office", "shop", "other"), (0.66, 0.2, 0.06, 0.08)),
    STREET: (("shop", "office", "dwelling", "other"), (0.68, 0.22, 0.07, 0.03)),
    OFFICES: (("office", "shop", "other"), (0.88, 0.06, 0.06)),
    PARK: (("industrial", "office", "other"), (0.8, 0.16, 0.04)),
}
LEGAL = {
    HOME: (("eenmanszaak", "bv", "vof", "stichting"), (0.74, 0.17, 0.07, 0.02)),
    CENTRE: (
        ("eenmanszaak", "bv", "vof", "stichting", "cooperatie"),
        (0.4, 0.42, 0.12, 0.05, 0.01),
    ),
    ESTATE: (("bv", "eenmanszaak", "vof", "nv", "other"), (0.68, 0.2, 0.1, 0.01, 0.01)),
}


def _branches(
    kind: Ints, transport: Flags, cash: Flags, rng: np.random.Generator
) -> tuple[Texts, Texts]:
    """Return branch and use of the premises of each stay."""
    n = len(kind)
    sbi = np.full(n, "00000")
    use = np.full(n, "other", dtype="U16")
    for location, mix in MIX_OF_LOCATION.items():
        here = np.flatnonzero(kind == location)
        sbi[here] = branches.other_mix(mix).draw(rng, len(here))
        names, chances = USES[location]
        use[here] = rng.choice(names, size=len(here), p=chances)
    at_home = np.flatnonzero((kind == HOME) & (rng.uniform(size=n) < HOME_CASH_SHARE))
    sbi[at_home] = branches.mix(branches.HOME_CASH).draw(rng, len(at_home))
    use[at_home] = "dwelling"
    till = np.flatnonzero(cash)
    sbi[till] = branches.mix(branches.CASH).draw(rng, len(till))
    serves = np.isin(sbi[till], branches.HOSPITALITY)
    repairs = np.isin(sbi[till], branches.WORKSHOP)
    use[till] = np.select([serves, repairs], ["hospitality", "industrial"], "shop")
    for at_house, weights in ((False, branches.TRANSPORT), (True, branches.TRANSPORT_HOME)):
        moves = np.flatnonzero(transport & ((kind == HOME) == at_house))
        sbi[moves] = branches.mix(weights).draw(rng, len(moves))
    return sbi, use


def _legal_forms(kind: Ints, rng: np.random.Generator) -> Texts:
    form = np.full(len(kind), "bv", dtype="U16")
    for location, mix in MIX_OF_LOCATION.items():
        here = np.flatnonzero(kind == location)
        names, chances = LEGAL[mix]
        form[here] = rng.choice(names, size=len(here), p=chances)
    return form


def _firms(firm: Ints, gemeente: Ints, end: Ints, rng: np.random.Generator) -> Ints:
    """Return the firm of each establishment, some of which have many at this moment."""
    there = np.flatnonzero(end >= DAYS)
    firm = gathered(firm, gemeente, there, local_sizes(LOCAL_FIRMS, rng), rng)
    return gathered(firm, np.zeros_like(gemeente), there, CHAIN, rng)


def businesses(example: Example) -> pd.DataFrame:
    """Return the establishments, oldest first, with x, y (RD New) and ``row`` of Settlements."""
    s, plan, rng = example.settlements, example.plan, example.rng(2)
    slots = allocate(s, example.sites, example.scale, rng)
    homes = place_in_buildings(slots, plan.rates("BD03"), rng)
    stays = occupy(slots, homes, plan.rates("BD01"), plan.rates("LO01"), rng)
    order = np.argsort(stays.start, kind="stable")
    slot, start, end = stays.slot[order], stays.start[order], stays.end[order]
    kind = slots.kind[slot]
    sbi, use = _branches(kind, slots.transport[slot], stays.cash[order], rng)
    address = np.where(stays.moved[order], homes.after[slot], homes.before[slot])
    listed = np.where(stays.moved[order], "ordinary", homes.kind[slot])
    numbers, first, building = np.unique(address, return_index=True, return_inverse=True)
    x, y = s.scatter(slots.row[slot][first], rng)
    n = len(slot)
    firm = np.where(rng.uniform(size=n) < BRANCH_OFFICES, rng.integers(0, n, n), np.arange(n))
    shuffled = rng.permutation(len(numbers))
    firm = _firms(firm, s.gemeente[slots.row[slot]], end, example.rng(13))
    firms = pd.DataFrame(
        {
            "establishment_id": coded("V", np.arange(n)),
            "firm_id": coded("F", firm),
            "address_id": coded("A", shuffled[building]),
            "sbi": with_traders(sbi, example.rng("traders")),
            "legal_form": _legal_forms(kind, rng),
            "founded": dates(start),
            "dissolved": np.where(end >= DAYS, np.datetime64("NaT"), dates(np.minimum(end, DAYS))),
            "premises_use": use,
            "address_kind": listed,
            "x": x[building],
            "y": y[building],
            "row": slots.row[slot],
        }
    )
    return with_parks(firms, s, plan.decoys[NEW_PARK], example.rng(15))


def _deliveries(example: Example) -> Iterable[Delivery]:
    return [Delivery("kvk", "vestigingen", example.records(businesses))]


EXAMPLE = KindExample("business", 2, _deliveries, parquet=True)
