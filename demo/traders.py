"""What some firms trade in: raw materials in bulk, and gold."""

import numpy as np

from demo.arrays import Texts

WITHIN: dict[str, dict[str, float]] = {
    "46699": {"46723": 0.12, "46735": 0.10, "46751": 0.10},
    "46901": {"46711": 0.14, "46772": 0.16},
    "46499": {"46480": 0.08},
    "46422": {"46216": 0.10},
    "25620": {"24410": 0.04},
}
"""Of each branch, the shares that are in another: wholesale in metals, building materials,
chemicals, fuels, scrap, jewellery and raw materials of farms, and refining of precious metals."""


def with_traders(sbi: Texts, rng: np.random.Generator) -> Texts:
    """Return branches (n,) in which part of some is another of the same main group."""
    drawn, found = rng.uniform(size=len(sbi)), sbi.copy()
    for branch, shares in WITHIN.items():
        above = 0.0
        for other, share in shares.items():
            found[(sbi == branch) & (drawn >= above) & (drawn < above + share)] = other
            above += share
    return found
