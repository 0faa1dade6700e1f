"""Figures stand over releases: they move only when enough has changed, and then at a fresh draw.

Two releases of which one record differs must not show which. So each look (`release.looks`) stands
as it was last drawn until a secret number of changed subjects, k to 2k-1, has come together in its
area since (seven new establishments of one firm are one; see `changed_subjects`); and it moves in
a release that itself changed nothing there, or k subjects or more: who sees it move does not see
one record. What waits longer moves in the end, so a figure is never more than BEHIND times k
subjects behind. A look is drawn MOST_DRAWS times at most, and up to LAST_DRAW times where it
changed by a fifth: so the mean of all that is ever shown of it stays unsure.

What is kept for the next build (`Standing.folder`) is exact, and stays in the work store: of every
look what it was drawn from, its key, how often it was drawn, and what it held in the last build
(LAST).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from indicators.contract import Count
from release.looks import DRAWN, Ints, deviates, keys_of, mixed

BEHIND = 4
"""Times k: a figure is never this far behind, whatever trickles in."""

MOST_DRAWS, LAST_DRAW = 3, 6
MUCH = 0.2

SHARED = 0.6
"""Part of the variance that all draws of a look, and all looks at one stock, have in common: the
mean of whatever is shown keeps that much noise."""

LAST = {"last": "units", "last_subjects": "subjects", "last_most": "most"}
KEPT = [*DRAWN, "draws", "root", *LAST]
FLOATING = ("amount", "largest", "second")
LOOKS = b"looks"


@dataclass(frozen=True)
class Standing:
    """What stands: of the build ``before`` this one (None at the first), and where it is kept now.

    ``secret`` picks how many changes each area waits for; fewer than ``k`` are protected.
    """

    before: Path | None
    folder: Path
    secret: bytes
    k: int
    _codes: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def codes(self, con: duckdb.DuckDBPyConnection, level: str) -> pd.DataFrame:
        """Return area_id and area (the code) of a level: numbers differ from build to build."""
        if level not in self._codes:
            query = "SELECT area_id, code AS area FROM area_key WHERE level = ?"
            self._codes[level] = con.execute(query, [level]).df()
        return self._codes[level]

    def stand(
        self, count: Count, level: str, now: pd.DataFrame, looks: Sequence[str], *, adds: bool
    ) -> pd.DataFrame:
        """Return the looks that are published, of what is counted ``now``; keep them for the next.

        Both have ``area`` (a code), ``look`` and DRAWN; ``looks`` are all that can be taken now.
        ``adds``: a record is in one look only, so that the changes of an area's looks add up.
        """
        name = f"{identity(count)}.{level}.parquet"
        known, before = self._read(name)
        merged = _beside(now, before, looks)
        old = merged["look"].isin(known).to_numpy()
        drawn = self._moved(merged, old, count, level, adds=adds) | ~old
        standing = merged[["area", "look"]].assign(
            **{
                column: np.where(drawn, merged[column], merged[f"{column}_drawn"])
                for column in DRAWN
            }
        )
        again = (drawn & old).astype(int)
        draws = merged["draws"].to_numpy() + again
        roots = _roots(merged, alike=count.when == "moment")
        fresh = composed(roots, merged["key"].to_numpy(), draws)
        standing["key"] = np.where(drawn, fresh, standing["key"])
        held = {name: merged[column] for name, column in LAST.items()}
        standing = standing.assign(draws=draws, root=roots, **held)
        self._write(name, standing, looks)
        return standing.loc[standing["units"] > 0, ["area", "look", *DRAWN]].reset_index(drop=True)

    def _moved(
        self, merged: pd.DataFrame, old: NDArray[np.bool_], count: Count, level: str, *, adds: bool
    ) -> NDArray[np.bool_]:
        """Return which looks are drawn anew, shape (n,)."""
        units, drawn = (merged[name].to_numpy(dtype=float) for name in ("units", "units_drawn"))
        other = (units == drawn) & (merged["amount"] != merged["amount_drawn"]).to_numpy()
        since = changed_subjects(merged, ("units_drawn", "subjects_drawn", "most_drawn"))
        changed = np.where(old, since + other, 0.0)
        stepped = np.where(old, changed_subjects(merged, tuple(LAST)), 0.0)
        held = pd.DataFrame({"area": merged["area"], "changed": changed, "stepped": stepped})
        areas = held.groupby("area", sort=False)
        by_area = (
            areas[["changed", "stepped"]].sum() if adds else areas[["changed", "stepped"]].max()
        )
        asked = self._asked(count, level, by_area.index.to_numpy(dtype=str))
        quiet = (by_area["stepped"] == 0) | (by_area["stepped"] >= self.k)
        waited = by_area["changed"] >= asked + (BEHIND - 2) * self.k
        moves = (by_area["changed"] >= asked) & (quiet | waited)
        much = changed >= np.maximum(MUCH * drawn, 2 * self.k)
        left = np.where(much, LAST_DRAW, MOST_DRAWS)
        free = merged["draws"].to_numpy() < left
        return np.asarray(moves.loc[merged["area"]].to_numpy() & (changed > 0) & free)

    def _asked(self, count: Count, level: str, areas: NDArray[np.str_]) -> NDArray[np.int64]:
        """Return how many changed subjects each area waits for: from k to 2k-1."""
        begin = sha256(self.secret + f"stands {identity(count)} {level}".encode()).hexdigest()
        numbers = pd.util.hash_array(np.array([begin + area for area in areas], dtype=object))
        return np.asarray(self.k + (numbers % np.uint64(self.k)).astype(np.int64))

    def _read(self, name: str) -> tuple[set[str], pd.DataFrame]:
        path = self.before / name if self.before else None
        if path is None or not path.exists():
            texts = {name: pd.Series(dtype=str) for name in ("area", "look")}
            return set(), pd.DataFrame(texts | {c: pd.Series(dtype=float) for c in KEPT})
        table = pq.read_table(path)
        known = json.loads((table.schema.metadata or {})[LOOKS])
        return set(known), table.to_pandas()

    def _write(self, name: str, standing: pd.DataFrame, looks: Sequence[str]) -> None:
        kept = standing[(standing["units"] > 0) | (standing["last"] > 0)]
        kept = kept.sort_values(["area", "look"], ignore_index=True)
        types = dict.fromkeys(
            ("units", "key", "subjects", "most", "owner", "draws", "root", *LAST), "int64"
        )
        table = pa.Table.from_pandas(kept.astype(types), preserve_index=False)
        table = table.replace_schema_metadata({LOOKS: json.dumps(list(looks))})
        pq.write_table(table, self.folder / name, compression="zstd")


def identity(count: Count) -> str:
    """Return a name for what a count counts: the same SELECT stands wherever it is used."""
    return sha256(" ".join([count.when, *count.subjects, *count.sql.split()]).encode()).hexdigest()[
        :12
    ]


def digest(folder: Path) -> str:
    """Return the sha256 of what stands in a folder: with the inputs it decides the next release."""
    found = sha256()
    for path in sorted(folder.glob("*.parquet")):
        found.update(f"{path.name} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def changed_subjects(looks: pd.DataFrame, then: Sequence[str]) -> NDArray[np.float64]:
    """Return how many subjects of each look changed at least, shape (n,), as far as counts say.

    ``looks`` has units, subjects and most, and what they were ``then``, in columns of those names.
    So many units came or went by subjects of whom none has more than ``most``; and no fewer than
    the number of subjects rose or fell by. Never more than the units that changed.
    """
    units, subjects, most = (
        np.stack([looks[name].to_numpy(dtype=float) for name in pair])
        for pair in zip(("units", "subjects", "most"), then, strict=True)
    )
    moved = np.abs(units[0] - units[1])
    least = np.ceil(moved / np.maximum(most.max(axis=0), 1.0))
    least = np.maximum(least, np.abs(subjects[0] - subjects[1]))
    return np.asarray(np.minimum(moved, least))


def composed(roots: Ints, keys: Ints, draws: Ints) -> Ints:
    """Return the key of each draw: of what all draws share, and of what it holds and its number."""
    common, own = deviates(mixed(roots, np.zeros_like(draws))), deviates(mixed(keys, draws))
    return keys_of(np.sqrt(SHARED) * common + np.sqrt(1 - SHARED) * own)


def _roots(merged: pd.DataFrame, *, alike: bool) -> Ints:
    """Return the key that draws share: a look's first, of a stock that of its first look."""
    own = merged["root"].where(merged["root"] >= 0, merged["key"])
    if alike:
        known = merged.assign(own=own, new=merged["root"] < 0).sort_values(["new", "look"])
        own = known.groupby("area")["own"].transform("first").loc[merged.index]
    return np.asarray(own, dtype=np.int64)


def _beside(now: pd.DataFrame, before: pd.DataFrame, looks: Sequence[str]) -> pd.DataFrame:
    """Return what each look holds now beside what it was drawn from; nothing counted is 0."""
    then = before[before["look"].isin(looks)].rename(columns={c: f"{c}_drawn" for c in DRAWN})
    texts = {"area": str, "look": str}
    merged = (
        now[["area", "look", *DRAWN]].astype(texts).merge(then, on=["area", "look"], how="outer")
    )
    filled = {name: 0 for name in merged if name not in ("area", "look", "draws", "root")}
    merged = merged.fillna(filled | {"draws": 1, "root": -1})
    whole = [c for c in merged if c not in ("area", "look") and not str(c).startswith(FLOATING)]
    return merged.astype(dict.fromkeys(whole, "int64"))
