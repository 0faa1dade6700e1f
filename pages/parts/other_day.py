"""What a reader should know of a rate that is over a state of another time than its own."""

from collections.abc import Collection

from pages.kit.view import PartnerView
from records.figures import PUBLIC
from store.evidence.of_sources import OtherDay


def other_day_words(view: PartnerView, code: str, level: str, periods: Collection[str]) -> str:
    """Return of which day a figure under an indicator is, where that is not of the periods shown.

    Empty where it is of its time. ``periods`` are codes; of several some may be of their time.
    """
    rows = [
        row
        for row in view.gateway.evidence(OtherDay)
        if (row.indicator, row.level) == (code, level) and row.period in periods
    ]
    names = dict.fromkeys(row.figure for row in rows)
    parts = []
    for name in names:
        own = [row for row in rows if row.figure == name]
        first, last = min(row.first for row in own), max(row.last for row in own)
        days = view.day(first)
        if last != first:
            days = view.say(
                f"{view.day(first)} tot {view.day(last)}", f"{view.day(first)} to {view.day(last)}"
            )
        figure = view.text(PUBLIC[name].name) if name in PUBLIC else name
        parts.append(view.say(f"{figure} van {days}", f"{figure} of {days}"))
    if not parts:
        return ""
    listed = view.listing(parts)
    if len({row.period for row in rows}) < len(periods):
        return view.say(
            f"Let op: een deel van de perioden is berekend met {listed}, bij gebrek aan een cijfer van toen.",
            f"Note: some of the periods are worked out with {listed}, for want of a figure of then.",
        )
    return view.say(
        f"Let op: berekend met {listed}, bij gebrek aan een cijfer van toen.",
        f"Note: worked out with {listed}, for want of a figure of then.",
    )


def other_days_by_name(view: PartnerView, level: str, period: str) -> str:
    """Return what ``other_day_words`` says of each indicator that it says something of, by name."""
    said = {
        view.name(passport): other_day_words(view, code, level, [period])
        for code, passport in view.gateway.passports().items()
        if level in passport.levels
    }
    return " ".join(f"{name}: {words}" for name, words in said.items() if words)
