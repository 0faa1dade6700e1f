"""What partners delivered, a row per partner and kind: how far it reaches, its age and its gaps."""

from datetime import date
from itertools import groupby

import pandas as pd

from access.facts import Period
from access.partner import PartnerGateway
from pages.parts.view import View
from records.partners import PARTNERS

KIND_WORDS = {
    "area_figure": ("cijfers over gebieden", "figures about areas"),
    "business": ("bedrijven", "businesses"),
    "incident": ("meldingen", "incidents"),
    "inspection": ("controles", "inspections"),
    "property_transaction": ("vastgoedtransacties", "property transactions"),
    "trade_declaration": ("aangiften van in- en uitvoer", "trade declarations"),
}

FRESH_DAYS = 92
"""A quarter: events and registers with nothing newer than this are no longer fresh."""

FRESH_DAYS_YEARLY = 400
"""Figures about areas mostly come once a year, with some delay."""

STANDING = ("area_figure", "business")
"""Kinds that hold until the next delivery, so that a month without them is no gap."""

NATIONAL = tuple(p.code for p in PARTNERS.values() if p.signals and not p.with_area)
"""The national partners, each of which should deliver."""


STREAM: tuple[str, ...] = (
    *("partner", "kind", "deliveries", "rows", "received"),
    *("first", "last", "age", "fresh", "missing"),
)
"""The columns of ``streams``, also when nothing was delivered."""


def fresh_days(kind: str) -> int:
    """Return how many days old the newest record of a kind may be and still be fresh."""
    return FRESH_DAYS_YEARLY if kind == "area_figure" else FRESH_DAYS


def streams(deliveries: pd.DataFrame, months: list[Period], today: date) -> pd.DataFrame:
    """Return a row per partner and kind of what ``Gateway.deliveries`` gives.

    Columns: partner, kind, deliveries, rows, received, first, last, age (days from the newest
    record to ``today``), fresh, missing (codes of the ``months`` that no delivery covers; None
    for kinds in STANDING). A delivery covers the months from its first to its last date.
    """
    rows = []
    for (partner, kind), group in deliveries.groupby(["partner", "kind"], sort=True):
        spans = [
            (first, last)
            for first, last in zip(group["first_date"], group["last_date"], strict=True)
            if isinstance(first, date) and isinstance(last, date)
        ]
        last = max((end for _, end in spans), default=None)
        age = (today - last).days if last else None
        rows.append(
            {
                "partner": str(partner),
                "kind": str(kind),
                "deliveries": len(group),
                "rows": int(group["rows"].sum()),
                "received": max(group["received"]),
                "first": min((start for start, _ in spans), default=None),
                "last": last,
                "age": age,
                "fresh": age is not None and age <= fresh_days(str(kind)),
                "missing": None if kind in STANDING else _uncovered(spans, months),
            }
        )
    return pd.DataFrame(rows, columns=list(STREAM))


def _uncovered(spans: list[tuple[date, date]], months: list[Period]) -> list[str]:
    return [
        month.code
        for month in months
        if not any(first <= month.end and last >= month.start for first, last in spans)
    ]


def month_ranges(codes: list[str]) -> list[tuple[str, str]]:
    """Return month codes as unbroken runs: the first and the last month of each."""

    def index(code: str) -> int:
        year, month = code.split("-")
        return int(year) * 12 + int(month)

    runs = groupby(enumerate(sorted(codes)), lambda pair: index(pair[1]) - pair[0])
    found = [[code for _, code in run] for _, run in runs]
    return [(run[0], run[-1]) for run in found]


def missing_words(view: View, missing: list[str] | None, of: int) -> str:
    """Return which months lack records, in words; a dash where that cannot be said."""
    if missing is None:
        return "–"
    if not missing:
        return view.say("geen", "none")
    runs = [
        view.since(first)
        if first == last
        else view.say(
            f"{view.since(first)} t/m {view.since(last)}",
            f"{view.since(first)} to {view.since(last)}",
        )
        for first, last in month_ranges(missing)
    ]
    count = view.say(f"{len(missing)} van {of}", f"{len(missing)} of {of}")
    return f"{count}: {view.listing(runs)}"


def kind_words(view: View, kind: str) -> str:
    """Return the name of a kind of record."""
    return view.say(*KIND_WORDS.get(kind, (kind, kind)))


def partner_words(view: View, code: str, names: dict[str, str]) -> str:
    """Return the name of a partner; ``names`` holds the areas' names by code."""
    organisation, _, area = code.partition(":")
    partner = PARTNERS.get(organisation)
    if partner is None:
        return code
    name = view.text(partner.name)
    return f"{name} {names.get(area, area)}".strip()


def area_names(gateway: PartnerGateway) -> dict[str, str]:
    """Return the names of all gemeenten and RIEC regions by code."""
    return {a.code: a.name for level in ("gemeente", "riec") for a in gateway.areas(level)}
