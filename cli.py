"""The console command ``weerbeeld``: every error it can name ends with exit code 2."""

import typer

from commands import register_all
from errors import WeerbeeldError

app = typer.Typer(
    name="weerbeeld",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Where in the Netherlands signals of undermining crime stand out, and why.",
)
register_all(app)


def main() -> None:
    """Run the command; a WeerbeeldError is printed and ends with exit code 2."""
    try:
        app()
    except WeerbeeldError as error:
        typer.echo(f"weerbeeld: {error}", err=True)
        raise SystemExit(2) from None
