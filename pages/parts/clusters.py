"""Groups of places that together stand out: what, where, since when, how sure, and why not.

Groups of gemeenten come first, then smaller groups at the one finer level that the build looked
through. All are told by the names of their gemeenten, never by how high they are.
"""

from typing import Any

import pandas as pd
import streamlit as st

from access.passport import Passport
from pages.parts.pattern_words import chance_words
from pages.parts.view import View

LEVEL = "gemeente"
FINER = ("buurt", "wijk", "hex7")
MOST_NAMED = 6

PLURAL = {
    "wijk": ("wijken", "districts"),
    "buurt": ("buurten", "neighbourhoods"),
    "hex7": ("zeshoeken", "hexagons"),
}


def _named(view: View, names: list[str], size: int) -> str:
    """Return the first names, and how many of ``size`` are left out."""
    shown = names[:MOST_NAMED]
    left_out = size - len(shown)
    if not left_out:
        return view.listing(shown)
    return ", ".join(shown) + view.say(f" en nog {left_out}", f" and {left_out} more")


def _how(view: View, cluster: "pd.Series[Any]") -> str:
    """Return how much higher, since when and how sure."""
    ratio, since = view.rate(cluster["cluster_ratio"]), view.since(cluster["cluster_since"])
    chance = chance_words(view, cluster["cluster_p"])
    return view.say(
        f"{ratio} keer zo hoog als elders, sinds de 12 maanden tot {since}; {chance}",
        f"{ratio} times as high as elsewhere, since the 12 months to {since}; {chance}",
    )


def _whole(view: View, members: pd.DataFrame) -> str:
    """Return the line of a group of gemeenten."""
    cluster = members.iloc[0]
    names = _named(view, sorted(members["name"]), int(cluster["cluster_size"]))
    return f"{names}: {_how(view, cluster)}"


def _part(view: View, level: str, members: pd.DataFrame) -> str:
    """Return the line of a group below gemeente: its gemeenten, its size, and some of its places."""
    cluster, names = members.iloc[0], sorted(set(members["name"]))
    within = sorted(view.gateway.area(LEVEL, code).name for code in set(members["gemeente"]))
    size = len(members)
    word = view.level(level) if size == 1 else view.say(*PLURAL[level])
    places = _named(view, names, len(names))
    told = view.say(f"bij {places}", f"near {places}") if level == "hex7" else f"({places})"
    where = _named(view, within, len(within))
    return f"{where}, {view.number(size)} {word} {told}: {_how(view, cluster)}"


def _groups(view: View, sheet: Passport, level: str, within: str | None) -> list[pd.DataFrame]:
    """Return the members of each group of a level with one of ``within`` in it."""
    if level not in sheet.levels:
        return []
    return [
        members
        for members in view.gateway.groups(sheet.code, level).values()
        if within is None or within in {member.riec for member in members}
    ]


def cluster_lines(view: View, sheet: Passport, within: str | None = None) -> list[str]:
    """Return a line for each group of gemeenten with one of ``within`` in it, by name."""
    return sorted(_whole(view, members) for members in _groups(view, sheet, LEVEL, within))


def finer_lines(view: View, sheet: Passport, within: str | None = None) -> list[str]:
    """Return a line for each group below gemeente with a place of ``within`` in it, by name."""
    return sorted(
        _part(view, level, members)
        for level in FINER
        for members in _groups(view, sheet, level, within)
    )


def draw_clusters(view: View, within: str | None = None) -> None:
    """Draw the groups of the last period, as sentences."""
    head = view.say(
        "Groepen plaatsen die samen opvallen", "Groups of places that together stand out"
    )
    st.header(head, anchor=False)
    found = 0
    for sheet in view.gateway.passports().values():
        lines = cluster_lines(view, sheet, within), finer_lines(view, sheet, within)
        if any(lines):
            _draw_indicator(view, sheet, *lines)
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


def _draw_indicator(view: View, sheet: Passport, whole: list[str], parts: list[str]) -> None:
    """Draw what is high, where, and what may explain it innocently."""
    count = len(whole) + len(parts)
    groups = view.say(
        f"{count} {'groep' if count == 1 else 'groepen'}", f"{count} group{'s' * (count > 1)}"
    )
    heads = (
        view.say("Gemeenten", "Municipalities"),
        view.say("Kleinere groepen", "Smaller groups"),
    )
    with st.expander(f"{view.name(sheet)} ({sheet.code}): {groups}"):
        for head, lines in zip(heads, (whole, parts), strict=True):
            if lines:
                st.markdown(f"**{head}**\n" + "".join(f"\n- {line}" for line in lines))
        innocent = view.say("Kan ook onschuldig zijn", "May be innocent")
        st.markdown(f"**{innocent}**  \n{sheet.text('innocent', view.language)}")
