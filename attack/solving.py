"""The attack by linear algebra: which values of a protected count remain possible, and which fits.

Everything outside one gemeente is known exactly, so every published figure bounds a sum of unknown
whole numbers inside it. HiGHS (Huangfu and Hall 2018) finds the least and the largest value of each
protected count under all bounds together, and the solution that fits all figures best.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from attack.hull import upper_hull
from attack.knowledge import KnownRelease, SideCells
from release.noise import Noise, Tables
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]
LEVELS = {number: name for name, number in LEVEL_NUMBERS.items()}
SOLVE_SECONDS = 20.0
MOST_SUBJECTS = 1_000_000
LEAST_FITTED = 1e-9
"""Chances that do not matter to the best fit are left out of it."""


@dataclass(frozen=True)
class System:
    """Unknown counts of one gemeente and what is published about their sums.

    ``sums`` (figures x unknowns) is sparse; ``shown``, ``rest`` (known exactly), ``noise``,
    ``width`` and ``once`` have an entry per figure. One in which each subject counts ``once`` says
    of the records, the unknowns, only that there are no fewer. ``targets`` (cells x unknowns) are
    the records of protected counts, ``known`` the part of each outside the gemeente, ``true`` all.
    """

    sums: sparse.csr_array
    shown: Floats
    rest: Floats
    noise: list[Noise]
    width: Floats
    once: NDArray[np.bool_]
    targets: sparse.csr_array
    known: Floats
    true: NDArray[np.int64]


def system(releases: Sequence[KnownRelease], code: str, side: str, gemeente: int) -> System | None:
    """Return the system of a gemeente (its number); None when it has no protected count.

    The attacker also gets to know where and when anything at all was counted, which helps him.
    A later release may hold more subjects than the one before: those are unknowns of their own.
    """
    parts = [_units(seen, seen.find(code, side), gemeente) for seen in releases]
    keys = ["cell", "date"]
    atoms = parts[0][keys]
    for part in parts[1:]:
        atoms = atoms.merge(part[keys], on=keys, how="outer")
    counts = [
        atoms.merge(part, on=keys, how="left")["units"].fillna(0).to_numpy() for part in parts
    ]
    if not any(own.any() for own in counts):
        return None
    unknowns = _unknowns(np.column_stack(counts))
    figures = [
        _figures(
            seen, seen.find(code, side), atoms.merge(part, on=keys, how="left"), gemeente, held
        )
        for seen, part, held in zip(releases, parts, unknowns, strict=True)
    ]
    return _assembled(figures, [seen.noise for seen in releases], releases[-1].k)


def _units(seen: KnownRelease, counted: SideCells, gemeente: int) -> pd.DataFrame:
    """Return subjects inside the gemeente per finest place and date, with the areas of each."""
    inside = seen.places[seen.places["gemeente"] == gemeente]
    joined = counted.units.merge(inside, on="place")
    fixed = [name for name in LEVEL_NUMBERS if name in joined]
    names = dict.fromkeys(fixed, "first") | {"units": "sum"}
    return joined.astype({"date": object}).groupby(["cell", "date"], as_index=False).agg(names)


def _unknowns(counts: Floats) -> list[sparse.csr_array]:
    """Return for each release how its counts follow from the unknowns, (atoms, unknowns).

    The counts of the first release are unknown, and so is every later change; which counts did
    not change is known.
    """
    atoms = len(counts)
    eye = sparse.identity(atoms, format="csc")
    blocks: list[Any] = [eye]
    per_release = []
    for number in range(1, counts.shape[1]):
        changed = np.flatnonzero(counts[:, number] != counts[:, number - 1])
        sign = np.sign(counts[changed, number] - counts[changed, number - 1]).astype(float)
        blocks.append(eye[:, changed] @ sparse.diags_array(sign))
    widths = np.cumsum([block.shape[1] for block in blocks])
    for number in range(counts.shape[1]):
        held = sparse.hstack(blocks[: number + 1])
        padding = sparse.csr_array((atoms, widths[-1] - held.shape[1]))
        per_release.append(sparse.csr_array(sparse.hstack([held, padding])))
    return per_release


@dataclass(frozen=True)
class _Figures:
    """Cells that count subjects of the gemeente: ``sums`` gives those from the unknowns."""

    level: NDArray[np.int64]
    kind: NDArray[np.object_]
    shown: Floats
    subjects: NDArray[np.int64]
    records: NDArray[np.int64]
    width: Floats
    once: NDArray[np.bool_]
    rest: Floats
    sums: sparse.csr_array


def _figures(
    seen: KnownRelease,
    counted: SideCells,
    atoms: pd.DataFrame,
    gemeente: int,
    unknowns: sparse.csr_array,
) -> _Figures:
    counts = atoms["units"].to_numpy(dtype=float)
    periods = {
        number: _within(seen, counted.when, number, atoms["date"]) for number in seen.periods.index
    }
    areas = {level: atoms[name].to_numpy() for level, name in LEVELS.items() if name in atoms}
    cells = counted.cells
    riec = seen.places.loc[seen.places["gemeente"] == gemeente, "riec"].iloc[0]
    own = (cells["level"] == 0) | ((cells["level"] == 1) & (cells["riec"] == riec))
    own |= (cells["level"] > 1) & (cells["gemeente"] == gemeente)
    chosen, kept = [], []
    for number, cell in enumerate(cells[own].itertuples(index=False)):
        atoms_of = np.flatnonzero((areas[cell.level] == cell.area_id) & periods[cell.period_id])
        if len(atoms_of):
            chosen.append(atoms_of)
            kept.append(number)
    cells = cells[own].iloc[kept]
    ends = np.cumsum([0, *map(len, chosen)])
    columns = np.concatenate(chosen) if chosen else np.zeros(0, dtype=int)
    members = sparse.csr_array(
        (np.ones(len(columns)), columns, ends), shape=(len(kept), len(atoms))
    )
    return _Figures(
        cells["level"].to_numpy(),
        cells["kind"].to_numpy(dtype=object),
        cells["shown"].to_numpy(dtype=float),
        cells["subjects"].to_numpy(),
        cells["records"].to_numpy(),
        cells["width"].to_numpy(dtype=float),
        (cells["exact"] != cells["records"]).to_numpy(),
        cells["records"].to_numpy() - members @ counts,
        sparse.csr_array(members @ unknowns),
    )


def _within(
    seen: KnownRelease, when: str, period: int, dates: "pd.Series[Any]"
) -> NDArray[np.bool_]:
    own: dict[str, Any] = dict(seen.periods.loc[period])
    start, end, code = own["start"], own["end"], own["code"]
    if when == "period":
        return np.asarray(dates == code)
    days = pd.to_datetime(dates)
    if when == "moment":
        return np.asarray(days == pd.Timestamp(own["look"]))
    return np.asarray((days >= pd.Timestamp(start)) & (days <= pd.Timestamp(end)))


def _assembled(figures: list[_Figures], noise: list[Tables], k: int) -> System | None:
    is_published = [np.isfinite(found.shown) for found in figures]
    last = figures[-1]
    small = (last.subjects >= 1) & (last.subjects < k) & (last.level > 1)
    if not small.any() or not any(rows.any() for rows in is_published):
        return None

    def joined(name: str) -> Any:  # noqa: ANN401 - an array of the figures' columns
        parts = [
            getattr(found, name)[rows] for found, rows in zip(figures, is_published, strict=True)
        ]
        return np.concatenate(parts)

    parts = [found.sums[rows] for found, rows in zip(figures, is_published, strict=True)]
    return System(
        sums=sparse.csr_array(sparse.vstack(parts)),
        shown=joined("shown"),
        rest=joined("rest"),
        noise=[
            own[int(level), kind]
            for found, rows, own in zip(figures, is_published, noise, strict=True)
            for level, kind in zip(found.level[rows], found.kind[rows], strict=True)
        ],
        width=joined("width"),
        once=joined("once"),
        targets=sparse.csr_array(last.sums[small]),
        known=last.rest[small],
        true=last.records[small],
    )


def _possible(shown: float, noise: Noise, least: float) -> tuple[NDArray[np.int64], Floats]:
    """Return the counts published as ``shown`` with a chance of at least ``least``; log chances."""
    counts = np.arange(max(0, int(shown) - noise.most), int(shown) + noise.most + 1)
    row = counts.clip(0, len(noise.table) - 1)
    chance = noise.table[row, int(shown) - counts + noise.most]
    kept = (chance > 0) & (chance >= least)
    return counts[kept], np.log(chance[kept])


def _limits(problem: System, least: float) -> tuple[Floats, Floats]:
    """Return the least and largest sum of unknowns that each figure allows, two of shape (n,)."""
    ends = [
        _possible(shown / width, noise, least)[0][[0, -1]]
        for noise, shown, width in zip(problem.noise, problem.shown, problem.width, strict=True)
    ]
    low, high = np.array(ends, dtype=float).T * problem.width
    spare = problem.width - 1  # a count may have been rounded up or down to whole units
    high = np.where(problem.once, problem.rest + MOST_SUBJECTS, high + spare)
    return np.maximum(low - spare - problem.rest, 0.0), high - problem.rest


def possible_values(
    problem: System, chosen: NDArray[np.int64], least: float = 0.0
) -> NDArray[np.int64] | None:
    """Return the least and largest possible value of the ``chosen`` targets, shape (n, 2).

    ``least``: what is rarer in the table is taken as impossible; None when no world is left then.
    """
    low, high = _limits(problem, least)
    constraint = LinearConstraint(problem.sums, low, high)
    whole = np.ones(problem.sums.shape[1], dtype=int)
    ends = []
    for target in chosen:
        row = problem.targets[[target]].toarray()[0]
        for sign in (1, -1):
            solved = milp(
                sign * row,
                constraints=constraint,
                integrality=whole,
                bounds=Bounds(0, MOST_SUBJECTS),
                options={"time_limit": SOLVE_SECONDS},
            )
            if solved.x is None:
                return None
            ends.append(round(row @ solved.x + problem.known[target]))
    return np.array(ends).reshape(-1, 2)


def best_fit(problem: System) -> NDArray[np.int64]:
    """Return the targets for which all published figures together are likeliest, (targets,).

    The log of each chance is made concave by its upper hull, so one linear programme finds them.
    """
    figures, unknowns = problem.sums.shape
    rows, offsets, owner = [], [], []
    for number in np.flatnonzero(~problem.once):
        unit = problem.width[number]
        units = problem.shown[number] / unit
        counts, chance = _possible(units, problem.noise[number], LEAST_FITTED)
        for slope, offset in upper_hull(counts * unit, chance):
            rows.append(slope)
            offsets.append(slope * problem.rest[number] + offset)
            owner.append(number)
    score = sparse.csr_array(
        (np.ones(len(owner)), (range(len(owner)), owner)), (len(owner), figures)
    )
    pieces = sparse.hstack([sparse.diags_array(-np.array(rows)) @ problem.sums[owner], score])
    low, high = _limits(problem, 0.0)
    bounded = sparse.hstack([problem.sums, sparse.csr_array((figures, figures))])
    solved = linprog(
        np.concatenate([np.zeros(unknowns), -np.ones(figures)]),
        A_ub=sparse.vstack([pieces, bounded, -bounded]),
        b_ub=np.concatenate([offsets, high, -low]),
        bounds=[(0, None)] * unknowns + [(None, 0)] * figures,
        method="highs",
    )
    best = np.asarray(solved.x)[:unknowns]
    return np.asarray(np.round(problem.targets @ best + problem.known), dtype=np.int64)
