"""The legend of a map: fixed classes with their limits, and what a thick border means."""

from html import escape
from itertools import pairwise

import streamlit as st

from pages.parts import palette
from pages.parts.view import View


def class_labels(view: View, limits: list[float], digits: int | None = None) -> list[str]:
    """Return the label of each class, lowest first, from the upper limits between them."""

    def text(value: float) -> str:
        return view.rate(value) if digits is None else view.number(value, digits)

    if not limits:
        return [view.say("één klasse", "one class")]
    first = view.say(f"minder dan {text(limits[0])}", f"under {text(limits[0])}")
    between = [
        view.say(f"{text(low)} tot {text(high)}", f"{text(low)} to {text(high)}")
        for low, high in pairwise(limits)
    ]
    last = view.say(f"{text(limits[-1])} of meer", f"{text(limits[-1])} or more")
    return [first, *between, last]


def draw_legend(
    view: View,
    limits: list[float],
    unit: str,
    *,
    marks: bool = True,
    lent: bool = False,
    digits: int | None = None,
) -> None:
    """Draw the legend.

    ``marks``: the map shows places that stand out with a thick border; ``lent``: places in pale
    colours that show the figure of a larger area.
    """
    labels = class_labels(view, limits, digits)
    items = [
        f'<li><span class="wb-swatch" style="background:'
        f'{palette.css(palette.class_colour(number, len(labels)))}"></span>{escape(label)}</li>'
        for number, label in enumerate(labels)
    ]
    if marks:
        note = view.say(
            "dikke rand: steekt eruit (hoogste klasse, en vrijwel zeker boven het landelijk cijfer)",
            "thick border: stands out (highest class, and almost surely above the national rate)",
        )
        items.append(
            f'<li><span class="wb-swatch wb-ring" style="border-color:'
            f'{palette.css(palette.STANDS_OUT)}"></span>{escape(note)}</li>'
        )
    if lent:
        pale = view.say(
            "bleek: hier is te weinig geteld; dit is het cijfer van het grotere gebied eromheen",
            "pale: too little was counted here; this is the figure of the larger area around it",
        )
        middle = palette.css(palette.class_colour(len(labels) // 2, len(labels)))
        items.append(
            f'<li><span class="wb-swatch wb-pale" style="background:{middle}"></span>'
            f"{escape(pale)}</li>"
        )
    st.html(
        f'<div class="wb-legend"><strong>{escape(unit)}</strong><ul>{"".join(items)}</ul></div>'
    )
