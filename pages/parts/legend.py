"""The legend of a map: fixed classes with their limits, and what a thick border means."""

from dataclasses import dataclass
from html import escape
from itertools import pairwise

import streamlit as st

from pages.kit import palette
from pages.kit.words import Words
from pages.parts.signal_words import signal_rule


def class_labels(words: Words, limits: list[float], counts: bool = False) -> list[str]:
    """Return the label of each class, lowest first, from the upper limits between them.

    ``counts``: they are of whole numbers.
    """
    text = words.number if counts else words.rate
    if not limits:
        return [words.say("één klasse", "one class")]
    first = words.say(f"minder dan {text(limits[0])}", f"under {text(limits[0])}")
    between = [
        words.say(f"{text(low)} tot {text(high)}", f"{text(low)} to {text(high)}")
        for low, high in pairwise(limits)
    ]
    last = words.say(f"{text(limits[-1])} of meer", f"{text(limits[-1])} or more")
    return [first, *between, last]


@dataclass(frozen=True)
class Marks:
    """What a map shows besides classes.

    ``stands``: places that stand out, with a thick border; ``hot``: places with a thin one that are
    high together with their neighbours; ``unsure``: places in softer colours that may be high or
    low by chance; ``lent``: places in pale ones that show a larger area's figure. ``counts``: the
    map shows plain counts, because rates did no better.
    """

    stands: bool = True
    hot: bool = False
    unsure: bool = False
    lent: bool = False
    counts: bool = False


def draw_legend(words: Words, limits: list[float], unit: str, marks: Marks) -> None:
    """Draw the legend of a map with these upper limits of classes."""
    labels = class_labels(words, limits, marks.counts)
    items = [
        f'<li><span class="wb-swatch" style="background:'
        f'{palette.css(palette.class_colour(number, len(labels)))}"></span>{escape(label)}</li>'
        for number, label in enumerate(labels)
    ]
    if marks.stands:
        note = words.say(
            f"dikke rand: steekt eruit ({signal_rule(words)})",
            f"thick border: stands out ({signal_rule(words)})",
        )
        items.append(_border("wb-ring", palette.STANDS_OUT, note))
    if marks.hot:
        note = words.say(
            "dunne rand: hotspot, samen met de buren hoog",
            "thin border: hot spot, high together with its neighbours",
        )
        items.append(_border("wb-thin", palette.HOT, note))
    middle = palette.class_colour(len(labels) // 2, len(labels))
    if marks.unsure:
        note = words.say(
            "zachte kleur: niet zeker, kan toeval zijn"
            if marks.stands
            else "zachte kleur: plek niet zeker",
            "soft colour: not sure, may be chance"
            if marks.stands
            else "soft colour: rank not sure",
        )
        items.append(_shade("wb-soft", middle, note))
    if marks.lent:
        note = words.say(
            "bleek: hier is geen eigen cijfer; dit is het cijfer van het grotere gebied eromheen",
            "pale: there is no figure of its own here; this is that of the larger area around it",
        )
        items.append(_shade("wb-pale", middle, note))
    if marks.counts:
        note = words.say(
            "aantallen: die wezen het jaar erna minstens zo goed aan als cijfers per noemer",
            "counts: they pointed at the next year at least as well as rates did",
        )
        items.append(f"<li>{escape(note)}</li>")
    st.html(
        f'<div class="wb-legend"><strong>{escape(unit)}</strong><ul>{"".join(items)}</ul></div>'
    )


def _border(look: str, colour: tuple[int, int, int], note: str) -> str:
    style = f"border-color:{palette.css(colour)}"
    return f'<li><span class="wb-swatch {look}" style="{style}"></span>{escape(note)}</li>'


def _shade(look: str, colour: tuple[int, int, int], note: str) -> str:
    style = f"background:{palette.css(colour)}"
    return f'<li><span class="wb-swatch {look}" style="{style}"></span>{escape(note)}</li>'
