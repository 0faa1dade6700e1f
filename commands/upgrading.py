"""``weerbeeld upgrade``: a home of an earlier version, brought up to date."""

import typer

from commands import choices


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(upgrade)


def upgrade() -> None:
    """Bring every store up to date after an update of Weerbeeld; harmless to repeat.

    Make a backup first, and run it as the account of the build, before the dashboard starts again.
    """
    from operations.upgrading import upgrade as bring_up_to_date

    for line in bring_up_to_date(choices().folders):
        typer.echo(line)
