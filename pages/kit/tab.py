"""The name of the browser's tab: what is looked at, the finest first, and what this is."""

import streamlit as st

PRODUCT = "Weerbeeld"


def name_tab(*parts: str) -> None:
    """Name the browser's tab after what is looked at, the finest first."""
    st.set_page_config(" · ".join([*parts, PRODUCT]))
