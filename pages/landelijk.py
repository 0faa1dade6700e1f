"""Landelijk beeld: the national picture over the four focus areas, for NSOC."""

import pandas as pd
import streamlit as st

from access.gateways import Gateways
from access.passport import Passport
from bilingual import Text
from pages.parts.blocks import draw_cards, draw_finding, draw_plain_table
from pages.parts.choices import current_period
from pages.parts.clusters import draw_clusters
from pages.parts.explorer import Scene, explore
from pages.parts.marked import draw_marked, split_context
from pages.parts.page import Page
from pages.parts.trend import draw_trends
from pages.parts.view import View
from pages.parts.waiting import draw_waiting
from pages.parts.words import FOCUS_WORDS

LEVELS = ("gemeente", "riec", "hex7", "hex8")
MANY = 3


def _finding(view: View, every: pd.DataFrame) -> tuple[str, str]:
    marked, _ = split_context(view, every)
    per_area = marked.groupby("area")["indicator"].nunique()
    places, many = len(per_area), int((per_area >= MANY).sum())
    title = view.say(
        f"In {view.number(places)} gemeenten steekt een signaal eruit, in {view.number(many)} "
        f"daarvan zijn het er {MANY} of meer",
        f"In {view.number(places)} municipalities a signal stands out, in {view.number(many)} of "
        f"them {MANY} or more do",
    )
    names = sorted(
        marked.loc[marked["area"].isin(per_area[per_area >= MANY].index), "name"].unique()
    )
    fresh = marked[marked["since"] == marked["period"]]
    lead = view.say(
        f"Nieuw in deze periode: {view.number(len(fresh))} signalen in "
        f"{view.number(fresh['area'].nunique())} gemeenten.",
        f"New in this period: {view.number(len(fresh))} signals in "
        f"{view.number(fresh['area'].nunique())} municipalities.",
    )
    if names:
        head = view.say("Meerdere signalen (op naam): ", "Several signals (by name): ")
        lead = f"{head}{view.listing(names[:8])}. {lead}"
    return title, lead


def _focus_cards(view: View, marked: pd.DataFrame, sheets: dict[str, Passport]) -> None:
    focus_of = marked["indicator"].map({code: sheet.focus_area for code, sheet in sheets.items()})
    cards = []
    for focus in FOCUS_WORDS:
        rows = marked[focus_of == focus]
        used = [code for code, sheet in sheets.items() if sheet.focus_area == focus]
        oldest = rows["since"].dropna().min() if len(rows) else None
        text = view.say(f"indicatoren: {', '.join(used)}", f"indicators: {', '.join(used)}")
        if not used:
            text = view.say("wacht op leveringen", "waits for deliveries")
        if oldest:
            text += view.say(
                f"; langst sinds {view.since(oldest)}", f"; longest since {view.since(oldest)}"
            )
        count = view.number(rows["area"].nunique())
        figure = view.say(f"{count} gemeenten", f"{count} municipalities")
        cards.append((view.focus(focus), figure, text))
    draw_cards(cards)


def _regions(view: View, period: str | None) -> None:
    if not view.gateway.scored("riec"):
        return
    st.header(view.say("De tien RIEC's per thema", "The ten RIECs by theme"), anchor=False)
    scores = view.gateway.scores("riec", period).sort_values("name")
    themes = ["tbml", "financial_services", "logistics", "corruption_violence"]
    rows = [
        (
            str(row["name"]),
            *(view.number(row[theme]) for theme in themes),
            view.number(row["total"]),
        )
        for _, row in scores.iterrows()
    ]
    heads = ["RIEC", *(view.focus(theme) for theme in themes), view.say("Samen", "Together")]
    draw_plain_table(heads, rows, frozenset(range(1, 6)))
    st.caption(
        view.say(
            "Score van 0 tot 100: de plek onder de tien RIEC's, gemiddeld over de indicatoren van "
            "een thema. 50 is het midden. Op naam, niet op rang.",
            "Score from 0 to 100: the place among the ten RIECs, averaged over the indicators of a "
            "theme. 50 is the middle. By name, not by rank.",
        )
    )


def _agreement(view: View, period: str | None) -> None:
    derived = {c: s for c, s in view.gateway.passports().items() if s.counting == "derived"}
    for code, sheet in derived.items():
        st.header(
            view.say(
                "Waar onafhankelijke bronnen elkaar bevestigen", "Where independent sources agree"
            ),
            anchor=False,
        )
        rows = view.gateway.figures(code, "gemeente", period)
        marked = rows[rows["since"].notna()].sort_values("name")
        lines = [
            (str(row["name"]), view.rate(row["smoothed"]), view.since(row["since"]))
            for _, row in marked.iterrows()
        ]
        st.markdown(
            view.say(
                f"In {len(marked)} gemeenten is het aandeel zeshoeken met signalen van twee of "
                "meer organisaties opvallend hoog.",
                f"In {len(marked)} municipalities the share of hexagons with signals of two or "
                "more organisations is remarkably high.",
            )
        )
        draw_plain_table(
            [view.say("Gemeente", "Municipality"), view.unit(sheet), view.say("sinds", "since")],
            lines,
            frozenset({1}),
        )


def _trends(view: View) -> None:
    st.header(view.say("Ontwikkeling in het land", "Development in the country"), anchor=False)
    label = view.say("Nederland", "the Netherlands")
    draw_trends(view, [("nederland", "NL", label)], "nl")


def render(view: View) -> None:
    """Draw the national picture."""
    period = current_period(view)
    sheets = view.gateway.passports()
    marked = view.gateway.standing_out("gemeente", period)
    draw_finding(view, *_finding(view, marked))
    _focus_cards(view, marked, sheets)
    explore(view, Scene(LEVELS, within=None, idle=lambda: draw_marked(view, marked)))
    draw_clusters(view)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        _regions(view, period)
    with right:
        _agreement(view, period)
    _trends(view)
    draw_waiting(view)


PAGE = Page(
    "landelijk-beeld",
    Text("Landelijk beeld", "National picture"),
    10,
    frozenset({"nsoc"}),
    Gateways.partner,
    render,
)
