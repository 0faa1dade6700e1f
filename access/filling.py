"""Gives a place in which too little was counted the figure of the larger area around it.

A hexagon or buurt that is too thin to stand alone is no white spot: the larger hexagon, and else
the gemeente, speaks for it, and every row says whose figure it is.
"""

from collections.abc import Callable, Sequence

import pandas as pd

from access.facts import AreaFact
from geo import hexagons
from map_classes import classify

FIGURE_OF, FIGURE_LEVEL = "figure_of", "figure_level"
"""The columns with the code and the level of the area whose figure a row holds."""

AROUND = {
    "wijk": ("gemeente",),
    "buurt": ("wijk", "gemeente"),
    "hex7": ("gemeente",),
    "hex8": ("hex7", "gemeente"),
    "hex9": ("hex8", "hex7", "gemeente"),
}
"""The larger areas that speak for a place of a level, the smallest first."""

OF_THE_PLACE = ("area", "name", "gemeente", "riec", "lon", "lat")
OF_THE_COUNT = ("numerator", "denominator", "rate", "contribution", "since", "percentile", "mix")
"""Not lent out: they are about the larger area, or where it stands among its own kind."""

MARKS = ("clear", "hot")
"""Nor is how sure it stands beside others: what was lent is sure of nothing here."""


def fill(
    own: pd.DataFrame,
    areas: Sequence[AreaFact],
    level: str,
    read: Callable[[str], pd.DataFrame],
    limits: Sequence[float],
) -> pd.DataFrame:
    """Return a row per area: ``own`` where it has one, else the estimate of a larger area.

    ``own`` and what ``read`` returns for a larger level have the columns of ``Gateway.figures``
    or ``Gateway.scores``. Rows are in order of code, with FIGURE_OF and FIGURE_LEVEL. ``limits``
    are the upper limits of this level's classes: a lent figure gets its class on this map.
    """
    measure = "smoothed" if "smoothed" in own else "total"
    known = own[own[measure].notna()]
    rows = [known.assign(figure_of=known["area"], figure_level=level)]
    have = set(known["area"])
    waiting = [area for area in areas if area.code not in have]
    for larger in AROUND.get(level, ()):
        if not waiting:
            break
        figures = read(larger).dropna(subset=[measure]).set_index("area")
        lenders = set(figures.index)
        around = dict(zip((a.code for a in waiting), _around(waiting, larger), strict=True))
        lent = [area for area in waiting if around[area.code] in lenders]
        waiting = [area for area in waiting if around[area.code] not in lenders]
        if lent:
            borrowed = _lent(lent, figures, around).assign(figure_level=larger)
            borrowed["class_"] = classify(borrowed[measure], limits)
            rows.append(borrowed)
    left = own[own[measure].isna() & ~own["area"].isin(_codes(rows))]
    rows.append(left.assign(figure_of=left["area"], figure_level=level))
    filled = [part for part in rows if len(part)]
    return pd.concat(filled or rows[:1]).sort_values("area", ignore_index=True)


def _codes(rows: Sequence[pd.DataFrame]) -> set[str]:
    return {str(code) for part in rows for code in part["area"]}


def _around(areas: Sequence[AreaFact], level: str) -> list[str]:
    """Return the code of the larger area around each; CBS codes of wijken begin their buurten's."""
    if level == "gemeente":
        return [area.gemeente for area in areas]
    if level == "wijk":
        return [f"WK{area.code[2:8]}" for area in areas]
    cells = [hexagons.from_text(area.code) or 0 for area in areas]
    return hexagons.to_text(hexagons.parents(cells, int(level[-1])))


def _lent(areas: Sequence[AreaFact], figures: pd.DataFrame, around: dict[str, str]) -> pd.DataFrame:
    codes = [around[area.code] for area in areas]
    rows = figures.loc[codes].reset_index(drop=True)
    for name in OF_THE_PLACE:
        rows[name] = [area.code if name == "area" else getattr(area, name) for area in areas]
    for name in OF_THE_COUNT:
        if name in rows:
            rows[name] = None if name == "since" else float("nan")
    for name in MARKS:
        if name in rows:
            rows[name] = 0
    return rows.assign(figure_of=codes)
