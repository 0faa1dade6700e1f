"""Which indicators cannot be shown yet, and whose delivery each waits for."""

from functools import partial

import streamlit as st

from pages.kit.behind import draw_behind
from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.deliveries import kind_words
from records import kind_named
from records.area_figure import KIND as AREA_FIGURE
from records.figures import PUBLIC
from store.evidence.of_records import Waiting


def _waits_for(view: Words, row: Waiting) -> tuple[str, str]:
    """Return what an indicator waits for, and from whom: of alternatives one will do."""
    either = view.say(" of ", " or ")
    kinds = [either.join(kind_words(view, kind) for kind in some) for some in row.kinds]
    figures = [view.text(PUBLIC[name].name) for name in row.figures]
    whose = [
        either.join(view.text(kind_named(kind).deliverers) for kind in some) for some in row.kinds
    ]
    if figures:
        whose.append(view.text(AREA_FIGURE.deliverers))
    return view.listing(kinds + figures), view.listing(list(dict.fromkeys(whose)))


def draw_waiting(view: PartnerView) -> None:
    """Draw the indicators without data; nothing when every indicator has what it counts."""
    rows = view.gateway.evidence(Waiting)
    if not rows:
        return
    count = view.number(len(rows))
    title = (
        view.say("Eén indicator wacht nog op gegevens", "One indicator still waits for data")
        if len(rows) == 1
        else view.say(
            f"{count} indicatoren wachten nog op gegevens",
            f"{count} indicators still wait for data",
        )
    )
    draw_behind(view, "waiting", title, partial(_draw_rows, view, rows))


def _draw_rows(view: PartnerView, rows: list[Waiting]) -> None:
    st.markdown(
        view.say(
            "Ze verschijnen vanzelf na de eerste levering. Dat ze ontbreken zegt niets over deze plaats.",
            "They appear by themselves after the first delivery. That they are missing says nothing "
            "about this place.",
        )
    )
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Wacht op", "Waits for"),
        view.say("Van wie", "From whom"),
    ]
    draw_plain_table(
        heads,
        [
            (
                f"{view.say(row.nl, row.en)} ({row.code})",
                *_waits_for(view, row),
            )
            for row in rows
        ],
    )
