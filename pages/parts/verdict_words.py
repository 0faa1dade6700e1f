"""What pages, lists, maps and tables call a verdict, in one place."""

from collections.abc import Sequence

from access.verdicts import Change, Sureness, Verdict
from bilingual import Text
from pages.kit.words import Words

SURE_WORDS: dict[Sureness, Text] = {
    "strong": Text("Sterk", "Strong"),
    "possible": Text("Mogelijk", "Possible"),
    "nothing": Text("Niets dat eruit steekt", "Nothing that stands out"),
    "too_little": Text("Te weinig om iets te zeggen", "Too little to tell"),
    "context": Text("Context", "Context"),
}

CHANGE_WORDS: dict[Change, Text] = {
    "new": Text("Nieuw", "New"),
    "worse": Text("Erger", "Worse"),
    "confirmed": Text("Bevestigd", "Confirmed"),
    "cooled": Text("Afgekoeld", "Cooled"),
}

UNCHANGED = Text("Geen verandering", "No change")

CHANGE_MEANS: dict[Change, Text] = {
    "new": Text("steekt eruit, een jaar eerder niet", "stands out, a year earlier it did not"),
    "worse": Text(
        "steekt door meer eruit, of duidelijk hoger dan een jaar eerder",
        "stands out by more, or clearly higher than a year earlier",
    ),
    "confirmed": Text(
        "een jaar eerder bij een partner, nu bij twee of meer",
        "by one partner a year earlier, by two or more now",
    ),
    "cooled": Text("steekt minder of niet meer eruit", "stands out less, or no more"),
}


def sure_words(words: Words, sure: Sureness, partners: str) -> str:
    """Return a verdict with the number of its independent partners, as written: Sterk: 2 …"""
    told = words.text(SURE_WORDS[sure])
    if sure == "strong":
        return f"{told}: {partners} " + words.say("onafhankelijke partners", "independent partners")
    if sure == "possible":
        return f"{told}: {partners} " + words.say("partner", "partner")
    if sure == "context":
        return f"{told}: " + words.say("steekt eruit, telt niet mee", "stands out, does not count")
    return told


def verdict_text(words: Words, verdict: Verdict) -> str:
    """Return a verdict as a map says it of its place."""
    return sure_words(words, verdict.sure, words.number(verdict.independent))


def verdict_table(words: Words, level: str, found: Sequence[Verdict]) -> dict[str, list[object]]:
    """Return the columns of the table beside a map of verdicts by heading, a row per place."""
    return {
        words.level(level).capitalize(): [verdict.name for verdict in found],
        words.say("oordeel", "verdict"): [words.text(SURE_WORDS[v.sure]) for v in found],
        words.say("onafhankelijke partners", "independent partners"): [
            verdict.independent for verdict in found
        ],
        words.say("in een jaar", "in a year"): [
            words.text(CHANGE_WORDS[v.change]) if v.change else "" for v in found
        ],
        "code": [verdict.area for verdict in found],
    }
