"""Public figures that could not be carried over to the areas of today, and why."""

import streamlit as st

from bilingual import Text
from geo.code_history import REASONS
from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from records.figures import PUBLIC
from store.evidence.of_sources import NotCarried

TEST = Text("kenmerk voor de toets op samenhang", "characteristic for the fairness test")


def draw_lost(view: PartnerView) -> None:
    """Draw what was lost on the way to the areas of today; nothing when nothing was."""
    rows = view.gateway.evidence(NotCarried)
    if not rows:
        return
    figures = sum(row.figures for row in rows)
    count = view.number(figures)
    title = (
        view.say(
            "Eén open cijfer past niet op de gebieden van nu",
            "One open figure does not fit the areas of today",
        )
        if figures == 1
        else view.say(
            f"{count} open cijfers passen niet op de gebieden van nu",
            f"{count} open figures do not fit the areas of today",
        )
    )
    st.header(title, anchor=False)
    st.markdown(
        view.say(
            "Gemeenten, wijken en buurten veranderen. Cijfers van samengevoegde gebieden zijn opgeteld, "
            "die van gesplitste verdeeld; wat niet over te zetten is, telt hier niet mee.",
            "Municipalities, districts and neighbourhoods change. Figures of merged areas are added up, "
            "those of split ones divided; what cannot be carried over does not count here.",
        )
    )
    heads = [
        view.say("Cijfer", "Figure"),
        view.say("Niveau", "Level"),
        view.say("Jaren", "Years"),
        view.say("Cijfers", "Figures"),
        view.say("Reden", "Reason"),
        view.say("Eerste codes", "First codes"),
    ]
    draw_plain_table(
        heads,
        [
            (
                view.text(_name(row.figure)),
                view.levels(row.level),
                " – ".join(str(year) for year in sorted({row.first_year, row.last_year})),
                view.number(row.figures),
                view.text(REASONS[row.reason]),
                ", ".join(row.codes),
            )
            for row in rows
        ],
        frozenset({3}),
    )


def _name(figure: str) -> Text:
    return PUBLIC[figure].name if figure in PUBLIC else TEST
