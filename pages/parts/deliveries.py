"""What partners delivered, by partner and kind: how far it reaches, how old it is, and its gaps."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from access.facts import Delivery, Period
from geo.official_names import official_names
from pages.kit.words import Words
from records import KINDS
from records.authority import rhythm_of
from records.partners import PARTNERS
from records.rhythm import MONTHLY, Rhythm

LEAST_SIZE = 100
"""Of a delivery of fewer rows nothing more is known."""

NATIONAL = tuple(p.code for p in PARTNERS.values() if p.signals and not p.with_area)
"""The national partners, each of which should deliver."""


@dataclass(frozen=True)
class Stream:
    """All deliveries of one kind of record by one partner.

    ``size`` is about their number of records, of all but the ``small`` deliveries of fewer than
    LEAST_SIZE; ``received`` is the month of the newest delivery. ``first`` and ``last`` are the first and
    last month that records are about, ``age`` the months from ``last`` to today; all three are None
    where no delivery has dates. ``rhythm`` is how often one is agreed, ``due`` the last
    day for the next one, and ``late`` how many days ago that was, 0 when it is still to come. ``missing`` holds the codes of the months that
    no delivery covers, None for a standing kind.
    """

    partner: str
    kind: str
    deliveries: int
    size: int
    small: int
    received: str
    first: str | None
    last: str | None
    age: int | None
    rhythm: Rhythm
    due: date | None
    late: int
    missing: list[str] | None

    @property
    def fresh(self) -> bool:
        """Whether the next delivery is not late."""
        return self.due is not None and not self.late

    @property
    def organisation(self) -> str:
        """The partner without its area: that of ``gemeente:GM0599`` is ``gemeente``."""
        return self.partner.partition(":")[0]


def streams(deliveries: Iterable[Delivery], months: Sequence[Period], today: date) -> list[Stream]:
    """Return the streams of the deliveries, by partner and kind.

    A delivery covers the ``months`` from its first to its last.
    """
    grouped: defaultdict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        grouped[delivery.partner, delivery.kind].append(delivery)
    return [_stream(group, months, today) for _, group in sorted(grouped.items())]


def _stream(group: list[Delivery], months: Sequence[Period], today: date) -> Stream:
    spans = [(d.first, d.last) for d in group if d.first and d.last]
    last = max((end for _, end in spans), default=None)
    partner, kind = group[0].partner, group[0].kind
    known = KINDS.get(kind)
    rhythm = rhythm_of(partner, known) if known else MONTHLY
    due = rhythm.due(month_start(last)) if last else None
    return Stream(
        partner,
        kind,
        deliveries=len(group),
        size=sum(delivery.size for delivery in group),
        small=sum(delivery.size == 0 for delivery in group),
        received=max(delivery.received for delivery in group),
        first=min((start for start, _ in spans), default=None),
        last=last,
        age=_number(f"{today:%Y-%m}") - _number(last) if last else None,
        rhythm=rhythm,
        due=due,
        late=max((today - due).days, 0) if due else 0,
        missing=None if known and known.standing else _uncovered(spans, months),
    )


def _uncovered(spans: list[tuple[str, str]], months: Sequence[Period]) -> list[str]:
    codes = [month.code for month in months]
    return [code for code in codes if not any(first <= code <= last for first, last in spans)]


def month_start(code: str) -> date:
    """Return the first day of a month, such as 2026-06."""
    return date.fromisoformat(f"{code}-01")


def month_end(code: str) -> date:
    """Return the last day of a month, such as 2026-06."""
    begin = month_start(code)
    return begin.replace(day=monthrange(begin.year, begin.month)[1])


def _number(code: str) -> int:
    """Return the number of a month: consecutive months have consecutive ones."""
    year, month = code.split("-")
    return int(year) * 12 + int(month)


def size_words(view: Words, size: int, small: int) -> str:
    """Return about how many rows: of deliveries that are all ``small`` only what they are under."""
    if size:
        return view.number(size)
    return f"< {view.number(small * LEAST_SIZE)}"


def month_ranges(codes: list[str]) -> list[tuple[str, str]]:
    """Return the first and last month of each unbroken run in month codes."""
    runs = groupby(enumerate(sorted(codes)), lambda pair: _number(pair[1]) - pair[0])
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
    """Return how often each kind is delivered, which decides until when it counts as fresh."""
    usual = view.say(
        f"Vers: de volgende levering is nog niet te laat. Afgesproken is {rhythm_words(view, MONTHLY)}",
        f"Fresh: the next delivery is not late yet. Agreed is {rhythm_words(view, MONTHLY)}",
    )
    others = [
        f"{view.text(kind.words)} {rhythm_words(view, kind.rhythm)}"
        for kind in KINDS.values()
        if kind.rhythm != MONTHLY
    ]
    return "; ".join([usual, *others]) + "."


def rhythm_words(view: Words, rhythm: Rhythm) -> str:
    """Return how often, and within how many days."""
    often = {1: view.say("elke maand", "each month"), 12: view.say("elk jaar", "each year")}
    some = view.say(f"elke {rhythm.months} maanden", f"every {rhythm.months} months")
    within = view.say(f"binnen {rhythm.days} dagen", f"within {rhythm.days} days")
    return f"{often.get(rhythm.months, some)} {within}"


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


def area_names() -> dict[str, str]:
    """Return the names of all gemeenten and RIEC regions by code."""
    return {code: place.name for code, place in official_names().items()}
