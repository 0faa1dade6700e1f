"""What partners delivered, by partner and kind: how far it reaches, how old it is, and its gaps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from access.facts import Delivery, Period
from access.partner import PartnerGateway
from pages.kit.words import Words
from records import KINDS
from records.contract import A_QUARTER
from records.partners import PARTNERS

NATIONAL = tuple(p.code for p in PARTNERS.values() if p.signals and not p.with_area)
"""The national partners, each of which should deliver."""


@dataclass(frozen=True)
class Stream:
    """All deliveries of one kind of record by one partner.

    ``rows`` is their number of records and ``received`` the day of the newest delivery. ``first``
    and ``last`` are the first and last day that records are about, ``age`` the days from ``last``
    to today; all three are None where no delivery has dates. ``missing`` holds the codes of the
    months that no delivery covers, None for a standing kind.
    """

    partner: str
    kind: str
    deliveries: int
    rows: int
    received: date
    first: date | None
    last: date | None
    age: int | None
    fresh: bool
    missing: list[str] | None

    @property
    def organisation(self) -> str:
        """The partner without its area: that of ``gemeente:GM0599`` is ``gemeente``."""
        return self.partner.partition(":")[0]


def streams(deliveries: Iterable[Delivery], months: Sequence[Period], today: date) -> list[Stream]:
    """Return the streams of the deliveries, by partner and kind.

    A delivery covers the ``months`` from its first to its last date.
    """
    grouped: defaultdict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        grouped[delivery.partner, delivery.kind].append(delivery)
    return [_stream(group, months, today) for _, group in sorted(grouped.items())]


def _stream(group: list[Delivery], months: Sequence[Period], today: date) -> Stream:
    spans = [(d.first_date, d.last_date) for d in group if d.first_date and d.last_date]
    last = max((end for _, end in spans), default=None)
    age = (today - last).days if last else None
    partner, kind = group[0].partner, group[0].kind
    known = KINDS.get(kind)
    return Stream(
        partner,
        kind,
        deliveries=len(group),
        rows=sum(delivery.rows for delivery in group),
        received=max(delivery.received for delivery in group),
        first=min((start for start, _ in spans), default=None),
        last=last,
        age=age,
        fresh=age is not None and age <= (known.fresh_days if known else A_QUARTER),
        missing=None if known and known.standing else _uncovered(spans, months),
    )


def _uncovered(spans: list[tuple[date, date]], months: Sequence[Period]) -> list[str]:
    return [
        month.code
        for month in months
        if not any(first <= month.end and last >= month.start for first, last in spans)
    ]


def month_ranges(codes: list[str]) -> list[tuple[str, str]]:
    """Return the first and last month of each unbroken run in month codes."""

    def index(code: str) -> int:
        year, month = code.split("-")
        return int(year) * 12 + int(month)

    runs = groupby(enumerate(sorted(codes)), lambda pair: index(pair[1]) - pair[0])
    found = [[code for _, code in run] for _, run in runs]
    return [(run[0], run[-1]) for run in found]


def missing_words(view: Words, missing: list[str] | None, of: int) -> str:
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


def kind_words(view: Words, kind: str) -> str:
    """Return the name of a kind of record; of one that only an earlier release knew, its code."""
    known = KINDS.get(kind)
    return view.text(known.words) if known else kind


def fresh_words(view: Words) -> str:
    """Return how old the newest record of each kind may be to count as fresh."""
    others = [
        view.say(
            f"{view.text(kind.words)} hoogstens {kind.fresh_days}",
            f"{view.text(kind.words)} at most {kind.fresh_days}",
        )
        for kind in KINDS.values()
        if kind.fresh_days != A_QUARTER
    ]
    usual = view.say(
        f"Vers: hoogstens {A_QUARTER} dagen oud", f"Fresh: at most {A_QUARTER} days old"
    )
    return ", ".join([usual, *others]) + "."


def standing_words(view: Words) -> str:
    """Return the kinds that hold until the next delivery, as a phrase."""
    return view.listing([view.text(kind.words) for kind in KINDS.values() if kind.standing])


def partner_words(view: Words, code: str, names: Mapping[str, str]) -> str:
    """Return the name of a partner; ``names`` holds names of areas by code."""
    organisation, _, area = code.partition(":")
    partner = PARTNERS.get(organisation)
    if partner is None:
        return code
    name = view.text(partner.name)
    return f"{name} {names.get(area, area)}".strip()


def area_names(gateway: PartnerGateway) -> dict[str, str]:
    """Return the names of all gemeenten and RIEC regions by code."""
    return {a.code: a.name for level in ("gemeente", "riec") for a in gateway.areas(level)}
