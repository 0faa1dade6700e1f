"""The legend of a map of verdicts, and what it says of each place."""

from access.verdicts import CONTEXT, Change
from bilingual import Text
from pages.kit.words import Words
from pages.parts.map_words import GAP
from pages.parts.place_words import place_name
from pages.parts.verdict_words import CHANGE_MEANS, CHANGE_WORDS, SURE_WORDS, UNCHANGED, sure_words

LOOKS: dict[Change, Text] = {
    "new": Text("licht met dunne rand", "light with a thin border"),
    "worse": Text("fel zonder rand", "bright without a border"),
    "confirmed": Text("donker met dikke rand", "dark with a thick border"),
    "cooled": Text("met stippen", "with dots"),
}
"""How a map draws what changed, so that colour never speaks alone."""


def verdict_texts(words: Words, level: str) -> dict[str, object]:
    """Return the texts about a place of a level, with a gap for its name and its partners."""
    changes: dict[str, str] = {name: words.text(text) for name, text in CHANGE_WORDS.items()}
    return {
        "place": place_name(words, level, GAP),
        "sure": {sure: sure_words(words, sure, GAP) for sure in SURE_WORDS},
        "change": {"none": words.text(UNCHANGED), **changes},
        "was": f"was {GAP}, is {GAP}",
        "unknown": words.say(
            "geen periode een jaar eerder om mee te vergelijken",
            "no period a year earlier to compare with",
        ),
    }


def verdict_legend(words: Words, theme: str | None) -> dict[str, str | list[str]]:
    """Return what the legend of a map of verdicts says; the browser shows of it what is drawn."""
    say = words.say
    changes: dict[str, str | list[str]] = {
        change: f"{words.text(LOOKS[change])}: {words.text(CHANGE_WORDS[change]).lower()}, "
        f"{words.text(means)}"
        for change, means in CHANGE_MEANS.items()
    }
    return {
        "title": _title(words, theme),
        "classes": [],
        "strong": say(
            "donker met dikke rand: sterk, twee of meer onafhankelijke partners",
            "dark with a thick border: strong, two or more independent partners",
        ),
        "possible": say(
            "licht met dunne rand: mogelijk, een partner",
            "light with a thin border: possible, one partner",
        ),
        "context": say(
            "dunne rand: context die eruit steekt", "thin border: context that stands out"
        ),
        "quiet": say("niets dat eruit steekt", "nothing that stands out"),
        "little": say("gearceerd: te weinig om iets te zeggen", "hatched: too little to tell"),
        **changes,
        "same": say("geen verandering", "no change"),
        "nothing": say(
            "bijna wit: geen periode een jaar eerder", "nearly white: no period a year earlier"
        ),
        "chosen": say("zwarte rand: gekozen", "black border: chosen"),
        "compared": say("vergeleken met een jaar eerder", "compared with a year earlier"),
        "note": say(
            "Een signaal is een reden om te kijken, geen bewijs.",
            "A signal is a reason to look, not proof.",
        ),
    }


def _title(words: Words, theme: str | None) -> str:
    if theme == CONTEXT:
        return words.say("context, telt niet mee", "context, does not count")
    about = words.say(
        "hoeveel onafhankelijke partners iets zien", "how many independent partners see something"
    )
    return f"{about}: {words.focus(theme).lower()}" if theme else about
