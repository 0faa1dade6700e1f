"""Sections of the method page: prose in which some numbers come from the release at hand."""

from dataclasses import dataclass

import streamlit as st

from bilingual import Text
from pages.kit.view import PartnerView
from pages.parts.noise import usual_deviation
from pages.parts.worth_table import draw_prose
from store.evidence.of_sources import ClassPercentile


@dataclass(frozen=True)
class Section:
    """A heading and its text (Markdown). Names between braces stand for numbers of the release."""

    head: Text
    text: Text


def draw_section(view: PartnerView, section: Section) -> None:
    """Draw a section with the numbers of the release filled in."""
    st.header(view.text(section.head), anchor=False)
    prose = view.text(section.text)
    for name, number in _numbers(view).items():
        prose = prose.replace(f"{{{name}}}", str(number))
    draw_prose(prose)


def _numbers(view: PartnerView) -> dict[str, int | str]:
    """Return the numbers by the names that stand between braces."""
    k = view.gateway.protects()
    limits = [f"{row.percentile:g}" for row in view.gateway.evidence(ClassPercentile)]
    return {
        "k": k,
        "last": k - 1,
        "usual": usual_deviation(view.gateway.perturbation()),
        "limits": view.listing(limits) or "–",
    }
