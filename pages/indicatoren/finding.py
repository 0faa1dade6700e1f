"""The finding about one indicator: the country's figure, what stands out, and the own area's."""

from dataclasses import dataclass
from datetime import date

from access.facts import Area, Period
from access.figures import Figure
from access.passport import Passport
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.own_area import own_name

NAMED = 8
"""Most places to name in a sentence."""

COMPARED = ("gemeente", "riec")


@dataclass(frozen=True)
class Question:
    """What the page is asked: which indicator, over which period, from which own area."""

    view: PartnerView
    passport: Passport
    period: Period
    own: Area | None

    @property
    def level(self) -> str | None:
        """Level whose places are compared, or None when the indicator has no such level."""
        return next((level for level in COMPARED if level in self.passport.levels), None)

    def figures(self, level: str) -> list[Figure]:
        """Return the figures at a level; [] when the indicator is not published there."""
        if level not in self.passport.levels:
            return []
        return self.view.gateway.figures(self.passport.code, level, self.period.code)

    def marked(self) -> list[Figure]:
        """Return the compared places that stand out, by name."""
        figures = self.figures(self.level) if self.level else []
        return sorted((f for f in figures if f.since is not None), key=lambda f: f.name)


def _standing(view: Words, level: str, count: int) -> str:
    if count == 0:
        word = view.level(level)
        return view.say(f"geen {word} steekt eruit", f"no {word} stands out")
    if count == 1:
        word = view.level(level)
        return view.say(f"1 {word} steekt eruit", f"1 {word} stands out")
    words = f"{view.number(count)} {view.levels(level)}"
    return view.say(f"{words} steken eruit", f"{words} stand out")


def title(asked: Question) -> str:
    """Return the finding: the country's figure and how many places stand out."""
    view, country = asked.view, next(iter(asked.figures("nederland")), None)
    parts = []
    if country and country.smoothed is not None:
        amount = view.amount(country.smoothed, asked.passport)
        parts.append(view.say(f"{amount} in het land", f"{amount} in the country"))
    if asked.level:
        parts.append(_standing(view, asked.level, len(asked.marked())))
    words = ", ".join(parts)
    return f"{view.name(asked.passport)}: {words}" if words else view.name(asked.passport)


def _names(view: Words, names: list[str]) -> str:
    if len(names) <= NAMED:
        return view.listing(names)
    rest = view.number(len(names) - NAMED)
    return ", ".join(names[:NAMED]) + view.say(f" en nog {rest}", f" and {rest} more")


def _own_words(asked: Question, own: Area) -> str:
    view, name = asked.view, own_name(asked.view, own)
    figure = next((f for f in asked.figures(own.level) if f.area == own.code), None)
    if figure is None or figure.smoothed is None:
        return view.say(f"{name} heeft geen cijfer.", f"{name} has no figure.")
    amount = view.amount(figure.smoothed, asked.passport)
    low, high = view.rate(figure.low), view.rate(figure.high)
    text = view.say(
        f"{name}: {amount} (90%-interval {low} tot {high})",
        f"{name}: {amount} (90% interval {low} to {high})",
    )
    since = view.since(figure.since)
    if since:
        text += view.say(f", steekt eruit sinds {since}", f", stands out since {since}")
    elif own.level == asked.level:
        text += view.say(", steekt er niet uit", ", does not stand out")
    if own.level == "riec" and asked.level == "gemeente":
        names = [marked.name for marked in asked.marked() if marked.riec == own.riec]
        standing = _standing(view, "gemeente", len(names))
        text += f"; {standing}" + (f": {_names(view, names)}" if names else "")
    return f"{text}."


def lead(asked: Question) -> str:
    """Return the sentences that back the finding: the own area or names, the period and the age."""
    view = asked.view
    days = view.number((date.today() - asked.period.end).days)  # noqa: DTZ011
    when = view.say(
        f"Cijfers over {view.period(asked.period)}, {days} dagen oud.",
        f"Figures for {view.period(asked.period)}, {days} days old.",
    )
    if asked.own:
        return f"{_own_words(asked, asked.own)} {when}"
    names = [marked.name for marked in asked.marked()]
    if not names:
        return when
    head = view.say("Op naam: ", "By name: ")
    return f"{head}{_names(view, names)}. {when}"
