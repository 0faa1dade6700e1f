"""Turns figures or scores into the rows of a map and its table: value, words, class, mark."""

import math
from dataclasses import dataclass

import pandas as pd

from access.filling import FIGURE_LEVEL
from access.passport import Sheet
from pages.parts.view import View

SCORE = "score"


@dataclass(frozen=True)
class Shown:
    """What a map shows. ``rows``: area, name, value, class_, stands, text and more.

    ``limits`` are the upper limits of the classes, ``unit`` what the values are in.
    """

    code: str
    level: str
    rows: pd.DataFrame
    limits: list[float]
    unit: str
    sheet: Sheet | None

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


def shown_rows(view: View, code: str, level: str, period: str, within: str | None = None) -> Shown:
    """Return what a map of an indicator or of the score shows at a level in a period."""
    if code == SCORE:
        rows = view.gateway.scores(level, period, within)
        rows = rows.rename(columns={"total": "value"}).assign(since=None)
        unit = view.say("score van 0 tot 100", "score from 0 to 100")
        sheet = None
        texts = [f"{view.number(value)} {view.say('van 100', 'of 100')}" for value in rows["value"]]
    else:
        sheet = view.gateway.sheet(code, level)
        rows = view.gateway.figures(code, level, period, within)
        rows = rows.assign(value=rows["smoothed"])
        unit = view.unit(sheet)
        texts = [
            f"{view.rate(value)} {unit}"
            if pd.notna(value)
            else view.say("geen cijfer", "no figure")
            for value in rows["value"]
        ]
    stands = rows["since"].notna()
    whose = [whose_figure(view, level, owner) for owner in rows[FIGURE_LEVEL]]
    words = [
        "; ".join(filter(None, (text, higher_than(view, rank), lent)))
        for text, rank, lent in zip(texts, rows["percentile"], whose, strict=True)
    ]
    names = [place_name(view, level, name) for name in rows["name"]]
    limits = view.gateway.breaks(code, level)
    rows = rows.assign(text=words, stands=stands, name=names, whose=whose)
    return Shown(code, level, rows, limits, unit, sheet)


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
            "van de score.",
            f"Of {view.number(count)} {places}, {view.number(top)} are in the highest class of the "
            "score.",
        )
    stand = (
        view.say("steekt er", "stands out") if marked == 1 else view.say("steken er", "stand out")
    )
    return view.say(
        f"Van {view.number(count)} {places} {stand} {view.number(marked)} eruit: hoogste klasse "
        "en vrijwel zeker boven het landelijk cijfer.",
        f"Of {view.number(count)} {places}, {view.number(marked)} {stand}: highest class and "
        "almost surely above the national rate.",
    )
