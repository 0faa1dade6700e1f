"""Exact counts disguised: others in their place that are shown alike."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators import Indicator
from release.counting import Counts, count_indicator
from release.exact import Exact
from release.looks import KEY_RANGE
from release.noise import DEFAULT_K, Noise, side_noise, window_noise
from release.protection import protected_counts
from release.strata import count_strata

Ints = NDArray[np.int64]

SIDES = ("numerator", "denominator")
STEPS = np.array([-3, -2, -1, 1, 2, 3])


def alike(counts: Ints, keys: Ints, noise: Noise) -> tuple[Ints, Ints]:
    """Return other counts and keys (n,) that are shown as these are, for as many as there are."""
    shown = protected_counts(counts.astype(float), keys, noise).astype(np.int64)
    found, drawn = counts.copy(), keys.copy()
    chance = np.random.default_rng(len(counts))
    every = np.column_stack([counts, shown])
    pairs, line = np.unique(every, axis=0, return_inverse=True)
    for number, (own, seen) in enumerate(pairs.tolist()):
        for other in (own + int(step) for step in chance.permutation(STEPS) if own + step >= 0):
            chances, column = noise.row(other), seen - other + noise.most
            if 0 <= column < len(chances) and chances[column] > 1e-8:
                middle = chances[:column].sum() + chances[column] / 2
                found[line == number], drawn[line == number] = other, int(middle * KEY_RANGE)
                break
    return found, drawn


class Disguise:
    """Counts as the build does, and puts other counts in their place that are shown alike."""

    def __init__(self) -> None:
        self.changed = 0
        self.vanished = 0

    def indicator(
        self,
        con: Any,  # noqa: ANN401
        indicator: Indicator,
        *rest: Any,  # noqa: ANN401
        **named: Any,  # noqa: ANN401
    ) -> Counts:
        found = count_indicator(con, indicator, *rest, **named).standing.unprotected
        kinds = dict(con.execute("SELECT id, kind FROM period").fetchall())
        kind = found["period_id"].map(kinds).to_numpy()
        noise = side_noise(indicator, DEFAULT_K)
        for side, tables in zip(SIDES, noise, strict=True):
            if getattr(indicator, side).open:
                continue
            units, key = (f"{name}_{side}" for name in ("units", "key"))
            single = (found[f"most_{side}"] <= 1) & (found[f"subjects_{side}"] == found[units])
            for (level, name), own in tables.items():
                here = (single & (found["level"] == level) & (kind == name)).to_numpy()
                self._change(found, here, (units, key), own)
                found.loc[here, f"subjects_{side}"] = found.loc[here, units]
                found.loc[here, f"most_{side}"] = np.minimum(found.loc[here, units], 1)
            found[f"amount_{side}"] = found[units].astype(float)
        gone = (found[[f"amount_{side}" for side in SIDES]] == 0).all(axis=1) & (found["level"] > 4)
        self.vanished += int(gone.sum())
        found = found[~gone].reset_index(drop=True)
        return Counts(Exact(found), Exact(found))

    def strata(
        self,
        con: Any,  # noqa: ANN401
        indicator: Indicator,
        *rest: Any,  # noqa: ANN401
        **named: Any,  # noqa: ANN401
    ) -> pd.DataFrame | None:
        found = count_strata(con, indicator, *rest, **named)
        if found is not None:
            noise = window_noise(side_noise(indicator, DEFAULT_K).numerator)
            for level, own in noise.items():
                for side in SIDES:
                    here = (found["level"] == level).to_numpy()
                    self._change(found, here, (f"units_{side}", f"key_{side}"), own)
        return found

    def _change(
        self, found: pd.DataFrame, here: NDArray[np.bool_], names: tuple[str, str], noise: Noise
    ) -> None:
        units, keys = (found.loc[here, name].to_numpy(dtype=np.int64) for name in names)
        other, drawn = alike(units, keys, noise)
        self.changed += int((other != units).sum())
        found.loc[here, names[0]], found.loc[here, names[1]] = other, drawn
