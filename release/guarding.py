"""What may be published of exact counts: protected, and thick enough to stand alone."""

from collections.abc import Mapping

import pandas as pd

from indicators import Indicator
from release.noise import Noise
from release.protection import protect
from release.thinness import standing, standing_open


def guard(
    exact: pd.DataFrame, indicator: Indicator, kinds: Mapping[int, str], noise: dict[int, Noise]
) -> pd.DataFrame:
    """Return what may be published of exact counts: protected, and thick enough to stand alone.

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
    return guarded[stands].reset_index(drop=True)


def _as_published(exact: pd.DataFrame) -> pd.DataFrame:
    result = exact[["level", "area_id", "period_id"]].copy()
    for side in ("numerator", "denominator"):
        result[side] = result[f"{side}_units"] = exact[f"amount_{side}"]
    return result
