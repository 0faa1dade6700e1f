"""The finding that the picture of the country or a region opens with."""

from collections import Counter
from collections.abc import Sequence

from access.verdicts import Sureness, Verdict
from pages.kit.view import PartnerView
from pages.parts.verdict_words import NO_PROOF


def counted(found: Sequence[Verdict], sure: Sureness) -> int:
    """Return in how many places the verdict is this."""
    return sum(verdict.sure == sure for verdict in found)


def finding(
    view: PartnerView, found: Sequence[Verdict], level: str, about: str = ""
) -> tuple[str, str]:
    """Return the title and the sentence on the places of a level; ``about`` names the region."""
    strong, possible = counted(found, "strong"), counted(found, "possible")
    little = counted(found, "too_little")
    places = view.places(strong, level)
    title = view.say(
        f"in {places} steekt iets eruit bij twee of meer onafhankelijke partners",
        f"in {places} two or more independent partners point the same way",
    )
    if not strong:
        title = view.say(
            f"in geen {view.level(level)} steekt iets eruit bij twee of meer onafhankelijke partners",
            f"in no {view.level(level)} do two or more independent partners point the same way",
        )
    one = view.say(
        f"Bij een partner: in {view.number(possible)}. ",
        f"One partner: in {view.number(possible)}. ",
    )
    few = view.say(
        f"Te weinig om iets te zeggen: in {view.number(little)}. ",
        f"Too little to tell: in {view.number(little)}. ",
    )
    lead = one + (few if little else "") + view.text(NO_PROOF)
    head = f"{about}: {title}" if about else title[0].upper() + title[1:]
    return head, lead + _context_words(view, found)


def _context_words(view: PartnerView, found: Sequence[Verdict]) -> str:
    """Return which context stands out and in how many places; empty when none does."""
    passports = view.gateway.passports()
    places = Counter(vote.indicator for verdict in found for vote in verdict.context)
    if not places:
        return ""
    parts = [
        f"{view.name(passports[code]).lower()} ({view.number(places[code])})" for code in places
    ]
    return view.say(
        f" Context die eruit steekt, en niet meetelt: {view.listing(parts)}.",
        f" Context that stands out, and does not count: {view.listing(parts)}.",
    )
