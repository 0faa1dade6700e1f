"""``weerbeeld retention`` and ``subject``: deleting what has ended, and what a person asks for."""

import sys
from datetime import datetime
from typing import Annotated

import typer

from commands import choices

Kind = Annotated[str | None, typer.Argument(help="kind of record; all kinds when left out")]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    retention = typer.Typer(no_args_is_help=True, help="Records whose period has ended.")
    retention.command("run")(run_retention)
    app.add_typer(retention, name="retention")
    subject = typer.Typer(no_args_is_help=True, help="Records of one data subject.")
    subject.command("find")(find_subject)
    subject.command("delete")(delete_subject)
    app.add_typer(subject, name="subject")


def run_retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would go")] = False,
) -> None:
    """Delete every record whose retention period has ended, and log it."""
    from intake import retention

    today = datetime.now().astimezone().date()
    ended = retention.run(choices().folders, today, dry_run)
    for line in ended:
        typer.echo(f"{'would be deleted' if dry_run else 'deleted'}: {line}")
    if not ended:
        typer.echo(f"No record has ended on {today}.")
    elif not dry_run:
        typer.echo("Releases stay: they hold protected counts. The next build counts without them.")


def find_subject(kind: Kind = None) -> None:
    """Say which records are about the identifier on standard input, written as partners do."""
    from intake import subjects

    found = subjects.find_subject(choices().folders, _identifier(), kind)
    for line in map(subjects.described, found):
        typer.echo(line)
    if not found:
        typer.echo("No records. The identifier must be written exactly as partners deliver it.")


def delete_subject(kind: Kind = None) -> None:
    """Delete the records about the identifier on standard input, and all that rests on them."""
    from intake import subjects

    home = choices().folders
    removed = subjects.delete_subject(home, _identifier(), kind)
    for line in map(subjects.described, removed):
        typer.echo(f"deleted: {line}")
    if not removed:
        typer.echo("No records. The identifier must be written exactly as partners deliver it.")
        return
    typer.echo("deleted: the exact counts of earlier builds")
    typer.echo("Releases stay: they hold protected counts. The next build counts without them.")


def _identifier() -> str:
    """Read the identifier without showing it; it is never an argument, which others can see."""
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass("Identifier (not shown): ")
    from errors import WeerbeeldError

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WeerbeeldError("Standard input is not text in UTF-8.") from None
