"""Tables of deliveries, a line per partner and kind of record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from pages.kit.blocks import draw_long_table
from pages.kit.words import Words
from pages.parts.deliveries import (
    Stream,
    fresh_words,
    kind_words,
    missing_words,
    month_start,
    partner_words,
    size_words,
    standing_words,
)

NUMERIC = frozenset({6, 7})


@dataclass(frozen=True)
class WordedStream:
    """A stream with its partner, kind, freshness and months without data in words."""

    stream: Stream
    partner: str
    kind: str
    fresh: str
    gaps: str


def worded(
    view: Words, streams: Iterable[Stream], names: Mapping[str, str], months: int
) -> list[WordedStream]:
    """Return the streams in words.

    ``names`` holds names of areas by code, ``months`` is how many months the release covers.
    """
    yes, no = view.say("ja", "yes"), view.say("nee", "no")
    return [
        WordedStream(
            stream,
            partner_words(view, stream.partner, names),
            kind_words(view, stream.kind),
            yes if stream.fresh else no,
            missing_words(view, stream.missing, months),
        )
        for stream in streams
    ]


def short_day(view: Words, day: date | None) -> str:
    """Return a date that fits in a cell and does not wrap, or a dash when there is none."""
    if day is None:
        return "–"
    return str(format_date(day, "d MMM y", locale=view.language)).replace(" ", "\u00a0")


def short_month(view: Words, code: str | None) -> str:
    """Return a month that fits in a cell and does not wrap, or a dash when there is none."""
    if code is None:
        return "–"
    month = format_date(month_start(code), "MMM y", locale=view.language)
    return str(month).replace(" ", "\u00a0")


def stream_columns(view: Words, rows: Sequence[WordedStream]) -> dict[str, list[object]]:
    """Return the columns of a table of streams by their headings."""
    return {
        view.say("Partner", "Partner"): [row.partner for row in rows],
        view.say("Wat", "What"): [row.kind for row in rows],
        view.say("Gegevens tot en met", "Data up to"): [row.stream.last for row in rows],
        view.say("Vers", "Fresh"): [row.fresh for row in rows],
        view.say("Maanden zonder gegevens", "Months without data"): [row.gaps for row in rows],
        view.say("Ontvangen", "Received"): [row.stream.received for row in rows],
        view.say("Regels, ongeveer", "Rows, about"): [
            size_words(view, row.stream.size, row.stream.small) for row in rows
        ],
        view.say("Maanden oud", "Months old"): [row.stream.age for row in rows],
    }


def _cells(view: Words, row: WordedStream) -> tuple[str, ...]:
    stream = row.stream
    return (
        row.partner,
        row.kind,
        short_month(view, stream.last),
        row.fresh,
        row.gaps,
        short_month(view, stream.received),
        size_words(view, stream.size, stream.small),
        view.number(stream.age),
    )


def draw_streams(
    view: Words,
    rows: Sequence[WordedStream],
    absent: Sequence[str] = (),
    order: Sequence[str] = (),
) -> None:
    """Draw streams, in the ``order`` of partners, after the partners that are ``absent``."""
    if order:
        rows = sorted(rows, key=lambda row: order.index(row.stream.partner))
    nothing = view.say("niets ontvangen", "nothing received")
    lines = [(partner_words(view, code, {}), nothing, *["–"] * 6) for code in absent]
    heads = list(stream_columns(view, ()))
    draw_long_table(view, heads, [*lines, *(_cells(view, row) for row in rows)], NUMERIC)


def rule_words(view: Words) -> str:
    """Return what fresh means and when a month counts as being without data."""
    standing = standing_words(view)
    return fresh_words(view) + view.say(
        " Een maand is zonder gegevens als hij buiten elke levering valt, van de eerste tot de laatste maand; "
        f"{standing} gelden tot de volgende levering. Bij een kleine partner kan een lege maand ook betekenen "
        "dat er niets gebeurde. Aantallen regels zijn afgerond en dagen zijn maanden: zo zegt een levering "
        "niets over een enkele regel.",
        " A month is without data when it lies outside every delivery, from its first to its last month; "
        f"{standing} hold until the next delivery. With a small partner an empty month may also mean that "
        "nothing happened. Numbers of rows are rounded and days are months: so a delivery says nothing of a "
        "single row.",
    )
