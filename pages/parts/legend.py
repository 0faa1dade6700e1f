"""The legend of a map in words: fixed classes with their limits, and what each mark means."""

from itertools import pairwise

from pages.kit.words import Words
from pages.parts.scale import Scale
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


def legend_texts(words: Words, scale: Scale) -> dict[str, str | list[str]]:
    """Return what the legend of a map says; the browser shows of it what is drawn.

    ``classes`` are their labels, lowest first; the others explain a border or a pattern.
    """
    scored = scale.passport is None
    rule = signal_rule(words, votes=scale.passport is None or scale.passport.votes)
    lent = words.say(
        "bleek met stippen: te weinig om iets te zeggen",
        "pale with dots: too little to tell",
    )
    whose = words.say(
        "; dit is het cijfer van het grotere gebied eromheen",
        "; this is the figure of the larger area around it",
    )
    counted = words.say(
        "aantallen: die wezen het jaar erna minstens zo goed aan als cijfers per noemer",
        "counts: they pointed at the next year at least as well as rates did",
    )
    return {
        "title": scale.unit,
        "classes": class_labels(words, scale.limits, scale.counts),
        "stands": words.say(
            f"dikke rand: steekt eruit ({rule})", f"thick border: stands out ({rule})"
        ),
        "hot": words.say(
            "dunne rand: hotspot, samen met de buren hoog",
            "thin border: hot spot, high together with its neighbours",
        ),
        "chosen": words.say("zwarte rand: gekozen", "black border: chosen"),
        "unsure": words.say("gestreept: plek niet zeker", "striped: rank not sure")
        if scored
        else words.say("gestreept: kan toeval zijn", "striped: may be chance"),
        "lent": lent if scale.counts else lent + whose,
        "few": words.say("met lijntjes: geen of weinig", "with lines: none or few"),
        "nothing": words.say("bijna wit: geen cijfer", "nearly white: no figure"),
        "rose": words.say("duidelijk gestegen", "clearly risen"),
        "fell": words.say("duidelijk gedaald", "clearly fallen"),
        "same": words.say("geen duidelijke verandering", "no clear change"),
        "compared": words.say(
            "duidelijk: de 90%-intervallen overlappen niet",
            "clearly: the 90% intervals do not overlap",
        ),
        "note": counted if scale.counts else "",
    }
