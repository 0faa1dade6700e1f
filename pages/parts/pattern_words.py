"""What neighbours and history say of a place, in plain words: hot spots, clusters, change."""

from access.findings import Group, Pattern
from access.passport import Passport
from bilingual import Text
from pages.kit.words import Words

SURE = 0.05
"""A chance smaller than this is called sure; the build looks for false ones at the same level."""

EMERGING = {
    1: Text("nieuwe hotspot", "new hot spot"),
    2: Text("hotspot sinds enkele perioden", "consecutive hot spot"),
    3: Text("hotspot die sterker wordt", "intensifying hot spot"),
    4: Text("blijvende hotspot", "persistent hot spot"),
    5: Text("hotspot die afneemt", "diminishing hot spot"),
    6: Text("hotspot die komt en gaat", "sporadic hot spot"),
    7: Text("hotspot die eerder een coldspot was", "oscillating hot spot"),
    8: Text("vroegere hotspot", "historical hot spot"),
    9: Text("nieuwe coldspot", "new cold spot"),
    10: Text("coldspot sinds enkele perioden", "consecutive cold spot"),
    11: Text("coldspot die sterker wordt", "intensifying cold spot"),
    12: Text("blijvende coldspot", "persistent cold spot"),
    13: Text("coldspot die afneemt", "diminishing cold spot"),
    14: Text("coldspot die komt en gaat", "sporadic cold spot"),
    15: Text("coldspot die eerder een hotspot was", "oscillating cold spot"),
    16: Text("vroegere coldspot", "historical cold spot"),
}
"""The classes of emerging hot spots (Esri), by their number in a release."""

LISA = {
    1: Text("hoog tussen hoge buren", "high among high neighbours"),
    2: Text("laag tussen hoge buren", "low among high neighbours"),
    3: Text("laag tussen lage buren", "low among low neighbours"),
    4: Text("hoog tussen lage buren", "high among low neighbours"),
}


def chance_words(view: Words, p: float) -> str:
    """Return how likely something is without a cause, in words: 1 in so many."""
    return view.say(
        f"kans op toeval ongeveer 1 op {view.number(1 / p)}",
        f"chance of coincidence about 1 in {view.number(1 / p)}",
    )


def neighbours_words(view: Words, pattern: Pattern) -> str:
    """Return what a place is among its neighbours; empty when nothing is sure."""
    parts = []
    if pattern.emerging in EMERGING:
        parts.append(view.text(EMERGING[pattern.emerging]))
    if pattern.lisa in LISA:
        parts.append(view.text(LISA[pattern.lisa]))
    if not parts:
        return ""
    words = view.listing(parts)
    return words[0].upper() + words[1:] + "."


def change_words(view: Words, passport: Passport, pattern: Pattern) -> str:
    """Return how the rate of a place changes per year, and how sure that is.

    Empty where it goes up and down: whether the last year differs is said below its chart.
    """
    slope, low, high, chance = (
        pattern.slope,
        pattern.slope_low,
        pattern.slope_high,
        pattern.trend_p,
    )
    if slope is None or low is None or high is None or chance is None:
        return view.say("Te kort gevolgd voor een trend.", "Followed too briefly for a trend.")
    if chance > SURE:
        return ""
    size, unit = view.rate(abs(slope)), view.unit(passport)
    least, most = (view.rate(end) for end in sorted((abs(low), abs(high))))
    up = slope > 0
    return view.say(
        f"{'Stijgt' if up else 'Daalt'} met ongeveer {size} per jaar ({least} tot {most}; {unit}).",
        f"{'Rises' if up else 'Falls'} by about {size} a year ({least} to {most}; {unit}).",
    )


def group_words(view: Words, group: Group | None) -> str:
    """Return to which larger whole a place belongs; empty when to none."""
    if group is None:
        return ""
    size, ratio = view.number(group.size), view.rate(group.ratio)
    since, chance = view.since(group.since), chance_words(view, group.p)
    if group.size == 1:
        return view.say(
            f"Ligt {ratio} keer zo hoog als elders, in de 12 maanden tot {since} en daarna; {chance}.",
            f"Is {ratio} times as high as elsewhere, in the 12 months to {since} and since; {chance}.",
        )
    return view.say(
        f"Hoort bij {size} aaneengesloten plaatsen die samen {ratio} keer zo hoog liggen als elders, in de "
        f"12 maanden tot {since} en daarna; {chance}.",
        f"Is one of {size} adjoining places that together are {ratio} times as high as elsewhere, in the "
        f"12 months to {since} and since; {chance}.",
    )


def alarm_words(view: Words, pattern: Pattern) -> str:
    """Return whether the last month is out of line; empty when it is not, or not known."""
    if pattern.alarm is None or pattern.alarm < 1:
        return ""
    return view.say(
        "De laatste maand ligt boven wat op grond van eerdere jaren te verwachten was.",
        "The last month lies above what earlier years led to expect.",
    )


def pattern_lines(view: Words, passport: Passport, pattern: Pattern) -> list[str]:
    """Return all that is known of a place beyond its figure, a sentence each."""
    found = (
        neighbours_words(view, pattern),
        group_words(view, pattern.group),
        change_words(view, passport, pattern),
        alarm_words(view, pattern),
    )
    return [words for words in found if words]
