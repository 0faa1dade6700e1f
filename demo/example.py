"""The country that the example records are about: where people live, and what is planted where."""

from collections.abc import Callable

import numpy as np

from demo import figures, sites
from demo.choosing import choose_places
from demo.contract import Example
from demo.incidents import expected_agreement
from demo.patterns import Plan
from demo.reports import completeness
from demo.settlements import settle
from demo.trade import expected_outside
from demo.violence_and_waste import dumpings_a_year, explosions_a_year, in_the_south

Progress = Callable[[str], None]


def make(seed: int, scale: float, progress: Progress) -> Example:
    """Return the example of ``seed`` before any record is made; ``scale`` multiplies volumes."""
    progress("places where people live")
    s = settle()
    dense = sites.choose(s, np.random.default_rng([seed, 1]))
    expected = {
        "CV01": explosions_a_year(s) * completeness(),
        "KR01": expected_agreement(s, Plan(s, (), seed)),
        "TB03": expected_outside(s),
        "DR03": dumpings_a_year() * completeness() * in_the_south(),
        "FI01": figures.expected_suspicious(s),
    }
    return Example(s, dense, choose_places(s, dense, expected, seed), seed, scale)
