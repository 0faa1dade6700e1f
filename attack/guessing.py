"""The likeliest value of every protected count, by Bayes' rule.

The attacker knows the exact counts everywhere else, so he knows how such counts are distributed;
he knows the published table, so he knows how each count may have been shown; and he knows the rest
of every total, so the figures of region and country each say something about the gemeente too.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attack.chances import chances
from attack.knowledge import KnownRelease
from release.noise import Noise, Tables
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]

MOST = 40
"""Counts above this are never the likeliest for what was shown for a protected one."""

GEMEENTE, REGION, COUNTRY = (LEVEL_NUMBERS[name] for name in ("gemeente", "riec", "nederland"))
TINY = 1e-12
GUESSES = ("right", "right_in_range", "blind", "blind_in_range")


@dataclass(frozen=True)
class Guesses:
    """Per indicator, side and level: protected cells and how many of them were guessed.

    ``right``: with the release; ``blind``: without it; ``right_in_range`` and
    ``blind_in_range``: when the attacker also knows that the count lies from 1 to k-1.
    """

    table: pd.DataFrame

    def share(self, column: str) -> float:
        """Return the share (0-1) of all protected cells in a column."""
        return float(self.table[column].sum() / max(self.table["protected"].sum(), 1))


def guess(seen: KnownRelease) -> Guesses:
    """Return how often the likeliest value of a protected count is the true one."""
    known = _known_places(seen)
    rows = []
    for counted in seen.sides:
        cells = counted.cells
        for level, group in cells.groupby("level"):
            number = int(str(level))
            if number <= REGION:
                continue
            likelihood = _log_likelihood(group, cells, seen.noise, number)
            spare = known.get(number)
            rows.append(
                (counted.code, counted.side, number, *_score(group, likelihood, spare, seen.k))
            )
    return Guesses(pd.DataFrame(rows, columns=["code", "side", "level", "protected", *GUESSES]))


def _known_places(seen: KnownRelease) -> dict[int, "pd.Series[int]"]:
    """Return per level the number of areas of each gemeente where anything at all is counted."""
    used = [e.units["place"] for e in seen.sides if e.when != "always"]
    places = seen.places[seen.places["place"].isin(pd.concat(used).unique())]
    result = {}
    for name, number in LEVEL_NUMBERS.items():
        if number > GEMEENTE:
            areas = places[places[name] > 0].drop_duplicates(name)
            result[number] = areas.groupby("gemeente").size()
    return result


def _log_likelihood(group: pd.DataFrame, cells: pd.DataFrame, noise: Tables, level: int) -> Floats:
    """Return log P(all that is shown about a cell | its count is 0..MOST), (cells, MOST + 1)."""
    likelihood = _log_chances(group["shown"], group["width"], group["kind"], noise, level)
    if level != GEMEENTE:
        return likelihood
    for above, key in ((REGION, "riec"), (COUNTRY, None)):
        totals = cells[cells["level"] == above]
        on = ["period_id", key] if key else ["period_id"]
        joined = group.merge(
            totals[[*on, "exact", "shown", "width"]], on=on, how="left", suffixes=("", "_all")
        )
        rest = (joined["exact_all"] - joined["exact"]).to_numpy()
        likelihood = likelihood + _log_chances(
            joined["shown_all"], joined["width_all"], joined["kind"], noise, above, rest
        )
    return likelihood


def _log_chances(
    shown: "pd.Series[float]",
    width: "pd.Series[float]",
    kind: "pd.Series[str]",
    noise: Tables,
    level: int,
    rest: NDArray[np.int64] | None = None,
) -> Floats:
    logs = np.zeros((len(shown), MOST + 1))
    for (number, name), own in noise.items():
        rows = (kind == name).to_numpy()
        if number == level and rows.any():
            beside = None if rest is None else rest[rows]
            values, wide = (np.asarray(one[rows], dtype=np.float64) for one in (shown, width))
            logs[rows] = _log_chance(values, wide, own, beside)
    return logs


def _log_chance(
    shown: Floats, width: Floats, noise: Noise, rest: NDArray[np.int64] | None = None
) -> Floats:
    counts = np.arange(MOST + 1)[None, :] + (0 if rest is None else rest[:, None])
    published = np.isfinite(shown)
    known = np.where(published, shown, 0.0)[:, None]
    unit = np.nan_to_num(width, nan=1.0)[:, None]
    chance = chances(known, counts, noise, unit)
    return np.asarray(np.where(published[:, None], np.log(chance + TINY), 0.0))


def _score(
    group: pd.DataFrame, likelihood: Floats, areas: "pd.Series[int] | None", k: int
) -> tuple[int, ...]:
    """Return the number of protected cells, and of right guesses for each of GUESSES."""
    exact, subjects = (group[name].to_numpy() for name in ("exact", "subjects"))
    owner, gemeenten = pd.factorize(group["gemeente"])
    empty = np.zeros(len(gemeenten), dtype=float)
    if areas is not None:
        counted = group.groupby("gemeente")["area_id"].nunique().reindex(gemeenten)
        empty[:] = (areas.reindex(gemeenten).fillna(0) - counted).clip(0)
    small = (subjects >= 1) & (subjects < k)
    outside_range = np.where((np.arange(MOST + 1) >= 1) & (np.arange(MOST + 1) < k), 0.0, -np.inf)
    kind = group["kind"].astype(str)
    layer = np.floor(np.log2(group["beside"].fillna(0).to_numpy() + 1)).astype(int).astype(str)
    seen = kind + np.where(group["shown"].notna(), "+", "-") + layer
    right = dict.fromkeys(GUESSES, 0)
    for labels, scores, name in (
        (seen, likelihood, "right"),
        (kind, np.zeros_like(likelihood), "blind"),
    ):
        for label, rows in labels.groupby(labels).indices.items():
            prior = np.zeros((len(gemeenten), MOST + 1))
            np.add.at(prior, (owner[rows], exact[rows].clip(0, MOST)), 1.0)
            if "+" not in str(label):
                prior[:, 0] += empty * group["period_id"].iloc[rows].nunique()
            own = rows[small[rows]]
            elsewhere = (prior.sum(axis=0)[None, :] - prior)[owner[own]]
            likely = np.log(elsewhere + TINY) + scores[own]
            right[name] += int((likely.argmax(axis=1) == exact[own]).sum())
            narrowed = (likely + outside_range).argmax(axis=1)
            right[f"{name}_in_range"] += int((narrowed == exact[own]).sum())
    return (int(small.sum()), *right.values())
