"""Whether intervals hold as often as they say, and how much of recent months is registered."""

import re
from collections.abc import Sequence
from statistics import median

from pages.kit.view import PartnerView
from pages.kit.words import LEVEL_WORDS, Words
from pages.methode.table import (
    Table,
    draw_finding_table,
    draw_table,
    in_order,
    indicator_name,
    weighted_mean,
)
from pages.parts.deliveries import partner_words
from store.evidence.of_maps import Calibration
from store.evidence.of_records import Completeness

MEANT = 0.90
"""The share of later counts that should fall inside the interval."""

NEAR = 0.05
"""Further than this from MEANT, the page says that intervals are too narrow or too wide."""

MONTH = re.compile(r"\d{4}-\d{2}")
MONTHS_SHOWN = 4


def _inside(rows: Sequence[Calibration]) -> float | None:
    return weighted_mean((row.inside, row.places) for row in rows)


def _calibration_finding(view: Words, rows: Sequence[Calibration]) -> str:
    """Return how often later counts fell inside on the median map, and whether that is 90%."""
    shares = [row.inside for row in rows if row.places]
    if not shares:
        return ""
    inside = median(shares)
    least, most = view.percent(min(shares)), view.percent(max(shares))
    maps = view.number(len(shares))
    sentence = view.say(
        f"Bij de middelste van {maps} kaarten viel **{view.percent(inside)}** van de latere aantallen in het 90%-interval "
        f"dat een jaar eerder was gemaakt ({least} tot {most}); de bedoeling is {view.percent(MEANT)}. ",
        f"On the middle one of {maps} maps **{view.percent(inside)}** of the later counts fell inside the 90% interval made "
        f"a year before ({least} to {most}); {view.percent(MEANT)} is meant. ",
    )
    if inside < MEANT - NEAR:
        return sentence + view.say("De intervallen zijn te smal.", "The intervals are too narrow.")
    if inside > MEANT + NEAR:
        return sentence + view.say("De intervallen zijn te ruim.", "The intervals are too wide.")
    return sentence + view.say(
        "De intervallen zijn dus zo zeker als zij zeggen.",
        "So the intervals are as sure as they say.",
    )


def _by_level(view: Words, rows: Sequence[Calibration]) -> Table:
    cells = []
    for level in LEVEL_WORDS:
        own = [row for row in rows if row.level == level]
        if own:
            cells.append((view.levels(level), view.percent(_inside(own))))
    heads = [view.say("Plaatsen", "Places"), view.say("Binnen", "Inside")]
    return Table(heads, cells)


def _by_indicator(view: PartnerView, rows: Sequence[Calibration]) -> Table:
    cells = [
        (
            indicator_name(view, row.indicator),
            view.levels(row.level),
            view.number(row.places),
            *(view.percent(share) for share in (row.below, row.inside, row.above)),
        )
        for row in in_order(view, rows)
    ]
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Plaatsen", "Places"),
        view.say("Aantal", "Number"),
        view.say("Eronder", "Below"),
        view.say("Binnen", "Inside"),
        view.say("Erboven", "Above"),
    ]
    return Table(heads, cells, text=2)


def draw_calibration(view: PartnerView) -> None:
    """Draw how often later counts fell inside the intervals; nothing when it is not known."""
    rows = view.gateway.evidence(Calibration)
    if not rows:
        return
    head = view.say(
        "Zijn de intervallen zo zeker als zij zeggen?", "Are intervals as sure as they say?"
    )
    draw_finding_table(view, head, _calibration_finding(view, rows), _by_level(view, rows))
    note = view.say(
        "Getoonde aantallen dragen ook de afwijking van de bescherming; daar houdt het interval rekening mee. Een jaar "
        "later kan een plaats echt zijn veranderd: ook dan valt zij erbuiten. Waar zelden iets gebeurt, vangt een interval "
        "van hele aantallen vanzelf meer dan 90%.",
        "Counts as shown also carry the deviation of protection, which the interval allows for. A year later a place may "
        "really have changed: it then falls outside too. Where little ever happens, an interval of whole numbers holds more "
        "than 90% as a matter of course.",
    )
    title = view.say("binnen het interval, per indicator", "inside the interval, by indicator")
    draw_table(view, title, _by_indicator(view, rows), note)


def _completeness_finding(
    view: PartnerView, rows: Sequence[Completeness], months: Sequence[str]
) -> str:
    last = [row for row in rows if row.period == months[-1] and row.partner is None]
    if not last:
        return view.say(
            "Bij enkele partners is de laatste maand nog niet compleet.",
            "For some partners the latest month is not complete yet.",
        )
    least = min(last, key=lambda row: row.share)
    name, month = indicator_name(view, least.indicator), view.since(months[-1])
    return view.say(
        f"Van wat in {month} gebeurde, is bij **{name}** naar schatting nog maar **{view.percent(least.share)}** "
        f"geregistreerd. Bij {view.number(len(last))} van de indicatoren is die maand nog niet compleet.",
        f"Of what happened in {month}, an estimated **{view.percent(least.share)}** has been registered so far for "
        f"**{name}**. For {view.number(len(last))} of the indicators that month is not complete yet.",
    )


def draw_completeness(view: PartnerView) -> None:
    """Draw how much of the latest months is registered by now, of all partners and of each."""
    rows = view.gateway.evidence(Completeness)
    codes = {row.period for row in rows}
    months = sorted(code for code in codes if MONTH.fullmatch(code))[-MONTHS_SHOWN:]
    if not months:
        return
    windows = sorted(code for code in codes if code.endswith("-12m"))[-1:]
    found = {(row.indicator, row.partner, row.period): row for row in rows}
    known = [
        (code, partner)
        for code in view.gateway.passports()
        for partner in dict.fromkeys(row.partner for row in rows if row.indicator == code)
    ]

    def cell(code: str, partner: str | None, period: str) -> str:
        row = found.get((code, partner, period))
        if row is None:
            return view.say("volledig", "complete")
        if row.deviation is None:
            return view.percent(row.share)
        return f"{view.percent(row.share)} ± {view.number(row.deviation * 100, 1)}"

    cells = [
        (
            indicator_name(view, code),
            partner_words(view, partner, {}) if partner else view.say("alle samen", "all together"),
            *(cell(code, partner, period) for period in (*months, *windows)),
        )
        for code, partner in known
    ]
    heads = [view.say("Indicator", "Indicator"), view.say("Partner", "Partner")]
    heads += [*(view.since(month) for month in months)]
    heads += [
        view.say(f"12 maanden tot en met {view.since(w)}", f"12 months to {view.since(w)}")
        for w in windows
    ]
    head = view.say("Wat nog binnen moet komen", "What is still coming in")
    note = view.say(
        "Deel dat al is geregistreerd, met de standaardafwijking in procentpunten. 'Volledig' is 99,5% of meer. Waar een "
        "registratiedatum ontbreekt, telt de dag van de levering die een record voor het eerst bracht; maanden van voor de "
        "eerste levering doen dan niet mee. Er staat niets bij zonder 13 maanden, 50 gebeurtenissen en een levering in elke "
        "maand.",
        "Part that is registered already, with the standard deviation in percentage points. 'Complete' is 99.5% or more. "
        "Where there is no date of registration, the day of the delivery that first brought a record counts; months before "
        "the first delivery are then left out. Nothing is said without 13 months, 50 events and a delivery in every month.",
    )
    draw_finding_table(
        view, head, _completeness_finding(view, rows, months), Table(heads, cells, text=2), note
    )
