"""Turns figures or scores into the rows of a map and its table: value, words, class, mark."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from access.passport import Passport
from pages.parts.view import View

SCORE = "score"
STABLE = 0

LENT, UNSURE, SURE = 0, 1, 2
"""How loud a place may be: it shows a larger area's figure, one that may be chance, or its own."""


@dataclass(frozen=True)
class Shown:
    """What a map shows. ``rows``: area, name, value, class_, stands, hot, sureness, text and more.

    ``limits`` are the upper limits of the classes, ``unit`` what the values are in; ``counts``
    tells that they are plain counts, because rates pointed at the next year no better.
    """

    code: str
    level: str
    rows: pd.DataFrame
    limits: list[float]
    unit: str
    sheet: Passport | None
    counts: bool = False

    @property
    def classes(self) -> int:
        """Number of classes of the legend."""
        return len(self.limits) + 1


def place_name(view: View, level: str, name: str) -> str:
    """Return how a place is called: hexagons after the place nearby."""
    if level.startswith("hex"):
        return view.say(f"Zeshoek bij {name}", f"Hexagon near {name}")
    return name


def higher_than(view: View, percentile: float | None) -> str:
    """Return where a place stands among its kind, in words."""
    if percentile is None or math.isnan(percentile):
        return ""
    share = min(int(percentile), 99)
    return view.say(
        f"hoger dan {share}% van deze plaatsen", f"higher than {share}% of these places"
    )


def whose_figure(view: View, level: str, owner: str) -> str:
    """Return of which larger area the figure of a place is, in words; empty when it is its own."""
    if level == owner:
        return ""
    word = view.level(owner)
    if owner.startswith("hex"):
        return view.say(f"cijfer van een grotere {word}", f"figure of a larger {word}")
    return view.say(f"cijfer van de {word}", f"figure of the {word}")


def clear_words(view: View, clear: int) -> str:
    """Return how sure a figure is to differ from the country's, in words."""
    if clear == 0:
        return view.say("niet zeker anders dan het land", "not surely unlike the country")
    return (
        view.say("zeker boven het landelijk cijfer", "surely above the national rate")
        if clear > 0
        else view.say("zeker onder het landelijk cijfer", "surely below the national rate")
    )


def hot_words(view: View, hot: int) -> str:
    """Return what a place and its neighbours are together, in words; empty when nothing is sure."""
    if hot == 0:
        return ""
    return (
        view.say("hoog, samen met de buren", "high, together with its neighbours")
        if hot > 0
        else view.say("laag, samen met de buren", "low, together with its neighbours")
    )


def stability_words(view: View, stability: int) -> str:
    """Return how well the rank of a score holds, in words."""
    words = (
        ("stabiele plek", "stable rank"),
        ("bewegende plek", "moving rank"),
        ("onzekere plek", "unsure rank"),
    )
    return view.say(*words[stability])


def _scored(view: View, level: str, period: str, within: str | None) -> pd.DataFrame:
    """Return scores as rows, with how well the rank of each holds in the last period."""
    rows = view.gateway.scores(level, period, within)
    rows = rows.rename(columns={"total": "value"}).assign(since=None, hot=0)
    if period != view.gateway.period(None, level).code:
        return rows.assign(sure=True, surely="")
    held = view.gateway.stability(level, within).set_index("area")
    stability = rows["area"].map(held["stability"])
    words = ["" if pd.isna(found) else stability_words(view, int(found)) for found in stability]
    return rows.assign(
        sure=stability.isna() | (stability == STABLE),
        surely=words,
        rank_low=rows["area"].map(held["low"]),
        rank_high=rows["area"].map(held["high"]),
    )


def _as_counts(rows: pd.DataFrame, limits: list[float]) -> pd.DataFrame:
    """Return rows that show plain counts; a place without a count of its own shows none."""
    counts = rows["numerator"].astype(float)
    classes = np.where(counts.notna(), np.searchsorted(limits, counts, side="right"), -1)
    return rows.assign(value=counts, class_=classes)


