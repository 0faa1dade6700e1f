"""What statistics over neighbours cost, against PySAL (esda) in the same run, and as maps grow.

Places are hexagons of a lattice with at most six neighbours each. Figures are milliseconds of
processor time of one call, the least of a few, so that a busy machine counts less. Making weights
is in none of them; what a call itself does to weights is, and so are z and p on both sides. PySAL
gets weights as its guides make them (W), as a Graph, and for Gi* also as a Graph made ready: each
place is its own neighbour and an earlier call filled its caches. Ours are then ready as well, as
they are in a build. Run it: ``make bench BENCHMARKS=space``.
"""

import time
import warnings
from collections.abc import Callable
from typing import TypeVar

import esda
import numpy as np
from esda.smoothing import Empirical_Bayes, Spatial_Empirical_Bayes
from libpysal.graph import Graph
from libpysal.weights import WSP
from numpy.typing import NDArray
from scipy.sparse import csr_array, csr_matrix

from analysis.discovery import one_sided, q_values, two_sided
from analysis.empirical_bayes import beta_binomial, beta_prior, marshall, marshall_local
from analysis.getis_ord import GetisOrd, gi_star
from analysis.moran import Moran, local_moran, moran
from analysis.neighbours import from_pairs, row_standardised
from benchmarks import Quick, Ratios
from tools.goals import at_least

Floats = NDArray[np.float64]
Result = TypeVar("Result")

ROWS, COLUMNS = 200, 240
SIZES = (1, 2, 4)
"""Times as long and as wide: 1, 4 and 16 times as many places."""

PERMUTATIONS = 99
GOALS = {
    "PySAL, to Gi*, W": at_least(50),
    "PySAL, to Gi*, Graph": at_least(50),
    "PySAL, to Gi*, Graph ready": at_least(20, "between 18 and 24 from run to run"),
}
QUICK: Quick = {
    "PySAL, to Gi*, Graph ready": "more",
    "PySAL, to local Moran": "more",
}


def _lattice(rows: int, columns: int) -> csr_array:
    """Return the weights of hexagons: each row stands half a place beside the one before."""
    place = np.arange(rows * columns).reshape(rows, columns)
    first = [place[:, :-1], place[:-1], place[:-1, 1:]]
    second = [place[:, 1:], place[1:], place[1:, :-1]]
    one, other = (np.concatenate([part.ravel() for part in parts]) for parts in (first, second))
    return from_pairs(one, other, rows * columns)


def _counts(n: int) -> tuple[Floats, Floats]:
    """Return events and exposure."""
    rng = np.random.default_rng(1)
    exposure = rng.integers(20, 500, n).astype(float)
    return rng.poisson(exposure * rng.gamma(3, 0.05 / 3, n)).astype(float), exposure


