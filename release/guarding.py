"""What may be published of exact counts: protected, and thick enough to stand alone."""

from collections.abc import Mapping

import pandas as pd

from indicators import Indicator
from release.exact import Exact, Shown
from release.noise import SideTables, window_noise
from release.periods import PeriodKind
from release.protection import protect
from release.strata import mixes, with_mix
from release.support import completed, windows_of
from release.thinness import standing, standing_open
from release.widths import WIDTH


def protected(
    exact: Exact, indicator: Indicator, kinds: Mapping[int, PeriodKind], noise: SideTables
) -> Shown:
    """Return exact counts protected, as ``protect`` does, of every place.

    Open figures are as their source publishes them: everybody can look them up.
    """
    if indicator.open:
        return _as_published(exact.unprotected)
    return protect(
        exact.unprotected,
        kinds,
        noise,
        value=indicator.counting == "value",
        share=indicator.share,
        open_below=indicator.denominator.open,
    )


def guard(
    shown: Shown,
    strata: pd.DataFrame | None,
    indicator: Indicator,
    kinds: Mapping[int, PeriodKind],
    noise: SideTables,
) -> Shown:
    """Return what may be published of protected counts: those thick enough to stand alone.

    ``shown`` is what ``protected`` returns, ``strata`` what ``count_strata`` does, None for an
    indicator that has none. A hexagon that stands has a row in every window.
    """
    if indicator.open:
        return Shown(shown[standing_open(shown)].reset_index(drop=True))
    stands = standing(shown, kinds, noise, open_below=indicator.denominator.open)
    published = completed(shown[stands], windows_of(shown, kinds))
    if strata is None:
        return Shown(published)
    return Shown(with_mix(published, mixes(strata, window_noise(noise.numerator))))


def _as_published(exact: pd.DataFrame) -> Shown:
    result = exact[["level", "area_id", "period_id"]].copy()
    for side in ("numerator", "denominator"):
        result[side] = result[f"{side}_units"] = exact[f"amount_{side}"]
    return Shown(result.assign(**{WIDTH: 1.0}))
