"""Groups of municipalities that together stand out: what, where, since when, how sure, and why not."""

from typing import Any

import pandas as pd
import streamlit as st

from access.passport import Sheet
from pages.parts.pattern_words import chance_words
from pages.parts.view import View

LEVEL = "gemeente"
MOST_NAMED = 6
OF_A_CLUSTER = ["cluster_since", "cluster_size", "cluster_ratio", "cluster_p"]


def _where(view: View, cluster: "pd.Series[Any]", names: list[str]) -> str:
    """Return where, how much, since when and how sure."""
    shown = names[:MOST_NAMED]
    left_out = int(cluster["cluster_size"]) - len(shown)
    where = view.listing(shown)
    if left_out:
        where = ", ".join(shown) + view.say(f" en nog {left_out}", f" and {left_out} more")
    ratio, since = view.rate(cluster["cluster_ratio"]), view.since(cluster["cluster_since"])
    chance = chance_words(view, cluster["cluster_p"])
    return view.say(
        f"{where}: {ratio} keer zo hoog als elders, sinds de 12 maanden tot {since}; {chance}",
        f"{where}: {ratio} times as high as elsewhere, since the 12 months to {since}; {chance}",
    )


def cluster_lines(view: View, sheet: Sheet, within: str | None = None) -> list[str]:
    """Return a line for each cluster of municipalities with one of ``within`` in it, by name."""
    rows = view.gateway.patterns(sheet.code, LEVEL, None).dropna(subset=["cluster_size"])
    return sorted(
        _where(view, members.iloc[0], sorted(members["name"]))
        for _, members in rows.groupby(OF_A_CLUSTER, sort=False)
        if within is None or within in set(members["riec"])
    )


def draw_clusters(view: View, within: str | None = None) -> None:
    """Draw the clusters of the last period, as sentences."""
    head = view.say(
        "Groepen gemeenten die samen opvallen", "Groups of municipalities that together stand out"
    )
    st.header(head, anchor=False)
    found = 0
    for sheet in view.gateway.sheets().values():
        lines = cluster_lines(view, sheet, within) if LEVEL in sheet.levels else []
        if lines:
            _draw_indicator(view, sheet, lines)
        found += len(lines)
    if not found:
        none = view.say(
            "Geen groep ligt duidelijk hoger dan toeval verklaart.",
            "No group is clearly higher than chance explains.",
        )
        st.markdown(none)
    st.caption(
        view.say(
            "Gezocht met de scan van Kulldorff: alle cirkels van buurgemeenten tot 5% van het land, in de laatste een, "
            "twee of drie jaar, vergeleken met 999 toevallige landen. Alleen wat minstens anderhalf keer zo hoog is. Op naam.",
            "Found with Kulldorff's scan: all circles of neighbouring municipalities up to 5% of the country, in the "
            "last one, two or three years, compared with 999 countries made by chance. Only what is at least one and a "
            "half times as high. By name.",
        )
    )


def _draw_indicator(view: View, sheet: Sheet, lines: list[str]) -> None:
    """Draw what is high, where, and what may explain it innocently."""
    count = len(lines)
    groups = view.say(
        f"{count} {'groep' if count == 1 else 'groepen'}", f"{count} group{'s' * (count > 1)}"
    )
    with st.expander(f"{view.name(sheet)} ({sheet.code}): {groups}"):
        st.markdown("\n".join(f"- {line}" for line in lines))
        innocent = view.say("Kan ook onschuldig zijn", "May be innocent")
        st.markdown(f"**{innocent}**  \n{sheet.text('innocent', view.language)}")
