"""What may be published of exact counts: protected, and thick enough to stand alone."""

from collections.abc import Mapping

import pandas as pd

from indicators import Indicator
from release.noise import Noise
from release.protection import protect
from release.thinness import standing


def guard(
    exact: pd.DataFrame, indicator: Indicator, kinds: Mapping[int, str], noise: dict[int, Noise]
) -> pd.DataFrame:
    """Return what may be published of exact counts: protected, and thick enough to stand alone."""
    guarded = protect(
        exact,
        noise,
        value=indicator.counting == "value",
        share=indicator.share,
        open_below=indicator.denominator.open,
    )
    stands = standing(guarded, kinds, noise, open_below=indicator.denominator.open)
    return guarded[stands].reset_index(drop=True)
