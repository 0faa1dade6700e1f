"""How often a place is strong by mistake, and how often a planted pair is found.

Not what it costs but what it is worth: shares over invented countries that are protected and
analysed as a release is, with the catalogue and with some 80 indicators. The standard error stands
beside each. Run it with ``make bench BENCHMARKS=verdicts`` (some twenty minutes).
"""

from itertools import product
from math import sqrt

import numpy as np
from voting_countries import cloned, simulate

TIMES = {1: 12, 3: 5}
"""How many countries of each kind, by how many times the catalogue."""
DIFFER = (0.0, 0.25, 0.5)
SIZES = ((30.0, np.inf), (15.0, 30.0), (8.0, 15.0))
PAIRS = 10


def shares(
    times: int, differ: float, between: tuple[float, float]
) -> tuple[list[bool], list[bool]]:
    """Return of planted pairs, and of all other places, whether they are strong."""
    chance = np.random.default_rng([times, int(differ * 100), int(between[0])])
    found: list[bool] = []
    others: list[bool] = []
    for _ in range(TIMES[times]):
        country = simulate(cloned(times), chance, differ=differ, pairs=PAIRS, between=between)
        strong = country.partners() >= 2
        planted = [one.place for one in country.planted]
        found += strong[planted].tolist()
        others += np.delete(strong, planted).tolist()
    return found, others


def main() -> dict[str, float]:
    """Print and return the shares."""
    results = {}
    for times, differ, between in product(TIMES, DIFFER, SIZES):
        many = len(cloned(times))
        kind = f"{many} indicators, rates differ by {differ:.0%}, pairs expect {between[0]:g}"
        for what, seen in zip(("found", "false"), shares(times, differ, between), strict=True):
            share = float(np.mean(seen))
            error = sqrt(share * (1 - share) / len(seen))
            print(f"{kind}: {what} {share:.4f} (standard error {error:.4f}, n = {len(seen)})")
            results[f"{kind}: {what}"] = share
    return results
