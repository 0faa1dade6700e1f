"""The sentence on a map of an indicator or the score: how many places show what."""

from access.map_counts import MapCounts
from pages.kit.words import Words
from pages.parts.scale import Scale
from pages.parts.signal_words import signal_rule


def map_sentence(words: Words, level: str, scale: Scale, counts: MapCounts) -> str:
    """Return one sentence that says what the map shows."""
    if not counts.known:
        return words.say(
            "Er zijn nog geen cijfers om te tonen.", "There are no figures to show yet."
        )
    if not counts.own:
        return words.say(
            f"Er zijn geen cijfers per {words.level(level)}: de kaart toont die van het grotere "
            "gebied eromheen.",
            f"There are no figures by {words.level(level)}: the map shows those of the larger "
            "area around it.",
        )
    places = words.places(counts.own, level)
    if counts.own < counts.known:
        places += words.say(" met een eigen cijfer", " with a figure of their own")
    if scale.passport is None:
        top = words.number(counts.highest)
        return words.say(
            f"Van {places} vallen er {top} in de hoogste klasse van de score",
            f"Of {places}, {top} are in the highest class of the score",
        ) + _how_stable(words, counts)
    if not counts.marked:
        return words.say(f"Van {places} steekt er geen eruit.", f"Of {places}, none stands out.")
    rule = signal_rule(words, votes=scale.passport.votes)
    one, marked = counts.marked == 1, words.number(counts.marked)
    return words.say(
        f"Van {places} {'steekt' if one else 'steken'} er {marked} eruit: {rule}.",
        f"Of {places}, {marked} {'stands' if one else 'stand'} out: {rule}.",
    )


def _how_stable(words: Words, counts: MapCounts) -> str:
    """Return the end of a sentence: of how many places the rank holds, where that is known."""
    if counts.stable is None:
        return "."
    if not counts.stable:
        return words.say("; van geen enkele staat de plek vast.", "; the rank of none holds.")
    count = words.number(counts.stable)
    return words.say(f"; van {count} staat de plek vast.", f"; the rank of {count} holds.")