def _least(call: Callable[[], Result], times: int) -> tuple[float, Result]:
    """Return the least milliseconds of a call, and what it gave."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        result = call()
        taken.append((time.process_time() - start) * 1_000)
    return min(taken), result


def _line(name: str, own: float, theirs: float, apart: float) -> dict[str, float]:
    """Print a comparison; return its ratio by its name."""
    print(f"{name:34}{own:9.2f} {theirs:11.2f} {theirs / own:9.1f} x   {apart:.0e}")
    return {f"PySAL, to {name}": theirs / own}


def _hot_spots(values: Floats, w: csr_array) -> dict[str, float]:
    ratios: dict[str, float] = {}

    near = GetisOrd(w)

    def own(call: Callable[[], Floats]) -> Floats:
        z = call()
        one_sided(np.abs(z))
        return z

    mine, z = _least(lambda: own(lambda: gi_star(values, w)), 100)
    mine_ready, z_ready = _least(lambda: own(lambda: near.gi_star(values)), 100)
    weights = WSP(csr_matrix(w)).to_W(silence_warnings=True)
    graph = Graph.from_W(weights)
    with_itself = graph.assign_self_weight(1)
    for name, given, star, times, ours in (
        ("Gi*, W", weights, True, 3, mine),
        ("Gi*, Graph", graph, True, 5, mine),
        ("Gi*, Graph ready", with_itself, None, 50, mine_ready),
    ):
        taken, found = _least(
            lambda given=given, star=star: esda.G_Local(  # type: ignore[misc]
                values, given, transform="B", permutations=0, star=star
            ),
            times,
        )
        apart = max(float(np.abs(found.Zs - each).max()) for each in (z, z_ready))
        ratios |= _line(name, ours, taken, apart)
        if apart > 1e-9:
            raise SystemExit(f"{name} must agree to 1e-9")
    return ratios


def _autocorrelation(values: Floats, w: csr_array) -> dict[str, float]:
    shares = row_standardised(w)
    weights = WSP(csr_matrix(w)).to_W(silence_warnings=True)
    esda.Moran(values, weights, permutations=0)  # PySAL then has the sums of its weights at hand

    def own() -> Moran:
        found = moran(values, shares)
        two_sided(np.array([found.z_normal, found.z_random]))
        return found

    mine, ours = _least(own, 20)
    taken, theirs = _least(lambda: esda.Moran(values, weights, permutations=0), 5)
    ratios = _line("Moran's I", mine, taken, abs(ours.i - theirs.I))
    mine, local = _least(lambda: local_moran(values, shares), 20)
    taken, theirs = _least(lambda: esda.Moran_Local(values, weights, permutations=0), 3)
    n = len(values)
    return ratios | _line(
        "local Moran", mine, taken, float(np.abs(local.i - theirs.Is * n / (n - 1)).max())
    )


def _rates(events: Floats, exposure: Floats, w: csr_array) -> dict[str, float]:
    weights = WSP(csr_matrix(w)).to_W(silence_warnings=True)
    weights.id_order = list(range(len(events)))
    mine, ours = _least(lambda: marshall(events, exposure), 300)
    taken, theirs = _least(lambda: Empirical_Bayes(events, exposure), 300)
    ratios = _line("Marshall", mine, taken, float(np.abs(ours - theirs.r.ravel()).max()))
    mine, ours = _least(lambda: marshall_local(events, exposure, w), 20)
    taken, theirs = _least(lambda: Spatial_Empirical_Bayes(events, exposure, weights), 1)
    return ratios | _line(
        "Marshall, local", mine, taken, float(np.abs(ours - theirs.r.ravel()).max())
    )


def _growth() -> dict[str, float]:
    costs: dict[str, list[float]] = {}
    for size in SIZES:
        n = ROWS * COLUMNS * size**2
        taken, w = _least(lambda size=size: _lattice(ROWS * size, COLUMNS * size), 1)  # type: ignore[misc]
        costs.setdefault("weights from pairs", []).append(taken)
        for name, call, times in _calls(n, w):
            costs.setdefault(name, []).append(_least(call, times)[0])
    print(
        "\n" + " " * 34 + "".join(f"{ROWS * COLUMNS * size**2:11,}" for size in SIZES) + " places"
    )
    for name, taken_each in costs.items():
        print(f"{name:34}" + "".join(f"{taken:11.1f}" for taken in taken_each))
    most, least = (f"{ROWS * COLUMNS * size**2:,} places" for size in (SIZES[-1], SIZES[0]))
    return {f"{name}, {most} to {least}": each[-1] / each[0] for name, each in costs.items()}


def _calls(n: int, w: csr_array) -> list[tuple[str, Callable[[], object], int]]:
    events, exposure = _counts(n)
    rate = events / exposure
    near, shares = GetisOrd(w), row_standardised(w)
    p = two_sided(near.gi_star(rate))
    prior = beta_prior(events, exposure)
    if prior is None:
        raise SystemExit("there is nothing to measure without events")
    permuted = f"local Moran, {PERMUTATIONS} permutations"
    return [
        ("Gi*", lambda: gi_star(rate, w), 10),
        ("Gi*, weights ready", lambda: near.gi_star(rate), 10),
        ("Gi*, standardised rows", lambda: gi_star(rate, shares), 10),
        ("q", lambda: q_values(p), 5),
        ("Moran's I", lambda: moran(rate, shares), 5),
        ("local Moran", lambda: local_moran(rate, shares), 5),
        (permuted, lambda: local_moran(rate, shares, PERMUTATIONS), 1),
        ("Marshall", lambda: marshall(events, exposure), 10),
        ("Marshall, local", lambda: marshall_local(events, exposure, w), 10),
        ("beta-binomial interval", lambda: beta_binomial(events, exposure, prior), 1),
    ]


def main() -> dict[str, float]:
    warnings.simplefilter("ignore")
    w = _lattice(ROWS, COLUMNS)
    events, exposure = _counts(w.shape[0])
    print(f"{w.shape[0]:,} places, {w.nnz:,} neighbours; milliseconds of processor time")
    print(f"{'':34}{'Weerbeeld':>9} {'PySAL':>11} {'ratio':>9}     difference")
    ratios = _hot_spots(events / exposure, w) | _autocorrelation(events / exposure, w)
    return ratios | _rates(events, exposure, w) | _growth()


def quick() -> Ratios:
    """Compare on a quarter of the places."""
    warnings.simplefilter("ignore")
    w = _lattice(ROWS // 2, COLUMNS // 2)
    events, exposure = _counts(w.shape[0])
    found = _hot_spots(events / exposure, w) | _autocorrelation(events / exposure, w)
    return {what: found[what] for what in QUICK}
