"""Tables of deliveries, a line per partner and kind of record."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from babel.dates import format_date

from pages.kit.blocks import draw_plain_table
from pages.kit.view import View
from pages.parts.deliveries import (
    fresh_words,
    kind_words,
    missing_words,
    partner_words,
    standing_words,
)

NUMERIC = frozenset({6, 7})

COLUMNS = ("name", "what", "last", "fresh_words", "gaps", "received", "rows", "age")


def stream_heads(view: View) -> list[str]:
    """Return the headings of COLUMNS."""
    return [
        view.say("Partner", "Partner"),
        view.say("Wat", "What"),
        view.say("Jongste gegeven", "Newest record"),
        view.say("Vers", "Fresh"),
        view.say("Maanden zonder gegevens", "Months without data"),
        view.say("Ontvangen", "Received"),
        view.say("Regels", "Rows"),
        view.say("Dagen oud", "Days old"),
    ]


def worded(view: View, found: pd.DataFrame, names: dict[str, str], months: int) -> pd.DataFrame:
    """Return rows of ``streams`` with the words of COLUMNS added.

    ``names`` holds the areas' names by code, ``months`` is how many months the release covers.
    """
    yes, no = view.say("ja", "yes"), view.say("nee", "no")
    gaps = [m if isinstance(m, list) else None for m in found["missing"]]
    return found.assign(
        name=[partner_words(view, code, names) for code in found["partner"]],
        what=[kind_words(view, kind) for kind in found["kind"]],
        fresh_words=[yes if fresh else no for fresh in found["fresh"]],
        gaps=[missing_words(view, gap, months) for gap in gaps],
    ).drop(columns="missing")


def short_day(view: View, value: object) -> str:
    """Return a date that fits in a cell and does not wrap, or a dash when there is none."""
    if not isinstance(value, date):
        return "–"
    return str(format_date(value, "d MMM y", locale=view.language)).replace(" ", "\u00a0")


def stream_lines(view: View, rows: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the cells of rows of ``worded``."""
    return [
        (
            name,
            what,
            short_day(view, last),
            fresh,
            gaps,
            short_day(view, received),
            view.number(count),
            view.number(age),
        )
        for name, what, last, fresh, gaps, received, count, age in rows[list(COLUMNS)].itertuples(
            index=False
        )
    ]


def draw_streams(
    view: View, rows: pd.DataFrame, absent: Sequence[str] = (), order: Sequence[str] = ()
) -> None:
    """Draw rows of ``worded``, in the ``order`` of partners; name partners that sent nothing."""
    if order:
        place = {code: number for number, code in enumerate(order)}
        rows = rows.sort_values("partner", key=lambda c: c.map(place), kind="stable")
    nothing = view.say("niets ontvangen", "nothing received")
    lines = [(partner_words(view, code, {}), nothing, *["–"] * 6) for code in absent]
    draw_plain_table(stream_heads(view), [*lines, *stream_lines(view, rows)], NUMERIC)


def rule_words(view: View) -> str:
    """Return what fresh means and when a month counts as being without data."""
    standing = standing_words(view)
    return fresh_words(view) + view.say(
        " Een maand is zonder gegevens als hij buiten elke levering valt, van het eerste tot het laatste "
        f"gegeven; {standing} gelden tot de volgende levering. Bij een kleine partner kan een lege maand "
        "ook betekenen dat er niets gebeurde.",
        " A month is without data when it lies outside every delivery, from its first to its last record; "
        f"{standing} hold until the next delivery. With a small partner an empty month may also mean that "
        "nothing happened.",
    )
