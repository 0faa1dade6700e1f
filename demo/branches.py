"""Branches (SBI 2008) of the invented firms, with how often each occurs where.

Weights are per kind of location: homes, town centres, business estates.
"""

from dataclasses import dataclass

import numpy as np

from demo.arrays import Floats, Ints, Texts

CASH: dict[str, float] = {
    "96021": 20,  # hairdressers
    "96022": 12,  # beauty salons
    "96040": 3,  # saunas, solaria
    "96012": 2,  # laundries
    "56101": 24,  # restaurants
    "56102": 14,  # cafeterias, lunchrooms
    "56300": 10,  # cafes
    "45112": 6,  # car dealers
    "45204": 4,  # car repair
    "47772": 3,  # jewellers
    "47422": 3,  # telecom shops
    "77111": 2,  # car rental
    "92009": 2,  # gambling
}
HOSPITALITY = ("56101", "56102", "56300")
WORKSHOP = ("45112", "45204", "77111", "96012")
HOME_CASH: dict[str, float] = {"96021": 6, "96022": 5, "45204": 1}
"""Run from a dwelling, so left out by the indicator that counts them."""

TRANSPORT: dict[str, float] = {
    "49410": 30,
    "49420": 4,
    "52101": 8,
    "52102": 8,
    "52109": 6,
    "52242": 5,
    "52291": 16,
    "52292": 6,
    "53201": 6,
    "53202": 11,
}
TRANSPORT_HOME: dict[str, float] = {"49410": 8, "53202": 14, "53201": 4}

_OTHER: dict[str, tuple[float, float, float]] = {
    "01131": (1, 0, 1),
    "01410": (2, 0, 0),
    "10711": (0, 2, 2),
    "16231": (0, 0, 2),
    "18129": (1, 1, 3),
    "25110": (0, 0, 4),
    "25620": (0, 0, 5),
    "28290": (0, 0, 3),
    "33120": (0, 0, 4),
    "41200": (4, 1, 6),
    "43210": (4, 1, 8),
    "43220": (3, 1, 6),
    "43320": (6, 1, 5),
    "43341": (4, 0, 3),
    "43993": (3, 0, 3),
    "46216": (0, 0, 2),
    "46311": (0, 0, 3),
    "46422": (1, 1, 3),
    "46499": (1, 1, 4),
    "46510": (1, 1, 3),
    "46699": (1, 0, 5),
    "46901": (1, 1, 3),
    "47110": (0, 5, 1),
    "47221": (0, 2, 0),
    "47241": (0, 2, 0),
    "47591": (0, 3, 3),
    "47642": (0, 2, 1),
    "47711": (0, 7, 0),
    "47721": (0, 3, 0),
    "47730": (0, 2, 0),
    "47750": (0, 2, 0),
    "47761": (0, 2, 0),
    "47912": (7, 1, 2),
    "58290": (1, 1, 1),
    "59111": (2, 1, 0),
    "62010": (10, 6, 3),
    "62020": (8, 5, 2),
    "64200": (8, 5, 3),
    "66220": (1, 3, 1),
    "68203": (2, 3, 2),
    "69101": (1, 3, 0),
    "69201": (2, 4, 2),
    "70221": (14, 7, 3),
    "71120": (3, 3, 3),
    "73110": (4, 3, 1),
    "74102": (3, 2, 0),
    "78201": (1, 3, 1),
    "81210": (4, 1, 3),
    "81300": (2, 0, 2),
    "85599": (5, 3, 1),
    "86221": (0, 3, 0),
    "86919": (4, 4, 0),
    "88101": (5, 2, 0),
    "90030": (5, 1, 0),
    "93130": (0, 1, 1),
    "94997": (2, 2, 0),
}
HOME, CENTRE, ESTATE = 0, 1, 2


@dataclass(frozen=True)
class Mix:
    """Codes with how likely each is."""

    codes: Texts
    shares: Floats

    def draw(self, rng: np.random.Generator, n: int) -> Texts:
        """Return ``n`` codes."""
        chosen: Ints = rng.choice(len(self.codes), size=n, p=self.shares)
        return self.codes[chosen]


def mix(weights: dict[str, float]) -> Mix:
    """Turn weights into a mix."""
    values = np.array(list(weights.values()), dtype=float)
    return Mix(np.array(list(weights)), values / values.sum())


def other_mix(location: int) -> Mix:
    """Return the mix of branches, neither cash-intensive nor transport, of a kind of location."""
    return mix({code: weights[location] for code, weights in _OTHER.items() if weights[location]})
