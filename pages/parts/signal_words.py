"""What makes a place stand out, in the words of maps: `release/signals.py` holds the rule."""

from pages.kit.words import Words


def signal_rule(words: Words) -> str:
    """Return what is true of every place that stands out."""
    return words.say(
        "bij de hoogste 3% en vrijwel zeker boven het landelijk cijfer",
        "among the highest 3% and almost surely above the national rate",
    )