def shown_rows(view: View, code: str, level: str, period: str, within: str | None = None) -> Shown:
    """Return what a map of an indicator or of the score shows at a level in a period."""
    by_count: list[float] = []
    if code == SCORE:
        rows = _scored(view, level, period, within)
        unit = view.say("score van 0 tot 100", "score from 0 to 100")
        sheet = None
        texts = [f"{view.number(value)} {view.say('van 100', 'of 100')}" for value in rows["value"]]
    else:
        sheet = view.gateway.passport(code, level)
        rows = view.gateway.figures(code, level, period, within)
        rows = rows.assign(
            value=rows["smoothed"],
            sure=(rows["clear"] != 0) | (level == "nederland"),
            surely=[clear_words(view, clear) for clear in rows["clear"]],
        )
        unit = view.unit(sheet)
        by_count = view.gateway.breaks(code, level, "count") if level.startswith("hex") else []
        if by_count:
            unit = sheet.text("numerator_text", view.language)
            rows = _as_counts(rows, by_count)
        texts = [
            f"{view.number(value) if by_count else view.rate(value)} {unit}"
            if pd.notna(value)
            else view.say("geen cijfer", "no figure")
            for value in rows["value"]
        ]
    stands = rows["since"].notna()
    whose = [whose_figure(view, level, owner) for owner in rows["figure_level"]]
    beside = [hot_words(view, hot) for hot in rows["hot"]]
    words = [
        "; ".join(filter(None, (text, higher_than(view, rank), *([lent] if lent else more))))
        for text, rank, lent, *more in zip(
            texts, rows["percentile"], whose, rows["surely"], beside, strict=True
        )
    ]
    names = [place_name(view, level, name) for name in rows["name"]]
    limits = by_count or view.gateway.breaks(code, level)
    sureness = np.where(np.array(whose, dtype=object) != "", LENT, rows["sure"] + 1)
    rows = rows.assign(
        text=words, stands=stands, name=names, whose=whose, beside=beside, sureness=sureness
    )
    return Shown(code, level, rows, limits, unit, sheet, bool(by_count))


def _how_stable(view: View, own: pd.DataFrame) -> str:
    """Return the end of a sentence: of how many places the rank holds, where that is known."""
    if "rank_low" not in own:
        return "."
    stable = int((own["sureness"] == SURE).sum())
    if not stable:
        return view.say("; van geen enkele staat de plek vast.", "; the rank of none holds.")
    count = view.number(stable)
    return view.say(f"; van {count} staat de plek vast.", f"; the rank of {count} holds.")


def map_sentence(view: View, shown: Shown) -> str:
    """Return one sentence that says what the map shows."""
    known = shown.rows["value"].notna()
    if not known.any():
        return view.say(
            "Er zijn nog geen cijfers om te tonen.", "There are no figures to show yet."
        )
    own = shown.rows[known & (shown.rows["whose"] == "")]
    count, marked = len(own), int(shown.rows["stands"].sum())
    places = view.levels(shown.level)
    if count < known.sum():
        places += view.say(" met een eigen cijfer", " with a figure of their own")
    if shown.code == SCORE:
        top = int((own["class_"] == shown.classes - 1).sum())
        return view.say(
            f"Van {view.number(count)} {places} vallen er {view.number(top)} in de hoogste klasse "
            "van de score",
            f"Of {view.number(count)} {places}, {view.number(top)} are in the highest class of the "
            "score",
        ) + _how_stable(view, own)
    stand = (
        view.say("steekt er", "stands out") if marked == 1 else view.say("steken er", "stand out")
    )
    return view.say(
        f"Van {view.number(count)} {places} {stand} {view.number(marked)} eruit: hoogste klasse "
        "en vrijwel zeker boven het landelijk cijfer.",
        f"Of {view.number(count)} {places}, {view.number(marked)} {stand}: highest class and "
        "almost surely above the national rate.",
    )
