"""Who or what a small count could point at: every protected count names its subjects, in these words.

A subject is a column of that name in the SELECT of a count. A record may have several: a purchase
has a buyer and an object. What has no identifier of its own has the exact spot where it happened.
"""

from collections.abc import Mapping, Sequence

from bilingual import Text

SUBJECTS: Mapping[str, Text] = {
    "firm": Text("bedrijf", "firm"),
    "address": Text("adres", "address"),
    "buyer": Text("koper", "buyer"),
    "object": Text("onroerende zaak", "property"),
    "spot": Text("exacte plek", "exact spot"),
    "cell": Text("kleinste zeshoek", "smallest hexagon"),
}

AT_PLACES = ("address",)
"""Subjects that are places where others are: k works on them, but noise does not widen with all that
is there. It would cost more than the figures can bear (decision 0030)."""

ESTABLISHMENT = ("firm", "address")
ESTABLISHMENTS = "1 AS amount, unit, firm_id AS firm, address_id AS address"
PURCHASE = ("buyer", "object")
PURCHASES = "1 AS amount, unit, buyer_id AS buyer, object_id AS object"
"""The subjects of what several indicators count, and SQL for each of those."""

EVERY_ESTABLISHMENT = f"SELECT place, moment, {ESTABLISHMENTS} FROM business_at"
"""SQL for all establishments on each day."""

SPOT = "round(lon, 5) || ' ' || round(lat, 5) AS spot"
"""SQL for the exact spot of a record, to about a metre."""


def widening(names: Sequence[str]) -> list[str]:
    """Return the subjects with whose largest contribution the noise widens."""
    return [name for name in names if name not in AT_PLACES]


def listed(names: Sequence[str]) -> Text:
    """Return subjects in words, each once; empty without any."""
    known = [SUBJECTS[name] for name in dict.fromkeys(names)]
    return Text(" of ".join(word.nl for word in known), " or ".join(word.en for word in known))
