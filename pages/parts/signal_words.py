"""What makes a place stand out, in the words of maps: `release/signals.py` holds the rule."""

from pages.kit.view import View


def signal_rule(view: View) -> str:
    """Return what is true of every place that stands out."""
    return view.say(
        "bij de hoogste 3% en vrijwel zeker boven het landelijk cijfer",
        "among the highest 3% and almost surely above the national rate",
    )
