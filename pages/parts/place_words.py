"""What maps and panels say of a place: its name, how sure its figure is and whose it is."""

from bilingual import Text
from pages.kit.words import Words

STABILITY_WORDS = (
    Text("stabiele plek", "stable rank"),
    Text("bewegende plek", "moving rank"),
    Text("onzekere plek", "unsure rank"),
)
"""How well the rank of a score holds, by ``Stability.stability``."""


def place_name(words: Words, level: str, name: str) -> str:
    """Return how a place is called: hexagons after the place nearby."""
    if level.startswith("hex"):
        return words.say(f"Zeshoek bij {name}", f"Hexagon near {name}")
    return name


def higher_than(words: Words, percentile: float | None) -> str:
    """Return where a place stands among its kind, in words."""
    if percentile is None:
        return ""
    share = min(int(percentile), 99)
    return words.say(
        f"hoger dan {share}% van deze plaatsen", f"higher than {share}% of these places"
    )


def few_words(words: Words) -> str:
    """Return that protection left nothing of what was counted, in words."""
    return words.say("geen of weinig geteld", "none or few counted")


def whose_figure(words: Words, level: str, owner: str) -> str:
    """Return of which larger area the figure of a place is, in words; empty when it is its own."""
    if level == owner:
        return ""
    word = words.level(owner)
    if owner.startswith("hex"):
        return words.say(f"cijfer van een grotere {word}", f"figure of a larger {word}")
    return words.say(f"cijfer van de {word}", f"figure of the {word}")


def clear_words(words: Words, clear: int) -> str:
    """Return how sure a figure is to differ from the country's, in words."""
    if clear == 0:
        return words.say("niet zeker anders dan het land", "not surely unlike the country")
    return (
        words.say("zeker boven het landelijk cijfer", "surely above the national rate")
        if clear > 0
        else words.say("zeker onder het landelijk cijfer", "surely below the national rate")
    )


def hot_words(words: Words, hot: int) -> str:
    """Return what a place and its neighbours are together, in words; empty when nothing is sure."""
    if hot == 0:
        return ""
    return (
        words.say("hoog, samen met de buren", "high, together with its neighbours")
        if hot > 0
        else words.say("laag, samen met de buren", "low, together with its neighbours")
    )


def stability_words(words: Words, stability: int) -> str:
    """Return how well the rank of a score holds, in words."""
    return words.text(STABILITY_WORDS[stability])
