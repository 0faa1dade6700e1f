"""Readies what is slow in the server that killed processes are forked from, and only there.

Importing this makes the builds of its process small, so no test may import it.
"""

import killing  # noqa: F401 - what the forked processes run
import numpy as np
import small_home

import operations.build as build_module
from geo import areas
from geo.surroundings import near_netherlands
from indicators import CATALOGUE

small_home.shrink()
setattr(build_module, "CATALOGUE", {"DR03": CATALOGUE["DR03"]})  # noqa: B010
small_home._some_land()
for boundaries in (areas.gemeenten, areas.riecs, areas.places):
    boundaries()
near_netherlands(np.array([1e5]), np.array([4e5]))
