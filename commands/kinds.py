"""``weerbeeld kinds``: what partners can deliver, and an example to begin from."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual import Language, Text

if TYPE_CHECKING:
    from records import RecordKind


class Format(StrEnum):
    """How the tables are printed."""

    TEXT = "text"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(kinds)


def kinds(
    kind: Annotated[str | None, typer.Argument(help="kind of record; all when none")] = None,
    format_: Annotated[Format, typer.Option("--format", help="how it is printed")] = Format.TEXT,
    example: Annotated[
        Path | None, typer.Option(help="write an invented delivery of KIND to begin from (CSV)")
    ] = None,
    english: Annotated[bool, typer.Option("--english", help="in English, not in Dutch")] = False,
) -> None:
    """List the kinds of record, or the columns of one, in Dutch as those who deliver read it."""
    from errors import WeerbeeldError
    from records import KINDS, kind_named
    from records.describing import COLUMN_HEADS, KIND_HEADS, column_rows, key_words, kind_rows

    language: Language = "en" if english else "nl"
    if kind is None:
        if example:
            raise WeerbeeldError(f"Say of which kind: weerbeeld kinds incident --example {example}")
        _print_table(KIND_HEADS, kind_rows(KINDS.values()), format_, english)
        return
    known = kind_named(kind)
    if example:
        _write_example(known, example)
        typer.echo(f"An invented delivery of {known.name} is in {example}.")
        return
    typer.echo(f"{known.name}: {known.meaning.in_(language)}\n")
    _print_table(COLUMN_HEADS, column_rows(known), format_, english)
    typer.echo(f"\n{key_words(known).in_(language)}")


def _write_example(kind: "RecordKind", file: Path) -> None:
    from errors import WeerbeeldError
    from records.examples import example_csv

    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(example_csv(kind))
    except FileExistsError:
        raise WeerbeeldError(f"{file} exists already. Name a file that does not.") from None
    except OSError as error:
        raise WeerbeeldError(f"{file} cannot be written: {error.strerror}.") from None


def _print_table(
    heads: Sequence[Text], rows: Sequence[Sequence[Text]], format_: Format, english: bool
) -> None:
    head, *body = (
        [cell.in_("en" if english else "nl") for cell in line] for line in (heads, *rows)
    )
    if format_ == Format.MARKDOWN:
        lines = [head, ["---"] * len(head), *body]
        typer.echo("\n".join(f"| {' | '.join(line)} |" for line in lines))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(show_lines=True)
    for name in head:
        table.add_column(name, overflow="fold")
    for line in body:
        table.add_row(*map(escape, line))
    Console().print(table)
