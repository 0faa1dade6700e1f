"""Tables that say what kinds of record there are and what each asks for, in both languages."""

from collections.abc import Iterable

from bilingual import Text
from records.contract import Column, RecordKind
from records.examples import POINTS, example_of

KIND_HEADS = (
    Text("soort", "kind"),
    Text("wat", "what"),
    Text("een regel is", "a row is"),
    Text("van wie", "from whom"),
    Text("bewaard", "kept"),
)
COLUMN_HEADS = (
    Text("kolom", "column"),
    Text("wat", "what"),
    Text("waarde", "value"),
    Text("verplicht", "required"),
    Text("voorbeeld", "example"),
)
EMPTY = Text("(leeg)", "(empty)")
YES, NO = Text("ja", "yes"), Text("nee", "no")
PLACE = Text(
    "de plek: RD-coördinaten in meters, of graden als lon en lat",
    "the place: RD coordinates in metres, or degrees as lon and lat",
)
NUMBER = Text("een getal", "a number")

Row = tuple[Text, ...]


def _same(text: str) -> Text:
    return Text(text, text)


def kept_words(kind: RecordKind) -> Text:
    """Return how long a record is kept, and from which of its days."""
    months, starts = kind.retention.months, kind.starts
    if kind.column(starts).required:
        return Text(f"{months} maanden na {starts}", f"{months} months after {starts}")
    return Text(
        f"{months} maanden na {starts}, zonder einde zolang die leeg is",
        f"{months} months after {starts}, without end while that is empty",
    )


def kind_rows(kinds: Iterable[RecordKind]) -> list[Row]:
    """Return a row per kind, with cells as in KIND_HEADS."""
    return [
        (_same(kind.name), kind.words, kind.meaning, kind.deliverers, kept_words(kind))
        for kind in kinds
    ]


def column_rows(kind: RecordKind) -> list[Row]:
    """Return a row per column of a kind and one for its place, with cells as in COLUMN_HEADS."""
    rows: list[Row] = [
        (
            _same(column.name),
            column.meaning,
            _value_words(kind, column),
            YES if column.required else NO,
            _same(example_of(column)) if example_of(column) else EMPTY,
        )
        for column in kind.columns
    ]
    if kind.located:
        x, y = (f"{metres:.0f}" for metres in POINTS[0])
        rows.append((_same("x, y"), PLACE, NUMBER, YES, Text(f"{x} en {y}", f"{x} and {y}")))
    return rows


def key_words(kind: RecordKind) -> Text:
    """Return which columns identify a record, so that a later delivery corrects an earlier one."""
    key = ", ".join(kind.key)
    return Text(f"Sleutel: {key}.", f"Key: {key}.")


def _value_words(kind: RecordKind, column: Column) -> Text:
    """Return what a valid value looks like: of the column alone, and by the rules of the kind."""
    parts = [column.expected]
    parts += [rule.expected for rule in kind.rules if rule.column == column.name]
    if column.pseudonymised:
        parts.append(Text("wordt een pseudoniem", "becomes a pseudonym"))
    return Text("; ".join(part.nl for part in parts), "; ".join(part.en for part in parts))
