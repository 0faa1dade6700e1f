"""What the browser needs to say of any place what ``pages.parts.rows`` says of it: texts with a gap.

A gap is written ``{}``. The functions that rows are made with fill these texts, so that none stands
in two places.
"""

from access.filling import AROUND
from pages.kit.words import Words
from pages.parts.place_words import (
    STABILITY_WORDS,
    clear_words,
    few_words,
    higher_than,
    hot_words,
    place_name,
    whose_figure,
)
from pages.parts.scale import Scale

GAP = "{}"


def place_texts(words: Words, level: str, scale: Scale) -> dict[str, object]:
    """Return the texts about a place of a level."""
    value = f"{GAP} {scale.unit}"
    if scale.passport is None:
        value = f"{GAP} {words.say('van 100', 'of 100')}"
    return {
        "place": place_name(words, level, GAP),
        "value": value,
        "nothing": words.say("geen cijfer", "no figure"),
        "few": words.none_or_few,
        "counted": few_words(words),
        "higher": higher_than(words, 0).replace("0%", f"{GAP}%"),
        "whose": {owner: whose_figure(words, level, owner) for owner in AROUND.get(level, ())},
        "clear": {sign: clear_words(words, sign) for sign in (-1, 0, 1)},
        "hot": {sign: hot_words(words, sign) for sign in (-1, 0, 1)},
        "was": f"was {GAP}, is {GAP}",
        "held": [words.text(text) for text in STABILITY_WORDS],
    }


def control_texts(words: Words) -> dict[str, str]:
    """Return the names of a map's buttons, and what it says of itself."""
    say = words.say
    return {
        "nearer": say("Inzoomen", "Zoom in"),
        "farther": say("Uitzoomen", "Zoom out"),
        "home": say("Alles tonen", "Show all"),
        "full": say("Groot scherm aan of uit", "Full screen on or off"),
        "play": say("Afspelen", "Play"),
        "pause": say("Stoppen", "Pause"),
        "period": say("Periode van 12 maanden", "Period of 12 months"),
        "before": say("Eerdere periode om mee te vergelijken", "Earlier period to compare with"),
        "fix": say(f"Vast op {GAP}", f"Fix on {GAP}"),
        "two": say("Twee perioden naast elkaar", "Two periods side by side"),
        "change": say("Wat er veranderde", "What changed"),
        "only": say("Alleen wat eruit steekt.", "Only what stands out."),
        "none": say("geen eerdere periode", "no earlier period"),
        "ground": say("Wegen en spoor tonen of verbergen", "Show or hide roads and railways"),
        "picture": say("Bewaar als afbeelding (PNG)", "Save as a picture (PNG)"),
        "busy": say("De kaart wordt geladen…", "The map is loading…"),
        "refused": say(
            "De kaart kan niet worden geladen. Open de pagina opnieuw.",
            "The map cannot be loaded. Open the page again.",
        ),
        "keys": say(
            "Pijlen verplaatsen, plus en min zoomen, Home toont alles, Enter kiest de plaats in het "
            "midden, Escape sluit het grote scherm.",
            "Arrows move, plus and minus zoom, Home shows all, Enter chooses the place in the middle, "
            "Escape closes the full screen.",
        ),
    }
