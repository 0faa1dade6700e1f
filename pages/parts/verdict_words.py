"""What stands out in places, in words: how sure, with whom, and what changed."""

from collections.abc import Sequence
from itertools import groupby

from access.verdicts import Change, Sureness, Verdict, Vote
from bilingual import Text
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.deliveries import partner_words
from pages.parts.place_words import place_name

NO_PROOF = Text(
    "Een signaal is een reden om te kijken, geen bewijs.",
    "A signal is a reason to look, not proof.",
)

SURE_WORDS: dict[Sureness, Text] = {
    "strong": Text("Sterk", "Strong"),
    "possible": Text("Mogelijk", "Possible"),
    "nothing": Text("Niets dat eruit steekt", "Nothing that stands out"),
    "too_little": Text("Te weinig om iets te zeggen", "Too little to tell"),
    "context": Text("Context", "Context"),
}

SURE_MEANS: dict[Sureness, Text] = {
    "strong": Text(
        "twee of meer onafhankelijke partners zien iets dat eruit steekt",
        "two or more independent partners see something that stands out",
    ),
    "possible": Text(
        "een partner ziet iets dat eruit steekt", "one partner sees something that stands out"
    ),
    "nothing": Text("geen partner ziet iets dat eruit steekt", "no partner sees anything"),
    "too_little": Text("er is te weinig geteld", "too little was counted"),
    "context": Text("steekt eruit en telt niet mee", "stands out and does not count"),
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
    said = words.text(SURE_WORDS[sure])
    if sure == "strong":
        return f"{said}: {partners} " + words.say("onafhankelijke partners", "independent partners")
    if sure == "possible":
        return f"{said}: {partners} " + words.say("partner", "partner")
    if sure == "context":
        return f"{said}: " + words.say("steekt eruit, telt niet mee", "stands out, does not count")
    return said


def verdict_text(words: Words, verdict: Verdict) -> str:
    """Return a verdict as a map says it of its place."""
    return sure_words(words, verdict.sure, words.number(verdict.independent))


def verdict_table(
    view: PartnerView, level: str, found: Sequence[Verdict]
) -> dict[str, list[object]]:
    """Return the columns of the table beside a map of verdicts by heading, a row per place."""
    say = view.say
    return {
        view.level(level).capitalize(): [place_name(view, level, v.name) for v in found],
        say("oordeel", "verdict"): [view.text(SURE_WORDS[v.sure]) for v in found],
        say("onafhankelijke partners", "independent partners"): [v.independent for v in found],
        say("wat eruit steekt", "what stands out"): [votes_words(view, v.votes) for v in found],
        say("context", "context"): [votes_words(view, v.context) for v in found],
        say("sinds", "since"): [
            view.since(min((vote.since for vote in v.votes), default=None)) for v in found
        ],
        say("in een jaar", "in a year"): [
            view.text(CHANGE_WORDS[v.change]) if v.change else "" for v in found
        ],
        "code": [verdict.area for verdict in found],
    }


def votes_words(view: PartnerView, votes: Sequence[Vote]) -> str:
    """Return what stands out with whom, as a phrase: Kadaster (aankoop zonder hypotheek)."""
    passports = view.gateway.passports()
    by_partner = sorted(votes, key=lambda vote: vote.partners)
    parts = []
    for partners, own in groupby(by_partner, key=lambda vote: vote.partners):
        names = view.listing([view.name(passports[vote.indicator]).lower() for vote in own])
        parts.append(f"{whose_words(view, partners)} ({names})")
    return view.listing(parts)


def whose_words(view: PartnerView, partners: Sequence[str]) -> str:
    """Return on whose word a vote rests."""
    return view.listing([partner_words(view, code, {}) for code in partners])


def place_finding(view: PartnerView, verdict: Verdict, name: str) -> tuple[str, str]:
    """Return the finding about one place that is called ``name``: a title and a sentence."""
    partners = view.number(verdict.independent)
    title = {
        "strong": view.say(
            f"{name}: {partners} onafhankelijke partners zien hier iets dat eruit steekt",
            f"{name}: {partners} independent partners see something that stands out here",
        ),
        "possible": view.say(
            f"{name}: bij een partner steekt iets eruit, mogelijk is het toeval",
            f"{name}: something stands out with one partner, which may be chance",
        ),
        "too_little": view.say(
            f"{name}: te weinig bekend om iets te zeggen", f"{name}: too little is known to tell"
        ),
    }.get(
        verdict.sure,
        view.say(f"{name}: niets steekt eruit", f"{name}: nothing stands out"),
    )
    votes = votes_words(view, verdict.votes)
    change = CHANGE_WORDS[verdict.change].in_(view.language) + ". " if verdict.change else ""
    reason = view.text(NO_PROOF)
    lead = f"{change}{votes[0].upper() + votes[1:]}. {reason}" if votes else f"{change}{reason}"
    if verdict.context:
        beside = votes_words(view, verdict.context)
        lead += view.say(
            f" Context die eruit steekt, en niet meetelt: {beside}.",
            f" Context that stands out, and does not count: {beside}.",
        )
    return title, lead
