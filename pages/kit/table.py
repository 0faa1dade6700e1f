"""The table beside every map or chart: the same rows, and the same rows as a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from access.gateway import Gateway
from exports import Export, ExportRequest, exports_for
from exports.request import LONGEST_REASON
from pages.kit.choices import AREA, take
from pages.kit.view import View

MOST_CELLS = 200_000

RENEWED = timedelta(minutes=5)
"""How often a page that stays open gets new links, as each works for a short time only."""


def table_key(view: View[Gateway], name: str) -> str:
    """Return the key under which it is kept whether a table of a page is open."""
    return f"{view.page}-table-{name}"


@st.fragment
def draw_table(
    view: View[Gateway],
    columns: Callable[[], Mapping[str, Sequence[object]]],
    count: int,
    title: str,
    request: ExportRequest,
    places: Callable[[], Sequence[str]] | None = None,
    *,
    part: bool = False,
) -> None:
    """Draw a table of ``count`` rows, closed, and offer its rows as a file.

    ``columns`` gives them by heading once it is opened: a large table is most of what a page sends.
    ``request`` names the same rows to the gateway, and the file has every column of them. ``places``
    gives the codes of the places of the rows: who marks a row chooses its place. ``part``: these
    rows are some of those that ``request`` names, and the file has them all.
    """
    label = view.say(f"Tabel: {title}", f"Table: {title}")
    box = st.expander(
        f"{label} ({view.number(count)})", key=table_key(view, request.table), on_change="rerun"
    )
    if box.open:
        with box:
            look: dict[str, Any] = {
                "hide_index": True,
                "alt": label,
                "height": 320,
                "placeholder": "–",
            }
            rows = written(view, pd.DataFrame(dict(columns())))
            if places:
                _draw_choosing(rows, places(), f"{table_key(view, request.table)}-rows", look)
            else:
                st.dataframe(rows, **look)
    if part:
        words = "Het bestand heeft ook de plaatsen die hier niet staan."
        st.caption(view.say(words, "The file has the places as well that are left out here."))
    offer_files(view, request)


def written(view: View[Gateway], frame: pd.DataFrame) -> pd.DataFrame | Styler:
    """Return a frame whose numbers are written as the reader writes them, and still sort as numbers.

    Of a table of more cells than pandas will style the numbers are only rounded.
    """
    numbers = frame.select_dtypes("number")
    if frame.size > MOST_CELLS:
        return frame.assign(**numbers.round(2))
    whole = {name: (column.dropna() % 1 == 0).all() for name, column in numbers.items()}
    forms: dict[Any, Any] = {name: view.number if whole[name] else view.rate for name in numbers}
    return frame.style.format(forms, na_rep="–")


def _draw_choosing(
    rows: pd.DataFrame | Styler, places: Sequence[str], key: str, look: dict[str, Any]
) -> None:
    """Draw a table of which a row that is marked chooses its place."""

    def choose() -> None:
        marked = st.session_state[key]["selection"]["rows"]
        take(AREA, places[marked[0]] if marked and 0 <= marked[0] < len(places) else None)
        st.session_state[f"{key}-chosen"] = True

    st.dataframe(rows, key=key, on_select=choose, selection_mode="single-row", **look)
    if st.session_state.pop(f"{key}-chosen", False):
        st.rerun()


@st.fragment(run_every=RENEWED)
def offer_files(view: View[Gateway], request: ExportRequest) -> None:
    """Offer a table in each format that it fits, where the server made links for this reader."""
    if view.asks_reason and view.export_link:
        reason = _ask_reason(view, request)
        request = replace(request, reason=reason)
        if not request.has_reason:
            return
    if links := file_links(view, request):
        st.html(" ".join(links))


def _ask_reason(view: View[Gateway], request: ExportRequest) -> str:
    """Draw the field for the reason of an export; return what is in it."""
    mark = sha256(repr(request).encode()).hexdigest()[:12]
    label = view.say(
        "Reden of zaaknummer, om deze tabel mee te nemen",
        "Reason or case number, to take this table along",
    )
    hint = view.say(
        "Komt in het auditlog. Noem geen namen van personen.",
        "Goes into the audit log. Name no persons.",
    )
    given = st.text_input(label, help=hint, max_chars=LONGEST_REASON, key=f"reason-{mark}")
    return " ".join(str(given or "").split())


def file_links(view: View[Gateway], request: ExportRequest) -> list[str]:
    """Return a link in HTML for each format that can hold the table; [] without a maker of them."""
    make = view.export_link
    if make is None:
        return []

    def link(export: Export) -> str:
        words = view.say(
            f"Download deze tabel ({export.label})", f"Download this table ({export.label})"
        )
        target = escape(make(replace(request, format=export.name)), quote=True)
        return f'<a class="wb-button" href="{target}">{escape(words)}</a>'

    return [link(export) for export in exports_for(request.level)]
