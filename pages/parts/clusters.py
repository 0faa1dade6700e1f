"""Groups of places that together stand out: what, where, since when, how sure, and why not.

Groups of gemeenten come first, then smaller groups at the one finer level that the build looked
through. All are called by the names of their gemeenten, never by how high they are.
"""

import streamlit as st

from access.findings import Group, Pattern
from access.passport import Passport
from bilingual import Text
from pages.kit.view import PartnerView
from pages.kit.words import Words, plain
from pages.parts.explained import INNOCENT
from pages.parts.pattern_words import chance_words

LEVEL = "gemeente"
FINER = ("buurt", "wijk", "hex7")
MOST_NAMED = 6

PLURAL = {
    "wijk": Text("wijken", "districts"),
    "buurt": Text("buurten", "neighbourhoods"),
    "hex7": Text("zeshoeken", "hexagons"),
}


def _named(view: Words, names: list[str], size: int) -> str:
    """Return the first names, and how many of ``size`` are left out."""
    shown = names[:MOST_NAMED]
    left_out = size - len(shown)
    if not left_out:
        return view.listing(shown)
    return ", ".join(shown) + view.say(f" en nog {left_out}", f" and {left_out} more")


def _how(view: Words, group: Group) -> str:
    """Return how much higher, since when and how sure."""
    ratio, since = view.rate(group.ratio), view.since(group.since)
    chance = chance_words(view, group.p)
    return view.say(
        f"{ratio} keer zo hoog als elders, sinds de 12 maanden tot {since}; {chance}",
        f"{ratio} times as high as elsewhere, since the 12 months to {since}; {chance}",
    )


def _whole(view: Words, group: Group, members: list[Pattern]) -> str:
    """Return the line of a group of gemeenten."""
    names = _named(view, sorted(member.name for member in members), group.size)
    return f"{names}: {_how(view, group)}"


def _part(view: PartnerView, level: str, group: Group, members: list[Pattern]) -> str:
    """Return the line of a group below gemeente: its gemeenten, its size, and some of its places."""
    names = sorted({member.name for member in members})
    gemeenten = {member.gemeente for member in members}
    within = sorted(view.gateway.area(LEVEL, code).name for code in gemeenten)
    size = len(members)
    word = view.level(level) if size == 1 else view.text(PLURAL[level])
    places = _named(view, names, len(names))
    listed = view.say(f"bij {places}", f"near {places}") if level == "hex7" else f"({places})"
    where = _named(view, within, len(within))
    return f"{where}, {view.number(size)} {word} {listed}: {_how(view, group)}"


def _groups(
    view: PartnerView, passport: Passport, level: str, within: str | None
) -> dict[Group, list[Pattern]]:
    """Return the members of each group of a level with one of ``within`` in it."""
    if level not in passport.levels:
        return {}
    return {
        group: members
        for group, members in view.gateway.groups(passport.code, level).items()
        if within is None or within in {member.riec for member in members}
    }


def cluster_lines(view: PartnerView, passport: Passport, within: str | None = None) -> list[str]:
    """Return a line for each group of gemeenten with one of ``within`` in it, by name."""
    groups = _groups(view, passport, LEVEL, within)
    return sorted(_whole(view, group, members) for group, members in groups.items())


def finer_lines(view: PartnerView, passport: Passport, within: str | None = None) -> list[str]:
    """Return a line for each group below gemeente with a place of ``within`` in it, by name."""
    return sorted(
        _part(view, level, group, members)
        for level in FINER
        for group, members in _groups(view, passport, level, within).items()
    )


def draw_clusters(view: PartnerView, within: str | None = None) -> None:
    """Draw the groups of the last period, as sentences."""
    found = 0
    for passport in view.gateway.passports().values():
        lines = cluster_lines(view, passport, within), finer_lines(view, passport, within)
        if any(lines):
            _draw_indicator(view, passport, *lines)
        found += sum(map(len, lines))
    if not found:
        none = view.say(
            "Geen groep ligt duidelijk hoger dan toeval verklaart.",
            "No group is clearly higher than chance explains.",
        )
        st.markdown(none)
    st.caption(
        view.say(
            "Gezocht met de scan van Kulldorff in de laatste een, twee of drie jaar: alle cirkels van buurgemeenten tot 5% "
            "van het land, en alle cirkels van buurten, wijken of zeshoeken tot 1%, waar een indicator daar genoeg telt. "
            "Vergeleken met hooguit 999 (kleiner: 199) landen waarin plaatsen van gelijke grootte van plek wisselen. Alleen "
            "wat minstens anderhalf keer zo hoog is. Op naam.",
            "Found with Kulldorff's scan in the last one, two or three years: all circles of neighbouring municipalities up "
            "to 5% of the country, and all circles of neighbourhoods, districts or hexagons up to 1%, where an indicator "
            "counts enough there. Compared with up to 999 (smaller: 199) countries in which places of the same size change "
            "places. Only what is at least one and a half times as high. By name.",
        )
    )


def _draw_indicator(view: Words, passport: Passport, whole: list[str], parts: list[str]) -> None:
    """Draw what is high, where, and what may explain it innocently."""
    count = len(whole) + len(parts)
    groups = view.say(
        f"{count} {'groep' if count == 1 else 'groepen'}", f"{count} group{'s' * (count > 1)}"
    )
    heads = (
        view.say("Gemeenten", "Municipalities"),
        view.say("Kleinere groepen", "Smaller groups"),
    )
    with st.expander(f"{view.name(passport)} ({passport.code}): {groups}"):
        for head, lines in zip(heads, (whole, parts), strict=True):
            if lines:
                st.markdown(f"**{head}**\n" + "".join(f"\n- {plain(line)}" for line in lines))
        innocent = view.text(INNOCENT)
        st.markdown(f"**{innocent}**  \n{passport.text('innocent', view.language)}")
