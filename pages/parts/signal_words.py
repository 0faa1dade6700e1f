"""What makes a place stand out, in the words of maps: the rules are those of decisions 0034 and 0022."""

from pages.kit.words import Words


def signal_rule(words: Words, *, votes: bool) -> str:
    """Return what is true of every place in which an indicator stands out.

    One with ``votes`` is held against so many places at once; context is among the highest.
    """
    if votes:
        return words.say(
            "zeker hoger dan te verwachten, ook nu zoveel plaatsen tegelijk worden bekeken",
            "surely higher than expected, also as so many places are looked at together",
        )
    return words.say(
        "bij de hoogste 3% en vrijwel zeker boven het landelijk cijfer",
        "among the highest 3% and almost surely above the national rate",
    )
