"""What may be published of exact counts: protected, and thick enough to stand alone."""

from collections.abc import Mapping

import pandas as pd

from indicators import Indicator
from release.noise import Noise
from release.protection import protect
from release.strata import mixes, with_mix
from release.thinness import standing, standing_open


def guard(
    exact: pd.DataFrame,
    strata: pd.DataFrame | None,
    indicator: Indicator,
    kinds: Mapping[int, str],
    noise: dict[int, Noise],
) -> pd.DataFrame:
    """Return what may be published of exact counts: protected, and thick enough to stand alone.

    ``strata`` is what ``count_strata`` returns, None for an indicator that has none.
    Open figures are published as they are, where they mean something: everybody can look them up.
    """
    if indicator.open:
        published = _as_published(exact)
        return published[standing_open(published)].reset_index(drop=True)
    guarded = protect(
        exact,
        noise,
        value=indicator.counting == "value",
        share=indicator.share,
        open_below=indicator.denominator.open,
    )
    stands = standing(guarded, kinds, noise, open_below=indicator.denominator.open)
    published = guarded[stands].reset_index(drop=True)
    return published if strata is None else with_mix(published, mixes(strata, noise))


def _as_published(exact: pd.DataFrame) -> pd.DataFrame:
    result = exact[["level", "area_id", "period_id"]].copy()
    for side in ("numerator", "denominator"):
        result[side] = result[f"{side}_units"] = exact[f"amount_{side}"]
    return result
