"""What neighbours and history say of a place, in plain words: hot spots, clusters, change."""

from typing import Any

import pandas as pd

from access.passport import Passport
from pages.parts.view import View

SURE = 0.05
"""A chance smaller than this is called sure; the build looks for false ones at the same level."""

EMERGING = {
    1: ("nieuwe hotspot", "new hot spot"),
    2: ("hotspot sinds enkele perioden", "consecutive hot spot"),
    3: ("hotspot die sterker wordt", "intensifying hot spot"),
    4: ("blijvende hotspot", "persistent hot spot"),
    5: ("hotspot die afneemt", "diminishing hot spot"),
    6: ("hotspot die komt en gaat", "sporadic hot spot"),
    7: ("hotspot die eerder een coldspot was", "oscillating hot spot"),
    8: ("vroegere hotspot", "historical hot spot"),
    9: ("nieuwe coldspot", "new cold spot"),
    10: ("coldspot sinds enkele perioden", "consecutive cold spot"),
    11: ("coldspot die sterker wordt", "intensifying cold spot"),
    12: ("blijvende coldspot", "persistent cold spot"),
    13: ("coldspot die afneemt", "diminishing cold spot"),
    14: ("coldspot die komt en gaat", "sporadic cold spot"),
    15: ("coldspot die eerder een hotspot was", "oscillating cold spot"),
    16: ("vroegere coldspot", "historical cold spot"),
}
"""The classes of emerging hot spots (Esri), by their number in a release."""

LISA = {
    1: ("hoog tussen hoge buren", "high among high neighbours"),
    2: ("laag tussen hoge buren", "low among high neighbours"),
    3: ("laag tussen lage buren", "low among low neighbours"),
    4: ("hoog tussen lage buren", "high among low neighbours"),
}


def chance_words(view: View, p: float) -> str:
    """Return how likely something is without a cause, in words: 1 in so many."""
    return view.say(
        f"kans op toeval ongeveer 1 op {view.number(1 / p)}",
        f"chance of coincidence about 1 in {view.number(1 / p)}",
    )


def neighbours_words(view: View, row: "pd.Series[Any]") -> str:
    """Return what a place is among its neighbours; empty when nothing is sure."""
    parts = []
    if row["emerging"] in EMERGING:
        parts.append(view.say(*EMERGING[row["emerging"]]))
    if row["lisa"] in LISA:
        parts.append(view.say(*LISA[row["lisa"]]))
    if not parts:
        return ""
    words = view.listing(parts)
    return words[0].upper() + words[1:] + "."


def change_words(view: View, sheet: Passport, row: "pd.Series[Any]") -> str:
    """Return how the rate of a place changes per year, and how sure that is."""
    if pd.isna(row["slope"]) or pd.isna(row["trend_p"]):
        return view.say("Te kort gevolgd voor een trend.", "Followed too briefly for a trend.")
    if row["trend_p"] > SURE:
        return view.say(
            "Niet gestaag genoeg om van een trend te spreken.",
            "Not steady enough to speak of a trend.",
        )
    up = row["slope"] > 0
    size, low, high = (view.rate(abs(row[name])) for name in ("slope", "slope_low", "slope_high"))
    ends = sorted((low, high)) if up else [high, low]
    unit = view.unit(sheet)
    return view.say(
        f"{'Stijgt' if up else 'Daalt'} met ongeveer {size} per jaar ({ends[0]} tot {ends[1]}; {unit}).",
        f"{'Rises' if up else 'Falls'} by about {size} a year ({ends[0]} to {ends[1]}; {unit}).",
    )


def cluster_words(view: View, row: "pd.Series[Any]") -> str:
    """Return to which larger whole a place belongs; empty when to none."""
    if pd.isna(row["cluster_size"]):
        return ""
    size, ratio = view.number(row["cluster_size"]), view.rate(row["cluster_ratio"])
    since, chance = view.since(row["cluster_since"]), chance_words(view, row["cluster_p"])
    if row["cluster_size"] == 1:
        return view.say(
            f"Ligt {ratio} keer zo hoog als elders, in de 12 maanden tot {since} en daarna; {chance}.",
            f"Is {ratio} times as high as elsewhere, in the 12 months to {since} and since; {chance}.",
        )
    return view.say(
        f"Hoort bij {size} aaneengesloten plaatsen die samen {ratio} keer zo hoog liggen als elders, in de "
        f"12 maanden tot {since} en daarna; {chance}.",
        f"Is one of {size} adjoining places that together are {ratio} times as high as elsewhere, in the "
        f"12 months to {since} and since; {chance}.",
    )


def alarm_words(view: View, row: "pd.Series[Any]") -> str:
    """Return whether the last month is out of line; empty when it is not, or not known."""
    if pd.isna(row["alarm"]) or row["alarm"] < 1:
        return ""
    return view.say(
        "De laatste maand ligt boven wat op grond van eerdere jaren te verwachten was.",
        "The last month lies above what earlier years led to expect.",
    )


def pattern_lines(view: View, sheet: Passport, row: "pd.Series[Any]") -> list[str]:
    """Return all that is known of a place beyond its figure, a sentence each."""
    found = (
        neighbours_words(view, row),
        cluster_words(view, row),
        change_words(view, sheet, row),
        alarm_words(view, row),
    )
    return [words for words in found if words]
