"""Leads to another page, with all that is chosen and what the link itself says."""

import streamlit as st

from access.gateway import Gateway
from pages.kit.choices import chosen
from pages.kit.view import View


def lead_to(view: View[Gateway], path: str, label: str, **choices: str | None) -> None:
    """Draw a link to the page at ``path``; nothing where that page is not for this viewer.

    ``label`` is Markdown: what is not ours in it has passed ``plain``. A choice that is None is
    not carried along.
    """
    if path in view.others:
        wanted = {name: value for name, value in {**chosen(), **choices}.items() if value}
        st.page_link(view.others[path], label=f"{label} ›", query_params=wanted)
